"""What if: a page that is asked gives the times that Python gives."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from journey.clock import format_local, format_offset, format_utc
from journey.ensemble.windows import MOMENTS
from journey.evidence.likelihood import observed, timed
from journey.maps.rows import in_short
from tests.browser.bundled import SMALL as WINDOW
from tests.browser.bundled import (
    change_of,
    check_table,
    go,
    open_tab,
    question,
    rows_by_python,
    rows_of_page,
    samples,
    saved_in,
    set_time,
    slide,
    unix_of,
    views,
    windows_by_python,
)
from tests.browser.geometry import overlap

pytestmark = pytest.mark.browser

VIEWS = pytest.mark.parametrize("view", [0, 1], ids=["reported", "headline"])
AFTERNOON = unix_of("2023-09-10T15:00+09:00")
SPEEDS = {"speed-KP": 33, "speed-RU": 61}
STANDS = {"stand-tumangang": 0, "stand-ussuriysk": 2.25, "stand-khabarovsk-i": 24}
TOGETHER = {"speed-RU": 52, "stand-khasan": 0.25, "halts": 5.5, "depart": AFTERNOON + 8100}
SLID = [{"speed-RU": 45}, SPEEDS, {"stand-khasan": 6}, STANDS, {"halts": 0}, TOGETHER]
TYPED = [
    {"speed-RU": 51.37, "stand-khasan": 0.1},
    {"speed-KP": 5, "speed-RU": 200, "halts": 71.9},
]
BESIDE_SLIDERS = {"stand-tumangang": 72, "speed-KP": 200, "depart": AFTERNOON + 1}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The file of the bundled journey."""
    return saved_in(tmp_path_factory.mktemp("whatif"))


@pytest.fixture(scope="module")
def opened(pages, path):
    """Its page, opened once."""
    with pages.lent() as open_file:
        yield open_file(path, viewport=WINDOW)


@pytest.fixture
def page(opened):
    """That page with nothing asked and its table to be seen; it must stay silent."""
    open_tab(opened.page, "windows")
    go(opened.page)
    yield opened.page
    assert (opened.complaints, opened.requests) == ([], [])


def show(page, view):
    """Choose a view."""
    page.locator(".journey-view").select_option(str(view))


@VIEWS
@pytest.mark.parametrize("asked", SLID, ids=" ".join)
def test_sliders_give_the_times_of_python(page, view, asked):
    """Every principal station, earliest, central and latest, to the second and in its words."""
    show(page, view)
    for name, value in asked.items():
        slide(page, name, value)
    check_table(page, view, asked)


@pytest.mark.parametrize(("view", "asked"), list(enumerate(TYPED)), ids=["reported", "headline"])
def test_figures_give_the_times_of_python(page, view, asked):
    """Between and beyond the steps of a slider too."""
    show(page, view)
    open_tab(page, "whatif")
    for name, value in asked.items():
        question(page, name).locator(".journey-field").fill(str(value))
        page.keyboard.press("Enter")
    open_tab(page, "windows")
    check_table(page, view, asked)


@pytest.mark.long
@pytest.mark.parametrize("text", ["4.9", "201", "-45", "1e9", ""])
def test_a_figure_out_of_range_asks_nothing(page, text):
    """The field goes back to what was asked before, which is nothing."""
    open_tab(page, "whatif")
    field = question(page, "speed-RU").locator(".journey-field")
    field.fill(text)
    page.keyboard.press("Tab")
    assert field.input_value() == ""
    open_tab(page, "windows")
    check_table(page, 0, {})


def test_reset_brings_back_every_word(page):
    """Of the whole panel and the bar below: what was asked is gone without a trace."""
    boxes = page.locator(".journey-panel, .journey-timebar, .journey-heading")
    open_tab(page, "whatif")
    before = boxes.all_text_contents()
    for name, value in {**SPEEDS, **STANDS, **TOGETHER}.items():
        slide(page, name, value)
    page.wait_for_timeout(50)
    assert boxes.all_text_contents() != before
    page.get_by_role("button", name="Reset all").click()
    assert page.get_by_role("button", name="Reset all").is_disabled()
    open_tab(page, "windows")
    check_table(page, 0, {})
    open_tab(page, "whatif")
    page.wait_for_timeout(50)
    assert boxes.all_text_contents() == before


def test_one_question_is_undone_alone(page):
    """By its own button, and by clearing its field; the others stay asked."""
    asked = {"speed-RU": 45, "stand-khasan": 6, "halts": 3}
    for name, value in asked.items():
        slide(page, name, value)
    open_tab(page, "whatif")
    question(page, "stand-khasan").get_by_role("button", name="Undo").click()
    assert question(page, "stand-khasan").get_by_role("button").count() == 0
    question(page, "halts").locator(".journey-field").fill("")
    page.keyboard.press("Tab")
    open_tab(page, "windows")
    check_table(page, 0, {"speed-RU": 45})


def test_the_answer_stands_above_the_questions(page):
    """When it arrives at the end, and when it would have."""
    slide(page, "speed-RU", 45)
    open_tab(page, "whatif")
    answer = page.locator(".journey-answer").inner_text()
    last = {asked: windows_by_python(0, {"speed-RU": 45} if asked else {})[-1] for asked in (1, 0)}
    assert answer.startswith(f"Vostochny Cosmodrome: {in_short(last[1])}")
    assert f"before: {in_short(last[0])}" in answer


def test_what_is_asked_is_marked(page):
    """What a question says is derived, and what if once it is asked; so of table and card."""
    open_tab(page, "whatif")
    kinds = page.locator("[data-question] .journey-kind")
    assert set(kinds.all_text_contents()) == {"derived"}
    caption = page.locator(".journey-windows caption .journey-kind")
    assert caption.inner_text() == "derived"
    slide(page, "speed-RU", 45)
    open_tab(page, "whatif")
    assert question(page, "speed-RU").locator(".journey-kind").inner_text().startswith("what if")
    assert question(page, "speed-KP").locator(".journey-kind").inner_text() == "derived"
    open_tab(page, "windows")
    assert caption.inner_text() == "what if"
    assert "512 journeys" in page.locator(".journey-about-windows").inner_text()


@VIEWS
def test_a_table_at_rest_says_what_the_page_says_without_scripts(page, path, visit, view):
    """Word for word, every row; and that is what Python writes."""
    show(page, view)
    found, wanted = rows_of_page(page), rows_by_python(view, {})
    check_table(page, view, {})
    assert [row["name"] for row in found] == [row["name"] for row in wanted]
    if view:
        return
    plain = rows_of_page(visit(path, java_script_enabled=False).page)
    for row in plain:
        row["unix"] = row["unix"] and None
    assert plain == [{**row, "unix": None} for row in found]


def card_of(page):
    """What the times of an open card say: name, local time, UTC."""
    rows = page.locator(".journey-card").last.locator(
        ".journey-times tbody tr:not(:has(.journey-beside))"
    )
    return rows.evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('th, td span')]"
        ".map(each => each.textContent))"
    )


def card_by_python(view, asked, station):
    """The same of each event at a station."""
    return [
        [
            name,
            f"{format_local(moment, window.zone)} {format_offset(moment, window.zone)}",
            format_utc(moment),
        ]
        for window in windows_by_python(view, asked)
        if window.station.id == station
        for name, moment in zip(MOMENTS, window[3:6], strict=True)
    ]


SMALL = ("kalli", "friendship-bridge", "khasan", "sviyagino", "ledyanaya")


@pytest.mark.parametrize(("view", "asked"), [(0, TOGETHER), (1, {})], ids=["asked", "at rest"])
def test_cards_of_small_stations_say_what_python_writes(page, view, asked):
    """Of places that no table has: local time and offset, UTC, each event."""
    show(page, view)
    for name, value in asked.items():
        slide(page, name, value)
    for station in SMALL:
        page.locator(f'.leaflet-pane path[data-station="{station}"]').dispatch_event("click")
        wanted = card_by_python(view, asked, station)
        assert card_of(page) == wanted
        assert len(wanted) == (6 if (station, view) == ("khasan", 0) else 3)
    page.keyboard.press("Escape")


def test_an_open_card_says_nothing_that_is_no_longer_asked(page):
    """Where a slider moves or another view is chosen, it follows or goes."""
    page.locator('.leaflet-pane path[data-station="kalli"]').dispatch_event("click")
    for view, asked in ((0, {"speed-KP": 30}), (1, {"speed-KP": 30})):
        show(page, view)
        slide(page, "speed-KP", 30)
        page.wait_for_timeout(300)
        if page.locator(".journey-card").count():
            assert card_of(page) == card_by_python(view, asked, "kalli")
    page.keyboard.press("Escape")


def test_moscow_time_stands_beside_russian_stations(page):
    """On request, instead of UTC; in Korea it stays UTC."""
    box = page.get_by_role("checkbox", name="Moscow time")
    box.check()
    windows = windows_by_python(0, {})
    for row, wanted in zip(rows_of_page(page), rows_by_python(0, {}), strict=True):
        russian = windows[wanted["event"]].station.country == "RU"
        for (_, _, second), unix_s in zip(row["moments"], wanted["unix"], strict=True):
            moment = datetime.fromtimestamp(unix_s, tz=UTC) + russian * timedelta(hours=3)
            weekday, *_, clock = format_local(moment, UTC).split()
            assert second == f"{weekday} {clock} {'Moscow' if russian else 'UTC'}"
    page.wait_for_timeout(250)
    assert "clock:moscow" in page.evaluate("window.location.hash")
    box.uncheck()
    check_table(page, 0, {})


# The page's address.


def test_what_is_asked_stands_in_the_address(page, path, visit):
    """A link to it shows the same: view, every question, time and clock."""
    asked = {**TOGETHER, "speed-KP": 31, "stand-ussuriysk": 1.5}
    show(page, 1)
    for name, value in asked.items():
        slide(page, name, value)
    set_time(page, int(page.locator(".journey-time").get_attribute("min")) + 86400)
    page.get_by_role("checkbox", name="Moscow time").check()
    page.wait_for_timeout(250)
    fragment = page.evaluate("window.location.hash")
    assert re.fullmatch(r"#journey=[a-zA-Z0-9:;.-]+", fragment)
    parts = fragment.partition("=")[2].split(";")
    assert {f"{name}:{value}" for name, value in asked.items()} < set(parts)
    seen = visit(path)
    seen.page.goto("about:blank")
    seen.page.goto(path.as_uri() + fragment)
    assert rows_of_page(seen.page) == rows_of_page(page)
    assert seen.page.locator(".journey-told").inner_text() == (
        page.locator(".journey-told").inner_text()
    )
    assert seen.page.locator(".journey-view").input_value() == "1"
    assert seen.page.get_by_role("checkbox", name="Moscow time").is_checked()
    assert seen.complaints == []


@VIEWS
def test_an_address_may_ask_what_no_slider_can(page, view):
    """All within its limits is taken, to the second."""
    parts = [f"view:{view}", *(f"{name}:{value}" for name, value in BESIDE_SLIDERS.items())]
    go(page, ";".join(parts))
    check_table(page, view, BESIDE_SLIDERS)


NONSENSE = [
    "speed-RU:NaN;speed-KP:Infinity;halts:-Infinity",
    "speed-RU:201;speed-KP:4.9;halts:72.1;stand-khasan:-0.1;depart:0;at:1e18",
    "view:2;view:-1;view:1e9;view:NaN",
    "speed-XX:45;stand-atlantis:6;stand-147:6;unknown:1;:;;:::;=",
    "__proto__:1;constructor:1;speed-__proto__:45;stand-constructor:3;toString:1",
    "view:<script>alert(1)</script>;halts:<img src=x onerror=alert(1)>",
    "halts:;halts;speed-RU:;speed-RU;clock:;clock:mars;at;depart",
    "%00%ff%E0%A4%A;halts:%35;speed-RU:%",
    "halts: ;speed-RU:forty;speed-RU:4 5;speed-RU:45km;halts:5x",
    "🚂:1;halts:\u0663;speed-RU:\uff14\uff15",
]


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_a_link_is_passed_over(page, nonsense):
    """As if nothing was asked, and the page says nothing about it."""
    go(page, nonsense)
    check_table(page, 0, {})


def test_a_page_opens_with_nonsense_in_its_address(path, visit):
    """All of it at once, and more beside it."""
    seen = visit(path)
    seen.page.goto("about:blank")
    seen.page.goto(f"{path.as_uri()}#journey={';'.join(NONSENSE)}&other=1#&journey=speed-RU:45")
    check_table(seen.page, 0, {})
    assert seen.complaints == []


def test_another_fragment_is_left_alone(page):
    """An anchor or a key of the page around the map stays in the address."""
    page.evaluate("window.location.hash = '#tab=2'")
    slide(page, "speed-RU", 45)
    page.wait_for_timeout(250)
    assert page.evaluate("window.location.hash") == "#tab=2&journey=speed-RU:45"


# The evidence.


def shares_by_python(view, asked):
    """Share of a view's journeys that each report goes with, in the order of the page."""
    sample = samples()[view].changed(change_of(asked))
    plan, draws = sample.plan, sample.draws
    ordered = sorted(plan.sightings, key=lambda each: (each.earliest, each.latest))
    found = []
    for sighting in ordered:
        (report,) = observed(plan, [sighting])
        found.append(float(report.holds(timed(draws, [report]), sample.size).mean()))
    return found


def told_share(share):
    """A share as the page has it."""
    percent = round(100 * share)
    nearly = {0: "hardly any", 100: "nearly all"}.get(percent, f"{percent} %")
    words = {0: "none", 1: "all"}.get(share, nearly)
    return f"agrees with {words} of these journeys"


@VIEWS
@pytest.mark.parametrize("asked", [{}, SPEEDS, TOGETHER], ids=" ".join)
def test_the_evidence_says_which_journeys_agree(page, view, asked):
    """As many as Python counts, of every report, and what hardly any agrees with stands apart."""
    go(page, f"view:{view};" + ";".join(f"{name}:{value}" for name, value in asked.items()))
    open_tab(page, "evidence")
    items = page.locator(".journey-evidence [data-report]")
    wanted = shares_by_python(view, asked)
    told = [
        text.partition(" these journeys")[0]
        for text in items.locator(".journey-share").all_text_contents()
    ]
    assert [f"{text} these journeys" for text in told] == [told_share(share) for share in wanted]
    apart = items.evaluate_all("all => all.map(one => one.classList.contains('journey-apart'))")
    assert apart == [share < 0.05 for share in wanted]


# The moment that is shown.

MOMENTS_SHOWN = [
    "2023-09-10T19:00+09:00",
    "2023-09-11T12:00+09:00",
    "2023-09-12T20:00+09:00",
    "2023-09-13T09:00+09:00",
]
FASTEST_KMH = 70.0
"""No journey of the scenario is faster."""


def told_km(page):
    """Least advanced, most advanced and central kilometre that the page tells."""
    text = page.locator(".journey-where").inner_text()
    found = [float(km.replace(",", "")) for km in re.findall(r"\(km ([\d,]+)\)", text)]
    return found if len(found) == 3 else found * 3


@VIEWS
@pytest.mark.parametrize("moment", MOMENTS_SHOWN, ids=lambda moment: moment[8:13])
def test_the_train_is_where_python_has_it(page, view, moment):
    """Within what either is rounded to.

    The page reads its places from windows, which are rounded outward by a grain of time: so far a
    train runs meanwhile. Python rounds kilometres outward, by two standard errors at most. And both
    write whole kilometres.
    """
    go(page, f"view:{view};at:{unix_of(moment)}")
    found = views()[view].ensemble.at(moment, views()[view].level)
    wanted = [found.earliest.km, found.latest.km, found.central.km]
    grain_h = float(samples()[view].grain_s[-1]) / 3600
    near_km = grain_h * FASTEST_KMH + found.grain_km + 1.0
    where = page.locator(".journey-where").inner_text()
    if found.latest.km == 0:
        assert where == "not yet departed from Pyongyang"
    elif found.earliest.km == samples()[view].plan.route.length_km:
        assert where == "arrived at Vostochny Cosmodrome"
    else:
        assert told_km(page) == pytest.approx(wanted, abs=near_km)
    when = page.locator(".journey-when").inner_text()
    assert when.endswith(f"{format_utc(datetime.fromisoformat(moment))[11:16]} UTC")


def test_a_what_if_moves_the_train(page):
    """Under a change too, the place follows from the times: at a station's central it is there."""
    asked = {"speed-RU": 40, "stand-khasan": 3}
    window = next(w for w in windows_by_python(0, asked) if w.station.id == "dalnerechensk-i")
    parts = [f"{name}:{value}" for name, value in asked.items()]
    go(page, ";".join([*parts, f"at:{round(window.central.timestamp())}"]))
    assert told_km(page)[2] == pytest.approx(window.km, abs=1)


def position(page):
    """Where the marker of the train stands on the map."""
    box = page.locator(".leaflet-pane path.journey-train").bounding_box()
    return box["x"], box["y"]


def test_the_time_slider_moves_train_band_and_cursor(page):
    """On map and graph; its value is told in words to those who cannot see it."""
    slider = page.locator(".journey-time")
    least, most = (int(slider.get_attribute(name)) for name in ("min", "max"))
    reach = page.locator(".journey-cursor-reach")
    seen = set()
    for share in (0.2, 0.5, 0.8):
        moment = least + round((most - least) * share / 300) * 300
        set_time(page, moment)
        told = page.locator(".journey-told").inner_text()
        assert slider.get_attribute("aria-valuetext") == told.replace(" UTC ", " UTC: ", 1)
        seen.add((told, position(page), reach.get_attribute("d")))
    assert [len(set(column)) for column in zip(*seen, strict=True)] == [3, 3, 3]


def test_play_moves_and_stops(page):
    """A press starts it, another one stops it, and a hand on the slider too."""
    play = page.locator(".journey-play")
    slider = page.locator(".journey-time")
    set_time(page, slider.get_attribute("min"))
    start = int(slider.input_value())
    assert play.get_attribute("aria-label") == "Play"
    play.click()
    assert play.get_attribute("aria-label") == "Pause"
    page.wait_for_function(
        "start => Number(document.querySelector('.journey-time').value) > start", arg=start
    )
    play.click()
    assert play.get_attribute("aria-label") == "Play"
    stopped = slider.input_value()
    page.wait_for_timeout(150)
    assert slider.input_value() == stopped
    play.click()
    slider.evaluate("node => node.dispatchEvent(new Event('input', {bubbles: true}))")
    assert play.get_attribute("aria-label") == "Play"


def test_play_at_the_end_begins_anew_and_ends_there(page):
    """From the first moment of the slider again; at the last one it stops by itself."""
    slider = page.locator(".journey-time")
    end = slider.get_attribute("max")
    go(page, f"at:{end}")
    # Fourteen seconds of play pass at once where the clock of the page says so.
    page.evaluate(
        "() => { window.later = 0; const now = performance.now.bind(performance);"
        " performance.now = () => now() + window.later;"
        " const ask = window.requestAnimationFrame.bind(window);"
        " window.requestAnimationFrame = (run) => ask((at) => run(at + window.later)); }"
    )
    page.locator(".journey-play").click()
    page.wait_for_function("end => document.querySelector('.journey-time').value !== end", arg=end)
    page.evaluate("window.later = 60000")
    page.wait_for_function("end => document.querySelector('.journey-time').value === end", arg=end)
    page.locator('.journey-play[aria-label="Play"]').wait_for()


# The graph.


def test_the_graph_has_band_nights_and_reports(page):
    """Two bands, the central line, the other view, a box for each place of a report, nights."""
    graph = page.locator(".journey-graph-drawing")
    for name in ("window", "most", "central", "before"):
        shape = graph.locator(f"path.journey-graph-{name}")
        assert shape.count() == 1
        assert len(shape.get_attribute("d")) > 200
    plan = samples()[0].plan
    spans = sum(len(observed(plan, [each])[0].bounds) for each in plan.sightings)
    assert graph.locator(".journey-graph-report").count() == spans
    assert graph.locator("path.journey-night").count() >= 3
    label = graph.get_attribute("aria-label")
    for row in (rows_by_python(0, {})[0], rows_by_python(0, {})[-1]):
        assert row["name"] in label


def test_the_graph_follows_what_is_asked(page):
    """Another speed, another line; the one before it stays, dashed."""
    page.wait_for_timeout(50)
    central = page.locator("path.journey-graph-central")
    before = central.get_attribute("d")
    slide(page, "speed-RU", 30)
    page.wait_for_timeout(50)
    assert central.get_attribute("d") != before
    assert page.locator("path.journey-graph-before").count() == 1


def test_the_graph_of_a_slow_train_can_be_read(page):
    """At the least speed of the sliders it is under way for eleven days: no labels overlap."""
    slide(page, "speed-KP", 10)
    slide(page, "speed-RU", 10)
    page.wait_for_timeout(50)
    for name in ("axis", "day"):
        labels = page.locator(f".journey-graph-drawing text.journey-graph-{name}").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect())"
            ".map(({x, y, width, height}) => ({x, y, width, height}))"
        )
        assert len(labels) > 2, name
        assert not any(overlap(*pair) for pair in combinations(labels, 2)), name


def test_nights_are_known_as_far_as_the_sliders_go(page):
    """Whoever sees no shade takes it for day: the last one begins a day before the end or later."""
    slide(page, "speed-KP", 10)
    slide(page, "speed-RU", 10)
    page.wait_for_timeout(50)
    ends = "all => Math.max(...all.map(one => one.getBBox()).map(({x, width}) => x + width))"
    last = page.locator("path.journey-night").evaluate_all(ends)
    ground = page.locator(".journey-graph-ground").first
    left, width = (float(ground.get_attribute(name)) for name in ("x", "width"))
    least, most = (
        int(page.locator(".journey-time").get_attribute(name)) for name in ("min", "max")
    )
    assert last >= left + width * (1 - 86_400 / (most - least))


def test_a_press_on_the_graph_sets_the_time(page):
    """To the moment below the pointer, which it tells with the station nearby."""
    box = page.locator(".journey-graph-ground").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    readout = page.locator(".journey-readout").inner_text()
    station = readout.partition(":")[0]
    window = next(w for w in windows_by_python(0, {}) if w.station.name == station)
    assert readout == f"{station}: {in_short(window)}"
    page.mouse.down()
    page.mouse.up()
    least, most, now = (
        int(page.locator(".journey-time").evaluate(f"node => node.{name}"))
        for name in ("min", "max", "value")
    )
    assert now == pytest.approx((least + most) / 2, abs=1200)
