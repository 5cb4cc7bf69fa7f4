"""Train files: what they say, and what is wrong with them in one line."""

from __future__ import annotations

import math
import re
from contextlib import suppress
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.errors import InputError, JourneyError
from journey.kinematics import run_train
from journey.kinematics.path import RunningPath
from journey.quantities import LogNormal, Pert, Range
from journey.toml_file import checked
from journey.train_estimate import USED, Figure
from journey.train_file import bundled_trains, load_train, train_of
from journey.train_tables import StatedTrainTable

MINIMAL = """\
mass_t = 420
max_speed_kmh = 120
braking_mps2 = 0.4
tractive_effort = [[0, 280000], [60, 136000]]
"""


@pytest.fixture
def write(tmp_path):
    """Write a train file and give its path."""

    def to_file(text, name="test.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_what_is_left_out_is_taken_as_nothing_and_says_so(write):
    """No rotating parts, no length, no resistance; the name is that of the file."""
    estimate = load_train(write(MINIMAL, "my train.toml"))
    train = estimate.at()
    assert (train.name, train.mass_kg, train.braking_mps2) == ("my train", 420_000, 0.4)
    assert train.max_speed_mps == pytest.approx(120 / 3.6)
    assert (train.rotating_mass_factor, train.length_m, train.resistance) == (1, 0, (0, 0, 0))
    assert train.acceleration_mps2 is None
    assert estimate.fixed_for("dynamics")
    for key in ("rotating_mass_factor", "length_m"):
        assert "not stated" in estimate.stated(key).reason
    assert "not stated" in estimate.resistance.reason


def test_every_key_of_the_format_is_read(write):
    """Numbers, ranges, tables with source and reason, factors."""
    estimate = load_train(
        write(
            """\
name = "A train"
about = "made up"
mass_t = "400..420..500"
rotating_mass_factor = 1.06
length_m = {value = "150..200", reason = "six to eight carriages"}
max_speed_kmh = {value = 120, source = "paper"}
braking_mps2 = 0.4
acceleration_mps2 = "0.2..0.3"
resistance = {value = [6000, 180.5, 11], factor = "0.9..1.2", reason = "a guess"}

[tractive_effort]
value = [[0, 280000], [60, 136000.5]]
factor = "0.5..1..2"
source = "paper"

[sources.paper]
publisher = "A paper"
"""
        )
    )
    figures = {
        "mass_t": Range(400.0, 500.0, 420.0),
        "rotating_mass_factor": Range(1.06, 1.06),
        "length_m": Range(150.0, 200.0),
        "max_speed_kmh": Range(120.0, 120.0),
        "braking_mps2": Range(0.4, 0.4),
        "acceleration_mps2": Range(0.2, 0.3),
    }
    assert {key: estimate.stated(key).value for key in figures} == figures
    assert (estimate.name, estimate.about) == ("A train", "made up")
    assert estimate.length_m.reason == "six to eight carriages"
    assert estimate.max_speed_kmh.source == "paper"
    assert estimate.resistance.value == (6000, 180.5, 11)
    assert estimate.resistance.factor == Range(0.9, 1.2)
    assert estimate.tractive_effort.value == ((0, 280_000), (60, 136_000.5))
    assert estimate.tractive_effort.factor == Range(0.5, 2.0, 1.0)
    assert estimate.tractive_effort.source == "paper"
    assert [source.publisher for source in estimate.sources] == ["A paper"]
    assert not estimate.fixed_for("dynamics")
    heaviest = estimate.at(1)
    assert (heaviest.mass_kg, heaviest.effort[0][1]) == (500_000, 560_000)


def test_figures_may_be_of_any_kind_whose_values_rise(write):
    """So that the heaviest train is also the longest."""
    text = MINIMAL.replace("420", '"log-normal 420 */ 1.2 in 300..900"')
    estimate = load_train(write(text + 'length_m = "pert 150..175..300"\n'))
    assert estimate.mass_t.value == LogNormal(420.0, 1.2, 300.0, 900.0)
    assert estimate.length_m.value == Pert(150.0, 175.0, 300.0)
    assert not estimate.fixed_for("dynamics")
    assert (estimate.at(1).mass_kg, estimate.at(1).length_m) == (900_000, 300)


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("mass_t = 420", "", r"mass_t: missing; add it"),
        ("max_speed_kmh = 120", "", r"max_speed_kmh: missing; add it"),
        ("braking_mps2 = 0.4", "", r"braking_mps2: missing; add it"),
        ("tractive_effort", "#", r"tractive_effort: missing; add it, or acceleration_mps2"),
        ("mass_t", "mas_t", r"mas_t: unknown key; did you mean mass_t"),
        ("420", "0", r"mass_t 0: expected above 0"),
        ("420", "-5", r"mass_t -5: expected above 0"),
        ("420", "nan", r"mass_t: nan: expected a number"),
        ("420", "inf", r"mass_t: inf: expected a number"),
        ("420", "true", r"mass_t: true: expected a number"),
        ("420", '"0..420"', r"mass_t 0: expected above 0"),
        ("420", '"300..420..900000"', r"mass_t 900000: expected .* at most 100000 t"),
        ("420", '"500..420"', r"mass_t: '500\.\.420': expected .* in order"),
        ("420", '"400 | 420"', r"mass_t: '400 \| 420': expected a number or one range, and no alt"),
        ("420", '["400..420", 500]', r"mass_t: \['400.*\]: expected a number or one range, and no"),
        (
            "420",
            '"50 % 400 | 50 % 420..500"',
            r"mass_t: .*: expected a number or one range, and no",
        ),
        ("420", '"pert 400..500..420"', r"mass_t: 'pert .*': expected \"pert low\.\.mode\.\.high"),
        ("420", '"pert 0..400..420"', r"mass_t 0: expected above 0"),
        (
            "0.4",
            '0.4\nresistance = {value = [1, 2, 3], factor = "0.9 | 1"}',
            r"resistance\.factor: '0\.9 \| 1': expected a number or one range, and no alternatives",
        ),
        ("420", '"4,5"', r"mass_t: '4,5': expected a number .* decimal point"),
        ("420", "[420]", r"mass_t: \[420\]: expected a number"),
        ("420", "{valeu = 420}", r"mass_t\.valeu: unknown key; did you mean value"),
        ("420", "{reason = 'x'}", r"mass_t\.value: missing; add it"),
        ("420", "{value = 420, source = 'x'}", r"source 'x' has no table in \[sources\]"),
        ("420", f'"{"x" * 9999}"', r"mass_t: 'xxx.*x…: expected a number"),
        ("420", "1979-05-27", r"mass_t: 1979-05-27: expected a number"),
        ("= 120", "= 1200", r"max_speed_kmh 1200: expected above 0, at most 600 km/h"),
        ("= 120", '= "20..1200"', r"max_speed_kmh 1200: expected"),
        ("0.4", "-0.4", r"braking_mps2 -0\.4: expected above 0"),
        ("0.4", '"0..0.4"', r"braking_mps2 0: expected above 0"),
        ("0.4", '"0.4..20"', r"braking_mps2 20: expected above 0, at most 10 m/s²"),
        ("0.4", "inf", r"braking_mps2: inf: expected a number"),
        ("0.4", "0.4\nacceleration_mps2 = inf", r"acceleration_mps2: inf: expected a number"),
        ("0.4", "0.4\nlength_m = -1", r"length_m -1: expected 0 to"),
        ("0.4", "0.4\nrotating_mass_factor = 0.9", r"rotating_mass_factor 0\.9: expected 1 to 2"),
        ("0.4", "0.4\nresistance = [1, 2]", r"resistance: \[1, 2\]: expected three numbers"),
        ("0.4", "0.4\nresistance = [1, 2, nan]", r"resistance: nan: expected a number"),
        ("0.4", "0.4\nresistance = [-1, 0, 0]", r"resistance \[-1\.0, 0\.0, 0\.0\]: expected"),
        (
            "0.4",
            "0.4\nresistance = {value = [1, 2, 3], factor = 0}",
            r"resistance\.factor: factor 0: expected above 0, at most 10",
        ),
        ("[[0, 280000], [60, 136000]]", "[]", r"tractive_effort: \[\]: expected pairs of km/h"),
        ("[[0, 280000], [60, 136000]]", "5", r"tractive_effort: 5: expected pairs of km/h"),
        ("[60, 136000]", "[60]", r"tractive_effort: \[60\]: expected pairs of km/h and N"),
        ("136000", '"many"', r"tractive_effort: 'many': expected a number"),
        ("136000", "-1", r"tractive_effort \[60, -1\]: expected .* 0 N or more"),
        ("[60,", "[0,", r"tractive_effort \[0, 136000\] after \[0, 280000\]: expected increasing"),
        ("280000], [60, 136000]", "280], [60, 136]", r"expected 1000 to 1e\+08 N; is it in kN"),
        ("mass_t = 420", "mass_t", r"not TOML: .*line 1.*; mend that line"),
        ("420", "[" * 9000, r"not TOML: too many brackets in brackets"),
        ("420", "1" * 5000, r"not TOML: .*digits.*; mend that line"),
        ("420", "0x" + "f" * 9000, r"mass_t: a number too long to write: expected a number"),
        ("420", '"4_20"', r"mass_t: '4_20': expected a number"),
        ("136000", '"1_000"', r"tractive_effort: '1_000': expected a number"),
        ("136000", "[1]", r"tractive_effort: \[1\]: expected a number"),
        ("mass_t", "name = 0x" + "f" * 9000 + "\nmass_t", r"name: a number too long .*: expected"),
        ("mass_t", "sources = 3\nmass_t", r"sources: 3: expected a table"),
        ("mass_t", "sources.a.date = 3\nmass_t", r"sources\.a\.publisher: missing"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(write, wrong, right, expected):
    """File, key, value, what was expected, remedy."""
    assert wrong in MINIMAL
    path = write(MINIMAL.replace(wrong, right, 1))
    with pytest.raises(InputError, match=expected) as caught:
        load_train(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
anything = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["value", "factor", "source", "reason", "x"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*StatedTrainTable.model_fields, "x"]), anything))
def test_whatever_a_table_says_it_is_a_train_or_an_error(content):
    """One of the package's own, that is, and no figure that is not finite."""
    with suppress(JourneyError):
        estimate = train_of(checked(StatedTrainTable, content))
        stated = [getattr(estimate, field.name) for field in fields(estimate)]
        figures = [each for each in stated if isinstance(each, Figure)]
        assert len(figures) >= 5
        assert all(math.isfinite(figure.value.high) for figure in figures)


@pytest.mark.parametrize("value", ["[31m", "\u202e", "\x07"])
def test_a_key_that_steers_a_terminal_is_made_harmless(write, value):
    """In the message, that is."""
    escaped = value.encode("unicode_escape").decode().replace("\\x", "\\u00")
    path = write(f'"\\u001b{escaped}" = 1\n')
    with pytest.raises(InputError) as caught:
        load_train(path)
    assert not {"\x1b", "\u202e", "\x07"} & set(str(caught.value))


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """Missing, a folder, endless, not text, or not a path at all."""
    with pytest.raises(InputError, match=r"none\.toml: No such file"):
        load_train(tmp_path / "none.toml")
    with pytest.raises(InputError, match="directory"):
        load_train(tmp_path)
    with pytest.raises(InputError, match="/dev/zero: larger than 20 MB"):
        load_train("/dev/zero")
    with pytest.raises(InputError, match="null byte"):
        load_train("a\0b.toml")
    (tmp_path / "latin.toml").write_bytes(b'name = "\xe9"')
    with pytest.raises(InputError, match=r"latin\.toml: byte 8 is not UTF-8"):
        load_train(tmp_path / "latin.toml")


def test_an_unknown_bundled_name_offers_the_known_ones():
    """And says that a path would do."""
    with pytest.raises(JourneyError, match=r"train 'armored' .* did you mean armoured\? .* path"):
        load_train("armored")


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path):
    """As some editors write it, with the line ends they like."""
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    assert load_train(path).mass_t.value == Range(420.0, 420.0)


def test_the_bundled_trains_are_there():
    """Three, of which the armoured one is uncertain in what nobody has published."""
    assert bundled_trains() == ("armoured", "diesel", "electric")
    armoured = load_train("armoured")
    assert armoured.max_speed_kmh.value == Range(80.0, 80.0)
    assert armoured.mass_t.source is None
    assert not armoured.mass_t.value.fixed
    assert armoured.tractive_effort.factor == Range(0.5, 2.0, 1.0)


KEYS = sorted({key for keys in USED.values() for key in keys})
COMPUTED = ("rotating_mass_factor", "acceleration_mps2", "resistance", "tractive_effort")
each_train = pytest.mark.parametrize("name", bundled_trains())


@each_train
def test_a_bundled_figure_has_a_source_or_a_reason(name):
    """Every one of them."""
    estimate = load_train(name)
    for key in KEYS:
        assert estimate.stated(key).source or estimate.stated(key).reason, key


@each_train
def test_what_is_computed_is_not_reported(name):
    """It has no source of its own: its reason names in brackets what it was computed from."""
    estimate = load_train(name)
    for key in COMPUTED:
        assert estimate.stated(key).source is None, key
        assert named_in(estimate.stated(key).reason), key


def named_in(reason):
    """What stands in the brackets of a reason, word by word."""
    brackets = re.findall(r"\(([^()]*)\)", reason or "")
    return {word for bracket in brackets for word in bracket.split(", ")}


@each_train
def test_a_bundled_train_quotes_few_words_and_names_every_source(name):
    """Never a sentence; no source that no figure refers to, and no reference to none."""
    estimate = load_train(name)
    stated = [estimate.stated(key) for key in KEYS]
    named = set().union(*(named_in(each.reason) | {each.source} for each in stated)) - {None}
    assert named == {source.id for source in estimate.sources}
    for source in estimate.sources:
        assert len((source.wording or "").split()) <= 10


def equal_acceleration_mps2(estimate, size):
    """The constant rate that loses as much time up to the speed of the reason as effort does."""
    speed_mps = float(re.search(r"gaining (\d+) km/h", estimate.acceleration_mps2.reason)[1]) / 3.6
    train = replace(estimate.at(size), braking_mps2=math.inf)
    run = run_train(RunningPath.of([0.0, 50_000.0], speed_mps), train, "dynamics")
    return speed_mps / 2 / (float(run.running_time_s) - 50_000.0 / speed_mps)


@each_train
def test_a_bundled_train_accelerates_as_its_effort_lets_it(name):
    """So that its starts cost the same in both models, within a tenth for the median train."""
    estimate = load_train(name)
    stated = estimate.at().acceleration_mps2
    assert stated == pytest.approx(equal_acceleration_mps2(estimate, 0.5), rel=0.1)


def test_the_reason_of_the_armoured_acceleration_is_what_its_efforts_give():
    """Of the lightest, the median and the heaviest train."""
    estimate = load_train("armoured")
    for size in (0.0, 0.5, 1.0):
        found = equal_acceleration_mps2(estimate, size)
        assert f"{found:.2f} " in estimate.acceleration_mps2.reason
