"""A headless Chromium that is cut off from every network, and what its map pages show."""

from __future__ import annotations

import os
import shutil
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from journey import load_network
from journey.maps.content import Shown, build_content
from journey.maps.layer import JourneyLayer
from journey.maps.page import self_contained_map
from journey.quantities import Range
from journey.reports import Sighting
from journey.scenario import Scenario
from journey.statements import Departure, Headline, Source, Stop
from journey.views import views_of
from tests.browser.pages import Lending
from tests.conftest import at_speed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from journey.views import View
    from tests.browser.pages import Visit

# Chromium itself would look for updates and for its maker's hosts.
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

NOON = datetime(2023, 9, 10, 3, tzinfo=UTC)
"""At Pyongyang."""
HOUR = timedelta(hours=1)
STATED = Scenario(
    name="Pyongyang to Khabarovsk",
    route=("Pyongyang", "Khasan", "Khabarovsk"),
    departures=(Departure(NOON, NOON + 6 * HOUR),),
    speeds=at_speed(45.0, 60.0),
    stops=(Stop("Khasan", Range(3600.0, 7200.0)),),
    headline=Headline(59.0, "press"),
    sources=(
        Source(
            "press",
            "A news agency",
            date(2023, 9, 12),
            title="A journey begins",
            url="https://example.org/report",
        ),
    ),
    sightings=(
        Sighting(
            "Khasan",
            "pass",
            NOON + 17 * HOUR,
            NOON + 19 * HOUR,
            trust=0.9,
            source="press",
            wording="early in the morning",
        ),
    ),
)
"""A journey of one report. At the 59 km/h of its headline a pocket calculator has the windows."""


def headline_content(**changes: Any) -> dict[str, Any]:
    """What a map of the headline shows; keyword arguments replace its entries."""
    return deepcopy(_headline()) | changes


def reported_content(**changes: Any) -> dict[str, Any]:
    """What a map of the journey as reported shows, with a halt, the headline beside it."""
    return deepcopy(_as_reported()) | changes


@cache
def _views() -> tuple[View, ...]:
    return views_of(STATED, load_network(), draws=1000)


@cache
def _headline() -> dict[str, Any]:
    return build_content(Shown(_views()[0].ensemble))


@cache
def _as_reported() -> dict[str, Any]:
    headline, reported = _views()
    return build_content(Shown(reported.ensemble, beside=headline.ensemble))


def station_of(content: dict[str, Any], id_: str) -> dict[str, Any]:
    """One station of a content."""
    return next(station for station in content["stations"] if station["id"] == id_)


def warned(content: dict[str, Any], text: str = "20 h to 26 h later") -> dict[str, Any]:
    """The same content with a contradiction: over the whole, at one report, in a source."""
    content["evidence"][0]["gap"] = text
    content["sources"][0]["wording"] = text
    return content | {"warning": text}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One headless Chromium for all tests; skipped where there is none."""
    if _path() is None:
        _give_up("no Chromium on PATH (install Debian's package chromium)")
    with sync_playwright() as driver:
        browser = launched(driver.chromium)
        yield browser
        browser.close()


def launched(kind: Any, **options: Any) -> Any:
    """Start a browser of a kind."""
    return kind.launch(executable_path=_path(), args=_QUIET, **options)


def _path() -> str | None:
    return next((found for found in map(shutil.which, _NAMES) if found), None)


def _give_up(reason: str) -> None:
    if os.environ.get("JOURNEY_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}; JOURNEY_REQUIRE_BROWSER=1 asks for it")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def pages(chromium: Any) -> Lending:
    """The pages of this Chromium."""
    return Lending(chromium)


@pytest.fixture
def visit(pages: Lending) -> Iterator[Callable[..., Visit]]:
    """Open a file in a page without network; keyword arguments set the window and its context."""
    with pages.lent() as open_file:
        yield open_file


@pytest.fixture
def make_content() -> Callable[..., dict[str, Any]]:
    """Build what a map of one view shows; keyword arguments replace its entries."""
    return headline_content


@pytest.fixture
def make_reported() -> Callable[..., dict[str, Any]]:
    """Build what a map of two views shows; keyword arguments replace its entries."""
    return reported_content


@pytest.fixture
def warn() -> Callable[..., dict[str, Any]]:
    """Put a contradiction into a content."""
    return warned


@pytest.fixture
def save_map(tmp_path: Path) -> Callable[..., Path]:
    """Write the self-contained page of a content."""
    return partial(saved, tmp_path)


def saved(folder: Path, content: dict[str, Any], name: str = "map.html", **options: Any) -> Path:
    """Write the self-contained page of a content into a folder."""
    layer = JourneyLayer(content)
    m = self_contained_map(content["bounds"], title=layer.title, key=layer.digest, **options)
    layer.add_to(m)
    m.save(folder / name)
    return folder / name
