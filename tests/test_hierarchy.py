"""Lightest ways by a hierarchy, next to a plain search of the whole graph."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from journey.pathfinding.hierarchy import Hierarchy


@st.composite
def graphs(draw):
    """Graphs of a few states: in parts, with zero weights, with edges side by side."""
    size = draw(st.integers(1, 14))
    state = st.integers(0, size - 1)
    weight = st.sampled_from((0.0, 1.0, 2.0, 2.5, 7.0, math.inf))
    edges = draw(st.lists(st.tuples(state, state, weight), max_size=40))
    tail, head, weights = (np.array(c) for c in zip(*edges, strict=True)) if edges else ([],) * 3
    order = np.argsort(tail, kind="stable")
    first = np.searchsorted(np.array(tail, dtype=int)[order], np.arange(size + 1))
    entries = (np.array(weights, dtype=float)[order], np.array(head, dtype=int)[order], first)
    return csr_array(entries, shape=(size, size))


def weight_along(matrix, states):
    """Sum of the lightest edges along states."""
    total = 0.0
    for a, b in pairwise(states):
        row = slice(matrix.indptr[a], matrix.indptr[a + 1])
        total += matrix.data[row][matrix.indices[row] == b].min()
    return total


def lightest(matrix, starts, ends):
    """The same by searching from every start through the whole graph."""
    finite = np.isfinite(matrix.data)
    tail = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))[finite]
    best = np.full(matrix.shape, np.inf)
    np.minimum.at(best, (tail, matrix.indices[finite]), matrix.data[finite])
    np.fill_diagonal(best, 0.0)
    for middle in range(len(best)):
        best = np.minimum(best, best[:, [middle]] + best[middle])
    return min(a + best[s, e] + b for s, a in starts.items() for e, b in ends.items())


@settings(max_examples=150)
@given(graphs(), st.integers(1, 6), st.data())
def test_it_finds_what_a_plain_search_finds(matrix, core_states, data):
    """From several starts to several ends with weights of their own, or that there is no way."""
    state = st.integers(0, matrix.shape[0] - 1)
    few = st.dictionaries(state, st.sampled_from((0.0, 0.5, 3.0)), min_size=1, max_size=3)
    lesser = st.dictionaries(state, st.sampled_from((0.0, -0.5, 3.0)), min_size=1, max_size=3)
    starts, ends = data.draw(few), data.draw(lesser)
    found = Hierarchy.of(matrix, core_states).shortest(starts, ends)
    assert found.weight == pytest.approx(lightest(matrix, starts, ends))
    if math.isfinite(found.weight):
        first, last = found.states[0], found.states[-1]
        along = starts[first] + weight_along(matrix, found.states) + ends[last]
        assert along == pytest.approx(found.weight)
    else:
        assert found.states == ()


def test_a_state_that_is_start_and_end_is_a_way_by_itself():
    """It weighs what beginning and ending there weigh."""
    matrix = csr_array(([1.0, 1.0], ([0, 1], [1, 0])), shape=(2, 2))
    for core_states in (1, 2):
        hierarchy = Hierarchy.of(matrix, core_states)
        assert hierarchy.shortest({1: 2.0}, {1: 0.25}) == (2.25, (1,))
        assert hierarchy.ahead({0: 2.0}).to({1: -2.0}) == (1.0, (0, 1))


def test_a_graph_without_edges_has_no_ways():
    """Nor does it fail to be built."""
    hierarchy = Hierarchy.of(csr_array((5, 5)), 2)
    assert hierarchy.shortest({0: 0.0}, {1: 0.0, 4: 0.0}) == (math.inf, ())
    assert hierarchy.shortest({}, {}) == (math.inf, ())
