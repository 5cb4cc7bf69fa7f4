"""The map that ``journey map`` writes, in a real browser without a network."""

from __future__ import annotations

import pytest

import journey
from journey.cli import run
from journey.clock import format_local, format_utc
from tests.browser.geometry import far_names

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["vostochny-2023", "vladivostok-2023"])
def bundled(request, tmp_path_factory, network):
    """The ensemble of a bundled scenario, before its reports, and its map."""
    path = tmp_path_factory.mktemp("maps") / f"{request.param}.html"
    assert run(["map", request.param, "-o", str(path), "--quiet"]) == 0
    return journey.load_scenario(request.param).simulate(network), path


def test_it_loads_in_silence_with_everything_on_it(visit, bundled):
    """No request, no console message; the route is drawn and every station is there."""
    ensemble, path = bundled
    seen = visit(path)
    stations = seen.page.locator("[data-station]")
    assert stations.count() == len(ensemble.plan.route.timing_points)
    drawn = seen.page.locator("path.journey-track")
    assert drawn.count() >= len(ensemble.plan.route.stretches)
    assert all(len(shape) > 10 for shape in drawn.evaluate_all("all => all.map(p => p.outerHTML)"))
    assert seen.requests == []
    assert seen.complaints == []


def test_it_is_small(bundled):
    """The whole page with Leaflet, base map and every station stays below 560 KB."""
    _, path = bundled
    assert path.stat().st_size < 560_000


def test_far_names_keep_off_the_route(visit, bundled):
    """No name with a leader lies on the route elsewhere, and no leader crosses it."""
    _, path = bundled
    page = visit(path).page
    for _ in range(3):
        far = far_names(page)
        assert [one for one in far if one["name_px"] < 10 or one["leader_px"] < 2.5] == []
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(400)


def test_a_popup_shows_three_names_and_the_window(visit, bundled):
    """Khasan: three scripts, the window in local time and UTC, the headline's, the reports."""
    ensemble, path = bundled
    page = visit(path).page
    page.locator('[data-station="khasan"]').focus()
    page.keyboard.press("Enter")
    card = page.locator(".journey-card").inner_text()
    for text in ("Khasan", "하산", "Хасан"):
        assert text in card
    assert card.count("Headline: Mon 11 Sep 03:32 to 09:32 (UTC+10), central 06:32") == 2
    assert "as reported" in card
    reported = ensemble.given(ensemble.plan.sightings).window_list()
    arrival = next(window for window in reported if window.station.name == "Khasan")
    for moment in (arrival.earliest, arrival.latest):
        assert f"{format_local(moment, arrival.zone)} UTC+10" in card
        assert format_utc(moment) in card
    assert "on Tuesday morning" in card
    assert "right with a probability of" in card
