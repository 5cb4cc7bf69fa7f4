"""Scenario files that say only what is different from another one."""

from __future__ import annotations

import pytest

from journey.errors import InputError
from journey.quantities import Range
from journey.reports import Rival
from journey.scenario_file import load_scenario
from journey.train_file import load_train

BASE = """\
name = "The base"
route = ["Pyongyang", "Khasan"]
route_source = "paper"

[depart]
earliest = 2023-09-10T12:00:00+09:00
latest = 2023-09-10T18:00:00+09:00
source = "paper"

[speed]
default = 59
KP = 40

[sources.paper]
publisher = "A paper"
"""

TRAIN = """\
mass_t = 420
max_speed_kmh = 120
braking_mps2 = 0.4
acceleration_mps2 = 0.3
"""


@pytest.fixture
def write(tmp_path):
    """Write a file below the test's folder, and give its path."""

    def to_file(name: str, text: str):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return to_file


def test_what_a_file_does_not_state_holds_as_in_its_base(write):
    """Key by key: a table that it states holds as a whole."""
    write("base.toml", BASE)
    path = write("own.toml", 'based_on = "base.toml"\nname = "Own"\n[speed]\ndefault = 45\n')
    base, own = load_scenario(path.with_name("base.toml")), load_scenario(path)
    assert (own.name, own.origin) == ("Own", str(path))
    assert own.speeds.default.speed_kmh == Range(45.0, 45.0)
    assert own.speeds.rules == ()
    assert (own.route, own.departures, own.sources) == (base.route, base.departures, base.sources)
    assert own.route_source == "paper"


def test_a_bundled_scenario_can_be_a_base(write):
    """By its name."""
    base = load_scenario("vostochny-2023")
    own = load_scenario(write("own.toml", 'based_on = "vostochny-2023"\nsighting = []\n'))
    assert own.sightings == ()
    assert (own.departures, own.speeds, own.claims) == (base.departures, base.speeds, base.claims)
    assert own.rivals == base.rivals


def test_sources_of_both_can_be_named(write):
    """Those of the base are not lost where the file has some of its own."""
    write("base.toml", BASE)
    more = '[headline]\nspeed = 59\nsource = "other"\n[sources.other]\npublisher = "Another"\n'
    own = load_scenario(write("own.toml", f'based_on = "base.toml"\n{more}'))
    assert {source.publisher for source in own.sources} == {"A paper", "Another"}
    same = 'based_on = "base.toml"\n[sources.paper]\npublisher = "A paper"\n'
    assert len(load_scenario(write("own.toml", same)).sources) == 1


def test_one_source_must_not_be_two(write):
    """The base's statements would be said to be another's."""
    write("base.toml", BASE)
    path = write("own.toml", 'based_on = "base.toml"\n[sources.paper]\npublisher = "Another"\n')
    expected = (
        r"own\.toml: based_on: source 'paper' is one thing in this file and another in .*base"
    )
    with pytest.raises(InputError, match=expected):
        load_scenario(path)


def test_another_route_has_not_the_source_of_the_first(write):
    """It names another destination."""
    write("base.toml", BASE)
    text = 'based_on = "base.toml"\nroute = ["Pyongyang", "Rajin"]\n'
    assert load_scenario(write("own.toml", text)).route_source is None
    own = load_scenario(write("own.toml", f'route_source = "paper"\n{text}'))
    assert own.route_source == "paper"


def test_a_base_may_be_based_on_another(write):
    """The nearest goes before."""
    write("a.toml", BASE)
    write("b.toml", 'based_on = "a.toml"\nname = "B"\nrunning = "profile"\n')
    own = load_scenario(write("c.toml", 'based_on = "b.toml"\nrunning = "dynamics"\n'))
    assert (own.name, own.running) == ("B", "dynamics")


def test_a_base_need_not_be_whole(write):
    """What both say together is checked."""
    write("half.toml", BASE.replace('name = "The base"\n', ""))
    own = write("own.toml", 'based_on = "half.toml"\nname = "Whole"\n')
    assert load_scenario(own).name == "Whole"


def test_paths_are_relative_to_the_file_that_they_stand_in(write, tmp_path, monkeypatch):
    """Also where the base lies in another folder, and whatever the working folder is."""
    write("far/trains/mine.toml", TRAIN)
    tables = '[train]\nuse = "trains/mine.toml"\n[[rival]]\nscenario = "r.toml"\nweight = 0.1\n'
    write("far/base.toml", BASE + tables)
    own = write("near/own.toml", 'based_on = "../far/base.toml"\n')
    monkeypatch.chdir(tmp_path / "near")
    for path in (own, "own.toml"):
        scenario = load_scenario(path)
        assert scenario.train.name == "mine"
        assert scenario.rivals == (Rival(str(tmp_path / "far" / "r.toml"), 0.1),)
    write("far/base.toml", BASE + '[train]\nuse = "diesel"\n')
    assert load_scenario(own).train == load_train("diesel")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"own": 'based_on = "own.toml"'},
            r"own\.toml: based_on: .*own\.toml - .*own\.toml: leads back to itself; take one",
        ),
        (
            {"own": 'based_on = "a.toml"', "a": 'based_on = "b.toml"', "b": 'based_on = "a.toml"'},
            r"own\.toml: based_on: .*a\.toml - .*b\.toml - .*a\.toml: leads back to itself; take",
        ),
        ({"own": 'based_on = "none.toml"'}, r"own\.toml: based_on: .*none\.toml: No such file"),
        (
            {"own": 'based_on = "vostochni-2023"'},
            r"own\.toml: based_on: scenario 'vostochni-2023' .* did you mean vostochny-2023",
        ),
        ({"own": "based_on = 5"}, r"own\.toml: based_on: 5: expected text in quotation marks"),
        ({"own": 'basedon = "a.toml"'}, r"own\.toml: basedon: unknown key; did you mean based_on"),
        (
            {"own": 'based_on = "a.toml"', "a": "name"},
            r"own\.toml: based_on: .*a\.toml: not TOML: ",
        ),
        (
            {"own": 'based_on = "a.toml"', "a": "name = 7"},
            r"own\.toml: based on .*a\.toml: name: 7: expected text",
        ),
        (
            {"own": 'based_on = "a.toml"', "a": "train = 5\nrival = [5]\nsources = 5"},
            r"own\.toml: name: missing; add it",
        ),
        (
            {"own": 'based_on = "a.toml"', "a": '[train]\nuse = "armored"'},
            r"own\.toml: based_on: .*a\.toml: train 'armored' is not bundled; did you mean armou",
        ),
    ],
)
def test_what_is_wrong_with_a_base_is_said_in_one_line(write, files, expected):
    """Which file, and the way to it."""
    for name, text in files.items():
        write(f"{name}.toml", f"{text}\n")
    path = write("own.toml", f"{files['own']}\n")
    with pytest.raises(InputError, match=expected) as caught:
        load_scenario(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("own", "base", "named", "message"),
    [
        ("name = 7", "", None, "name: 7: expected text in quotation marks"),
        ("speeed = 5", "", None, "speeed: unknown key; did you mean speed?"),
        ("[speed]\ndefault = 5000", "", None, "speed.default: speed 5000 km/h: expected 1 to 400"),
        ("[headline]\nsped = 5", "", None, "headline.sped: unknown key; did you mean speed?"),
        ("[sources.own]\ndate = 5", "", None, "sources.own.publisher: missing; add it"),
        ('[headline]\nspeed = 5\nsource = "x"', "", None, "source 'x' has no table in [sources]"),
        ('[train]\nuse = "armored"', "", None, "train: "),
        ('[[rival]]\nscenario = "vladivostock-2023"\nweight = 0.1', "", None, "rival 'vladi"),
        ("", "stopp = 5", "base", "stopp: unknown key; did you mean stop"),
        ("", "[headline]\nspeed = 0", "base", "headline.speed: speed 0 km/h: expected 1 to 400"),
        ("", "[sources.more]\ndate = 5", "base", "sources.more.publisher: missing; add it"),
        ('name = "Own"', '[headline]\nspeed = 5\nsource = "x"', "base", "source 'x' has no table"),
        ("", '[train]\nuse = "diesel"\nmass = 5', "base", "train"),
    ],
)
def test_the_file_is_named_in_which_a_key_stands(write, own, base, named, message):
    """The file itself alone, or the base."""
    write("base.toml", f"{BASE}{base}\n" if base[:1] in {"[", ""} else f"{base}\n{BASE}")
    path = write("own.toml", f'based_on = "base.toml"\n{own}\n')
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    where = f"{path}: based on {path.with_name('base.toml')}: " if named else f"{path}: "
    assert str(caught.value).startswith(f"{where}{message}")


def test_of_several_bases_the_one_with_the_key_is_named(write):
    """Not those between."""
    write("a.toml", f'{BASE}[headline]\nspeed = "fast"\n')
    write("b.toml", 'based_on = "a.toml"\nname = "B"\n')
    path = write("c.toml", 'based_on = "b.toml"\n')
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert str(caught.value).startswith(
        f"{path}: based on {path.with_name('a.toml')}: headline.speed: 'fast': "
    )
    assert "b.toml" not in str(caught.value)


def test_a_link_to_itself_is_a_circle_too(write):
    """By whatever name."""
    path = write("own.toml", 'based_on = "link.toml"\n')
    path.with_name("link.toml").symlink_to(path)
    with pytest.raises(InputError, match="leads back to itself"):
        load_scenario(path)
