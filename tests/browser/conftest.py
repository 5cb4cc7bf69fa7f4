"""A headless Chromium that is cut off from every network, and payloads of the map page."""

from __future__ import annotations

import os
import shutil
from copy import deepcopy
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

from journey.maps.layer import JourneyLayer
from journey.maps.page import self_contained_map
from journey.maps.payload import base_map
from tests.browser.pages import Lending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

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

# id, English, Korean, Russian, country, km, latitude, longitude, rank
_STATIONS: tuple[tuple[str, str, str | None, str, str, float, float, float, int], ...] = (
    ("pyongyang", "Pyongyang", "평양", "Пхеньян", "North Korea", 0.0, 39.0047, 125.7364, 1),
    ("rajin", "Rajin", "라진", "Раджин", "North Korea", 801.9, 42.2497, 130.2892, 2),
    ("khasan", "Khasan", "하싼", "Хасан", "Russia", 857.9, 42.4281, 130.6453, 1),
    ("baranovsky", "Baranovsky", None, "Барановский", "Russia", 1094.9, 43.6456, 131.9272, 2),
    ("ussuriysk", "Ussuriysk", None, "Уссурийск", "Russia", 1117.9, 43.8132, 131.9738, 1),
    ("khabarovsk", "Khabarovsk I", None, "Хабаровск I", "Russia", 1771.9, 48.4966, 135.0727, 1),
)
_ATTRIBUTION = [
    {
        "text": "© OpenStreetMap contributors, ODbL 1.0",
        "url": "https://www.openstreetmap.org/copyright",
    },
    {"text": "Natural Earth, public domain", "url": "https://www.naturalearthdata.com/"},
]


def moment(day: int, hour: int) -> dict[str, str]:
    """A time of September 2023 as the page expects it, whole hours at UTC+9."""
    return {
        "local": f"{('Sun', 'Mon', 'Tue', 'Wed', 'Thu')[day - 10]} {day} Sep {hour:02}:00",
        "offset": "UTC+9",
        "utc": f"2023-09-{day if hour >= 9 else day - 1:02}T{(hour - 9) % 24:02}:00Z",
    }


def window(event: str, day: int) -> dict[str, Any]:
    """A window of ten hours on one day."""
    return {
        "event": event,
        "earliest": moment(day, 9),
        "central": moment(day, 14),
        "latest": moment(day, 19),
        "basis": "derived",
    }


def stations() -> list[dict[str, Any]]:
    """Six stations of the corridor; the train departs at the first and arrives at the last."""
    return [_station(index, row) for index, row in enumerate(_STATIONS)]


def _station(index: int, row: tuple[Any, ...]) -> dict[str, Any]:
    keys = ("id", "name", "name_ko", "name_ru", "country", "km", "lat", "lon", "rank")
    events = {0: "depart", len(_STATIONS) - 1: "arrive"}
    return {
        **dict(zip(keys, row, strict=True)),
        "quality": "point of the station building, moved to the track",
        "events": [window(events.get(index, "pass"), 10 + min(index, 4))],
        "reports": [report()] if row[0] == "khasan" else [],
    }


def warned(content: dict[str, Any], text: str = "20 h to 26 h later") -> dict[str, Any]:
    """The same payload with a contradiction: over the whole, at one report, in a source."""
    content["stations"][2]["reports"][0]["gap"] = text
    content["sources"][0]["wording"] = text
    return content | {"warning": text}


def report() -> dict[str, Any]:
    """A report with a web address."""
    return {
        "event": "arrive",
        "window": "Tue 12 Sep, morning",
        "wording": "early in the morning",
        "publisher": "A news agency",
        "date": "2023-09-12",
        "url": "https://example.org/report",
    }


def route() -> list[dict[str, Any]]:
    """Straight lines between the stations: one part for each gauge."""
    points = [[row[6], row[7]] for row in _STATIONS]
    gauges = ("1435", "1435+1520", "1520", "1520", "1520")
    parts = zip(gauges, points[:-1], points[1:], strict=True)
    return [
        {"gauge": gauge, "line": "Test line", "estimated": index == 0, "points": [start, end]}
        for index, (gauge, start, end) in enumerate(parts)
    ]


def payload(**changes: Any) -> dict[str, Any]:
    """A whole payload; keyword arguments replace its entries."""
    return {
        "schema": "journey.map/1",
        "title": "Pyongyang to Khabarovsk",
        "subtitle": "Arrival windows, departure on 10 September 2023",
        "bounds": [[39.0, 125.7], [48.5, 135.1]],
        "route": route(),
        "stations": stations(),
        "marks": [
            {"kind": "border", "lat": 42.4152, "lon": 130.6413, "text": "State border"},
            {"kind": "gauge", "lat": 42.4281, "lon": 130.6453, "text": "Broad gauge from here"},
            {"kind": "clock", "lat": 42.4152, "lon": 130.6413, "text": "UTC+9 to UTC+10"},
            {"kind": "reversal", "lat": 43.8132, "lon": 131.9738, "text": "The train turns"},
        ],
        "assumptions": ["The train runs at 59 km/h."],
        "notes": ["Computed from dated reports; not a live position."],
        "sources": [
            {
                "publisher": "A news agency",
                "date": "2023-09-12",
                "title": None,
                "url": "https://example.org/report",
            },
        ],
        "attribution": _ATTRIBUTION,
        "version": "0.1.0",
        **_base_map(),
        "countries": deepcopy(_base_map()["countries"]),
        **changes,
    }


@cache
def _base_map() -> dict[str, Any]:
    """The embedded base map, read once: no test changes its shapes."""
    return base_map()


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
def make_payload() -> Callable[..., dict[str, Any]]:
    """Build a payload; keyword arguments replace its entries."""
    return payload


@pytest.fixture
def warn() -> Callable[..., dict[str, Any]]:
    """Put a contradiction into a payload."""
    return warned


@pytest.fixture
def save_map(tmp_path: Path) -> Callable[..., Path]:
    """Write the self-contained page of a payload."""
    return partial(saved, tmp_path)


def saved(folder: Path, content: dict[str, Any], name: str = "map.html", **options: Any) -> Path:
    """Write the self-contained page of a payload into a folder."""
    layer = JourneyLayer(content)
    m = self_contained_map(content["bounds"], title=layer.title, key=layer.digest, **options)
    layer.add_to(m)
    m.save(folder / name)
    return folder / name
