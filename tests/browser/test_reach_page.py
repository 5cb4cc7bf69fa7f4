"""The page of how far a train can be, in a browser: the map, the slider, the cards."""

from __future__ import annotations

import pytest

import journey
from journey.clock import format_local
from journey.maps.embed import read_asset
from journey.maps.reach_map import draw_reach_map
from journey.reaching import reach
from journey.reaching.results import hours_in_words
from tests.browser.test_accessible import PHONE, SCHEMES, violations

pytestmark = pytest.mark.browser

SLIDER = ".journey-asking input"


@pytest.fixture(scope="module")
def found():
    """From Khasan, 24 h at 50 to 70 km/h."""
    after = "2023-09-12T06:00:00+10:00"
    return reach(journey.load_network(), "Khasan", hours=24, speed="50..70", after=after)


@pytest.fixture(scope="module")
def path(found, tmp_path_factory):
    """Its file."""
    target = tmp_path_factory.mktemp("reach") / "reach.html"
    draw_reach_map(found, network=journey.load_network()).save(target)
    return target


def lit(page):
    """Length of the lines that are lit, reached for certain and perhaps, px."""
    return [
        page.locator(f".leaflet-pane .journey-{name}").evaluate_all(
            "all => all.reduce((sum, one) => sum + one.getTotalLength(), 0)"
        )
        for name in ("sure", "maybe")
    ]


def test_the_slider_lights_what_is_reached_by_then(visit, path, found):
    """With the keyboard: less track, and as many stations as Python counts; nothing asked for."""
    seen = visit(path)
    page = seen.page
    sure, maybe = lit(page)
    assert min(sure, maybe) > 50
    page.locator(SLIDER).focus()
    for _ in range(4):
        page.keyboard.press("PageDown")
    hours = float(page.locator(SLIDER).input_value())
    assert 0 < hours < 24
    page.wait_for_function(
        f"document.querySelector('.journey-asking').innerText.includes('{hours_in_words(hours)}')"
    )
    counts = [sum(each[bound] <= hours for each in found.stations) for bound in (4, 2)]
    told = page.locator(SLIDER).get_attribute("aria-valuetext")
    assert f"{counts[0]} stations reached at the latest (50 km/h), {counts[1]} at the" in told
    assert "(UTC+10)" in told
    assert lit(page)[0] < sure
    dots = page.locator(".leaflet-pane .journey-station:not(.journey-not-yet)")
    assert dots.count() == counts[1]
    assert (seen.requests, seen.complaints) == ([], [])


def test_a_row_shows_its_station_on_the_map(visit, path, found):
    """Its card has the times of each bound, on the clock of the place."""
    page = visit(path).page
    page.get_by_role("button", name="Ussuriysk", exact=True).first.click()
    card = page.locator(".journey-card")
    card.wait_for()
    (wanted,) = (each for each in found.stations if each.station.name == "Ussuriysk")
    text = card.inner_text()
    for hours in wanted[2:5]:
        assert hours_in_words(hours) in text
        assert format_local(found.moment(hours), wanted.station.zone) in text
    assert "Уссурийск" in text
    page.keyboard.press("Escape")
    card.wait_for(state="detached")


def test_hours_read_alike_in_text_and_scripts(visit, path):
    """To the minute, of two minutes alike near the even one; never 60 minutes."""
    page = visit(path).page
    script = "\n".join(read_asset(name) for name in ("dom.js", "clocks.js", "reach_track.js"))
    seconds = [0, 29, 30, 31, 90, 150, 2_880, 3_569, 3_570, 3_571, 3_600, 14_220, 86_370, 90_029]
    told = page.evaluate(
        f"hours => {{ {script}\n return hours.map(hoursText); }}", [each / 3600 for each in seconds]
    )
    assert told == [hours_in_words(each / 3600) for each in seconds]
    assert told[7:10] == ["59 min", "1 h 00 min", "1 h 00 min"]


def test_on_a_phone_all_fits_and_the_map_comes_first(visit, path):
    """Title, colours and map above the fold, and nothing wider than the screen."""
    page = visit(path, viewport=PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    stage = page.locator(".journey-stage").bounding_box()
    assert stage["y"] < PHONE["height"] / 2
    names = page.locator(".journey-reach-table tbody th").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
    )
    assert names == 0


def test_without_scripts_there_is_a_drawing(visit, path):
    """With the track in colours; the empty map is not seen."""
    page = visit(path, java_script_enabled=False).page
    assert page.locator("svg[role='img']").is_visible()
    assert page.locator("svg [data-track]").count() >= 8
    assert not page.locator(".folium-map").is_visible()
    assert page.locator(".journey-reach-table").is_visible()


@pytest.mark.long
@SCHEMES
def test_axe_finds_nothing_serious(visit, path, scheme):
    """With a card open; in the dark only colours are others."""
    page = visit(path, color_scheme=scheme).page
    page.get_by_role("button", name="Ussuriysk", exact=True).first.click()
    page.locator(".journey-card").wait_for()
    page.wait_for_timeout(250)
    assert violations(page, scheme=scheme) == []
