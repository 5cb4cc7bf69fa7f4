"""Boxes, names and popups keep out of each other's way, on every size of screen."""

from __future__ import annotations

from itertools import cycle

import pytest

from tests.browser.conftest import headline_content, launched, saved, warned
from tests.browser.geometry import BUTTONS, boxes_of, covered, far_names, overlap, under_boxes

pytestmark = pytest.mark.browser

SIZES = ((1440, 900), (1280, 720), (1024, 640), (844, 390), (667, 375), (390, 844), (360, 640))
PHONES = SIZES[3:]
MARKERS = "path.journey-station[data-station]"


def talkative():
    """A content with a heading as long as that of the bundled journeys."""
    content = headline_content(
        title="Pyongyang to Khabarovsk, September 2023",
        subtitle="At 59 km/h and with no halt: Khabarovsk I Mon 11 Sep 18:02 to Tue 12 Sep 00:02 "
        "(UTC+10), 1,772 km",
        notes=[
            "Made from published, dated reports. It is not a live position and follows nobody.",
            "Times are what the stated speed, departure and halts imply, not a timetable.",
            "Track geometry is simplified; kilometres follow official lengths.",
            "Reports are shown as they were made; the windows do not take them in.",
        ],
    )
    text = "The reports contradict the stated speed: at Khasan they say 20 h to 26 h later"
    return warned(content, text)


@pytest.fixture(scope="module")
def talkative_map(tmp_path_factory):
    """The file of that content."""
    return saved(tmp_path_factory.mktemp("layout"), talkative())


@pytest.fixture(scope="module", params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def screen(request, pages, talkative_map):
    """The page on one size of screen, opened once for all tests of that size."""
    with pages.lent() as open_file:
        yield open_file(talkative_map, viewport=viewport(request.param)).page, request.param


def viewport(size):
    """Width and height as Playwright takes them."""
    return {"width": size[0], "height": size[1]}


def open_station(page, name):
    """Open the popup of a principal station from the keyboard and let the map pan."""
    page.locator(f'{MARKERS}[data-station="{name}"]').focus()
    page.keyboard.press("Enter")
    page.locator(".journey-card h2").wait_for()
    page.wait_for_timeout(500)


def test_buttons_are_free(screen):
    """Nothing lies over the zoom and layers buttons, not even the unfolded legend.

    Nor do the unfolded windows where there is room beside the route; elsewhere they are a sheet
    over all of it, and can be folded again.
    """
    page, size = screen
    assert covered(page) == []
    for box in (".journey-legend", ".journey-panel"):
        before = page.locator(box).evaluate("box => box.open")
        page.locator(box).evaluate("box => { box.open = true; }")
        sheet = box == ".journey-panel" and size in PHONES
        assert covered(page, [f"{box} > summary"] if sheet else BUTTONS) == []
        page.locator(box).evaluate("(box, open) => { box.open = open; }", before)


def test_the_warning_is_seen_at_every_size(screen):
    """However small the map, the warning stands whole in view and nothing covers it."""
    page, size = screen
    note = page.locator(".journey-heading .journey-warning")
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size[0]
    assert box["y"] + box["height"] <= size[1]
    assert covered(page, [".journey-heading .journey-warning"]) == []


def test_the_route_keeps_a_fair_part(screen):
    """The route fills a good part of what the boxes leave, and none covers a station."""
    page, size = screen
    tops = [box["y"] for box in boxes_of(page, MARKERS)]
    assert max(tops) - min(tops) >= 0.35 * size[1]
    assert under_boxes(page, MARKERS) == []


@pytest.mark.long
def test_what_gives_way_on_a_low_map(visit, save_map, talkative_map):
    """All on a high map; on a lower one the further notes, then the legend, last the first note."""
    longer = save_map(talkative() | {"warning": 3 * talkative()["warning"]})
    high, low = ((1440, 960), (1440, 825), (1280, 650)), (1024, 530)
    visitor = visit(talkative_map)
    seen = []
    for path, size in [*((talkative_map, size) for size in high), (longer, low)]:
        page = visitor.open(path, viewport(size)).page
        legend = page.locator(".journey-legend").get_attribute("open") is not None
        seen.append((page.locator(".journey-notes li:visible").count(), legend))
    assert seen == [(4, True), (1, True), (1, False), (0, False)]


@pytest.mark.long
def test_a_resized_map_is_arranged_anew(visit, talkative_map):
    """A window made small and large again shows the same boxes as before, none twice."""
    page = visit(talkative_map, viewport=viewport(SIZES[0])).page
    state = "document.querySelectorAll('.journey-box, .journey-credit').length + ' ' + [...document"
    state += ".querySelectorAll('.leaflet-left details')].map(box => box.className + box.open)"
    before = page.evaluate(state)
    for size in (*SIZES[1:], SIZES[0]):
        page.set_viewport_size(viewport(size))
        page.wait_for_timeout(300)
        assert covered(page) == []
    assert page.evaluate(state) == before


def test_a_turned_phone_shows_the_route_again(visit, talkative_map):
    """Every station is in view, unless the reader has moved the map before."""
    page = visit(talkative_map, viewport=viewport((390, 844))).page
    page.set_viewport_size(viewport((844, 390)))
    page.wait_for_timeout(300)
    boxes = [marker.bounding_box() for marker in page.locator("path.journey-rank-1").all()]
    assert all(0 <= box["x"] <= 844 and 0 <= box["y"] <= 390 for box in boxes)


def test_a_readers_choice_outlives_a_resize(visit, talkative_map):
    """A legend folded by the reader stays folded while the map keeps its layout."""
    page = visit(talkative_map, viewport=viewport((1440, 900))).page
    page.locator(".journey-legend > summary").click()
    page.set_viewport_size(viewport((1430, 890)))
    page.wait_for_timeout(300)
    assert page.locator(".journey-legend").get_attribute("open") is None


@pytest.mark.parametrize("screen", PHONES, indirect=True, ids=str)
def test_folded_boxes_stand_in_line(screen):
    """On a phone "Legend" and "Arrival windows" are of one height and stand on one line."""
    page, _ = screen
    legend, panel = (
        page.locator(f".journey-{name}").bounding_box() for name in ("legend", "panel")
    )
    assert (legend["y"], legend["height"]) == (panel["y"], panel["height"])
    assert not overlap(legend, panel)
    assert legend["height"] >= 32


@pytest.mark.parametrize("screen", PHONES, indirect=True, ids=str)
def test_one_box_unfolds_at_a_time(screen):
    """On a phone an unfolded box has the row to itself; folding it brings the other back."""
    page, _ = screen
    legend, panel = (page.locator(f".journey-{name}") for name in ("legend", "panel"))
    for box, other in ((legend, panel), (panel, legend)):
        box.locator("> summary").click()
        assert not other.is_visible()
        box.locator("> summary").click()
        assert other.is_visible()


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "name"),
    list(zip(PHONES, ("pyongyang", "khasan", "khabarovsk-i", "khasan"), strict=True)),
)
def test_popups_open_beside_the_buttons(visit, talkative_map, size, name):
    """On a phone an open popup lies in view, free of the buttons and of the heading."""
    page = visit(talkative_map, viewport=viewport(size)).page
    open_station(page, name)
    popup = page.locator(".leaflet-popup-content-wrapper").bounding_box()
    assert popup["x"] >= 0
    assert popup["x"] + popup["width"] <= size[0]
    for other in (".leaflet-control-layers", ".leaflet-control-zoom", ".journey-heading"):
        assert not overlap(popup, page.locator(other).bounding_box()), other


def crowded(content):
    """Make every station on either side of Khasan a principal one, too many for their names."""
    for number, station in enumerate(content["stations"]):
        if 42.0 < station["lat"] < 43.0 and station["lon"] > 130:
            station |= {"rank": 1, "name": f"A crowded place {number}"}
    return content


@pytest.mark.long
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_far_names_keep_off_the_route(visit, save_map, make_content, size):
    """A name with a leader keeps 12 px from the route and its leader crosses none."""
    page = visit(save_map(crowded(make_content())), viewport=viewport(size)).page
    found = []
    for _ in range(4):
        found += far_names(page)
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(400)
    assert found
    assert [far for far in found if far["name_px"] < 10 or far["leader_px"] < 2.5] == []


def test_names_of_areas_have_no_leader(screen):
    """The name of a country is led to no point."""
    page, _ = screen
    countries = {country["name"] for country in talkative()["countries"]}
    assert not countries & {far["name"] for far in far_names(page)}


def test_tiles_are_credited_in_the_one_box(visit, save_map, make_content):
    """With online tiles their credit stands in the page's own line, without Leaflet's flag."""
    page = visit(save_map(make_content(), online_tiles=True)).page
    credit = page.locator(".journey-credit")
    assert page.locator(".leaflet-control-attribution").count() == 1
    assert credit.locator(".leaflet-control-attribution").count() == 1
    tiles = credit.locator(".leaflet-control-attribution")
    assert tiles.inner_text() == "© OpenStreetMap contributors"
    assert tiles.evaluate("node => getComputedStyle(node, '::after').content") == '" · "'
    text = credit.inner_text()
    assert "\n" not in text
    assert text.count("Leaflet") == 1
    assert page.locator(".leaflet-attribution-flag").count() == 0


@pytest.mark.long
def test_a_desktop_scrollbar_leaves_room_for_the_windows(chromium, save_map, make_content):
    """Where the list of windows must be scrolled, no column of it is cut off."""
    content = make_content()
    names = cycle(("Tanch'ŏn Ch'ŏngnyŏn", "Vostochny Cosmodrome", "Dalnerechensk I"))
    for station, name in zip(content["stations"], names, strict=False):
        station["name"] = name
    path = save_map(content)
    browser = launched(chromium.browser_type, ignore_default_args=["--hide-scrollbars"])
    page = browser.new_page(viewport=viewport((1500, 1100)))
    page.goto(path.as_uri())
    box = page.locator(".journey-panel .journey-tab:visible")
    box.wait_for()
    heights, widths = (
        box.evaluate(f"box => [box.scroll{side}, box.client{side}]") for side in ("Height", "Width")
    )
    browser.close()
    assert heights[0] > heights[1]
    assert widths[0] == widths[1]
