"""The map as one drawing, for readers without scripts; scripts read their geometry from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from journey.maps.paths import BASE_STEPS, TRACK_STEPS, mercator_deg
from journey.track import PRINCIPAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH_PX = 760.0
FONT_PX, LETTER_PX, LINE_PX = 13.0, 7.4, 16.0
DOT_PX = 6.0
MARGIN = 0.06
"""Part of the route's reach that is left free on each side; names need more."""
NAMES_PX = 170.0
SIDES = ((1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))


class Box(NamedTuple):
    """A rectangle, px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two have anything in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Sheet(NamedTuple):
    """What part of the world is drawn, and how large.

    Its north-western corner in steps of the base map, its height in px, and px for each step.
    """

    x: float
    y: float
    height_px: float
    px: float

    def place(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a position is on the sheet, px."""
        south = -float(mercator_deg(lat)) * BASE_STEPS
        return (lon * BASE_STEPS - self.x) * self.px, (south - self.y) * self.px


def drawing_of(content: dict[str, Any]) -> dict[str, Any]:
    """Lay out the drawing of a map.

    Parameters
    ----------
    content : dict
        What the page shows.

    Returns
    -------
    dict
        ``width`` and ``height``, px; ``shift`` and ``scale``, which bring the base map's steps
        there; ``track_scale``, of the track's; ``dots`` and ``names`` of the principal stations,
        names only where they cover nothing.
    """
    return laid_out(content["bounds"], list(_named(content)))


def laid_out(
    bounds: Sequence[Sequence[float]], stations: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Lay out a drawing with a dot at each of some stations, of which the first are named first.

    Parameters
    ----------
    bounds : sequence, ``[[south, west], [north, east]]``
        What it shows, degrees.
    stations : sequence of dict
        Each with ``name``, ``lat`` and ``lon``.

    Returns
    -------
    dict
        As of `drawing_of`.
    """
    sheet = _sheet(bounds)
    dots = [(station, *sheet.place(station["lat"], station["lon"])) for station in stations]
    return {
        "width": WIDTH_PX,
        "height": round(sheet.height_px, 1),
        "scale": round(sheet.px, 6),
        "track_scale": BASE_STEPS / TRACK_STEPS,
        "shift": (round(-sheet.x, 1), round(-sheet.y, 1)),
        "dots": [{"x": round(x, 1), "y": round(y, 1)} for _, x, y in dots],
        "names": list(_placed(dots, sheet)),
    }


def _sheet(bounds: Sequence[Sequence[float]]) -> Sheet:
    (south, west), (north, east) = bounds
    top, bottom = (-float(mercator_deg(lat)) * BASE_STEPS for lat in (north, south))
    left, right = west * BASE_STEPS, east * BASE_STEPS
    reach = max(right - left, (bottom - top) / 1.4, BASE_STEPS / 10)
    px = (WIDTH_PX - 2 * NAMES_PX) / reach
    height_px = (bottom - top + 2 * MARGIN * reach) * px + 2 * LINE_PX
    width = WIDTH_PX / px
    return Sheet(
        x=(left + right - width) / 2,
        y=(top + bottom - height_px / px) / 2,
        height_px=height_px,
        px=px,
    )


def _named(content: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Both ends, places that were reported from, and the principal stations, in this order."""
    stations = content["stations"]
    way = [stations[number] for number in content["ways"][0]["stations"]]
    reported = {each["station"] for each in content["evidence"]}
    foremost = [way[0], way[-1], *(each for each in way if each["id"] in reported)]
    principal = [each for each in way if each["rank"] == PRINCIPAL]
    return {each["id"]: each for each in (*foremost, *principal)}.values()


def _placed(
    dots: Sequence[tuple[dict[str, Any], float, float]], sheet: Sheet
) -> Iterable[dict[str, Any]]:
    """Names beside their dots, the first ones first, where nothing else is."""
    taken = [Box(x - DOT_PX, y - DOT_PX, x + DOT_PX, y + DOT_PX) for _, x, y in dots]
    for number, (station, x, y) in enumerate(dots):
        width_px = LETTER_PX * len(station["name"])
        others = [box for other, box in enumerate(taken) if other != number]
        for dx, dy in SIDES:
            box = _beside(x, y, width_px, (dx, dy))
            inside = box.left >= 0 and box.right <= WIDTH_PX and box.top >= 0
            if inside and box.bottom <= sheet.height_px and not any(map(box.meets, others)):
                taken.append(box)
                side = "start" if dx > 0 else "end"
                at = box.left if dx > 0 else box.right
                baseline = box.bottom - (LINE_PX - FONT_PX) / 2 - 2
                yield {
                    "text": station["name"],
                    "x": round(at, 1),
                    "y": round(baseline, 1),
                    "anchor": side,
                }
                break


def _beside(x: float, y: float, width_px: float, side: tuple[int, int]) -> Box:
    dx, dy = side
    left = x + DOT_PX + 3 if dx > 0 else x - DOT_PX - 3 - width_px
    middle = y + dy * LINE_PX * 0.8
    return Box(left, middle - LINE_PX / 2, left + width_px, middle + LINE_PX / 2)
