"""What belongs together is lit together, and all of it can be reached without a mouse."""

from __future__ import annotations

import pytest

from tests.browser.bundled import SMALL, go, open_tab, question, saved_in, set_time

pytestmark = pytest.mark.browser

_LIT = """() => [...document.querySelectorAll('.folium-map .journey-lit')].map(node =>
    [node.dataset.station === undefined ? null : node.dataset.station,
     node.dataset.report === undefined ? null : node.dataset.report,
     node.closest('table') ? 'row' : node.closest('.journey-graph') ? 'graph'
        : node.closest('.journey-evidence') ? 'item'
        : node.matches('.journey-label') ? 'label' : 'map'])"""
_FOCUSED = """() => {
    const node = document.activeElement, style = getComputedStyle(node);
    if (node === document.body) return {name: 'end', said: 'end', seen: true};
    const set = node.closest('[data-question]');
    const said = (node.getAttribute('aria-label') || node.title || node.textContent
        || (node.labels && node.labels.length ? node.labels[0].textContent : '')).trim();
    const name = node.matches('.journey-play') ? 'play' : node.matches('.journey-time') ? 'time'
        : node.matches('[role=tab]') ? `tab ${node.dataset.tab}`
        : node.matches('[role=tabpanel]') ? 'panel'
        : node.closest('.journey-windows') ? `row ${node.closest('tr').dataset.station}`
        : node.matches('.journey-reset') ? 'reset' : node.matches('.journey-view') ? 'view'
        : set ? `${set.dataset.question} ${node.type}`
        : node.matches('li[data-report]') ? 'report'
        : node.matches('.journey-station') ? `station ${node.dataset.station}`
        : node.matches('.folium-map') ? 'map' : said;
    const {left, top, right, bottom} = node.getBoundingClientRect();
    const off = parseFloat(style.outlineOffset);
    const within = left - off > 0 || top - off > 0 || right + off < innerWidth
        || bottom + off < innerHeight;
    const outlined = style.outlineStyle !== 'none' && within
        && (style.outlineStyle === 'auto' || parseFloat(style.outlineWidth) >= 2);
    const stroked = node instanceof SVGElement && parseFloat(style.strokeWidth) >= 4;
    const frame = getComputedStyle(node, '::after');
    const framed = frame.content !== 'none' && parseFloat(frame.borderTopWidth) >= 2;
    return {name, said, seen: outlined || stroked || framed};
}"""


@pytest.fixture(scope="module")
def opened(pages, tmp_path_factory):
    """The page of the bundled journey, opened once."""
    with pages.lent() as open_file:
        yield open_file(saved_in(tmp_path_factory.mktemp("linked")), viewport=SMALL)


@pytest.fixture
def page(opened):
    """That page with nothing asked, its table to be seen, and the pointer out of the way."""
    go(opened.page)
    open_tab(opened.page, "windows")
    opened.page.evaluate("document.activeElement.blur()")
    opened.page.mouse.move(400, 120)
    yield opened.page
    assert (opened.complaints, opened.requests) == ([], [])


def lit(page):
    """Where what is lit stands, by the station or the report that it stands for."""
    found = {}
    for station, report, where in page.evaluate(_LIT):
        found.setdefault(report if where == "item" else report or station, set()).add(where)
    return found


def stations_of(found):
    """The stations among what is lit; reports of them are lit too."""
    return {name for name in found if not name.isdigit()}


def row(page, station):
    """The rows of a station in the table."""
    return page.locator(f'.journey-windows tr[data-station="{station}"]')


@pytest.mark.parametrize("station", ["pyongyang", "khasan", "khabarovsk-i"])
def test_a_row_lights_what_stands_for_its_station(page, station):
    """Marker, name and line of the graph, under the pointer and under the keyboard; no other."""
    row(page, station).first.scroll_into_view_if_needed()
    row(page, station).first.locator(".journey-clock").first.hover()
    everywhere = {"row", "map", "label", "graph"}
    assert lit(page)[station] >= everywhere
    assert stations_of(lit(page)) == {station}
    page.mouse.move(400, 120)
    assert lit(page) == {}
    row(page, station).first.locator(".journey-place").focus()
    assert lit(page)[station] >= everywhere


def test_a_marker_lights_its_row(page):
    """The other way too, and moving on to another one leaves nothing behind."""
    for station in ("khasan", "spassk-dalny", "bikin"):
        marker = page.locator(f'.leaflet-pane path[data-station="{station}"]')
        box = marker.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert stations_of(lit(page)) == {station}
        assert lit(page)[station] >= {"row", "map", "label", "graph"}
    marker.focus()
    assert stations_of(lit(page)) == {"bikin"}


def test_a_report_lights_its_place_and_its_box(page):
    """On the map and in the graph, for each report that can be where it says."""
    open_tab(page, "evidence")
    items = page.locator(".journey-evidence [data-report]")
    assert items.count() > 10
    for number in range(0, items.count(), 3):
        item = items.nth(number)
        item.scroll_into_view_if_needed()
        item.locator(".journey-said").hover()
        here = lit(page)
        assert here[str(number)] == {"item", "map", "graph"}
        page.mouse.move(400, 120)
        assert lit(page) == {}
        item.focus()
        assert lit(page)[str(number)] == {"item", "map", "graph"}
        page.evaluate("document.activeElement.blur()")


def test_a_box_of_the_graph_lights_its_report(page):
    """The item in the list, though another tab may be seen."""
    # One that nothing else lies upon.
    number, x, y = page.evaluate(
        """() => [...document.querySelectorAll('.journey-graph-report')].map(box => {
            const {left, top} = box.getBoundingClientRect();
            const onTop = document.elementFromPoint(left + 1.5, top + 1.5) === box;
            return onTop ? [box.dataset.report, left + 1.5, top + 1.5] : null;
        }).find(Boolean)"""
    )
    page.mouse.move(x, y)
    assert lit(page)[number] == {"item", "map", "graph"}


def test_the_graph_lights_the_station_near_the_pointer(page):
    """And says its window below."""
    box = page.locator(".journey-graph-ground").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 0.5)
    assert stations_of(lit(page)) == {"vostochny-cosmodrome"}
    assert page.locator(".journey-readout").inner_text().startswith("Vostochny Cosmodrome: ")


def focused(page):
    """What has the focus."""
    return page.evaluate(_FOCUSED)["name"]


def walk(page, most=200):
    """What Tab comes to, from the map around all else to the end of the page."""
    page.locator(".folium-map").focus()
    # Back to it by the keyboard, which is what shows where the focus is.
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    stops = [page.evaluate(_FOCUSED)]
    while len(stops) < most:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(_FOCUSED))
        if stops[-1]["name"] == "end":
            return stops[:-1]
    pytest.fail(f"no end of {stops}")


@pytest.fixture(scope="module")
def stops(opened):
    """What Tab comes to with each tab open, one quantity asked."""
    found = {}
    for name in ("windows", "whatif"):
        go(opened.page, "speed-RU:45")
        open_tab(opened.page, name)
        found[name] = walk(opened.page)
    return found


def names(found):
    """What these stops are."""
    return [stop["name"] for stop in found]


@pytest.mark.long
def test_tab_comes_to_everything(page, stops):
    """View, stations, play, time, the chosen tab, every row, every question, undo and reset."""
    for found in stops.values():
        assert {"view", "map", "station khasan", "play", "time", "panel"} <= set(names(found))
        assert len([name for name in names(found) if name.startswith("tab ")]) == 1
    rows = [name for name in names(stops["windows"]) if name.startswith("row ")]
    assert len(rows) == page.locator(".journey-windows tr[data-event]:not([hidden])").count()
    asked = names(stops["whatif"])
    for name in ("depart", "speed-KP", "speed-RU", "stand-khasan", "halts"):
        assert f"{name} range" in asked
    assert {"speed-RU number", "speed-RU button", "reset", "tab whatif"} <= set(asked)
    reports = page.locator(".journey-evidence li[data-report]")
    assert reports.evaluate_all("all => all.every(one => one.tabIndex === 0)")


def test_everything_that_tab_comes_to_has_a_name(stops):
    """Nobody is led to something that has nothing to say."""
    nameless = [stop for found in stops.values() for stop in found if not stop["said"]]
    assert nameless == []


def test_the_focus_is_seen_wherever_it_is(stops):
    """An outline or a frame of some width, within the window; stations have a broad stroke."""
    unseen = {stop["name"] for found in stops.values() for stop in found if not stop["seen"]}
    assert unseen == set()


def test_arrow_keys_go_from_tab_to_tab(page):
    """Round and round, to the first and to the last; each shows what it stands for."""
    page.locator('[role="tab"][aria-selected="true"]').focus()
    order = ["windows", "whatif", "evidence", "about"]
    moves = ["ArrowRight"] * 4 + ["ArrowLeft", "Home", "End"]
    wanted = [*order[1:], "windows", "about", "windows", "about"]
    for key, name in zip(moves, wanted, strict=True):
        page.keyboard.press(key)
        assert focused(page) == f"tab {name}"
        shown = page.locator('[role="tabpanel"]:visible')
        assert shown.evaluate_all("all => all.map(one => one.dataset.tab)") == [name]
        assert page.locator('[role="tab"][aria-selected="true"]').count() == 1


def test_a_tab_names_its_panel_and_a_panel_its_tab(page):
    """Each refers to the other by an id that there is once."""
    for head in page.locator('[role="tab"]').all():
        body = page.locator(f'[id="{head.get_attribute("aria-controls")}"]')
        assert body.get_attribute("role") == "tabpanel"
        assert body.get_attribute("aria-labelledby") == head.get_attribute("id")
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(set(ids)) == len(ids)


def test_keys_move_the_sliders(page):
    """A speed by a km/h, the time by five minutes, and the page follows."""
    open_tab(page, "whatif")
    slider = question(page, "speed-RU").locator('input[type="range"]')
    slider.focus()
    before = int(slider.input_value())
    page.keyboard.press("ArrowRight")
    assert question(page, "speed-RU").locator(".journey-field").input_value() == str(before + 1)
    time = page.locator(".journey-time")
    set_time(page, int(time.get_attribute("min")) + 86_400)
    told = page.locator(".journey-told").inner_text()
    time.focus()
    page.keyboard.press("ArrowRight")
    assert int(time.input_value()) == int(time.get_attribute("min")) + 86_700
    assert page.locator(".journey-told").inner_text() != told


def test_space_plays_and_enter_opens(page):
    """Play by the space bar; a row by Enter, which flies to its station and opens its card."""
    play = page.locator(".journey-play")
    play.focus()
    page.keyboard.press("Space")
    assert play.get_attribute("aria-label") == "Pause"
    page.keyboard.press("Space")
    assert play.get_attribute("aria-label") == "Play"
    page.emulate_media(reduced_motion="reduce")
    row(page, "bikin").locator("button").focus()
    page.keyboard.press("Enter")
    page.locator(".journey-card h2", has_text="Bikin").wait_for()
    page.keyboard.press("Escape")
    page.locator(".journey-card").wait_for(state="detached")
    assert focused(page) == "row bikin"
    page.emulate_media(reduced_motion="no-preference")
