"""The bundled journey as its pages are made from it, reckoned once for all tests of a process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import journey
from journey.sample import Sample
from journey.views import views_of

if TYPE_CHECKING:
    import folium

    from journey.views import View

SCENARIO = "vostochny-2023"


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


@cache
def page() -> str:
    """The whole page."""
    text: str = drawn().get_root().render()
    return text
