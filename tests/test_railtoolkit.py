"""RailToolKit YAML: rolling stock and running paths, and what is wrong with them in one line."""

from __future__ import annotations

import re
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journey.errors import InputError, JourneyError
from journey.path_file import load_path
from journey.quantities import Range
from journey.train_estimate import Figure
from journey.train_file import load_train, train_of
from journey.train_tables import StatedTrainTable

HEADER = """\
%YAML 1.2
---
schema: https://railtoolkit.org/schema/rolling-stock.json
schema_version: "2022.05"
"""
LOCAL = (
    HEADER
    + """\
trains:
  - name: Local
    id: L
    formation: [DMU]
vehicles:
  - name: Railcar   # two bogies of three are driven
    id: DMU
    UUID: c915c80d-c63d-490b-879f-c481e4b62b55
    power_type: diesel
    vehicle_type: multiple unit
    length: 41.7
    mass: 68.0
    load_limit: 20.0
    mass_traction: 45.333
    speed_limit: 120
    a_braking: -0.4253
    rotation_mass: 1.08
    base_resistance: 3.0
    rolling_resistance: 1.4
    air_resistance: 3.9
    tractive_effort:
      - [0.0, 94400]
      - [60.0, 25540]
      - [120.0, 13380]
"""
)
INTERCITY = (
    HEADER
    + """\
trains:
  - {name: Intercity, id: I, formation: [loco, coach, coach, coach, coach, cab]}
vehicles:
  - {id: cab, vehicle_type: passenger, length: 27.27, mass: 58.0, load_limit: 20.0,
     speed_limit: 160, rotation_mass: 1.06, base_resistance: 2.0, rolling_resistance: 0.715,
     air_resistance: 3.64}
  - {id: coach, vehicle_type: passenger, length: 26.8, mass: 50.0, load_limit: 20.0,
     speed_limit: 160, rotation_mass: 1.06, base_resistance: 2.0, rolling_resistance: 0.715,
     air_resistance: 3.64}
  - {id: loco, vehicle_type: traction unit, length: 18.9, mass: 85, mass_traction: 85,
     speed_limit: 160, rotation_mass: 1.09, base_resistance: 2.5, air_resistance: 6.0,
     tractive_effort: [[0, 300000], [66, 300000], [160, 124690]]}
"""
)
FREIGHT = (
    HEADER
    + f"""\
trains:
  - {{name: Ore, id: F, formation: [loco{", wagon" * 10}]}}
vehicles:
  - {{id: wagon, vehicle_type: freight, length: 19.04, mass: 25.0, load_limit: 59.0,
     speed_limit: 100, rotation_mass: 1.03, base_resistance: 1.4, air_resistance: 3.9}}
  - {{id: loco, vehicle_type: traction unit, length: 14.32, mass: 80, mass_traction: 80,
     speed_limit: 80, rotation_mass: 1.09, base_resistance: 2.2, air_resistance: 10,
     tractive_effort: [[0, 186940], [1, 186940], [80, 27000]]}}
"""
)
PATH = """\
%YAML 1.2
---
schema: https://railtoolkit.org/schema/running-path.json
schema_version: "2022.05"
paths:
  - name: "a climb, then a curve"
    id: P
    points_of_interest:
      - [ 850.0, view_point, front ]
    characteristic_sections:
      # [ station in m, speed limit in km/h, resistance in ‰ ]
      - [       0.0, 160,  0.0 ]
      - [    1000.0,  80, -3.5 ]
      - [    4000.0, 160,  0.0 ]
"""


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Write a YAML file and give its path."""
    folder = tmp_path_factory.mktemp("railtoolkit")

    def to_file(text, name="test.yaml"):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


@pytest.mark.parametrize(
    ("text", "figures", "resistance"),
    [
        # Figures as published with running times of these trains, in r0, r1, r2.
        (LOCAL, (88.0, 1.08, 41.7, 120, 0.4253), (1703.413144, 28.087815, 3.370538)),
        (INTERCITY, (443.0, 1.067434, 153.37, 160, 0.375), (9505.538773, 282.398334, 23.043701)),
        (FREIGHT, (920.0, 1.044545, 204.72, 80, 0.225), (13435.1105, 84.729456, 51.803589)),
    ],
)
def test_a_train_is_made_of_its_vehicles(write, text, figures, resistance):
    """Multiple unit, hauled passenger train and freight train, each fully loaded."""
    estimate = load_train(write(text))
    train = estimate.at()
    assert (
        train.mass_kg / 1000,
        train.rotating_mass_factor,
        train.length_m,
        train.max_speed_mps * 3.6,
        train.braking_mps2,
    ) == pytest.approx(figures, rel=1e-6)
    assert train.resistance == pytest.approx(resistance, rel=1e-6)
    assert estimate.fixed_for("dynamics")


def test_the_effort_is_that_of_the_file(write):
    """km/h and N, and the train has its name."""
    estimate = load_train(write(LOCAL, "local.yml"))
    assert estimate.name == "Local"
    assert estimate.tractive_effort.value == ((0, 94_400), (60, 25_540), (120, 13_380))


def test_two_equal_units_pull_and_resist_twice(write):
    """Every sum is twice that of one; what is a mean, or a rate, stays."""
    one = load_train(write(LOCAL)).at()
    two = load_train(write(LOCAL.replace("[DMU]", "[DMU, DMU]"))).at()
    assert two.mass_kg == pytest.approx(2 * one.mass_kg)
    assert two.length_m == pytest.approx(2 * one.length_m)
    assert two.resistance == pytest.approx([2 * r for r in one.resistance])
    assert np.array(two.effort) == pytest.approx(np.array(one.effort) * [1, 2])
    assert two.rotating_mass_factor == pytest.approx(one.rotating_mass_factor)
    assert two.braking_mps2 == one.braking_mps2


def test_different_units_add_at_every_speed(write):
    """Also where only one of the curves has a point, and beyond the end of the shorter."""
    other = "  - {id: pusher, vehicle_type: traction unit, length: 10, mass: 50,"
    other += " tractive_effort: [[0, 90000], [40, 30000]]}\n"
    text = LOCAL.replace("[DMU]", "[DMU, pusher]") + other
    curve = np.array(load_train(write(text)).tractive_effort.value)
    speeds = np.linspace(0, 120, 25)
    unit = np.interp(speeds, [0, 60, 120], [94_400, 25_540, 13_380])
    pusher = np.interp(speeds, [0, 40], [90_000, 30_000])
    assert np.interp(speeds, *curve.T) == pytest.approx(unit + pusher)


def test_an_effort_that_is_not_stated_is_what_adhesion_gives(write):
    """A fifth of the weight on driven axles, and the file says so."""
    text, _, _ = LOCAL.partition("    tractive_effort")
    effort = load_train(write(text)).tractive_effort
    assert [force for _, force in effort.value] == pytest.approx([0.2 * 45_333 * 9.80665] * 2)
    assert "adhesion" in effort.reason


def test_a_rate_that_is_not_stated_says_so(write):
    """Braking of a passenger or of a freight train."""
    for text, kind in ((INTERCITY, "passenger"), (FREIGHT, "freight")):
        assert (
            f"a_braking not stated: as for {kind} trains"
            in load_train(write(text)).braking_mps2.reason
        )


BARE = (
    HEADER
    + """\
trains:
  - {name: Bare, id: B, formation: [loco, loco, wagon, wagon]}
vehicles:
  - {id: loco, vehicle_type: traction unit, length: 20, mass: 80}
  - {id: wagon, vehicle_type: freight, length: 15, mass: 20}
"""
)


def test_every_default_says_that_it_is_one(write):
    """And names the key that the file leaves out; a figure that the file gives has no reason."""
    bare = load_train(write(BARE))
    for key, missing in (
        ("rotating_mass_factor", "rotation_mass not stated for 4 of the vehicles: 1.09 for tract"),
        ("max_speed_kmh", "speed_limit not stated: so high that the path alone limits it"),
        ("braking_mps2", "a_braking not stated: as for freight trains"),
        ("resistance", "base_resistance not stated for 4 of the vehicles: taken as 0; air_resist"),
        ("tractive_effort", "tractive_effort not stated for 2 of the vehicles: adhesion of 0.2"),
    ):
        assert bare.stated(key).reason.startswith(missing), key
    stated = load_train(write(LOCAL))
    for key in ("rotating_mass_factor", "max_speed_kmh", "braking_mps2", "resistance"):
        assert stated.stated(key).reason is None, key


def test_a_default_for_some_of_the_vehicles_says_so(write):
    """The others decide, or are averaged with it."""
    text = INTERCITY.replace("length: 18.9, mass: 85,", "length: 18.9, mass: 85, a_braking: 0.5,")
    text = text.replace("speed_limit: 160, rotation_mass: 1.09,", "")
    estimate = load_train(write(text))
    assert estimate.max_speed_kmh == Figure(
        Range(160, 160),
        None,
        "speed_limit not stated for 1 of the vehicles: the lowest of the others",
    )
    assert estimate.rotating_mass_factor.value.low == pytest.approx(1.067434, rel=1e-6)
    assert "rotation_mass not stated for 1 of the vehicles" in estimate.rotating_mass_factor.reason
    assert (estimate.braking_mps2.value, estimate.braking_mps2.reason) == (Range(0.5, 0.5), None)


def test_rolling_resistance_is_missed_only_where_it_counts(write):
    """On carrying axles of a unit, and in passenger trains."""
    without = LOCAL.replace("    rolling_resistance: 1.4\n", "")
    reason = load_train(write(without)).resistance.reason
    assert reason == "rolling_resistance not stated for 1 of the vehicles: taken as 0"
    driven = without.replace("45.333", "68.0")
    assert load_train(write(driven)).resistance.reason is None
    assert load_train(write(FREIGHT)).resistance.reason is None


@pytest.mark.parametrize("id_", ["x" * 499, "\u202e"])
def test_an_id_does_not_burst_a_reason(write, id_):
    """However long it is, and whatever stands in it."""
    text = LOCAL.replace("3.9", "0.0039").replace("DMU", f'"{id_}"')
    assert "0.0039 per mille" in load_train(write(text)).resistance.reason


def test_air_resistance_that_looks_like_a_share_is_read_as_it_stands(write):
    """And the doubt is passed on."""
    estimate = load_train(write(LOCAL.replace("3.9", "0.0039")))
    assert "0.0039 per mille" in estimate.resistance.reason
    assert estimate.resistance.value[2] == pytest.approx(3.370538 / 1000, rel=1e-6)


def test_a_version_without_quotes_is_the_same(write):
    """YAML takes it for a number."""
    assert load_train(write(LOCAL.replace('"2022.05"', "2022.05"))).name == "Local"


def test_a_scenario_may_use_such_a_train_and_replace_its_figures(write):
    """As one of a train file."""
    stated = StatedTrainTable.model_validate({"use": "test.yaml", "mass_t": "80..90"})
    used = train_of(stated, write(LOCAL).parent)
    assert used.name == "Local"
    assert (used.at(0).mass_kg, used.at(1).mass_kg) == (80_000, 90_000)
    assert used.at().length_m == 41.7


def test_a_path_is_read_row_by_row(write):
    """Each row is valid to the next, whatever their order; the last is the end."""
    path = load_path(write(PATH))
    assert path.chainage_m.tolist() == [0, 1000, 4000]
    assert path.limit_mps * 3.6 == pytest.approx([160, 80])
    assert path.gradient.tolist() == [0, -0.0035]
    rows = PATH.splitlines()
    turned = load_path(write("\n".join([*rows[:-3], *reversed(rows[-3:])])))
    assert turned.chainage_m.tolist() == path.chainage_m.tolist()
    assert turned.limit_mps.tolist() == path.limit_mps.tolist()


values = st.sampled_from(
    [
        "0",
        "-1",
        "1e308",
        "1e-308",
        ".inf",
        ".nan",
        "null",
        "true",
        "[]",
        "{}",
        "'x'",
        "*a",
        "&a",
        "[a",
        "1_0",
        "1:20",
        "!!bool",
        "?",
        "<<:",
        "2020-01-01",
        "9999-99-99",
        ":",
        "-",
        ",",
        "#",
        "%",
        "@",
        "`",
        "|",
        ">",
        "!",
    ]
)


@given(st.sampled_from([LOCAL, INTERCITY, FREIGHT, PATH]), st.integers(0, 999), values)
def test_whatever_a_file_says_it_is_read_or_an_error(write, text, number, value):
    """One of the package's own, in one line, and no figure that is not finite."""
    words = list(re.finditer(r"[\w./-]+", text))
    word = words[number % len(words)]
    path = write(text[: word.start()] + value + text[word.end() :], "any.yaml")
    with suppress(JourneyError):
        if text is PATH:
            assert np.isfinite(load_path(path).limit_mps).all()
        else:
            assert np.isfinite(load_train(path).at().resistance).all()


BOMB = "a: &a [1, 1]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)
)


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        (LOCAL, "", r"not a table; expected keys such as schema_version"),
        (LOCAL, "[1, 2]", r"not a table; expected keys such as schema_version"),
        (LOCAL, "a: [1, 2\nb: 3\n", r"not YAML: .* in line 2; mend that line"),
        (LOCAL, "a: 1\n---\nb: 2\n", r"not YAML: .*another document in line 2"),
        (LOCAL, "a: !!python/name:os.system\n", r"not YAML: the tag '.*os\.system'; take it out"),
        (
            LOCAL,
            "a: 1\nb: !!timestamp soon\n",
            r"not YAML: the tag .*timestamp'; take it out in line 2",
        ),
        (LOCAL, "a: !!bool perhaps\n", r"not YAML: the tag '.*bool'; take it out in line 1"),
        (LOCAL, "a: 2023-99-99\n", r"not YAML: month must be in 1\.\.12"),
        (LOCAL, "a: \x07\n", r"not YAML: unacceptable character"),
        (LOCAL, "[" * 9000, r"not YAML: too many brackets in brackets; close them"),
        (LOCAL, BOMB, r"not YAML: an alias; write out what it stands for in line 2"),
        (LOCAL, "x" * 500_001, r"larger than 0\.5 MB"),
        ("rolling-stock", "running-path", r"schema: '.*running-path\.json': expected '.*rolling"),
        ("2022.05", "2024.07", r"schema_version: '2024\.07': expected '2022\.05'"),
        ("schema_version", "version", r"schema_version: missing; add it"),
        ("trains:", "train:", r"trains: missing; add it"),
        ("[DMU]", "[]", r"trains 1\.formation: \[\]: expected one entry or more"),
        ("[DMU]", "DMU", r"trains 1\.formation: 'DMU': expected a list"),
        ("[DMU]", "[DMV]", r"trains 1\.formation: 'DMV' is no vehicle .* did you mean DMU"),
        ("id: DMU", "id: 642", r"vehicles 1\.id: 642: expected text in quotation marks"),
        ("multiple unit", "passenger", r"trains 1\.formation: no traction unit or multiple unit"),
        ("multiple unit", "bus", r"vehicles 1\.vehicle_type: 'bus': expected 'traction unit', .*"),
        ("mass: 68.0", "mass: heavy", r"vehicles 1\.mass: 'heavy': expected a number"),
        ("mass: 68.0", "mass: yes", r"vehicles 1\.mass: true: expected a number"),
        ("mass: 68.0", "mass:", r"vehicles 1\.mass: null: expected a number"),
        ("mass: 68.0", "mass: 2023-09-12", r"vehicles 1\.mass: 2023-09-12: expected a number"),
        ("mass: 68.0", "mass: 6_8", r"vehicles 1\.mass: '6_8': expected a number"),
        ("mass: 68.0", "mass: 1:08", r"vehicles 1\.mass: '1:08': expected a number"),
        ("mass: 68.0", "mass: 0", r"vehicles 1\.mass: 0: expected above 0, at most 100000 t"),
        ("mass: 68.0", "mass: .nan", r"vehicles 1\.mass: nan: expected a number"),
        ("mass: 68.0", "mass: 6800000", r"vehicles 1\.mass: 6800000: expected .* 100000 t"),
        ("mass: 68.0", "mass: 99990", r"trains 1\.formation: 100010 t together: .* 100000 t; take"),
        ("[DMU]", "[" + "DMU," * 240 + "DMU]", r"formation: 10049\.7 m together: .* 10000 m; take"),
        ("45.333", "68.001", r"vehicles 1: mass_traction 68\.001: expected at most the mass, 68 t"),
        ("45.333", "0", r"vehicles 1\.mass_traction: 0: expected above 0"),
        ("length: 41.7", "width: 3", r"vehicles 1\.length: missing; add it"),
        ("length: 41.7", "length: 0", r"vehicles 1\.length: 0: expected above 0, at most 10000 m"),
        ("load_limit: 20.0", "load_limit: -2", r"vehicles 1\.load_limit: -2: expected 0 to"),
        ("speed_limit: 120", "speed_limit: 0", r"vehicles 1\.speed_limit: 0: expected above 0"),
        ("speed_limit: 120", "speed_limit: 601", r"vehicles 1\.speed_limit: 601: .* 600 km/h"),
        ("-0.4253", "0", r"vehicles 1\.a_braking: 0: expected above 0, at most 10 m/s², with or"),
        ("-0.4253", "-42", r"vehicles 1\.a_braking: -42: expected above 0, at most 10 m/s²"),
        ("1.08", "3", r"vehicles 1\.rotation_mass: 3: expected 1 to 2, such as 1\.06"),
        ("1.08", "0.08", r"vehicles 1\.rotation_mass: 0\.08: expected 1 to 2"),
        (
            "base_resistance: 3.0",
            "base_resistance: -3",
            r"vehicles 1\.base_resistance: -3: .* 0 to",
        ),
        ("3.9", "1e300", r"vehicles 1\.air_resistance: 1e\+300: expected 0 to 1000 ‰"),
        ("[60.0, 25540]", "[60.0]", r"vehicles 1\.tractive_effort: \[60\.0\]: expected pairs"),
        ("[60.0, 25540]", "[60.0, -1]", r"vehicles 1\.tractive_effort: \[60\.0, -1\.0\]: expected"),
        (
            "[120.0,",
            "[900,",
            r"vehicles 1\.tractive_effort: \[900\.0, 13380\.0\]: .* 0 to 600 km/h",
        ),
        ("[60.0, 25540]", "[0, 25540]", r"tractive_effort: 0 km/h after 0 km/h: expected incr"),
        ("[60.0, 25540]", "[130, 25540]", r"tractive_effort: 120 km/h after 130 km/h: expected"),
        ("[0.0, 94400]", "[0.0, 94400000000]", r"tractive_effort: 94400000000 N at most: .* in kN"),
        (
            "    mass: 68.0",
            "    mass: 68.0\n    mass: 6",
            r"not YAML: .*'mass' a second .* line 17; m",
        ),
        ("%YAML", "a: {b: 1, b: 1}\n...\n%YAML", r"not YAML: the key 'b' a second time in line 1"),
        (
            "  - name: Railcar",
            "  - {id: DMU, vehicle_type: freight, length: 9, mass: 9}\n  - name: Railcar",
            r"vehicles: 2 have the id 'DMU'; rename all but one",
        ),
        (
            "vehicles:",
            "  - {name: Express, id: E, formation: [DMU]}\nvehicles:",
            r"trains: \['Local', 'Express'\]: expected one; make a file of each",
        ),
    ],
)
def test_what_is_wrong_with_rolling_stock_is_said_in_one_line(write, wrong, right, expected):
    """File, key, value, what was expected, remedy."""
    assert wrong in LOCAL
    path = write(LOCAL.replace(wrong, right, 1))
    with pytest.raises(InputError, match=expected) as caught:
        load_train(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("running-path", "rolling-stock", r"schema: '.*rolling-stock\.json': expected"),
        ("paths:", "path:", r"paths: missing; add it"),
        ("  - name", "    name", r"paths: a table: expected a list in brackets"),
        (
            "paths:",
            "paths:\n  - {name: other, characteristic_sections: [[0, 9, 0], [9, 9, 0]]}",
            r"paths: \['other', 'a climb, then a curve'\]: expected one; make a file of each",
        ),
        (
            "    id: P",
            "    name: P",
            r"not YAML: the key 'name' a second time in line 7; mend that",
        ),
        ("80, -3.5", "80", r"paths 1\.characteristic_sections 2 3: missing; add it"),
        ("-3.5 ]", "-3.5, 1 ]", r"sections 2: .*: expected position, speed and resistance alone"),
        ("80, -3.5", "0, -3.5", r"section at 1000 m: limit_kmh: 0: expected 0\.1 to 600 km/h"),
        ("80, -3.5", "1600, 0", r"section at 1000 m: limit_kmh: 1600: expected"),
        ("80, -3.5", "80, .inf", r"paths 1\.characteristic_sections 2 3: inf: expected a number"),
        ("80, -3.5", "80, 999", r"section at 1000 m: gradient_permil: 999: expected -500"),
        ("[    1000.0,  80, -3.5 ]", "5", r"sections 2: 5: expected position, .* in brackets"),
        ("80, -3.5", "8_0, 0", r"characteristic_sections 2 2: '8_0': expected a number"),
        ("4000.0", "1000.0", r"section at 1000 m: start_m: 1000 after 1000: expected increasing"),
        ("paths:", "paths: []\nx:", r"paths: \[\]: expected one entry or more"),
    ],
)
def test_what_is_wrong_with_a_path_is_said_in_one_line(write, wrong, right, expected):
    """File, key or section, value, what was expected, remedy."""
    assert wrong in PATH
    path = write(PATH.replace(wrong, right, 1))
    with pytest.raises(InputError, match=expected) as caught:
        load_path(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)
