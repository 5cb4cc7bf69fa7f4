"""Files of sightings: what they say, what has no place, and what is wrong in one line."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import journey
from journey.csv_rows import csv_rows
from journey.errors import InputError
from journey.network import Network
from journey.sightings_file import load_sightings
from journey.spots import Disc, Kilometres
from journey.statements import Source
from tests.conftest import make_section, make_station

COLUMNS = (
    "journey_id,seq,place,event,earliest_utc,latest_utc,local_wording,local_tz,source,confidence,"
    "note"
)
ROW = (
    "J,1,North,arrive,2023-09-10T03:00Z,2023-09-10T09:00Z,on Sunday,UTC+9,The Press,high,"
    "read as noon to six"
)
SHORT = "place,event,earliest_utc,latest_utc,confidence"
SHORT_ROW = "North,arrive,2023-09-10T03:00Z,2023-09-10T09:00Z,high"


@pytest.fixture
def read(tmp_path, fork):
    """Read lines as a file of sightings on the small network."""

    def from_file(*lines: str, **about: object):
        path = tmp_path / "reports.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return load_sightings(path, fork, **about)

    return from_file


def refused(read, expected, *lines, **about):
    """Whether a file is refused in one line that begins with its name."""
    with pytest.raises(InputError, match=expected) as caught:
        read(*lines, **about)
    assert "reports.csv: " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_row_is_a_sighting_with_its_source(read):
    """Place, event, times in UTC, trust, the words and how they are read."""
    loaded = read(COLUMNS, ROW)
    (sighting,) = loaded.sightings
    assert (sighting.at, sighting.event) == ("North", "arrive")
    assert sighting.earliest == datetime(2023, 9, 10, 3, tzinfo=UTC)
    assert sighting.latest == datetime(2023, 9, 10, 9, tzinfo=UTC)
    assert (sighting.trust, sighting.direction) == (0.9, None)
    assert (sighting.wording, sighting.reason) == ("on Sunday", "read as noon to six")
    assert sighting.source == "row-2"
    assert loaded.sources == (Source("row-2", "The Press", wording="on Sunday"),)
    assert loaded.left_out == ()


def test_an_address_stands_for_its_publisher(read):
    """By its host."""
    url = "https://example.org/a?b=c"
    (source,) = read(COLUMNS, ROW.replace("The Press", url)).sources
    assert (source.publisher, source.url) == ("example.org", url)


def test_only_what_says_something_is_needed(read):
    """Without a source there is none."""
    loaded = read(SHORT, SHORT_ROW)
    assert (loaded.sightings[0].source, loaded.sources) == (None, ())


@pytest.mark.parametrize(
    ("place", "at"),
    [
        ("North", "North"),
        ("occident", "occident"),
        ("Даль", "Даль"),
        ("North (beyond the river)", "North"),
        ('"North, change of locomotive"', "North"),
        ('"North(yard), on Tuesday"', "North"),
    ],
)
def test_a_place_is_looked_up_whole_and_then_without_what_is_added(read, place, at):
    """Up to the first bracket or comma."""
    loaded = read(SHORT, SHORT_ROW.replace("North", place))
    assert [sighting.at for sighting in loaded.sightings] == [at]


def test_what_has_no_place_is_told_and_not_lost(read):
    """Row and place, and what would place it; the others are kept."""
    nowhere = SHORT_ROW.replace("North", "Outer area (seen from afar)")
    loaded = read(SHORT, SHORT_ROW, nowhere, "", nowhere.replace("Outer", "(Outer"))
    assert len(loaded.sightings) == 1
    assert loaded.left_out == (
        (
            "row 3: place 'Outer area (seen from afar)' is no station of the network; give lat, "
            "lon and radius_km"
        ),
        (
            "row 5: place '(Outer area (seen from afar)' is no station of the network; give lat, "
            "lon and radius_km"
        ),
    )


@pytest.mark.parametrize(
    ("place", "offer"),
    [
        ("Bridge by NORTH (in the rain)", "North"),
        ("the old Даль", "Даль"),
        ("Bridge of North and West", None),
        ("Northern bridge", None),
        ("A bridge", None),
    ],
)
def test_the_one_station_that_a_place_names_is_offered(read, place, offer):
    """As whole words; nothing where there are several or none."""
    loaded = read(SHORT, SHORT_ROW.replace("North", place))
    (line,) = loaded.left_out
    hint = f"did you mean {offer!r}? Else " if offer else ""
    assert line == (
        f"row 2: place {place!r} is no station of the network; {hint}give lat, lon and radius_km"
    )


def test_a_name_of_several_stations_has_no_place(tmp_path):
    """The line says how to write each of them."""
    one, other = make_station("a", 0.0, name="Twin"), make_station("b", 0.1, name="Twin")
    network = Network((one, other), (make_section(one, other, 10.0),))
    path = tmp_path / "reports.csv"
    path.write_text(f"{SHORT}\n{SHORT_ROW.replace('North', 'Twin')}\n", encoding="utf-8")
    loaded = load_sightings(path, network)
    assert loaded.sightings == ()
    assert loaded.left_out == (
        (
            "row 2: place 'Twin' has a name that is not enough: 'Twin' means several places in the "
            "network; write a or b"
        ),
    )


def test_a_position_or_a_kilometre_places_what_is_no_station(read):
    """And goes before the name, which may say no more than roughly where."""
    circle = f"{SHORT_ROW.replace('North', 'A bridge')},43.7,131.9,5"
    (sighting,) = read(f"{SHORT},lat,lon,radius_km", circle).sightings
    assert sighting.at == Disc(43.7, 131.9, 5.0, "A bridge")
    loaded = read(f"{SHORT},km", f"{SHORT_ROW},10..20", f"{SHORT_ROW},12.5")
    ends = [(sighting.at.start_km, sighting.at.end_km) for sighting in loaded.sightings]
    assert ends == [(10.0, 20.0), (12.5, 12.5)]
    assert isinstance(loaded.sightings[0].at, Kilometres)


@pytest.mark.parametrize(
    ("confidence", "trust", "expected"),
    [
        ("high", "", 0.9),
        ("medium", "", 0.7),
        ("low", "", 0.4),
        ("low", "0.05", 0.05),
        ("", "80 %", 0.8),
        ("high", "0", 0.0),
    ],
)
def test_a_trust_goes_before_a_confidence(read, confidence, trust, expected):
    """Of which each stands for one."""
    row = f"{SHORT_ROW.removesuffix('high')}{confidence},{trust}"
    (sighting,) = read(f"{SHORT},trust", row).sightings
    assert sighting.trust == pytest.approx(expected)


def test_a_crossing_is_a_pass(read):
    """A bridge is crossed; the train passes there."""
    assert read(SHORT, SHORT_ROW.replace("arrive", "cross")).sightings[0].event == "pass"


def test_a_direction_is_read(read):
    """A point of the compass, or towards a station that the network knows."""
    rows = [f"{SHORT_ROW},north", f"{SHORT_ROW},towards Farther", f"{SHORT_ROW},"]
    loaded = read(f"{SHORT},direction", *rows)
    directions = [sighting.direction for sighting in loaded.sightings]
    assert directions == ["north", "towards Farther", None]


def test_spreadsheets_write_files_in_their_own_ways(tmp_path, fork):
    """A byte order mark, other ends of lines, quotation marks, blank lines, short rows."""
    quoted = ROW.replace("on Sunday", '"on ""Sunday"",\r\nin the afternoon"')
    text = "\r\n".join((COLUMNS, "", quoted, ROW.removesuffix(",read as noon to six"), ""))
    path = tmp_path / "reports.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    loaded = load_sightings(str(path), fork)
    assert [sighting.source for sighting in loaded.sightings] == ["row-3", "row-4"]
    assert loaded.sightings[0].wording == 'on "Sunday",\r\nin the afternoon'
    assert loaded.sightings[1].reason is None


def test_of_several_journeys_one_is_chosen(read):
    """By its id; without one there would be reports of two trains in one."""
    rows = (COLUMNS, ROW, ROW.replace("J,", "K,", 1), ROW.replace("J,", ",", 1))
    assert [sighting.source for sighting in read(*rows, journey="K").sightings] == ["row-3"]
    expected = r"journey_id: several \('J', 'K'\); choose one with journey=, or divide the file"
    refused(read, expected, *rows)
    refused(read, r"journey_id: no row has 'L'; expected 'J', 'K'", *rows, journey="L")
    refused(read, r"journey_id: no row has 'L'; expected none", SHORT, SHORT_ROW, journey="L")


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("03:00Z", "03:00", r"row 2: earliest_utc: time .* has no offset; write for instance"),
        ("2023-09-10T03:00Z", "Sunday", r"row 2: earliest_utc: time 'Sunday': expected ISO 8601"),
        ("2023-09-10T03", "2023-09-10T10", r"row 2: latest .* is before earliest .*; exchange"),
        ("2023-09-10T03", "2023-07-10T03", r"row 2: from .*: expected at most 31 days; mend a da"),
        ("arrive", "arrived", r"row 2: event: 'arrived': expected 'depart', 'arrive', 'pass', "),
        (",arrive", ",", r"row 2: event: missing; add it"),
        ("North,", ",", r"row 2: place: missing; add it"),
        ("2023-09-10T09:00Z", "", r"row 2: latest_utc: missing; add it"),
        (",high", ",certain", r"row 2: confidence: 'certain': expected 'high', 'medium' or 'low'"),
        (",high", ",", r"row 2: confidence: missing; write high, medium or low, or give a trust"),
        ("North", "N" * 501, r"row 2: place: .*: expected at most 500 characters"),
        (",high", ",high,0.5", r"row 2: 6 values: expected 5, one for each column; put text that"),
        ("event", "evnt", r"row 1: 'evnt': unknown column; did you mean event"),
        (
            "confidence",
            "how sure",
            r"row 1: 'how sure': unknown column; expected place, event, ear",
        ),
        ("event", "place", r"row 1: place: a column twice; take one out"),
        (",confidence", ",note", r"row 2: confidence: missing; write high"),
        ("latest_utc", "note", r"row 1: latest_utc: a column is missing; add it"),
        (SHORT_ROW, "", r"reports\.csv: no row after the header; expected one or more"),
        (f"{SHORT}\n{SHORT_ROW}", "", r"reports\.csv: empty; expected a line place,event,earliest"),
        ("North", '"North', r"line 2: not CSV: unexpected end of data; mend that line"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(read, wrong, right, expected):
    """File, row, column, value, what was expected, remedy."""
    text = f"{SHORT}\n{SHORT_ROW}"
    assert wrong in text
    refused(read, expected, text.replace(wrong, right, 1))


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("trust", "1.5", r"row 2: trust: '1\.5': expected a share from 0 to 1"),
        ("trust", "120 %", r"row 2: trust: '120 %': expected a share from 0 to 1, or such as \"30"),
        ("direction", "up", r"row 2: direction: direction 'up': expected north"),
        ("direction", "towards Nroth", r"row 2: 'Nroth' is no station of the network; did you"),
        ("lat", "43.7", r"row 2: lat, lon, radius_km: expected all three or none; add the others"),
        ("lat,lon,radius_km", "43.7,131.9,0", r"row 2: radius_km 0: expected above 0"),
        ("lat,lon,radius_km", "43.7,east,5", r"row 2: lon: 'east': expected a number"),
        ("km", "20..10", r"row 2: km: km 20 to 10: expected .* the lower one first"),
        ("lat,lon,radius_km,km", "1,1,1,1", r"row 2: km: expected no lat and lon beside it"),
    ],
)
def test_what_is_wrong_with_a_column_more_is_said_in_one_line(read, column, cell, expected):
    """File, row, column, value, what was expected, remedy."""
    refused(read, expected, f"{SHORT},{column}", f"{SHORT_ROW},{cell}")


def test_a_file_that_cannot_be_read_is_named(tmp_path, fork):
    """Missing, too large, or not text."""
    with pytest.raises(InputError, match=r"none\.csv: No such file"):
        load_sightings(tmp_path / "none.csv", fork)
    (tmp_path / "latin.csv").write_bytes(b"place\xe9")
    with pytest.raises(InputError, match=r"latin\.csv: byte 5 is not UTF-8"):
        load_sightings(tmp_path / "latin.csv", fork)
    (tmp_path / "large.csv").write_bytes(b"x" * 2_000_001)
    with pytest.raises(InputError, match=r"large\.csv: larger than 2 MB"):
        load_sightings(tmp_path / "large.csv", fork)


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip)


@given(st.lists(st.lists(CELL.filter(bool), min_size=2), min_size=1))
def test_any_table_that_is_written_as_csv_is_read_back(rows):
    """Whatever is in its cells; rows are numbered as a spreadsheet does."""
    written = StringIO()
    csv.writer(written).writerows(rows)
    read = [(row.number, row.cells) for row in csv_rows(written.getvalue())]
    assert read == list(enumerate(rows, start=1))


def test_it_is_public():
    """Under the name that the documentation uses."""
    assert journey.load_sightings is load_sightings
