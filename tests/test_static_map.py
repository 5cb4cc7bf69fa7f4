"""The drawing for readers without scripts: where its names and dots are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import journey
from journey.maps.content import Shown, build_content
from journey.maps.static import alternative_of
from journey.maps.static_map import FONT_PX, LETTER_PX, drawing_of

DOT_PX = 4.5
"""Radius of a dot as it is drawn."""
DESCENT = 0.25
"""Part of a letter's size that is below its line."""


def boxes_of(drawing):
    """Left, top, right and bottom of each name, by what its letters take."""
    found = []
    for name in drawing["names"]:
        width_px = LETTER_PX * len(name["text"])
        left = name["x"] - (width_px if name["anchor"] == "end" else 0.0)
        foot = name["y"] + DESCENT * FONT_PX
        found.append((left, name["y"] - 0.75 * FONT_PX, left + width_px, foot))
    return found


def overlap(one, other):
    """Whether two boxes have more in common than what rounding of places costs."""
    widths = (min(one[side + 2], other[side + 2]) - max(one[side], other[side]) for side in (0, 1))
    return all(width > 0.2 for width in widths)


def check(drawing):
    """No name lies on another one or on a dot, and all is inside."""
    names, dots = boxes_of(drawing), drawing["dots"]
    discs = [(d["x"] - DOT_PX, d["y"] - DOT_PX, d["x"] + DOT_PX, d["y"] + DOT_PX) for d in dots]
    assert not any(overlap(*pair) for pair in combinations(names, 2))
    assert not any(overlap(name, disc) for name in names for disc in discs)
    for left, top, right, foot in (*names, *discs):
        assert left >= -0.1
        assert top >= -0.1
        assert right <= drawing["width"] + 0.1
        assert foot <= drawing["height"] + 0.1


@pytest.fixture(scope="module", params=["vostochny-2023", "vladivostok-2023"])
def content(request, network):
    """What the page of a bundled headline shows."""
    scenario = journey.load_scenario(request.param).as_headline()
    return build_content(Shown(scenario.simulate(network, draws=20)))


def test_names_of_the_bundled_maps_are_apart_and_inside(content):
    """Every dot is drawn, and half of the names at least find a place."""
    drawing = drawing_of(content)
    check(drawing)
    assert len(drawing["names"]) >= len(drawing["dots"]) / 2


def test_both_ends_and_places_of_reports_are_named_first(content):
    """From where to where is what a reader looks for."""
    names = [name["text"] for name in drawing_of(content)["names"]]
    stations, way = content["stations"], content["ways"][0]
    assert names[:2] == [stations[way["stations"][end]]["name"] for end in (0, -1)]
    reported = {each["station"] for each in content["evidence"]} - {None}
    known = {station["name"] for station in stations if station["id"] in reported}
    foremost = [name in {*known, *names[:2]} for name in names]
    assert foremost == sorted(foremost, reverse=True)
    assert sum(foremost) > 2
    assert not all(foremost)


def test_a_dot_is_where_the_base_map_and_the_track_have_it(content):
    """Moved and scaled as these are: the drawing's corners are those of the route."""
    drawing, (corner, far) = drawing_of(content), content["bounds"]
    south = -np.rad2deg(np.arcsinh(np.tan(np.deg2rad([corner[0], far[0]]))))
    shift, scale = np.array(drawing["shift"]), drawing["scale"]
    left, right = (shift[0] + 1000 * lon for lon in (corner[1], far[1]))
    top, foot = (shift[1] + 1000 * each for each in (south[1], south[0]))
    xs, ys = zip(*((dot["x"], dot["y"]) for dot in drawing["dots"]), strict=True)
    assert min(xs) >= left * scale - 0.2
    assert max(xs) <= right * scale + 0.2
    assert min(ys) >= top * scale - 0.2
    assert max(ys) <= foot * scale + 0.2
    assert drawing["track_scale"] == 0.1


def test_the_words_name_the_way_and_its_arrival(content):
    """What the drawing shows is said, for those who cannot see it: ends, length, when."""
    words = alternative_of(content)
    stations, way = content["stations"], content["ways"][0]
    for end in (0, -1):
        assert stations[way["stations"][end]]["name"] in words
    assert f"{way['length_m'] / 1000:,.0f} km" in words
    assert content["subtitle"] in words
    assert "\n" not in words


@st.composite
def made_up(draw):
    """A content of stations anywhere, some on the same spot, with names of any length."""
    count = draw(st.integers(2, 25))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    reach = draw(st.sampled_from([0.0, 0.01, 1.0, 30.0]))
    lat, lon = 45 + reach * rng.uniform(-1, 1, count), 130 + reach * rng.uniform(-1, 1, count)
    stations = [
        {
            "id": str(number),
            "name": "m" * draw(st.integers(1, 30)),
            "lat": float(lat[number]),
            "lon": float(lon[number]),
            "rank": draw(st.sampled_from([1, 1, 2, 3])),
        }
        for number in range(count)
    ]
    bounds = [[lat.min(), lon.min()], [lat.max(), lon.max()]]
    reported = draw(st.lists(st.sampled_from([None, *map(str, range(count))]), max_size=3))
    return {
        "stations": stations,
        "bounds": np.array(bounds).tolist(),
        "ways": [{"stations": list(range(count))}],
        "evidence": [{"station": each} for each in reported],
    }


@given(content=made_up())
def test_names_are_apart_and_inside_wherever_stations_are(content):
    """Whatever finds no place is left out; no dot is, and none leaves the drawing."""
    drawing = drawing_of(content)
    check(drawing)
    stations = content["stations"]
    reported = {each["station"] for each in content["evidence"]}
    wanted = [s for s in stations[1:-1] if s["rank"] == 1 or s["id"] in reported]
    assert len(drawing["dots"]) == 2 + len(wanted)
    assert 0 < drawing["height"] < 2000
