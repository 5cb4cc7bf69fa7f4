"""The bundled journey and its page: made once for all tests of a process, read, and asked."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

import journey
from journey.maps.rows import rows_of
from journey.sample import Change, Sample
from journey.views import views_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import folium

    from journey.ensemble.windows import Window
    from journey.views import View

SCENARIO = "vostochny-2023"
SMALL = {"width": 1010, "height": 580}
"""A window in which all boxes have their places, and that is quickly painted."""

_ROWS = """(map) => [...document.querySelectorAll('.journey-windows')[map]
    .querySelectorAll('tr[data-event]')].filter(row => !row.hidden)
    .map(row => {
        const text = (name) => row.querySelector(`.journey-${name}`).textContent;
        const moments = ['earliest', 'central', 'latest'].map(name => {
            const cell = row.querySelector(`.journey-${name}`);
            const parts = ['day', 'clock', 'second'];
            return {unix: cell.dataset.unix === undefined ? null : Number(cell.dataset.unix),
                text: parts.map(part => cell.querySelector(`.journey-${part}`).textContent)};
        });
        const below = row.nextElementSibling;
        const beside = below && below.dataset.event === undefined && !below.hidden;
        return {station: row.dataset.station, name: text('place'), km: text('km'),
            does: text('does'), offset: text('offset'), unix: moments.map(each => each.unix),
            moments: moments.map(each => each.text), beside: beside ? below.textContent : ''};
    })"""
_GO = """async (hash) => {
    // The page writes its address some time after a change: that must not come in between.
    let gone = false;
    while (!gone) {
        const changed = new Promise(done => {
            window.addEventListener('hashchange', () => done(), {once: true});
        });
        window.location.hash = hash;
        await changed;
        gone = window.location.hash === new URL(hash, window.location).hash;
    }
}"""
_links = count()
_SLIDE = """(node, value) => {
    node.value = value;
    node.dispatchEvent(new Event('input', {bubbles: true}));
}"""


@cache
def views() -> tuple[View, View]:
    """What the page shows first, the windows as reported, and beside it the headline."""
    headline, reported = views_of(journey.load_scenario(SCENARIO), journey.load_network())
    return reported, headline


@cache
def samples() -> tuple[Sample, Sample]:
    """The journeys that the page has of both."""
    reported, headline = (Sample.of(view.ensemble) for view in views())
    return reported, headline


@cache
def drawn() -> folium.Map:
    """The map."""
    reported, headline = views()
    return journey.draw_map(reported.ensemble, beside=headline.ensemble)


def saved_in(folder: Path) -> Path:
    """Write the page into a folder."""
    path = folder / "bundled.html"
    path.write_text(_page(), encoding="utf-8")
    return path


@cache
def _page() -> str:
    text: str = drawn().get_root().render()
    return text


def unix_of(text: str) -> int:
    """Seconds of Unix time of a moment."""
    return round(datetime.fromisoformat(text).timestamp())


def change_of(asked: Mapping[str, float | str]) -> Change:
    """What the questions of the page ask for, as Python has it."""
    speeds = {name[6:]: float(value) for name, value in asked.items() if name[:6] == "speed-"}
    stands = {name[6:]: float(value) for name, value in asked.items() if name[:6] == "stand-"}
    halts = asked.get("halts")
    return Change(
        depart=datetime.fromtimestamp(float(asked["depart"]), tz=UTC)
        if "depart" in asked
        else None,
        speed_kmh=speeds,
        stand_h=stands,
        halts_h=None if halts is None else float(halts),
    )


def windows_by_python(view: int, asked: Mapping[str, float | str]) -> tuple[Window, ...]:
    """Windows of every event that Python has for a view and what is asked of it."""
    return _windows(view, tuple(asked.items()))


@cache
def _windows(view: int, asked: tuple[tuple[str, float | str], ...]) -> tuple[Window, ...]:
    level = views()[view].level
    if not asked:
        return views()[view].ensemble.window_list(level)
    return samples()[view].changed(change_of(dict(asked))).window_list(level)


def rows_by_python(view: int, asked: Mapping[str, float | str]) -> list[dict[str, Any]]:
    """What the table has to say: each row's texts, and its moments in seconds of Unix time."""
    windows = windows_by_python(view, asked)
    beside = windows_by_python(view if asked else 1 - view, {})
    name = "Before" if asked else views()[1 - view].basis
    return [
        {
            **row,
            "unix": [each.timestamp() for each in windows[row["event"]][3:6]],
            "moments": [tuple(each.values()) for each in row["moments"].values()],
        }
        for row in rows_of(windows, beside, name)
    ]


def rows_of_page(page: Any, number: int = 0) -> list[dict[str, Any]]:
    """Rows of the table of windows as they stand in the page, of one of its maps."""
    found: list[dict[str, Any]] = page.evaluate(_ROWS, number)
    return [{**row, "moments": [tuple(each) for each in row["moments"]]} for row in found]


def check_table(page: Any, view: int, asked: Mapping[str, float | str]) -> None:
    """Hold the table against what Python has: to the second, and in the same words."""
    found, wanted = rows_of_page(page), rows_by_python(view, asked)
    for key in ("station", "unix", "offset", "moments", "beside"):
        assert [row[key] for row in found] == [row[key] or "" for row in wanted], key


def go(page: Any, fragment: str = "view:0") -> None:
    """Give the page another address, as a link does; by default one that asks nothing."""
    # What the page does not know it passes over; the same address twice would be no change.
    page.evaluate(_GO, f"#journey={fragment};link:{next(_links)}")


def open_tab(page: Any, name: str) -> None:
    """Choose a tab."""
    page.locator(f'[role="tab"][data-tab="{name}"]').click()


def question(page: Any, name: str) -> Any:
    """The fieldset of a question, of the first map of a page."""
    return page.locator(f'[data-question="{name}"]').first


def slide(page: Any, name: str, value: float) -> None:
    """Move the slider of a question."""
    question(page, name).locator('input[type="range"]').evaluate(_SLIDE, str(value))


def set_time(page: Any, unix_s: float | str) -> None:
    """Move the slider of the time that is shown."""
    page.locator(".journey-time").evaluate(_SLIDE, str(unix_s))
