"""Charts show themselves in a notebook, whatever was set up there for matplotlib."""

from __future__ import annotations

import struct

import pytest

import journey
from journey import charts

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def frame(network):
    """A small what-if."""
    scenario = journey.load_scenario("vladivostok-2023")
    return journey.whatif(scenario, network, speed="50, 59", draws=100)


def test_axes_and_figures_show_themselves(frame):
    """As a PNG with twice as many px as it is wide on the page, so that it is sharp."""
    axes, figure = charts.whatif_heat_map(frame), charts.whatif_small_multiples(frame)
    for chart in (axes, axes.figure, figure):
        png, about = chart._repr_png_()
        assert png.startswith(PNG)
        assert struct.unpack(">I", png[16:20]) == (2 * about["width"],)
        assert about == {"width": 720}


def test_the_caller_s_axes_stay_their_own(frame):
    """What is drawn on a figure of the caller's is shown as the caller shows it."""
    from matplotlib.figure import Figure

    own = Figure().add_subplot()
    assert charts.whatif_heat_map(frame, ax=own) is own
    assert not hasattr(own, "_repr_png_")
    assert not hasattr(own.figure, "_repr_png_")
