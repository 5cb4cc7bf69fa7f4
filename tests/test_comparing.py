"""A network beside another one of the same region."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from journey import import_network
from journey.as_json import dump
from journey.comparing import Offsets, compare_networks
from journey.errors import InputError
from journey.network import Network
from journey.network_json import comparison_document
from journey.network_tables import comparison_tables
from journey.section_table import SectionTable
from journey.terminal import show
from tests.conftest import make_section, make_station

EXTRACTS = Path(__file__).parent / "data" / "osm"


def straight(length_km, lat=0.0, **about):
    """A line along the equator, a tenth of a degree long."""
    ends = make_station("a", lat=lat), make_station("b", lon=0.1, lat=lat)
    return Network(ends, (make_section(*ends, length_km, **about),))


def test_a_network_lies_on_itself(network):
    """Also where a section is not the shortest way between its ends."""
    found = compare_networks(network, network)
    assert found.left_out == 0
    assert found.offsets.largest_m < 1e-6
    for each in found.sections:
        assert each.covered == 1.0
        assert each.track_km == pytest.approx(each.section.length_m / 1000)


def test_a_line_beside_is_as_far_as_it_is():
    """A thousandth of a degree of latitude is 110.574 m on the equator."""
    found = compare_networks(straight(11.0), straight(11.5, lat=0.001))
    assert found.offsets == pytest.approx((45, 110.574, 110.574, 110.574), abs=2e-3)
    (section,) = found.sections
    assert section.track_km == pytest.approx(11.5)


def test_dense_track_is_told_apart():
    """A throat, where hundreds of short segments lie near, lies on itself too."""
    throat = import_network(EXTRACTS / "helsinki-throat.osm.pbf").network
    assert compare_networks(throat, throat).offsets.largest_m < 1e-6


def test_a_way_over_short_sections_begins_where_the_section_does():
    """Not at the end of one that is a little farther along."""
    stations = [make_station(f"s{n}", lon=n / 1000) for n in range(101)]
    pieces = [make_section(*ends, 0.1113) for ends in pairwise(stations)]
    fine = Network(tuple(stations), SectionTable.of(pieces, 20.0))
    (section,) = compare_networks(straight(11.13), fine).sections
    assert section.track_km == pytest.approx(11.13)


def test_what_the_other_has_no_track_near_is_left_out():
    """Points beyond count for the share that is covered, sections without any are counted."""
    short = straight(11.1319)
    far = make_station("c", lat=5.0), make_station("d", lon=1.0, lat=5.0)
    longer = replace(
        straight(22.2639),
        station_list=(make_station("a"), make_station("b", lon=0.2), *far),
        section_list=(
            make_section(make_station("a"), make_station("b", lon=0.2), 22.2639),
            make_section(*far, 100.0),
        ),
    )
    found = compare_networks(longer, short)
    assert found.left_out == 1
    (section,) = found.sections
    # Half of it, and two kilometres beyond.
    assert section.covered == pytest.approx((11.13 + 2.0) / 22.26, abs=0.02)
    assert math.isnan(section.track_km)


def test_two_regions_have_nothing_to_compare():
    """One line says so."""
    with pytest.raises(InputError, match="expected two networks of one region"):
        compare_networks(straight(11.0), straight(11.0, lat=30.0))


def test_estimated_courses_do_not_count():
    """They are drawn, since no source has them."""
    found = compare_networks(straight(11.0, estimated=True), straight(11.0))
    assert found.offsets.points == 0
    assert math.isnan(found.offsets.median_m)
    assert len(found.sections) == 1


def test_offsets_are_summed_up():
    """Median, 95 % and largest."""
    assert Offsets.of(np.arange(101.0)) == (101, 50.0, 95.0, 100.0)


def test_it_is_told_to_people_and_machines(capsys):
    """Number by number, and null where there is none."""
    found = compare_networks(straight(11.0), straight(11.5, lat=0.001))
    document = json.loads(dump(comparison_document(found)))
    assert document["schema"] == "journey.network-compare/1"
    assert document["median_m"] == pytest.approx(110.6)
    assert document["sections"][0]["track_km"] == pytest.approx(11.5)
    empty = compare_networks(straight(11.0, estimated=True), straight(11.0))
    assert json.loads(dump(comparison_document(empty)))["median_m"] is None
    show([*comparison_tables(empty), *comparison_tables(found)])
    told = capsys.readouterr().out
    assert "nan" not in told
    assert "median 111 m" in told
    assert "11.5" in told
