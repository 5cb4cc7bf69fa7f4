"""The map page in a real browser: what it shows, what it asks for, what it refuses."""

from __future__ import annotations

import re

import folium
import pytest
from branca.element import Figure

from journey.cli import run
from journey.maps.embed import read_asset
from journey.maps.layer import JourneyLayer
from journey.maps.leaflet import leaflet_css, leaflet_js
from journey.maps.page import self_contained_map
from tests.browser.conftest import headline_content, reported_content, saved, station_of
from tests.browser.geometry import boxes_of

pytestmark = pytest.mark.browser
LONG = pytest.mark.long

# Side by side where neither takes the edge off the other: a page for each text takes its time.
EVIL = (
    "<img src=x onerror=alert(1)><svg onload=alert(1)>",
    "<script>alert(1)</script>",
    "</script></style>]]><script>alert(1)</script><style>*{display:none}</style>",
    "<!--<script>",
    "${alert(1)}`${1}`{{ 7 * 7 }}{% raw %}{#C:\\2019\\u003c",
    "\"'&amp;&lt;",
    "\" autofocus onfocus=alert(1) x='",
    "\u202egnalsiM\u2028\u2029\ufeff",
    "javascript:alert(1)",
    "  JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "__proto__",
)
MARKERS = "path.journey-station[data-station]"
TRACK = ".leaflet-pane path.journey-track"


@pytest.fixture(scope="module")
def plain_map(tmp_path_factory):
    """The file of the content without changes."""
    return saved(tmp_path_factory.mktemp("plain"), headline_content())


@pytest.fixture(scope="module")
def looked_at(pages, plain_map):
    """The page of that file, opened once for tests that look at it and open cards and tabs."""
    with pages.lent() as open_file:
        yield open_file(plain_map)


@pytest.fixture(scope="module")
def beside_map(tmp_path_factory):
    """The file of a journey as reported, with its headline beside it."""
    return saved(tmp_path_factory.mktemp("beside"), reported_content())


@pytest.fixture(scope="module")
def looked_beside(pages, beside_map):
    """The page of that file, opened once in the same way."""
    with pages.lent() as open_file:
        yield open_file(beside_map).page


def marker(page, station):
    """The marker of a station by its id."""
    return page.locator(f'{MARKERS}[data-station="{station}"]')


def opened(page, station):
    """Open the card of a station and give it; one that was open before may still fade away."""
    marker(page, station).dispatch_event("click")
    name = station_of(headline_content(), station)["name"]
    return page.locator(".leaflet-popup .journey-card").filter(has_text=name).last


def open_tab(page, title):
    """Open a tab of the panel and give what it holds."""
    page.get_by_role("tab", name=title).click()
    return page.get_by_role("tabpanel", name=title)


def rows_of(page):
    """The rows of windows that are shown."""
    return page.locator(".journey-map .journey-windows tr[data-event]:visible")


def words(locator):
    """The text of an element, all spaces alike."""
    return " ".join(locator.inner_text().split())


def test_loads_in_silence(looked_at):
    """The page says nothing on the console and asks for nothing but itself."""
    looked_at.page.wait_for_timeout(300)
    assert looked_at.complaints == []
    assert looked_at.requests == []


def test_route_is_drawn_by_gauge(looked_at, make_content):
    """Each line of the route has its length, in the colour of its gauge."""
    lines = looked_at.page.locator(TRACK)
    content = make_content()
    gauges = [line["gauge"] for line in content["lines"]]
    assert lines.count() == len(gauges)
    drawn_px = lines.evaluate_all("lines => lines.map(line => line.getTotalLength())")
    (way,) = content["ways"]
    ends_m = [*way["starts_m"][1:], way["length_m"]]
    for length_px, start_m, end_m in zip(drawn_px, way["starts_m"], ends_m, strict=True):
        # Some 2 km to the pixel, bends and all.
        assert length_px == pytest.approx((end_m - start_m) / 2000, rel=0.5, abs=10)
    colours = lines.evaluate_all("lines => lines.map(line => getComputedStyle(line).stroke)")
    assert len(set(colours)) == len(set(zip(gauges, colours, strict=True))) == 3


def test_an_estimated_course_is_no_solid_line(looked_at, make_content):
    """It is thinner than the route, dashed, and no casing fills the gaps of the dashes."""
    page = looked_at.page
    styles = page.locator(TRACK).evaluate_all(
        """lines => lines.map(line => getComputedStyle(line))
            .map(style => [parseFloat(style.strokeWidth), style.strokeDasharray])"""
    )
    estimated = [line["estimated"] for line in make_content()["lines"]]
    dashed = [style for style, thin in zip(styles, estimated, strict=True) if thin]
    others = [style for style, thin in zip(styles, estimated, strict=True) if not thin]
    assert dashed
    for width, dashes in dashed:
        assert dashes != "none"
        assert all(width <= other / 2 and plain == "none" for other, plain in others)
    assert page.locator(".leaflet-pane path.journey-casing").count() == len(others)
    assert page.locator(".journey-legend .journey-estimated").count() == 1


NEAREST = """([x, y, names]) => [...document.querySelectorAll(names)].map(node => {
    const box = node.getBoundingClientRect();
    const [right, down] = [box.x + box.width / 2 - x, box.y + box.height / 2 - y];
    return [Math.hypot(right, down), node.dataset.station];
}).sort(([one], [other]) => one - other)[0][1]"""


@pytest.mark.long
def test_small_stations_show_where_they_read_as_dots(visit, plain_map, make_content):
    """Far off they are there unseen and a press beside opens the nearest; near by they are seen."""
    page = visit(plain_map).page
    small = marker(page, "mulgol")
    opacity = "node => getComputedStyle(node).opacity"
    assert (small.evaluate(opacity), marker(page, "khasan").evaluate(opacity)) == ("0", "1")
    (box,) = boxes_of(page, f'{MARKERS}[data-station="sviyagino"]')
    at = [box["x"] + box["width"] / 2 + 9, box["y"] + box["height"] / 2 + 4]
    nearest = station_of(make_content(), page.evaluate(NEAREST, [*at, MARKERS]))
    assert nearest["rank"] > 1
    page.mouse.click(*at)
    page.locator(".journey-card h2", has_text=nearest["name"]).wait_for()
    page.locator(".journey-windows").get_by_role("button", name="Khasan").click()
    page.locator(".journey-map.journey-near").wait_for()
    assert small.evaluate(opacity) == "1"
    assert small.bounding_box()["width"] > 6


def test_a_reported_halt_is_seen_from_afar(visit, save_map, make_content):
    """A small station where something was reported has its dot and its name at every zoom."""
    content = make_content()
    station_of(content, "khasan")["rank"] = 3
    page = visit(save_map(content)).page
    assert marker(page, "khasan").evaluate("node => getComputedStyle(node).opacity") == "1"
    assert page.locator(".journey-label:not(.journey-hidden)", has_text="Khasan").count() == 1


def test_base_map_lies_beneath(looked_at):
    """Land, lakes and borders are drawn with the style of the page, not Leaflet's blue."""
    page = looked_at.page
    for part in ("sheet", "land", "lake", "border"):
        assert page.locator(f".leaflet-pane path.journey-{part}").count() >= 1
    land = page.locator(".leaflet-pane path.journey-land").first
    assert land.evaluate("node => getComputedStyle(node).fill") == "rgb(247, 245, 239)"


def test_every_station_is_there_at_every_zoom(visit, plain_map, make_content):
    """The number of station markers is that of the stations, near and far."""
    page = visit(plain_map).page
    for _ in range(3):
        assert page.locator(MARKERS).count() == len(make_content()["stations"])
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(350)


def test_the_first_view_holds_the_route(visit, plain_map):
    """Every station lies inside the window, on a desktop and on a phone, without a movement."""
    seen = visit(plain_map)
    for size in ({"width": 1280, "height": 800}, {"width": 360, "height": 640}):
        page = seen.open(plain_map, size).page
        for box in boxes_of(page, MARKERS):
            assert 0 <= box["x"] <= size["width"] - box["width"]
            assert 0 <= box["y"] <= size["height"] - box["height"]


def test_popup_shows_names_and_window(looked_at):
    """A click opens a popup with three names in their languages and the window, local and UTC."""
    card = opened(looked_at.page, "khasan")
    for language, name in (("en", "Khasan"), ("ko", "하산"), ("ru", "Хасан")):
        assert card.locator(f'[lang="{language}"]').inner_text() == name
    text = words(card)
    for expected in ("km 857.9", "Russia", "Passes", "headline"):
        assert expected in text
    # 857.9 km at 59 km/h are 14 h 32 min; the train left from noon to six in the evening, UTC+9.
    assert re.findall(r"Mon 11 Sep \d\d:\d\d UTC\+10", text) == [
        "Mon 11 Sep 03:32 UTC+10",
        "Mon 11 Sep 06:32 UTC+10",
        "Mon 11 Sep 09:32 UTC+10",
    ]
    assert re.findall(r"2023-09-\d\dT\d\d:\d\dZ", text) == [
        "2023-09-10T17:32Z",
        "2023-09-10T20:32Z",
        "2023-09-10T23:32Z",
    ]
    assert "early in the morning" in text
    assert "Mon 11 Sep 2023 06:00 to 08:00 (UTC+10)" in text
    assert "Place: published point of the station, on the track" in text


def test_missing_names_are_left_out(looked_at):
    """A station without a Korean name has no empty Korean name."""
    card = opened(looked_at.page, "spassk-dalny")
    assert card.locator('[lang="ko"]').count() == 0
    assert card.locator('[lang="ru"]').inner_text() == "Спасск-Дальний"


def test_keyboard_opens_and_closes(visit, plain_map):
    """Enter on a principal station opens its popup; Escape closes it and gives the focus back."""
    page = visit(plain_map).page
    assert marker(page, "khasan").get_attribute("role") == "button"
    marker(page, "khasan").focus()
    page.keyboard.press("Enter")
    assert page.locator(".journey-card h2").inner_text() == "Khasan"
    page.keyboard.press("Escape")
    page.locator(".journey-card").wait_for(state="detached")
    focused = page.evaluate("document.activeElement.getAttribute('data-station')")
    assert focused == "khasan"


def test_table_leads_to_the_station(visit, plain_map, make_content):
    """The table lists the principal stations; its buttons fly to one and open its popup."""
    page = visit(plain_map).page
    assert rows_of(page).count() == len(make_content()["rows"]) == 23
    assert "Pyongyang km 0.0 departs UTC+9" in words(rows_of(page).first)
    assert "Sun 10 Sep 15:00" in words(rows_of(page).first)
    page.locator(".journey-windows").get_by_role("button", name="Ussuriysk").click()
    page.locator(".journey-card h2", has_text="Ussuriysk").wait_for()


def test_the_table_has_a_row_for_each_event(looked_beside):
    """A station with a halt shows its arrival and its departure."""
    rows = rows_of(looked_beside)
    arrival, departure = rows.filter(has_text="Khasan").all_inner_texts()
    assert "arrives" in arrival
    assert "departs" in departure
    assert rows.count() == 24


def test_scripts_change_no_time(looked_beside, make_reported):
    """What they compute from packed seconds reads as what came as text, in all rows."""
    shown = rows_of(looked_beside).all_inner_texts()
    below = looked_beside.locator(".journey-map .journey-below:visible").all_inner_texts()
    for told, beside, row in zip(shown, below, make_reported()["rows"], strict=True):
        moments = [row["moments"][name] for name in ("earliest", "central", "latest")]
        times = [f"{each['day']} {each['clock']} {each['utc']}" for each in moments]
        text = " ".join(told.split())
        assert text.startswith(f"{row['name']} km {row['km']} ")
        assert text.endswith(" ".join([row["offset"], *times]))
        assert beside == row["beside"]


def test_a_clock_may_change_on_the_way(visit, save_map, make_content):
    """Each time has the offset of its moment, which came with the page."""
    content = make_content()
    half_past_eight = 1694385000 - 3600
    content["zones"]["Asia/Vladivostok"].append([half_past_eight, 660])
    page = visit(save_map(content)).page
    marker(page, "khasan").dispatch_event("click")
    assert page.locator(".journey-card .journey-local").all_inner_texts() == [
        "Mon 11 Sep 03:32 UTC+10",
        "Mon 11 Sep 06:32 UTC+10",
        "Mon 11 Sep 10:32 UTC+11",
    ]


def test_a_contradiction_is_said(visit, save_map, make_content, warn):
    """The warning stands in the heading apart from the subtitle, the gap below its report."""
    page = visit(save_map(warn(make_content()))).page
    note = page.locator(".journey-heading").get_by_role("note")
    assert note.inner_text() == "20 h to 26 h later"
    assert note.locator("svg path").count() == 2
    ground = "node => getComputedStyle(node).backgroundColor"
    assert note.evaluate(ground) != page.locator(".journey-heading").evaluate(ground)
    marker(page, "khasan").dispatch_event("click")
    for report in (page.locator(".journey-card li"), open_tab(page, "Evidence").locator("li")):
        gap = report.get_by_role("note")
        assert gap.inner_text() == "20 h to 26 h later"
        above = report.locator("a").bounding_box()
        assert gap.bounding_box()["y"] >= above["y"] + above["height"] - 1


def test_without_contradiction_there_is_no_warning(looked_at):
    """A content whose warning and gap are null shows no note at all."""
    page = looked_at.page
    opened(page, "khasan")
    open_tab(page, "Evidence")
    assert page.get_by_role("note").count() == 0


def test_another_view_stands_beside(looked_beside, make_reported):
    """In the heading, below each window of the table, and in the popup."""
    page = looked_beside
    content = make_reported()
    told = "Headline: Mon 11 Sep 03:32 to 09:32 (UTC+10), central 06:32"
    assert content["beside"] in words(page.locator(".journey-heading"))
    below = page.locator(".journey-map .journey-below:visible")
    assert below.all_inner_texts() == [row["beside"] for row in content["rows"]]
    card = words(opened(page, "khasan"))
    # Beside its arrival and beside its departure.
    assert card.count(told) == 2
    assert "as reported" in card
    assert "right with a probability of" in card


def test_a_view_alone_has_nothing_beside(looked_at):
    """Neither in the heading nor in the table nor in the popup."""
    page = looked_at.page
    opened(page, "khasan")
    open_tab(page, "Windows")
    assert page.locator(".journey-beside:visible").count() == 0
    assert page.locator(".journey-view").count() == 0


def test_reports_of_no_station_are_listed(visit, save_map, make_content):
    """Where, which way and when, and how likely each is right; with those of stations."""
    content = make_content()
    content["evidence"].append(
        content["evidence"][0]
        | {
            "place": "Baranovsky to Ussuriysk",
            "direction": "north",
            "window": "Tue 12 Sep 2023 12:05 to 12:25 (UTC+10)",
            "wording": "moving north",
            "held": "right with a probability of 93 %",
            "station": None,
            "spans_m": [[1_094_900, 1_117_900]],
        }
    )
    page = visit(save_map(content)).page
    first, other = open_tab(page, "Evidence").locator("li[data-report]").all()
    assert "Passes Khasan" in words(first)
    assert re.match(r"Passes Baranovsky to Ussuriysk north (reported )?Tue 12 Sep", words(other))
    assert "right with a probability of 93 %" in words(other)
    marker(page, "khasan").dispatch_event("click")
    assert page.locator(".journey-card li").count() == 1


def test_no_report_is_said_to_be_none(visit, save_map, make_content):
    """The tab says so, and no popup has a list of them."""
    page = visit(save_map(make_content(evidence=[]))).page
    assert "No report is cited." in words(open_tab(page, "Evidence"))
    marker(page, "khasan").dispatch_event("click")
    assert "Reported" not in words(page.locator(".journey-card"))


def test_sources_with_their_words(visit, save_map, make_content, warn):
    """A source's wording stands in quotation marks after its title."""
    page = visit(save_map(warn(make_content(), "Sunday afternoon"))).page
    line = open_tab(page, "About").locator(".journey-sources li")
    assert words(line) == "A news agency: A journey begins Sunday afternoon, 2023-09-12"
    assert line.locator("a").text_content() == "A news agency: A journey begins"
    quotes = line.locator("q").evaluate("node => getComputedStyle(node, '::before').content")
    assert quotes == "open-quote"


def test_no_sources_no_heading_of_them(visit, save_map, make_content):
    """Without sources nothing names them."""
    page = visit(save_map(make_content(sources=[]))).page
    open_tab(page, "About")
    assert page.locator(".journey-sources").count() == 0
    assert page.get_by_text("Sources", exact=True).count() == 0


def test_every_mark_explains_itself(visit, save_map, make_content):
    """Border, gauge, clock and reversal have a symbol, a legend row and a popup."""
    content = make_content()
    turns = {"kind": "reversal", "lat": 43.8132, "lon": 131.9738, "text": "The train turns"}
    content["marks"].append(turns)
    page = visit(save_map(content)).page
    marks = page.locator("button.journey-mark")
    assert marks.count() == 4
    assert page.locator(".journey-legend .journey-symbol").count() == 4
    for index, mark in enumerate(content["marks"]):
        assert marks.nth(index).get_attribute("aria-label") == mark["text"]
        marks.nth(index).dispatch_event("click")
        page.locator(".journey-card", has_text=mark["text"]).wait_for()


@pytest.mark.parametrize("width", [360, 1280])
def test_labels_do_not_overlap(visit, plain_map, width):
    """Principal stations are labelled, and no label or symbol covers another."""
    page = visit(plain_map, viewport={"width": width, "height": 800}).page
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.journey-label, .journey-mark')]
            .filter(node => !node.classList.contains('journey-hidden'))
            .map(node => [node.textContent, node.getBoundingClientRect()])
            .map(([text, box]) => [text, box.left, box.top, box.right, box.bottom])"""
    )
    shown = {box[0] for box in boxes}
    assert {"Pyongyang", "Khasan", "Ussuriysk", "Khabarovsk I"} <= shown
    for index, (_, left, top, right, bottom) in enumerate(boxes):
        for _, other_left, other_top, other_right, other_bottom in boxes[:index]:
            apart = left >= other_right - 0.5 or right <= other_left + 0.5
            assert apart or top >= other_bottom - 0.5 or bottom <= other_top + 0.5


def test_layers_can_be_switched_off(visit, plain_map):
    """The layer control names the six layers, and switching one off takes it away."""
    page = visit(plain_map).page
    page.locator(".leaflet-control-layers-toggle").focus()
    page.keyboard.press("Enter")
    control = page.locator(".leaflet-control-layers-overlays")
    names = [name.strip() for name in control.locator("label").all_inner_texts()]
    train = "Train at the chosen time"
    assert names == ["Base map", "Route", "Reports", train, "Stations", "Border, gauge, clock"]
    # Leaflet ignores clicks in the instant the pointer arrives, against double taps.
    control.hover()
    page.wait_for_timeout(200)
    control.get_by_text("Stations").click()
    assert page.locator(MARKERS).count() == 0
    station_names = page.locator(".journey-label:not(.journey-hidden, .journey-country)")
    assert station_names.count() == 0


def test_sources_and_credit_are_in_view(looked_at):
    """Title, note and licence are visible at once; sources in a tab; links lead out safely."""
    page = looked_at.page
    assert page.title() == "Pyongyang to Khabarovsk"
    assert page.locator("h1").inner_text() == "Pyongyang to Khabarovsk"
    assert page.locator("html").get_attribute("lang") == "en"
    assert "not a live position" in page.locator(".journey-heading").inner_text()
    assert "OpenStreetMap contributors, ODbL" in page.locator(".journey-credit").inner_text()
    source = open_tab(page, "About").locator(".journey-sources a")
    assert source.is_visible()
    assert source.get_attribute("href") == "https://example.org/report"
    assert source.get_attribute("rel") == "noopener noreferrer"
    assert source.get_attribute("target") == "_blank"


NAMES = ("schema", "basemap", "path", "data", "zone", "zones", "clocks", "code", "sample")
"""Of a content: what it calls things by, and packed numbers. No reader sees them."""
USE_ALL = """id => {
    const all = (names, use) => document.querySelectorAll(names).forEach(use);
    const happen = (node, name) => node.dispatchEvent(new MouseEvent(name, {bubbles: true}));
    all('.leaflet-pane path.journey-track', node => happen(node, 'mouseover'));
    const tooltip = document.querySelector('.journey-tooltip').textContent;
    all('[role=tab], .journey-mark', node => node.click());
    all('[data-question] input[type=range]', node => {
        node.value = node.max;
        node.dispatchEvent(new Event('input'));
    });
    all('.journey-view', node => [1, 0].forEach(value => {
        node.value = value;
        node.dispatchEvent(new Event('change'));
    }));
    const markers = [...document.querySelectorAll('path.journey-station[data-station]')];
    ['pointerover', 'click'].forEach(name =>
        happen(markers.find(({dataset}) => dataset.station === id), name));
    return tooltip;
}"""
PLACES = (
    "h1",
    ".journey-heading .journey-warning",
    ".journey-view option",
    ".journey-label",
    ".journey-map .journey-place",
    ".journey-evidence .journey-said [dir]",
    ".journey-evidence q",
    ".journey-sources q",
    ".journey-made dt",
    ".journey-card h2",
    ".journey-card .journey-warning",
    ".journey-card q",
)
TEXTS = "names => names.map(name => document.querySelector(name).textContent)"
HANDLERS = """() => [...document.querySelectorAll('*')].flatMap(node => [...node.attributes])
    .map(({name}) => name).filter(name => name.startsWith('on'))"""


def poisoned(value, text):
    """The same with one text wherever something stands that a reader sees, and as Khasan's id."""
    if isinstance(value, dict):
        pairs = value.items()
        return {key: each if key in NAMES else poisoned(each, text) for key, each in pairs}
    if isinstance(value, list | tuple):
        return [poisoned(each, text) for each in value]
    return text if isinstance(value, str) else value


def hostile(content, text):
    """A content that is full of one text, with nothing left out."""
    content["evidence"][0] |= {"direction": "north", "reason": "seen from afar"}
    ids = [station["id"] for station in content["stations"]]
    found = poisoned(content, text)
    for station, id_ in zip(found["stations"], ids, strict=True):
        station["id"] = text if id_ == "khasan" else id_
    for row, own in zip(found["rows"], content["rows"], strict=True):
        row["station"] = text if own["station"] == "khasan" else own["station"]
    return found | {"quality": {text: text}}


@pytest.mark.parametrize(
    "text", [*EVIL[:3], *(pytest.param(each, marks=LONG) for each in EVIL[3:])]
)
def test_data_never_becomes_markup(visit, save_map, make_reported, warn, text):
    """A hostile text in every field is shown as text: nothing runs, nothing breaks."""
    content = hostile(warn(make_reported()), text)
    seen = visit(save_map(content))
    page = seen.page
    assert page.evaluate(USE_ALL, text) == f"{text} · {text} mm"
    found = page.evaluate(TEXTS, PLACES)
    assert dict(zip(PLACES, found, strict=True)) == dict.fromkeys(PLACES, text)
    assert text in page.locator(".journey-sources li").text_content()
    assert page.title() == re.sub("[ \n]+", " ", text).strip(" ")
    assert page.locator(MARKERS).count() == len(content["stations"])
    assert page.locator(TRACK).count() == len(content["lines"])
    assert page.locator("img, iframe, object, embed, .journey-map :is(script, style)").count() == 0
    assert page.evaluate(HANDLERS) == []
    links = page.locator('a:not([href^="#"])').evaluate_all("all => all.map(a => [a.href, a.rel])")
    assert {tuple(link) for link in links} == {("https://leafletjs.com/", "noopener noreferrer")}
    assert seen.complaints == []
    assert seen.requests == []


FILE = """
name = "</script><script>alert(1)</script>"
route = ["Khasan", "Ussuriysk"]
speed.default = 59
[depart]
earliest = 2023-09-10T12:00:00+09:00
latest = 2023-09-10T18:00:00+09:00
source = "one"
[sources.one]
publisher = "<img src=x onerror=alert(1)>"
title = "${alert(1)}"
wording = "<svg onload=alert(1)>"
"""


def test_a_hostile_file_is_a_map_like_any_other(visit, tmp_path, monkeypatch):
    """Neither the name of a scenario's file nor what stands in it does anything."""
    monkeypatch.chdir(tmp_path)
    stem = "$(x)`<img src=x onerror=alert(1)>"
    (tmp_path / f"{stem}.toml").write_text(FILE, encoding="utf-8")
    assert run(["map", f"{stem}.toml", "--quiet", "--draws", "50"]) == 0
    seen = visit(tmp_path / "output" / f"{stem}.html")
    assert seen.page.locator("h1").text_content() == "</script><script>alert(1)</script>"
    assert seen.page.locator(".journey-sources q").text_content() == "<svg onload=alert(1)>"
    assert seen.page.locator(MARKERS).count() > 10
    assert seen.page.locator("img").count() == 0
    assert (seen.complaints, seen.requests) == ([], [])


def test_a_direction_override_ends_with_its_name(visit, save_map, make_content):
    """U+202E in a name does not turn the text after it round."""
    content = make_content()
    station_of(content, "khasan")["name"] = content["title"] = "Kha\u202enas"
    page = visit(save_map(content)).page
    names = page.locator(".journey-label, .journey-windows button, h1, .journey-credit a")
    styles = names.evaluate_all("nodes => nodes.map(node => getComputedStyle(node).unicodeBidi)")
    assert len(styles) > 30
    assert set(styles) <= {"isolate", "plaintext", "isolate-override"}


def test_two_maps_on_one_page(visit, make_content, tmp_path):
    """Two maps side by side show their own journeys, even where both are the same journey."""
    figure = Figure(width="1200px", height="600px")
    contents = [make_content(), make_content(title="Another journey")]
    for index, content in enumerate(contents):
        m = folium.Map(tiles=None, width="48%", left=f"{index * 50}%", position="absolute")
        m.default_js, m.default_css = [], []
        JourneyLayer(content).add_to(m)
        figure.add_subplot(1, 2, index + 1).add_child(m)
    path = tmp_path / "two.html"
    inside = "{% raw %}" + leaflet() + "{% endraw %}"
    figure.header.add_child(folium.Element(inside), name="leaflet")
    figure.save(path)
    seen = visit(path)
    assert seen.complaints == []
    assert seen.page.locator("h1").all_inner_texts() == [c["title"] for c in contents]
    assert seen.page.locator(MARKERS).count() == 2 * len(contents[0]["stations"])


def test_a_layer_on_several_maps_keeps_its_data(make_content):
    """The same journey on two maps of one page has two data blocks with different names."""
    figure = Figure()
    for _ in range(2):
        m = folium.Map(tiles=None)
        JourneyLayer(make_content()).add_to(m)
        figure.add_child(m)
    blocks = re.findall(r'type="application/json" id="(\w+)"', figure.render())
    assert len(blocks) == len(set(blocks)) == 2


def leaflet():
    """What a page needs of Leaflet, in the place of what Folium loads from a network."""
    shim = read_asset("folium_shim.js")
    return f"<style>{leaflet_css()}</style><script>{leaflet_js()}\n{shim}</script>"


SAID = """() => [...document.querySelectorAll('body *')].flatMap(node =>
    ['aria-label', 'aria-valuetext', 'placeholder', 'title', 'value', 'data-unix']
        .map(name => node.getAttribute(name)).concat(node.value).filter(Boolean)).map(String)"""
ASK = """node => {
    node.value = 40;
    node.dispatchEvent(new Event('input'));
}"""


def read(page):
    """All that stands on a page with a popup, in each tab, and after what a reader may ask."""
    marker(page, "khasan").dispatch_event("click")
    page.locator(".journey-card").wait_for()
    # Names of areas are placed anew when the map has come to rest beneath the popup.
    page.wait_for_timeout(400)
    found = [page.locator("body").inner_text(), *page.evaluate(SAID)]
    page.locator("[data-question=speed-RU] input[type=range]").evaluate(ASK)
    page.locator(".journey-option input").check()
    for tab in ("What if", "Evidence", "About", "Windows"):
        open_tab(page, tab)
        found.append(page.locator("body").inner_text())
    return [*found, *page.evaluate(SAID)]


@pytest.fixture(scope="module")
def read_in_kiribati(pages, beside_map):
    """What a reader reads where the day begins first."""
    with pages.lent() as open_file:
        return read(open_file(beside_map, timezone_id="Pacific/Kiritimati").page)


@pytest.mark.parametrize(
    "zone",
    [
        "America/New_York",
        *(pytest.param(each, marks=LONG) for each in ("UTC", "Asia/Seoul", "Asia/Vladivostok")),
    ],
)
def test_the_reader_clock_changes_nothing(visit, beside_map, read_in_kiribati, zone):
    """Every clock came with the page: readers in all time zones and languages see the same."""
    assert read(visit(beside_map, timezone_id=zone, locale="de").page) == read_in_kiribati


def test_a_map_of_the_users_own(visit, make_content, tmp_path):
    """The layer draws on any folium.Map; markers and popups of Folium work without a network."""
    content = make_content()
    m = self_contained_map(content["bounds"])
    folium.Marker([43, 132], popup="<b>A place</b>", tooltip="here").add_to(m)
    JourneyLayer(content).add_to(m)
    m.save(tmp_path / "own.html")
    seen = visit(tmp_path / "own.html")
    icon = seen.page.locator("img.leaflet-marker-icon")
    assert icon.evaluate("image => image.naturalWidth") == 25
    icon.dispatch_event("click")
    assert seen.page.locator(".leaflet-popup b").inner_text() == "A place"
    icon.dispatch_event("mouseover")
    assert seen.page.locator(".leaflet-tooltip").inner_text() == "here"
    assert seen.page.locator(MARKERS).count() == len(content["stations"])
    assert (seen.complaints, seen.requests) == ([], [])


def test_folium_map_with_its_own_leaflet(visit, make_content, tmp_path):
    """On a plain folium.Map the page waits for Folium's own Leaflet and adds none of its own."""
    m = folium.Map(tiles=None)
    content = make_content()
    JourneyLayer(content).add_to(m)
    text = m.get_root().render()
    assert text.count("leaflet.js") == 1
    assert "Leaflet 1.9" not in text
    link = re.compile(r'<(script src|link rel="stylesheet" href)="https://[^>]*>(</script>)?')
    path = tmp_path / "plain.html"
    path.write_text(link.sub("", text).replace("<head>", f"<head>{leaflet()}"), encoding="utf-8")
    seen = visit(path)
    assert seen.complaints == []
    assert seen.page.locator(MARKERS).count() == len(content["stations"])


COLOURS = """() => {
    const light = document.querySelectorAll(':is(tr, li)[data-station]');
    light.forEach(node => node.classList.add('journey-lit'));
    const names = ['box', 'card', 'timebar'].map(name => `.journey-${name}, .journey-${name} *`);
    const own = node => [...node.childNodes].some(each => each.nodeType === 3 && each.data.trim());
    const opaque = node => {
        const ground = getComputedStyle(node).backgroundColor;
        return ground.startsWith('rgba') && ground.endsWith(', 0)')
            ? opaque(node.parentElement) : ground;
    };
    return [...document.querySelectorAll(names.join())]
        .filter(node => own(node) || node.matches('select, .journey-field')).map(node => {
            const style = getComputedStyle(node);
            return [node.closest('svg') ? style.fill : style.color, opaque(node)];
        });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(visit, save_map, make_reported, warn, scheme):
    """All text reaches a contrast of 4.5 to 1, in light and in dark, in what is lit, too."""
    page = visit(save_map(warn(make_reported())), color_scheme=scheme).page
    marker(page, "khasan").dispatch_event("click")
    open_tab(page, "Evidence")
    page.locator("[data-question=speed-RU] input[type=range]").evaluate(ASK)
    colours = page.evaluate(COLOURS)
    assert len(colours) > 200
    # Boxes, warnings, what is lit, and what is asked.
    assert len({ground for _, ground in colours}) >= 4
    for text, ground in {tuple(pair) for pair in colours}:
        assert _contrast(text, ground) >= 4.5, (text, ground)


def test_narrow_screens_fold_the_panels(visit, plain_map):
    """On 360 pixels nothing is wider than the screen and the panels are folded."""
    page = visit(plain_map, viewport={"width": 360, "height": 640}).page
    assert page.locator("details[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator(".journey-panel > summary").click()
    box = page.locator(".journey-panel").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_print_puts_the_windows_after_the_map(visit, plain_map):
    """Printing adds what the tabs hold below the map and takes it away afterwards."""
    page = visit(plain_map).page
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    paper = page.locator(".journey-print")
    assert paper.locator(".journey-windows tr[data-event]:visible").count() == 23
    for text in ("early in the morning", "A journey begins", "ODbL"):
        assert text in paper.inner_text()
    assert page.locator(".journey-map").bounding_box()["width"] == 690
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert paper.count() == 0
    assert page.locator(".journey-map").bounding_box()["width"] == 1280


def test_without_javascript_all_is_there_to_read(visit, save_map, make_content):
    """Title, a drawing of the map, every window, evidence and sources; no empty map."""
    content = make_content(title="<b>Journey</b>")
    seen = visit(save_map(content), java_script_enabled=False)
    page = seen.page
    assert page.locator("h1").inner_text() == "<b>Journey</b>"
    drawing = page.get_by_role("img", name="Map of the railway from Pyongyang to Khabarovsk I")
    assert drawing.bounding_box()["height"] > 200
    assert drawing.locator("[data-line]").count() == len(content["lines"])
    rows = page.locator(".journey-windows tr[data-event]:visible").all_inner_texts()
    assert len(rows) == len(content["rows"])
    assert "09:32" in next(row for row in rows if "Khasan" in row)
    for text in ("early in the morning", "A journey begins", "It is not a live position"):
        assert page.get_by_text(text).first.is_visible()
    assert not page.locator(".folium-map").is_visible()
    assert (seen.complaints, seen.requests) == ([], [])


def _contrast(one, other):
    """Contrast ratio of WCAG 2.2 for two opaque CSS colours."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour):
    shares = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
