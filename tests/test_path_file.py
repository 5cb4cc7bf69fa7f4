"""Path files: what they say, and what is wrong with them in one line."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.errors import InputError, JourneyError
from journey.path_file import load_path, part_of

MINIMAL = """\
start_m,limit_kmh,gradient_permil
0,60,0
12000,100.5,6
30000,80,-4
42000,,
"""


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Write a path file and give its path."""
    folder = tmp_path_factory.mktemp("paths")

    def to_file(text, name="test.csv"):
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return to_file


def test_each_row_holds_to_the_next_and_the_last_is_the_end(write):
    """In SI; the train starts at the first row, without stops."""
    path = load_path(write(MINIMAL))
    assert path.chainage_m.tolist() == [0, 12_000, 30_000, 42_000]
    assert path.limit_mps * 3.6 == pytest.approx([60, 100.5, 80])
    assert path.gradient.tolist() == [0, 0.006, -0.004]
    assert path.start_m == 0
    assert path.stop_m.size == path.dwell_s.size == 0


def test_the_limit_and_gradient_of_the_end_do_not_count(write):
    """Whatever stands there."""
    ended = write(MINIMAL.replace("42000,,", "42000,0,none"))
    assert load_path(ended).limit_mps.size == 3


def test_columns_come_in_any_order_and_the_gradient_may_be_left_out(write):
    """The track is level then; cells left out at the end of a line are empty."""
    path = load_path(write("limit_kmh,start_m\n60,-500\n80,200\n,1000\n"))
    assert path.chainage_m.tolist() == [-500, 200, 1000]
    assert path.gradient.tolist() == [0, 0]
    ended = load_path(write("start_m,limit_kmh,gradient_permil\n0,60,1\n1000\n"))
    assert ended.chainage_m.tolist() == [0, 1000]


def test_a_dwell_makes_a_stop_where_its_row_starts(write):
    """Empty or zero is none."""
    path = load_path(
        write("start_m,limit_kmh,dwell_s\n0,60,\n400,60,90\n600,60,0\n800,60,12.5\n1000,,\n")
    )
    assert path.stop_m.tolist() == [400, 800]
    assert path.dwell_s.tolist() == [90, 12.5]


def test_what_editors_and_spreadsheets_add_is_no_matter(write):
    """A byte order mark, other line ends, blank lines, lines of commas, spaces, quotes."""
    text = (
        '\ufeff\n start_m , "limit_kmh",gradient_permil\r\n\r\n0,60, 0\r\n,,\r\n"12000",,\r\n \r\n'
    )
    path = load_path(write(text))
    assert path.chainage_m.tolist() == [0, 12_000]
    assert path.limit_mps * 3.6 == pytest.approx([60])


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        (MINIMAL, "", r"empty; expected a line start_m,limit_kmh"),
        (MINIMAL, "\n\n", r"empty; expected a line start_m,limit_kmh"),
        (MINIMAL, "start_m,limit_kmh\n", r"0 rows: expected two or more"),
        (MINIMAL, "start_m,limit_kmh\n0,60\n", r"1 rows: expected two or more"),
        (MINIMAL, "0,60,0\n100,60,0\n", r"line 1: '0': unknown column; expected start_m, limit"),
        (MINIMAL, MINIMAL.replace(",", ";"), r"line 1: 'start_m;limit_kmh;.*': unknown column"),
        ("limit_kmh", "limit", r"line 1: 'limit': unknown column; did you mean limit_kmh"),
        ("limit_kmh", "start_m", r"line 1: start_m: a column twice; take one out"),
        ("start_m,", "dwell_s,", r"line 1: start_m: a column is missing; add it"),
        ("limit_kmh,", "dwell_s,", r"line 1: limit_kmh: a column is missing; add it"),
        ("100.5", "100,5", r"line 3: 4 values: expected 3, .* decimals with a point"),
        ("100.5", '"100,5"', r"line 3: limit_kmh: '100,5': expected a number .* decimal point"),
        ("100.5", "", r"line 3: limit_kmh: '': expected a number of km/h"),
        ("100.5", "fast", r"line 3: limit_kmh: 'fast': expected a number of km/h"),
        ("100.5", "1600", r"line 3: limit_kmh: 1600: expected 0\.1 to 600 km/h"),
        ("100.5", "0", r"line 3: limit_kmh: 0: expected 0\.1 to 600 km/h"),
        ("100.5", "-60", r"line 3: limit_kmh: -60: expected 0\.1 to 600 km/h"),
        ("100.5", "nan", r"line 3: limit_kmh: 'nan': expected a number"),
        ("100.5", "inf", r"line 3: limit_kmh: 'inf': expected a number"),
        ("5,6", "5,", r"line 3: gradient_permil: '': expected a number of ‰"),
        ("5,6", "5,600", r"line 3: gradient_permil: 600: expected -500 to 500 ‰"),
        ("5,6", "5,-inf", r"line 3: gradient_permil: '-inf': expected a number"),
        ("30000", "12000", r"line 4: start_m: 12000 after 12000: expected increasing values"),
        ("30000", "9", r"line 4: start_m: 9 after 12000: expected increasing values"),
        ("42000", "1e300", r"line 5: start_m: 1e\+300: expected -100000000 to 100000000 m"),
        ("12000", "1_2000", r"line 3: start_m: '1_2000': expected a number of m"),
        ("12000", "١٢٠٠٠", r"line 3: start_m: '١٢٠٠٠': expected a number of m"),
        ("100.5", "600.0000001", r"line 3: limit_kmh: 600\.0000001: expected 0\.1 to 600 km/h"),
        (
            "12000,100.5,6\n30000",
            "1234567.25,100.5,6\n1234567.125",
            r"line 4: start_m: 1234567\.125 after 1234567\.25: expected increasing values",
        ),
        ("42000,", ",80", r"line 5: start_m: '': expected a number of m"),
        ("6\n", '"6\n', r"line \d: not CSV: .*; mend that line"),
        ("6\n", '"6" 7\n', r"line 3: not CSV: .*; mend that line"),
        ("6\n", "6" * 200_000, r"line 3: not CSV: field larger than field limit"),
        ("gradient_permil", "dwell_s", r"line 4: dwell_s: -4: expected 0 to 3600000 s"),
        (MINIMAL, "start_m,limit_kmh,dwell_s\n0,9,1\n5,9,\n", r"line 2: dwell_s: 1: expected none"),
        (MINIMAL, "start_m,limit_kmh,dwell_s\n0,9,\n5,9,1\n", r"line 3: dwell_s: 1: expected none"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(write, wrong, right, expected):
    """File, line, column, value, what was expected, remedy."""
    assert wrong in MINIMAL
    path = write(MINIMAL.replace(wrong, right, 1))
    with pytest.raises(InputError, match=expected) as caught:
        load_path(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


cells = st.sampled_from(["0", "5", "70", "1e3", "-2", "", "x", '"', "nan", "1,5", "\x00", " "])
lines = st.lists(cells, min_size=1, max_size=5).map(",".join)


@given(st.lists(lines, max_size=6), st.sampled_from(["start_m,limit_kmh", "limit_kmh,start_m,x"]))
def test_whatever_a_file_says_it_is_a_path_or_an_error(write, rows, header):
    """One of the package's own, that is, and a path has no number that is not finite."""
    with suppress(JourneyError):
        path = load_path(write("\n".join([header, *rows])))
        assert np.isfinite(path.limit_mps).all()
        assert (np.diff(path.chainage_m) > 0).all()


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Missing, a folder, endless, not text."""
    with pytest.raises(InputError, match=r"none\.csv: No such file"):
        load_path(tmp_path / "none.csv")
    with pytest.raises(InputError, match="directory"):
        load_path(str(tmp_path))
    with pytest.raises(InputError, match="/dev/zero: larger than 20 MB"):
        load_path("/dev/zero")
    (tmp_path / "latin.csv").write_bytes(b"start_m,\xe9")
    with pytest.raises(InputError, match=r"latin\.csv: byte 8 is not UTF-8"):
        load_path(tmp_path / "latin.csv")


def test_a_part_keeps_what_lies_before_it_for_the_rear(write):
    """Limits before the start remain; what lies beyond the end is cut off."""
    part = part_of(load_path(write(MINIMAL)), 13_000, 31_000)
    assert part.start_m == 13_000
    assert part.chainage_m.tolist() == [0, 12_000, 30_000, 31_000]
    assert part.limit_mps * 3.6 == pytest.approx([60, 100.5, 80])
    assert part.gradient.tolist() == [0, 0.006, -0.004]


def test_a_part_that_ends_at_a_row_has_no_empty_cell(write):
    """And the whole is a part of itself."""
    whole = load_path(write(MINIMAL))
    assert part_of(whole, to_m=30_000).chainage_m.tolist() == [0, 12_000, 30_000]
    assert part_of(whole).chainage_m.tolist() == whole.chainage_m.tolist()


def test_a_part_has_the_stops_between_its_ends(write):
    """A train that starts or ends at a stop does not stand there."""
    path = load_path(
        write("start_m,limit_kmh,dwell_s\n0,60,\n100,60,1\n200,60,2\n300,60,3\n400,,\n")
    )
    part = part_of(path, 100, 300)
    assert part.stop_m.tolist() == [200]
    assert part.dwell_s.tolist() == [2]


@pytest.mark.parametrize(
    ("from_m", "to_m"),
    [(-1, None), (None, 42_001), (5, 5), (6, 5), (42_000, None), (float("nan"), None)],
)
def test_a_part_lies_within_the_path(write, from_m, to_m):
    """In order, and with some length."""
    with pytest.raises(InputError, match=r"from_m .*, to_m .*: expected 0 to 42000 m, in order"):
        part_of(load_path(write(MINIMAL)), from_m, to_m)
