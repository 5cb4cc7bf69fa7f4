"""Charts as files: SVG or PNG, whole, the same bytes on every run."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from hashlib import sha256
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread

import journey
from journey.charts import png_of, save_chart, speed_along, svg_of, train_graph

from .conftest import make_scenario

PNG_SIZE = slice(16, 24)
ALL_CHARTS = """
import sys, warnings
from hashlib import sha256
warnings.simplefilter("error")
import journey, journey.charts as charts
network = journey.load_network()
scenario = journey.load_scenario("vladivostok-2023")
headline = scenario.as_headline().simulate(network, draws=500)
result = scenario.simulate(network, draws=500).given(scenario.sightings)
frame = journey.whatif(scenario, network, speed=[40, 60], stop={"Khasan": "0:30, 3:00"}, draws=20)
drawn = [
    charts.train_graph(result, beside=headline), charts.arrival_windows(result, beside=headline),
    charts.whatif_small_multiples(frame), charts.whatif_heat_map(frame),
    charts.speed_along(result), charts.static_map(result),
]
content = b"".join(made(each) for each in drawn for made in (charts.svg_of, charts.png_of))
assert "matplotlib.pyplot" not in sys.modules
print(sha256(content).hexdigest())
"""


@pytest.fixture(scope="module")
def chart(fork):
    """A train graph of a short line with a border."""
    return train_graph(make_scenario("west", "farther").simulate(fork, draws=20))


def size_px(content):
    """Width and height of a PNG, px."""
    return struct.unpack(">II", content[PNG_SIZE])


def test_the_ending_says_what_is_written(chart, tmp_path):
    """SVG that is XML, and PNG with something on it."""
    drawing = save_chart(chart, tmp_path / "new" / "graph.svg")
    root = ET.fromstring(drawing.read_bytes())  # noqa: S314 - what was just written
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    image = imread(save_chart(chart, tmp_path / "graph.PNG"))
    assert image.std() > 0.01
    assert len(np.unique(image[..., 0])) > 20


@pytest.mark.parametrize("name", ["graph.pdf", "graph", ".svg"])
def test_other_endings_are_refused(name, chart, tmp_path):
    """With the two that there are, and nothing is written."""
    with pytest.raises(journey.InputError, match=r"ends in \.svg or \.png"):
        save_chart(chart, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_width_is_kept(chart, tmp_path):
    """To the pixel, and the height follows."""
    image = save_chart(chart, tmp_path / "graph.png", width_px=1440).read_bytes()
    width_in, height_in = chart.figure.get_size_inches()
    assert size_px(image)[0] == 1440
    assert size_px(image)[1] == pytest.approx(1440 * height_in / width_in, abs=1.5)
    root = ET.fromstring(save_chart(chart, tmp_path / "graph.svg", width_px=1440).read_bytes())  # noqa: S314
    assert root.get("width") == "1440"
    assert root.get("viewBox").startswith("0 0 518.4 ")
    with pytest.raises(journey.InputError, match="width_px 0"):
        save_chart(chart, tmp_path / "graph.png", width_px=0)


def test_the_width_of_print_is_the_default(chart):
    """18 cm, with 200 px to the inch."""
    assert size_px(png_of(chart))[0] == 1440
    assert size_px(png_of(chart, dpi=100))[0] == 720
    assert b'width="518.4pt"' in svg_of(chart)


def test_files_say_nothing_of_when_and_with_what(chart):
    """Or they would differ from run to run; and letters are outlines."""
    drawing, image = svg_of(chart), png_of(chart)
    for word in (b"Date", b"date>", b"Matplotlib", b"<text"):
        assert word not in drawing.split(b"<svg", 1)[1]
    for word in (b"Software", b"tIME"):
        assert word not in image


def test_the_same_chart_gives_the_same_bytes(fork):
    """Drawn and written twice, whatever style the caller has."""
    made = []
    result = make_scenario("west", "farther").simulate(fork, draws=20)
    for style in ({}, {"font.size": 20, "axes.facecolor": "black", "savefig.bbox": "tight"}):
        with mpl.rc_context(style):
            axes = speed_along(result)
            made.append(svg_of(axes) + png_of(axes))
    assert made[0] == made[1]


def test_a_whole_figure_can_be_written(chart):
    """As well as its axes."""
    figure = chart.figure
    assert isinstance(figure, Figure)
    assert svg_of(figure) == svg_of(chart)


@pytest.mark.long
def test_all_charts_are_the_same_elsewhere():
    """In another process, time zone, locale and with another seed of hashes."""
    digests = set()
    for zone, language, seed in (("UTC", "C.UTF-8", "0"), ("America/Lima", "C", "77")):
        setting = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": seed}
        told = subprocess.run(
            [sys.executable, "-c", ALL_CHARTS], env=setting, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        digests.add(told.stdout.strip())
    assert len(digests) == 1
    assert len(digests.pop()) == len(sha256().hexdigest())
