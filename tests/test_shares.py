"""Shares of probability, the same in any chunks."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.drawing.shares import FACTORS, GROUPS, MULTIPLIER, Blocks, deal, shares


@given(draws=st.integers(1, 10**9))
def test_blocks_hold_all_draws_once(draws):
    """Each is of the same size but the last, and rows are a power of two."""
    blocks = Blocks.of(draws)
    assert blocks.row & (blocks.row - 1) == 0
    assert 1 <= blocks.row <= 512
    assert blocks.row * GROUPS <= max(draws, GROUPS)
    whole = (blocks.count - 1) * blocks.block
    assert whole + blocks.size(blocks.count - 1) == draws
    assert 0 < blocks.size(blocks.count - 1) <= blocks.block


@pytest.mark.parametrize("row", [1, 2, 16, 512])
@pytest.mark.parametrize("name", ["depart", "speed", "stop khasan", "거리"])
def test_a_row_is_spread_evenly(row, name):
    """It has one draw in each slice of equal probability, for every factor."""
    rows = shares(3, name, 5, row).reshape(GROUPS, row)
    assert ((rows >= 0) & (rows <= 1)).all()
    slices = np.sort(np.minimum(rows * row, row - 1).astype(int), axis=1)
    np.testing.assert_array_equal(slices, np.tile(np.arange(row), (GROUPS, 1)))


def test_the_first_part_of_a_row_is_spread_evenly_too():
    """The last row may not be complete."""
    rows = shares(3, "depart", 0, 512).reshape(GROUPS, 512)[:, :64]
    slices = np.sort((rows * 64).astype(int), axis=1)
    np.testing.assert_array_equal(slices, np.tile(np.arange(64), (GROUPS, 1)))


def test_streams_differ_by_seed_name_and_block():
    """And are the same for the same three."""
    first = shares(1, "depart", 0, 64)
    np.testing.assert_array_equal(first, shares(1, "depart", 0, 64))
    for other in ((2, "depart", 0), (1, "speed", 0), (1, "depart", 1)):
        assert (first != shares(*other, 64)).all()


def test_two_factors_are_independent():
    """Pairs fill the square evenly: no cell of ten by ten has many more than its share."""
    names = [*FACTORS[:4], "stop khasan", "stop ussuriysk"]
    drawn = {name: np.concatenate([shares(0, name, b, 512) for b in range(8)]) for name in names}
    for one, other in combinations(names, 2):
        counts = np.histogram2d(drawn[one], drawn[other], bins=10, range=[[0, 1]] * 2)[0]
        assert np.abs(counts / counts.mean() - 1).max() < 0.15


def p2(multiplier: int, row: int) -> float:
    """P2 of all pairs and triples of six factors, halved for each factor in them."""
    place = np.arange(row)
    bernoulli = 2 * np.pi**2 * ((place / row) ** 2 - place / row + 1 / 6)
    factors = [bernoulli[place * pow(multiplier, power, row) % row] for power in range(6)]
    return sum(
        np.prod([factors[n] for n in chosen], axis=0).mean() / 2**size
        for size in (2, 3)
        for chosen in combinations(range(6), size)
    )


def test_the_multiplier_is_the_best_of_all():
    """By the criterion that the module names, among those whose powers do not repeat early."""
    candidates = [number for number in range(3, 512, 2) if number % 8 in (3, 5)]
    total = {
        number: sum(np.log(p2(number, row)) for row in (64, 128, 256, 512)) for number in candidates
    }
    assert total[MULTIPLIER] == pytest.approx(min(total.values()), rel=1e-9)


@pytest.mark.parametrize(("row", "of"), [(512, 16), (16, 16), (8, 1)])
def test_draws_are_dealt_evenly_within_their_row(row, of):
    """Each number of a row as often as any other."""
    dealt = deal(0, "run", 2, row, of)
    np.testing.assert_array_equal(np.bincount(dealt), np.full(GROUPS * of, row // of))
    np.testing.assert_array_equal(dealt // of, np.repeat(np.arange(GROUPS), row))
