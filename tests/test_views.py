"""The headline beside the journey as reported, in Python, in tables and in JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import journey
from journey.answers import where_tables
from journey.as_json import dump
from journey.errors import InputError
from journey.evidence import Evidence, Taken
from journey.maps.content import Shown, build_content
from journey.quantities import Range
from journey.reports import Sighting
from journey.spots import Between, Disc, Kilometres, Region
from journey.statements import Departure, Headline, Source, SpeedRule, Stop
from journey.tables import windows_tables
from journey.terminal import show
from journey.view_words import doubt_in_words, open_in_words, rests_on, taken_in_words
from journey.views import View, same_event, views_of, with_reports
from journey.views_json import where_document, windows_document
from tests.conftest import at_speed, make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PRESS = Source("press", "The Press")


def report(at="North", event="pass", first_min=70, last_min=90, **about):
    """A report, minutes after midnight UTC; without a speed reduced it would be at 46 min."""
    times = (START + first_min * MINUTE, START + last_min * MINUTE)
    return Sighting(at, event, *times, **{"trust": 0.9, "source": "press", **about})


def stated(*sightings, headline=True, **about):
    """From West to Farther: said to run at 60 km/h, held for 25 to 60, with a halt at Far."""
    defaults = {
        "depart": Departure(START, START + 10 * MINUTE),
        "speeds": at_speed(25.0, 60.0),
        "stops": (Stop("Far", Range(600.0, 1800.0)),),
        "headline": Headline(60.0, "press") if headline else None,
        "sightings": sightings,
        "sources": (PRESS,),
    }
    return make_scenario("West", "Farther", **{**defaults, **about})


def views(fork, scenario, **options):
    """Its views, of few draws."""
    return views_of(scenario, fork, **{"draws": 2000, "seed": 3, **options})


def map_of(result, beside=None, left_out=()):
    """What a map shows."""
    return build_content(Shown(result, beside=beside, left_out=left_out))


def told(capsys, parts):
    """What parts say on a terminal, all spaces alike."""
    show(parts)
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("headline", "sightings", "bases", "levels"),
    [
        (True, [report()], ["headline", "as reported"], [1.0, 0.9]),
        (True, [], ["headline", "as stated"], [1.0, 1.0]),
        (False, [report()], ["as stated", "as reported"], [1.0, 0.9]),
        (False, [], ["as stated"], [1.0]),
    ],
)
def test_views_are_as_many_as_there_is_to_tell(fork, headline, sightings, bases, levels):
    """First what is said in short, last what the reports make of it; each with its own level."""
    found = views(fork, stated(*sightings, headline=headline))
    assert [view.basis for view in found] == bases
    assert [view.level for view in found] == levels
    assert [view.ensemble.evidence is not None for view in found] == [
        basis == "as reported" for basis in bases
    ]


def test_each_view_is_what_its_scenario_gives(fork):
    """The headline alone, and the scenario with its reports taken in."""
    scenario = stated(report())
    first, last = views(fork, scenario)
    alone = scenario.as_headline().simulate(fork, draws=2000, seed=3)
    assert first.ensemble.window_list(1.0) == alone.window_list(1.0)
    given = scenario.simulate(fork, draws=2000, seed=3).given(scenario.sightings)
    assert last.ensemble.window_list(0.9) == given.window_list(0.9)


def test_a_level_that_is_asked_for_holds_in_all_views(fork):
    """Also where it is not the default of either."""
    assert [view.level for view in views(fork, stated(report()), level=0.5)] == [0.5, 0.5]


def test_reports_can_be_put_in_the_place_of_the_own_ones(fork):
    """They are what is taken in, and what is shown; none leaves the scenario as it is stated."""
    other = report("Far", "arrive", 100, 130)
    found = views(fork, stated(report()), sightings=[other])
    assert [taken.sighting for taken in found[-1].ensemble.evidence.taken] == [other]
    assert found[0].ensemble.plan.sightings == (other,)
    assert [view.basis for view in views(fork, stated(report()), sightings=[])] == [
        "headline",
        "as stated",
    ]


def test_sources_go_with_their_reports():
    """Those of the file come beside the scenario's own; of the same name the file's hold."""
    newer, row = Source("press", "Another Press"), Source("row-7", "An Agency")
    found = with_reports(stated(report()), [report(source="row-7")], [newer, row])
    assert found.sources == (newer, row)
    assert [each.source for each in found.sightings] == ["row-7"]
    assert with_reports(stated(), []).sources == (PRESS,)


def test_some_places_can_be_timed_alone(fork):
    """In both views."""
    found = views(fork, stated(report()), places=iter(["Far"]))
    for view in found:
        assert {window.station.id for window in view.ensemble.window_list(view.level)} == {"far"}


def test_a_certain_report_that_no_journey_satisfies_is_one_line(fork):
    """With the name of the scenario's file."""
    scenario = stated(report("West", "depart", 500, 600, trust=1.0), origin="mine.toml")
    with pytest.raises(InputError, match=r"^mine\.toml: ") as refused:
        views(fork, scenario)
    assert "\n" not in str(refused.value)


def test_an_event_is_held_beside_the_same_event(fork):
    """Where one view halts and the other passes, arrival and departure beside the passing."""
    first, last = (view.ensemble.window_list(view.level) for view in views(fork, stated(report())))
    at_far = [window for window in last if window.station.id == "far"]
    assert [window.event for window in at_far] == ["arrive", "depart"]
    assert [same_event(window, first).event for window in at_far] == ["pass", "pass"]
    passing = same_event(at_far[0], first)
    assert [same_event(passing, last), same_event(passing, at_far[1:])] == [at_far[0], at_far[1]]
    assert same_event(passing, first[:1]) is None


def test_the_table_has_both_views_beside_each_other(fork, capsys):
    """Three lines for each event: place, kilometre and clock; and each view on both clocks."""
    table = told(capsys, windows_tables(views(fork, stated(report())), every_station=False))
    assert "km Station Headline (all) in UTC As reported (90 %) in UTC 0.0 West" in table
    # 67 km at 60 km/h, from midnight to ten past; Far is on UTC+10.
    assert "67.0 Far earliest Sun 10 Sep 11:07 10 Sep 01:07 Sun 10 Sep" in table
    assert "latest Sun 10 Sep 11:17 10 Sep 01:17" in table
    assert "Headline: at 60 km/h and with no halt; earliest to latest holds every jour" in table
    assert "As reported: at 25 to 60 km/h and with one halt; one report taken in, " in table
    assert "effective draws of" in table
    assert "90 % of the drawn journeys" in table
    assert "Reports contradict the headline: North 0.2 to 0.7 h later." in table


def test_a_single_view_has_a_table_too(fork, capsys):
    """With one pair of columns, and no word of reports."""
    found = views(fork, stated(headline=False, stops=()))
    table = told(capsys, windows_tables(found, every_station=True))
    assert "km Station As stated (all) in UTC 0.0 West" in table
    assert "Middle" not in table
    assert "eport" not in table.replace("As reported", "")


@pytest.mark.parametrize("width", [92, 200])
def test_no_time_is_cut_off(network, capsys, monkeypatch, width):
    """Both views fit into the narrowest table."""
    monkeypatch.setattr("journey.terminal.WIDEST", width)
    scenario = journey.load_scenario("vostochny-2023")
    show(windows_tables(views_of(scenario, network, draws=200), every_station=False))
    lines = capsys.readouterr().out.splitlines()
    notes = next(number for number, line in enumerate(lines) if line.startswith("Headline: "))
    rows = [line for line in lines[2:notes] if " earliest " in line]
    assert len(rows) > 20
    assert all(line.count(":") == 4 for line in rows)
    assert any("Headline (all)" in line and "As reported (90 %)" in line for line in lines)
    assert max(map(len, lines)) <= width


def test_the_document_has_the_headline_first(fork):
    """Every row says on what it rests; what is said of the whole is that of the last view."""
    first, last = views(fork, stated(report()))
    document = windows_document([first, last])
    dump(document)
    rows = document["stations"]
    bases = [row["basis"] for row in rows]
    assert bases == ["headline"] * len(first.ensemble.events) + ["as reported"] * len(
        last.ensemble.events
    )
    assert {(row["basis"], row["level"]) for row in rows} == {
        ("headline", 1.0),
        ("as reported", 0.9),
    }
    assert document["level"] == 0.9
    assert document["effective_draws"] == pytest.approx(last.ensemble.effective_draws, abs=0.06)
    assert document["log_evidence"] == last.ensemble.log_evidence < 0
    assert [view["basis"] for view in document["views"]] == ["headline", "as reported"]
    assert document["views"][0]["pareto_k"] is None
    assert [each["basis"] for each in document["reports"]] == ["headline", "as reported"]


def test_where_is_told_in_both_views(fork, capsys):
    """The last at the top of the document, and all of them in its list."""
    moment = START + 60 * MINUTE
    found = [(view, view.ensemble.at(moment, view.level)) for view in views(fork, stated(report()))]
    document = where_document(found)
    assert [each["basis"] for each in document["views"]] == ["headline", "as reported"]
    assert {key: document[key] for key in document["views"][-1]} == document["views"][-1]
    # At an hour's 60 km/h, having left up to ten minutes late.
    assert document["views"][0]["earliest"]["km"] == pytest.approx(50.0, abs=0.1)
    assert document["views"][0]["latest"]["km"] == pytest.approx(60.0, abs=0.1)
    # It was still short of North, km 46, ten minutes later.
    assert document["earliest"]["km"] < document["latest"]["km"] < 50.0
    words = told(capsys, where_tables(found))
    assert "A test, headline: Sun 10 Sep 2023 01:00 (UTC+0)" in words
    assert "A test, as reported: Sun 10 Sep 2023 01:00 (UTC+0)" in words
    assert "As reported: at 25 to 60 km/h and with one halt; one report taken in" in words


def doubtful(ensemble, effective_draws=12.0):
    """An ensemble of which little is left after its reports."""
    evidence = ensemble.evidence._replace(effective_draws=effective_draws)
    return replace(ensemble, evidence=evidence)


def test_windows_of_a_handful_of_journeys_are_said_to_be(fork, capsys):
    """In table, whereabouts, document and map."""
    _, last = views(fork, stated(report()))
    view = last._replace(ensemble=doubtful(last.ensemble))
    warning = "Too few journeys agree with the reports (12 effective draws, fewer than 200)"
    assert doubt_in_words(view.ensemble.evidence).startswith(warning)
    assert doubt_in_words(last.ensemble.evidence) is None
    assert warning in told(capsys, windows_tables([view], every_station=False))
    where = view.ensemble.at(START + 60 * MINUTE, 0.9)
    assert warning in told(capsys, where_tables([(view, where)]))
    assert windows_document([view])["enough"] is False
    assert windows_document([last])["enough"] is True
    assert warning in map_of(view.ensemble)["warning"]


def test_weights_of_which_few_are_large_are_said_to_be(fork):
    """It is not the number of effective draws then; where both are wrong, both are said."""
    _, last = views(fork, stated(report()))
    heavy = last.ensemble.evidence._replace(effective_draws=900.0, pareto_k=0.83)
    assert not heavy.enough
    tail = "ew journeys weigh far more than the others (Pareto k 0.83, above 0.7): these windows"
    assert doubt_in_words(heavy).startswith(f"F{tail}")
    assert "too few" not in doubt_in_words(heavy).casefold()
    both = doubt_in_words(heavy._replace(effective_draws=12.0))
    assert both.startswith("Too few journeys agree with the reports (12 effective draws")
    assert f"and f{tail}" in both


def test_likely_errors_and_reports_without_trust_are_counted_apart():
    """Less than an even chance of being right; those without any trust say nothing."""
    taken = [
        Taken(report(), (), None, 0.9, -1.0),
        Taken(report(), (), None, 0.5, -1.0),
        Taken(report(), (), None, 0.49, -1.0),
        Taken(report(trust=0.0), (), None, 0.0, -1.0),
        Taken(report("East"), (), "East is not on the way", 0.0, -2.0),
    ]
    words = taken_in_words(Evidence(tuple(taken), -1.0, 900.0, 0.2, 1000))
    assert words.startswith(
        "4 reports taken in (1 with less than an even chance of being right; 1 without any trust, "
        "which says nothing; 1 more cannot be right on this way), 900 effective draws"
    )
    mute = (Taken(report(trust=0.0), (), None, 0.0, -1.0),) * 2
    assert "(2 without any trust, which say nothing)" in taken_in_words(
        Evidence(mute, -1.0, 900.0, 0.2, 1000)
    )


def asked(fork, *found):
    """What is open where these reports are right with these probabilities."""
    _, last = views(fork, stated(*(each for each, _ in found)))
    taken = tuple(Taken(each, (), None, right, -1.0) for each, right in found)
    evidence = last.ensemble.evidence._replace(taken=taken)
    return open_in_words(last._replace(ensemble=replace(last.ensemble, evidence=evidence)))


def test_it_is_said_which_of_two_reports_may_be_right(fork):
    """On the clock of the place; in the order of their times; others are not named."""
    first, second = report(first_min=70, last_min=90), report(first_min=130, last_min=150)
    expected = (
        "At North (UTC+9) it is open which of these reports is right: Sun 10 Sep 10:10 to 10:30 "
        "(48 %) or Sun 10 Sep 11:10 to 11:30 (51 %)."
    )
    assert asked(fork, (second, 0.51), (first, 0.48), (report("Far", "arrive"), 0.5)) == expected
    sure = report(first_min=170, last_min=180)
    assert asked(fork, (first, 0.48), (second, 0.51), (sure, 0.95)) == expected
    assert asked(fork, (first, 0.08), (second, 0.51)) is None
    assert asked(fork, (first, 0.48), (replace(second, trust=0.0), 0.5)) is None


def test_reports_that_may_both_be_right_are_not_told_as_a_choice(fork):
    """Their times have a moment in common, or they speak of different events."""
    first, second = report(first_min=70, last_min=90), report(first_min=80, last_min=1450)
    assert asked(fork, (first, 0.7), (second, 0.8)) == (
        "At North (UTC+9) it is open whether these reports are right: Sun 10 Sep 10:10 to 10:30 "
        "(70 %) and Sun 10 Sep 10:20 to Mon 11 Sep 09:10 (80 %)."
    )
    arrival, departure = report("Far", "arrive", 100, 110), report("Far", "depart", 120, 130)
    assert asked(fork, (arrival, 0.7), (departure, 0.8)) == (
        "At Far (UTC+10) it is open whether these reports are right: arrive Sun 10 Sep 11:40 to "
        "11:50 (70 %) and depart Sun 10 Sep 12:00 to 12:10 (80 %)."
    )


def test_what_is_open_is_told_in_every_output(fork, capsys):
    """Table, whereabouts, and the text of the map."""
    rivals = [
        report(first_min=70, last_min=90, trust=0.6),
        report(first_min=95, last_min=115, trust=0.6),
    ]
    found = views(fork, stated(*rivals))
    rights = [taken.right for taken in found[-1].ensemble.evidence.taken]
    assert all(0.1 < right < 0.9 for right in rights)
    said = (
        "At North (UTC+9) it is open which of these reports is right: "
        f"Sun 10 Sep 10:10 to 10:30 ({rights[0]:.0%}"
    )
    said = said.replace("%", " %")
    assert said in told(capsys, windows_tables(found, every_station=False))
    where = [(view, view.ensemble.at(START, view.level)) for view in found]
    assert said in told(capsys, where_tables(where))
    content = map_of(found[-1].ensemble, found[0].ensemble)
    assert any(line.startswith(said) for line in content["basis"])


def test_documents_list_the_reports_that_were_taken_in(fork):
    """Each with its trust and the probability that it is right; none in the headline."""
    found = views(fork, stated(report(), report("East", trust=0.3)))
    where = [(view, view.ensemble.at(START, view.level)) for view in found]
    for document in (windows_document(found), where_document(where)):
        first, last = document["views"]
        assert first["reports"] == []
        off, on = last["reports"]
        assert {key: on[key] for key in ("place", "event", "earliest", "latest", "trust")} == {
            "place": "North",
            "event": "pass",
            "earliest": "2023-09-10T10:10:00+09:00",
            "latest": "2023-09-10T10:30:00+09:00",
            "trust": 0.9,
        }
        taken = found[-1].ensemble.evidence.taken
        assert on["right"] == pytest.approx(taken[1].right, rel=1e-3)
        assert (on["why_not"], off["right"]) == (None, 0.0)
        assert "East is not on the way" in off["why_not"]
        dump(document)


def test_rows_that_were_left_out_are_told_in_every_output(fork, capsys):
    """As lines in documents; counted in tables and on the map."""
    found = views(fork, stated(report()))
    where = [(view, view.ensemble.at(START, view.level)) for view in found]
    lines = ("row 3: place 'Nowhere' is no station", "row 7: place 'There' is no station")
    assert windows_document(found, lines)["left_out"] == list(lines)
    assert where_document(where, lines)["left_out"] == list(lines)
    assert windows_document(found)["left_out"] == where_document(where)["left_out"] == []
    said = "2 rows of the file of reports could not be placed"
    assert said in told(capsys, windows_tables(found, every_station=False, left_out=lines))
    assert said in told(capsys, where_tables(where, lines))
    assert said in map_of(found[-1].ensemble, found[0].ensemble, lines)["warning"]
    one = told(capsys, where_tables(where, lines[:1]))
    assert "One row of the file of reports could not be placed" in one
    assert "could be placed" not in told(capsys, where_tables(where))


def test_a_file_of_which_no_row_can_be_placed_is_said_to_be_one(fork, capsys):
    """The windows are then those as stated, and the reason stands beside them."""
    found = views(fork, stated(report()), sightings=[])
    said = "No row of the file of reports could be placed (2 rows): no report is taken in."
    assert said in told(capsys, windows_tables(found, every_station=False, left_out=("a", "b")))
    assert said in map_of(found[-1].ensemble, found[0].ensemble, ("a", "b"))["warning"]


def test_a_map_of_reports_without_a_source_does_not_deny_them(fork):
    """It says that no source is given."""
    _, last = views(fork, stated(report(source=None), sources=(), headline=Headline(60.0)))
    note = map_of(last.ensemble)["notes"][0]
    assert note.startswith("Made from assumptions, and reports of which no source is given.")


def test_a_train_at_the_end_contradicts_nothing(fork, capsys):
    """A report that it is there a day later leaves no gap in table, document and map."""
    found = views(fork, stated(report("Farther", "at", 1440, 1500)))
    assert "contradict" not in told(capsys, windows_tables(found, every_station=False))
    rows = windows_document(found)["reports"]
    assert [(row["gap_least_s"], row["gap_most_s"] > 0) for row in rows] == [(0.0, True)] * 2
    content = map_of(found[-1].ensemble, found[0].ensemble)
    assert content["warning"] is None
    (told_there,) = content["evidence"]
    assert (told_there["station"], told_there["gap"]) == ("farther", None)


def test_what_was_taken_in_is_counted(fork):
    """Reports that cannot be right on the way are told apart."""
    right = Taken(report(), (), None, 0.9, -1.0)
    wrong = Taken(report("East"), (), "East is not on the way", 0.0, -2.0)
    assert taken_in_words(Evidence((right,), -1.0, 4200.4, 0.2, 10_000)) == (
        "one report taken in, 4,200 effective draws of 10,000 journeys tried"
    )
    assert taken_in_words(Evidence((right, right, wrong), -1.0, 900.0, 0.2, 1000)).startswith(
        "2 reports taken in (1 more cannot be right on this way), 900 effective"
    )
    assert taken_in_words(Evidence((wrong,), -1.0, 900.0, 0.2, 1000)).startswith("no report taken")
    (view,) = views(fork, stated(headline=False))
    assert rests_on(view) == "As stated: at 25 to 60 km/h and with one halt"


ELSEWHERE = (
    report(Kilometres(30.0, 40.0)),
    report(Kilometres(30.0, 30.0), first_min=50),
    report(Between("Junction", "Far")),
    report(Disc(0.1, 0.15, 3.0)),
    report(Region("RU"), first_min=110, last_min=400),
    report(Region("Branch"), "at"),
    report("East"),
    report(direction="south"),
)


def test_reports_of_other_spots_break_nothing(fork, capsys):
    """Discs, regions, stretches, kilometres, places off the way: in all outputs."""
    found = views(fork, stated(*ELSEWHERE))
    assert told(capsys, windows_tables(found, every_station=True))
    assert len(dump(windows_document(found))) > 1000
    content = map_of(found[-1].ensemble, found[0].ensemble)
    evidence = content["evidence"]
    in_order = sorted(ELSEWHERE, key=lambda each: (each.earliest, each.latest))
    assert [each["place"] for each in evidence] == [str(each.at) for each in in_order]
    astray = [each["place"] for each in evidence if "cannot be right here" in (each["gap"] or "")]
    assert astray == ["East", "North"]
    # The region begins beyond the border, where clocks are an hour ahead.
    region = next(each for each in evidence if each["place"] == "RU")
    assert region["window"] == "Sun 10 Sep 2023 11:50 to 16:40 (UTC+10)"
    assert [each["place"] for each in evidence if each["direction"]] == ["North"]
    assert {each["place"]: each["station"] for each in evidence if each["station"]} == {
        "North": "north"
    }


def test_what_if_varies_the_headline(fork):
    """Its base has one speed and no halt, whatever the scenario states besides."""
    frame = journey.whatif(stated(report()), fork, speed=[30], draws=100)
    arrivals = frame[frame.station == "Farther"]
    # 84 km of the way at 60 and at 30 km/h.
    assert arrivals.change_central_s.tolist() == pytest.approx([0.0, 84 * 60.0], abs=1.0)
    assert set(frame.event) == {"arrive"}
    rules = (SpeedRule("RU", Range(10.0, 10.0)),)
    plain = stated(headline=False, speeds=at_speed(60.0, 60.0, rules=rules), stops=())
    own = journey.whatif(plain, fork, speed=[60], draws=100)
    assert own.change_central_s.iloc[-1] < -3600


def test_a_map_tells_both_views(fork):
    """The windows are those as reported; each has the headline's beside it."""
    first, last = views(fork, stated(report()))
    content = map_of(last.ensemble, first.ensemble)
    assert [each["basis"] for each in content["scenarios"]] == ["as reported", "headline"]
    assert content["compared"] == 1
    assert content["subtitle"].startswith("As reported: Farther Sun 10 Sep 2023 ")
    assert content["subtitle"].endswith("for 90 % of the drawn journeys, 84 km")
    assert content["beside"] == (
        "Headline: at 60 km/h and with no halt: Farther Sun 10 Sep 2023 11:24 to 11:34 (UTC+10)"
    )
    assert content["warning"] == "Reports contradict the headline: North 0.2 to 0.7 h later."
    assert "do not take them in" not in " ".join(content["notes"])
    assert any("the headline leaves them out" in note for note in content["notes"])
    far = [row for row in content["rows"] if row["station"] == "far"]
    assert [row["kind"] for row in far] == ["arrive", "depart"]
    for row in far:
        assert row["beside"] == "Headline: Sun 10 Sep 11:07 to 11:17 (UTC+10), central 11:12"
    (told_there,) = content["evidence"]
    assert (told_there["station"], told_there["gap"]) == ("north", None)
    assert told_there["held"].startswith("right with a probability of 9")


def test_a_window_over_midnight_has_its_days(fork):
    """What begins on one day and ends on another says both."""
    late = Departure(START + 14 * 60 * MINUTE, START + 16 * 60 * MINUTE)
    scenario = stated(depart=late)
    first, last = views(fork, scenario)
    content = map_of(last.ensemble, first.ensemble)
    (west,) = (row for row in content["rows"] if row["station"] == "west")
    assert west["beside"] == (
        "Headline: Sun 10 Sep 23:00 to Mon 11 Sep 01:00 (UTC+9), central Mon 11 Sep 00:00"
    )


def test_a_map_of_one_view_stands_alone(fork):
    """Nothing beside it, and reports are shown without being taken in."""
    ensemble = stated(report()).simulate(fork, draws=100)
    content = map_of(ensemble)
    assert content["beside"] is None
    assert {row["beside"] for row in content["rows"]} == {None}
    assert content["compared"] is None
    assert any("do not take them in" in note for note in content["notes"])
    with pytest.raises(InputError, match="only some places were timed"):
        journey.draw_map(ensemble, beside=stated().simulate(fork, draws=10, places=["Far"]))
    assert View(ensemble.basis, ensemble, 1.0).basis == "as stated"
