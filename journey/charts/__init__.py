"""Charts of journeys for print: matplotlib's Axes in, Axes out.

Nothing of the caller's settings is changed, and figures that are made here are known to no other
part of matplotlib.
"""

from __future__ import annotations

from journey.errors import InputError
from journey.extras import is_there

if not is_there("matplotlib"):
    raise InputError("charts: they need matplotlib; python -m pip install 'journey[report]'")

from journey.charts.arrivals import arrival_windows
from journey.charts.graph import train_graph
from journey.charts.heat import whatif_heat_map
from journey.charts.multiples import whatif_small_multiples
from journey.charts.place_map import static_map
from journey.charts.saving import png_of, save_chart, svg_of
from journey.charts.speeds import speed_along
from journey.charts.words import (
    arrival_windows_in_words,
    speed_along_in_words,
    static_map_in_words,
    train_graph_in_words,
    whatif_in_words,
)

__all__ = [
    "arrival_windows",
    "arrival_windows_in_words",
    "png_of",
    "save_chart",
    "speed_along",
    "speed_along_in_words",
    "static_map",
    "static_map_in_words",
    "svg_of",
    "train_graph",
    "train_graph_in_words",
    "whatif_heat_map",
    "whatif_in_words",
    "whatif_small_multiples",
]
