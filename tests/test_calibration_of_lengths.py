"""Official lengths: what they scale, and what they leave."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from journey.calibration import OfficialLength, calibrate, load_lengths
from journey.errors import InputError, JourneyError, NoRouteError, UnknownPlaceError
from journey.network import Network
from journey.track import Structure, TrackLimits
from tests.conftest import make_section, make_station

WEST, MIDDLE, EAST, FAR = (
    make_station(name, lon=lon) for name, lon in zip("abcd", (0.0, 0.1, 0.2, 0.3), strict=True)
)


def length(start, end, km, where="lengths.csv: line 2"):
    """A row of a file."""
    return OfficialLength(where, start, end, km)


@pytest.fixture
def line():
    """West, 10 km, middle on the same section, 10 km, east, 10 km, far; the east doubled."""
    limits = TrackLimits(*(np.array(column) for column in ([0.0, 5e3], *[[50.0, 70.0]] * 4)))
    tunnel = Structure("tunnel", 2e3, 4e3, "")
    sections = (
        make_section(WEST, EAST, 20.0, MIDDLE, limits=limits, structures=(tunnel,)),
        make_section(EAST, FAR, 10.0, id="one"),
        make_section(EAST, FAR, 10.1, id="other"),
    )
    return Network((WEST, MIDDLE, EAST, FAR), sections)


def test_a_way_has_its_official_length(line):
    """Also where a station lies within a section, whose other part stays as it is."""
    found = calibrate(line, (length("a", "b", 9.0),))
    network = found.network
    assert network.route("a", "b").length_km == pytest.approx(9.0)
    assert network.route("b", "c").length_km == pytest.approx(10.0)
    assert [(each.official_km, each.track_km) for each in found.scaled] == [(9.0, 10.0)]
    assert line.route("a", "b").length_km == pytest.approx(10.0)


def test_all_that_lies_along_goes_with_it(line):
    """Limits, tunnels and stations keep their places on the track."""
    section = calibrate(line, (length("A", "C", 22.0),)).network.section_list[0]
    assert section.length_m == pytest.approx(22e3)
    assert section.station_m == pytest.approx([0, 11e3, 22e3])
    assert section.limits.start_m == pytest.approx([0, 5.5e3])
    (tunnel,) = section.structures
    assert tunnel[1:3] == pytest.approx((2.2e3, 4.4e3))


def test_every_section_of_a_long_way_is_scaled():
    """Those between its first and its last too."""
    ends = [make_station(name, lon=n / 10) for n, name in enumerate("abcd")]
    sections = [make_section(*pair, 10.0) for pair in pairwise(ends)]
    found = calibrate(Network(tuple(ends), tuple(sections)), (length("a", "d", 33.0),))
    assert found.network.table.length_m == pytest.approx([11e3] * 3)
    assert found.scaled_km == pytest.approx(33.0)


def test_a_way_that_becomes_the_shorter_one_is_told(line):
    """Its length must be given too, or the official one would not be that of the route."""
    sections = (*line.section_list, make_section(EAST, FAR, 10.8, id="round"))
    with pytest.raises(InputError, match=r"after scaling, another way from c to d has 10.800 km"):
        calibrate(Network(line.station_list, sections), (length("c", "d", 12.0),))


def test_both_tracks_of_a_line_are_scaled(line):
    """A train does not change to the track that happens to be counted shorter."""
    network = calibrate(line, (length("c", "d", 11.0),)).network
    assert [section.length_m for section in network.section_list[1:]] == pytest.approx(
        [11e3, 11.11e3]
    )


def test_a_longer_way_is_not_scaled(line):
    """Only tracks beside the way are: within 2 % and 500 m of the shortest."""
    sections = (*line.section_list, make_section(EAST, FAR, 12.0, id="round"))
    network = calibrate(Network(line.station_list, sections), (length("c", "d", 11.0),)).network
    assert network.section_list[3].length_m == pytest.approx(12e3)


def test_lengths_may_follow_each_other(line):
    """Those of successive stretches meet at a station."""
    rows = (length("a", "b", 9.0), length("b", "c", 11.0), length("c", "d", 10.5))
    route = calibrate(line, rows).network.route("a", "d")
    assert [round(point.chainage_m) for point in route.timing_points] == [0, 9000, 20000, 30500]


def test_lengths_that_contradict_each_other_are_refused(line):
    """Both lines are named."""
    rows = (length("a", "c", 19.0), length("b", "c", 11.0, "lengths.csv: line 3"))
    with pytest.raises(InputError, match=r"lengths.csv: line 3: scales 10,000 m .* that line 2"):
        calibrate(line, rows)


@pytest.mark.parametrize(
    ("row", "error", "message"),
    [
        (length("a", "d", 60.0), InputError, "has 30.0 km of track; divide the length"),
        (length("a", "nowhere", 9.0), UnknownPlaceError, "lengths.csv: line 2: 'nowhere' is no"),
        (length("a", "island", 9.0), NoRouteError, "no track connects"),
    ],
)
def test_a_length_that_fits_no_way_is_refused(line, row, error, message):
    """One line says where."""
    off, shore = make_station("island", lon=1.0), make_station("shore", lon=1.1)
    sections = (*line.section_list, make_section(off, shore, 10.0))
    with pytest.raises(error, match=message):
        calibrate(Network((*line.station_list, off, shore), sections), (row,))


def test_the_file_is_read(tmp_path):
    """Columns in any order, a source beside."""
    path = tmp_path / "lengths.csv"
    path.write_text("km,from,to,source\n12.5,a,b,Tariff Guide\n", encoding="utf-8")
    assert load_lengths(path) == (
        OfficialLength(f"{path}: line 2", "a", "b", 12.5, "Tariff Guide"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty; expected the columns from, to, km"),
        ("from,to\na,b\n", "km"),
        ("from,to,km\n", "no length below the header"),
        ("from,to,km\na,b,\n", "line 2: km is empty"),
        ("from,to,km\na,b,far\n", "line 2: km: "),
        ("from,to,km\na,b,-1\n", "line 2: km: '-1': expected km above 0"),
    ],
)
def test_a_file_that_says_nothing_is_refused(tmp_path, text, message):
    """One line, with the file."""
    path = tmp_path / "lengths.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JourneyError) as raised:
        load_lengths(path)
    assert str(path) in str(raised.value)
    assert message in str(raised.value)


def test_a_calibrated_network_is_the_same_otherwise(line):
    """What is scaled by one stays, number by number."""
    again = calibrate(line, (length("a", "c", 20.0),)).network
    assert np.array_equal(again.table.chainage_m, line.table.chainage_m)
    assert replace(again, section_list=line.section_list).station_list == line.station_list
