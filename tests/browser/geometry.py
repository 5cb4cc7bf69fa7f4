"""Where things lie on a rendered page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

BUTTONS = (".leaflet-control-zoom-in", ".leaflet-control-zoom-out", ".leaflet-control-layers")

_COVERED = """(names) => names.filter(name => {
    const node = document.querySelector(name), box = node.getBoundingClientRect();
    return [[.5, .5], [.15, .15], [.85, .15], [.15, .85], [.85, .85]].some(([x, y]) => {
        const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
        return !top || !(node.contains(top) || top.contains(node) && top.matches('.leaflet-bar'));
    });
})"""

_UNDER_BOXES = """selector => [...document.querySelectorAll(selector)].filter(node => {
    const box = node.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !top || !top.closest('.leaflet-pane');
}).map(node => node.dataset.station)"""

_BOXES = """nodes => nodes.map(node => node.getBoundingClientRect())
    .map(({x, y, width, height}) => ({x, y, width, height}))"""

_FAR_NAMES = """() => {
    const onScreen = (node, x, y) => new DOMPoint(x, y).matrixTransform(node.getScreenCTM());
    // Asking a path for its point at a length takes a hundred times as long.
    const along = (path) => {
        const numbers = (path.getAttribute('d').match(/-?[\\d.]+/g) || []).map(Number);
        const corners = numbers.filter((_, index) => index % 2 === 0)
            .map((x, index) => onScreen(path, x, numbers[2 * index + 1]));
        return corners.slice(1).flatMap((end, index) => {
            const start = corners[index];
            const [right, down] = [end.x - start.x, end.y - start.y];
            const count = Math.max(1, Math.ceil(Math.hypot(right, down) / 2));
            return Array.from({length: count}, (_, step) =>
                ({x: start.x + right * step / count, y: start.y + down * step / count}));
        });
    };
    const route = [...document.querySelectorAll('.leaflet-pane path.journey-track')].flatMap(along);
    // A long route has more dots than a call may have arguments.
    const least = (numbers) => numbers.reduce((one, other) => Math.min(one, other), Infinity);
    const away = (dot, box) => Math.hypot(Math.max(box.left - dot.x, 0, dot.x - box.right),
        Math.max(box.top - dot.y, 0, dot.y - box.bottom));
    const nodes = [...document.querySelectorAll('.journey-leaders ~ *')];
    return [...document.querySelectorAll('.journey-leader')].map((leader, index) => {
        const ends = [1, 2].map(end => onScreen(leader, leader[`x${end}`].baseVal.value,
            leader[`y${end}`].baseVal.value));
        const length = Math.hypot(ends[1].x - ends[0].x, ends[1].y - ends[0].y);
        const beyond = Array.from({length: 100}, (_, step) => step / 100)
            .filter(share => share * length >= 14).map(share => ({
                x: ends[0].x + share * (ends[1].x - ends[0].x),
                y: ends[0].y + share * (ends[1].y - ends[0].y)}));
        const box = nodes[index].getBoundingClientRect();
        return {hidden: leader.classList.contains('journey-hidden'),
            name: nodes[index].textContent || nodes[index].title,
            name_px: least(route.map(dot => away(dot, box))),
            leader_px: least(beyond.map(at =>
                least(route.map(dot => Math.hypot(dot.x - at.x, dot.y - at.y)))))};
    }).filter(far => !far.hidden);
}"""


def covered(page: Any, names: Iterable[str] = BUTTONS) -> list[str]:
    """The selectors among these whose element something else lies over."""
    found: list[str] = page.evaluate(_COVERED, list(names))
    return found


def under_boxes(page: Any, selector: str) -> list[str]:
    """The stations that are out of view, or under a box of the page."""
    found: list[str] = page.evaluate(_UNDER_BOXES, selector)
    return found


def boxes_of(page: Any, selector: str) -> list[dict[str, float]]:
    """Bounding boxes of all that a selector finds: one call, for they may be hundreds."""
    found: list[dict[str, float]] = page.locator(selector).evaluate_all(_BOXES)
    return found


def far_names(page: Any) -> list[dict[str, Any]]:
    """Every name or symbol with a leader: pixels from it and from its leader to the route.

    The first 14 pixels of a leader are left out, for there it leaves its own station.
    """
    found: list[dict[str, Any]] = page.evaluate(_FAR_NAMES)
    return found


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two bounding boxes share a part of the page."""
    return all(
        one[start] < other[start] + other[extent] and other[start] < one[start] + one[extent]
        for start, extent in (("x", "width"), ("y", "height"))
    )
