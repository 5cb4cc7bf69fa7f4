"""Maps of bundled scenarios in a real browser without a network."""

from __future__ import annotations

import gzip

import pytest

import journey
from journey.clock import format_local, format_utc
from journey.views import View
from tests.browser import bundled as default
from tests.browser.geometry import far_names

pytestmark = pytest.mark.browser

MARKERS = "path.journey-station[data-station]"


@pytest.fixture(scope="module", params=[default.SCENARIO, "vladivostok-2023"])
def bundled(request, tmp_path_factory, network):
    """A bundled scenario and its map: the default as reported, of another one the headline."""
    folder = tmp_path_factory.mktemp("maps")
    if request.param == default.SCENARIO:
        reported, _ = default.views()
        return reported, default.saved_in(folder)
    headline = journey.load_scenario(request.param).as_headline().simulate(network, draws=500)
    journey.draw_map(headline).save(folder / "map.html")
    return View(headline.basis, headline, 1.0), folder / "map.html"


def test_it_loads_in_silence_with_everything_on_it(visit, bundled):
    """No request, no console message; the route is drawn and every station is there."""
    view, path = bundled
    route = view.ensemble.plan.route
    seen = visit(path)
    assert seen.page.locator(MARKERS).count() == len(route.timing_points)
    drawn = seen.page.locator(".leaflet-pane path.journey-track")
    assert drawn.count() == len(route.stretches)
    lines = drawn.evaluate_all("all => all.map(path => path.getAttribute('d'))")
    assert all(line.startswith("M") for line in lines)
    assert seen.requests == []
    assert seen.complaints == []


def test_it_is_small(bundled):
    """The whole page with Leaflet, base map and every station: 600 KB, and 200 KB on the way."""
    _, path = bundled
    assert path.stat().st_size <= 600_000
    assert len(gzip.compress(path.read_bytes(), 9)) <= 200_000


@pytest.mark.long
def test_far_names_keep_off_the_route(visit, bundled):
    """No name with a leader lies on the route elsewhere, and no leader crosses it."""
    _, path = bundled
    page = visit(path).page
    for _ in range(3):
        far = far_names(page)
        assert [one for one in far if one["name_px"] < 10 or one["leader_px"] < 2.5] == []
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(400)


@pytest.mark.parametrize("bundled", [default.SCENARIO], indirect=True)
def test_a_popup_shows_three_names_and_the_window(visit, bundled):
    """Khasan: three scripts, the window in local time and UTC, the headline's, the reports."""
    view, path = bundled
    page = visit(path).page
    page.locator(f'{MARKERS}[data-station="khasan"]').focus()
    page.keyboard.press("Enter")
    card = page.locator(".journey-card").inner_text()
    for text in ("Khasan", "하산", "Хасан"):
        assert text in card
    assert card.count("Headline: Mon 11 Sep 03:32 to 09:32 (UTC+10), central 06:32") == 2
    assert "as reported" in card
    windows = view.ensemble.window_list(view.level)
    arrival = next(window for window in windows if window.station.name == "Khasan")
    for moment in (arrival.earliest, arrival.latest):
        assert f"{format_local(moment, arrival.zone)} UTC+10" in card
        assert format_utc(moment) in card
    assert "on Tuesday morning" in card
    assert "right with a probability of" in card
