"""Charts of drawn journeys: what they show is what the windows say, and it can be read."""

from __future__ import annotations

import subprocess
import sys
import warnings
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib._pylab_helpers import Gcf
from matplotlib.colors import to_rgb
from matplotlib.dates import date2num, num2date
from matplotlib.figure import Figure

import journey
from journey.charts import (
    arrival_windows,
    arrival_windows_in_words,
    speed_along,
    speed_along_in_words,
    static_map,
    static_map_in_words,
    train_graph,
    train_graph_in_words,
)
from journey.charts.map_key import GAUGES
from journey.charts.shown import principal_of
from journey.charts.style import BESIDE, INK, NIGHT, SOFT, TRAIN
from journey.charts.time_axis import clocks_of
from journey.clock import format_local
from journey.network import Network
from journey.reports import Sighting
from journey.statements import Departure
from journey.views import views_of

from .charts import check, figure_of, texts_of, with_label
from .conftest import MIDNIGHT, make_scenario, make_section, make_station

CHARTS = {
    "train graph": lambda result, beside: train_graph(result, beside=beside),
    "arrival windows": lambda result, beside: arrival_windows(result, beside=beside),
    "speed": lambda result, _: speed_along(result),
    "map": lambda result, beside: static_map(result, beside=beside),
}


def simulated(network, name="vostochny-2023", **about):
    """Both views of a bundled journey, the one that comes first in charts before the headline."""
    views = views_of(journey.load_scenario(name), network, draws=1000, **about)
    return views[-1].ensemble, views[0].ensemble


def in_local_script(network):
    """The embedded network with names in Hangul and Cyrillic letters alone."""
    stations = [
        replace(each, name=each.name_local, aliases=(*each.aliases, each.name))
        for each in network.station_list
    ]
    return Network(tuple(stations), network.section_list, network.provenance)


def short_line():
    """A journey of 24 km in an hour."""
    ends = make_station("a", 130.0, 43.0), make_station("b", 130.2, 43.1)
    network = Network(ends, (make_section(*ends, 24.0),))
    return make_scenario("A", "B").simulate(network, draws=50)


def long_names():
    """A journey between places whose names are longer than any chart has room for."""
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch"
    ends = [make_station(each, lon, 43.0, name=f"{name} {each}") for each, lon in
            (("a", 130.0), ("b", 133.0))]  # fmt: skip
    middle = make_station("middle", 131.5, 43.0, name="$x^2$ and $y_1$", rank=1)
    network = Network((*ends, middle), (make_section(*ends, 300.0, middle),))
    depart = Departure(MIDNIGHT.earliest, MIDNIGHT.earliest + timedelta(hours=6))
    return make_scenario("a", "b", depart=depart).simulate(network, draws=50)


@pytest.fixture(scope="module")
def views(network):
    """The journey as reported, and its headline."""
    return simulated(network)


@pytest.fixture(scope="module")
def result(views):
    """The journey as reported."""
    return views[0]


@pytest.fixture(scope="module")
def local(network):
    """A journey without reports between places in local letters alone, and its headline."""
    return simulated(in_local_script(network), "vladivostok-2023", sightings=())


@pytest.fixture(scope="module")
def the_map(result):
    """The map of the journey."""
    return static_map(result)


@pytest.fixture(scope="module")
def graph(views):
    """The train graph of both views."""
    return train_graph(views[0], beside=views[1])


@pytest.fixture(scope="module")
def arrivals(views):
    """The arrival windows of both views."""
    return arrival_windows(views[0], beside=views[1])


def unix(numbers):
    """Unix time of places on a time axis, s."""
    return np.array([num2date(each).timestamp() for each in np.atleast_1d(numbers)])


def test_the_lines_of_a_train_graph_are_the_windows(views, graph):
    """Central times and kilometres of both views, to the second."""
    for gid, view in (("central", views[0]), ("beside-central", views[1])):
        (line,) = with_label(graph, gid)
        windows = view.window_list()
        assert line.get_ydata() == pytest.approx([each.km for each in windows])
        central_s = [each.central.timestamp() for each in windows]
        assert unix(line.get_xdata()) == pytest.approx(central_s, abs=0.01)


def test_the_bands_of_a_train_graph_reach_from_the_earliest_to_the_latest(result, graph):
    """Every corner of the window is on the band, and 80 % lie within."""
    corners = {}
    for gid in ("window", "band"):
        (band,) = with_label(graph, gid)
        places = band.get_paths()[0].vertices
        corners[gid] = {(round(x, 6), round(km, 6)) for x, km in places}
    for window in result.window_list():
        for moment in (window.earliest, window.latest):
            assert (round(date2num(moment), 6), round(window.km, 6)) in corners["window"]
    low, high = (np.quantile([x for x, _ in corners["band"]], end) for end in (0, 1))
    assert low >= min(x for x, _ in corners["window"]) - 1e-6
    assert high <= max(x for x, _ in corners["window"]) + 1e-6


def test_stations_of_a_train_graph_are_at_their_true_kilometres(result, graph):
    """Both ends and the stops are among them, whatever has to give way."""
    route = result.plan.route
    named = {label.get_text(): label.get_position()[1] for label in graph.get_yticklabels()}
    for name, km in named.items():
        assert km == pytest.approx(route.km_of(name))
    assert {"Pyongyang", "Khasan", "Khabarovsk I", "Vostochny Cosmodrome"} <= set(named)
    assert any(label.get_text() == "2,555 km" for label in graph.texts)


def test_reports_are_boxes_and_those_likely_wrong_are_hollow(result, graph):
    """One for each place of a report on the way, as wide as its interval."""
    taken = {each.sighting.said: each.right for each in result.evidence.taken}
    likely, unlikely = (with_label(graph, gid) for gid in ("report", "report-unlikely"))
    assert len(unlikely) == sum(right < 0.5 for right in taken.values())
    assert len(likely) == sum(right >= 0.5 for right in taken.values())
    assert {box.get_facecolor()[3] for box in unlikely} == {0.0}
    khasan = next(each for each in result.plan.sightings if each.wording == "on Tuesday morning")
    widths = [(box.get_x(), box.get_x() + box.get_width()) for box in likely]
    ends = pytest.approx((date2num(khasan.earliest), date2num(khasan.latest)), abs=1e-6)
    assert any(each == ends for each in widths)


def test_nights_are_shaded_where_the_sun_is_down(graph):
    """Midnight at Pyongyang is dark, noon is not."""
    shades = [each for each in graph.patches if each.get_label() == "_night"]
    midnight, noon = (date2num(datetime.fromisoformat(f"2023-09-11T{hour}:00+09:00"))
                      for hour in ("00", "12"))  # fmt: skip
    paths = [shade.get_path() for shade in shades]
    assert any(path.contains_point((midnight, 100.0)) for path in paths)
    assert not any(path.contains_point((noon, 100.0)) for path in paths)


def test_days_and_clocks_are_told(graph):
    """Midnights of the start's clock are marked, and both clocks have their offsets."""
    said = [text.get_text() for text in graph.texts]
    assert "Mon 11 Sep" in said
    assert "Local time at Pyongyang (UTC+9)" in said
    assert "Local time at Khasan (UTC+10)" in said
    midnights = [num2date(each).isoformat() for each in graph.xaxis.get_majorticklocs()]
    assert midnights == [f"2023-09-{day}T15:00:00+00:00" for day in (10, 11, 12)]


def test_a_way_with_one_clock_has_utc_beside_it():
    """The second row is UTC where the first is not."""
    route = short_line().plan.route
    below, above = clocks_of(route, MIDNIGHT.earliest)
    assert (below.place, above.place, str(above.zone)) == ("A", "", "UTC")


def test_bars_are_the_windows_of_the_principal_stations(views, arrivals):
    """A bar from the earliest to the latest in each row, and the other view below it."""
    rows = [label.get_text() for label in arrivals.get_yticklabels()]
    assert rows == [
        f"{point.station.name}{' (departs)' * (number == 0)}"
        for number, point in enumerate(principal_of(views[0].plan.route))
    ]
    for gid, view in (("window", views[0]), ("beside-window", views[1])):
        windows = {each.station.name: each for each in reversed(view.window_list())}
        bars = with_label(arrivals, gid)
        assert len(bars) == len(rows)
        for name, bar in zip(rows[1:], bars[1:], strict=True):
            ends = bar.get_xdata() if gid == "beside-window" else bar.get_bbox().intervalx
            window = windows[name]
            expected = [window.earliest.timestamp(), window.latest.timestamp()]
            assert unix(ends) == pytest.approx(expected, abs=0.01)


def test_every_window_is_written_beside_its_bar(result, arrivals):
    """On the clock of its place, with the offset."""
    said = [text.get_text() for text in arrivals.texts]
    last = result.window_list()[-1]
    first, latest = (format_local(each, last.zone)[4:] for each in (last.earliest, last.latest))
    assert any(text.startswith(first) and text.endswith(latest[-5:]) for text in said)
    assert {"UTC+9", "UTC+10"} <= set(said)


def test_speeds_are_those_of_the_legs(result):
    """The line is the median, the band the bounds, each at its kilometres."""
    axes = speed_along(result)
    legs = result.legs()
    (line,), (band,) = with_label(axes, "central"), with_label(axes, "band")
    assert line.get_data().values == pytest.approx([leg.speed_kmh[1] for leg in legs])
    assert band.get_data().values == pytest.approx([leg.speed_kmh[2] for leg in legs])
    assert band.get_data().baseline == pytest.approx([leg.speed_kmh[0] for leg in legs])
    assert line.get_data().edges[1:] == pytest.approx([leg.end.chainage_m / 1000 for leg in legs])
    marks = [each.get_xdata()[0] for each in with_label(axes, "mark")]
    route = result.plan.route
    assert marks == pytest.approx(
        [route.countries[1].start_m / 1000, route.gauge_breaks[0].at.chainage_m / 1000]
    )


def test_the_track_of_a_map_is_the_route(result, the_map):
    """All of it, by gauge; north is up, and distances east and north are alike in the middle."""
    axes, route = the_map, result.plan.route
    tracks = with_label(axes, "track")
    ends = [tracks[0].get_xydata()[0], tracks[-1].get_xydata()[-1]]
    assert ends[0] == pytest.approx((route.lon[0], route.lat[0]))
    assert ends[1] == pytest.approx((route.lon[-1], route.lat[-1]))
    looks = {line.get_color() for line in tracks}
    gauges = {stretch.section.gauge for stretch in route.stretches}
    assert looks == {GAUGES[gauge].colour for gauge in gauges}
    middle = np.deg2rad(np.mean(axes.get_ylim()))
    assert axes.get_aspect() == pytest.approx(1 / np.cos(middle))


def test_a_map_names_places_in_their_own_script_and_says_whose_data_it_shows(the_map):
    """Khasan and Pyongyang too; the licence asks for the attribution."""
    said = [text.get_text() for text in the_map.texts]
    assert {"Khasan Хасан", "Pyongyang 평양"} <= set(said)
    assert "© OpenStreetMap contributors, ODbL; Natural Earth" in said
    assert sum(text.endswith(" km") for text in said) == 1


def test_names_on_a_map_are_nearest_to_their_own_dots(the_map):
    """Or they could be read as those of others; the foremost are told by their weight."""
    (dots,) = with_label(the_map, "stations")
    places = the_map.transData.transform(dots.get_xydata())
    names = [text for text in with_label(the_map, "station") if text.get_weight() != "bold"]
    assert len(names) > 10
    for text in names:
        box = text.get_window_extent()
        nearest = np.clip(places, [box.x0, box.y0], [box.x1, box.y1])
        off_px = np.hypot(*(places - nearest).T)
        own = the_map.transData.transform(text.xy)
        assert places[off_px.argmin()] == pytest.approx(own)


def test_the_scale_bar_of_a_map_is_as_long_as_it_says(the_map):
    """At the middle latitude, measured on the ellipsoid."""
    axes = the_map
    (bar,) = with_label(axes, "scale-bar")
    (text,) = with_label(axes, "scale")
    west, east = bar.get_xdata()
    lat = np.mean(axes.get_ylim())
    length_km = journey.route.line_length_m(np.array([west, east]), np.array([lat, lat])) / 1000
    assert length_km == pytest.approx(float(text.get_text().split()[0]), rel=0.005)


@pytest.mark.parametrize("name", CHARTS)
def test_no_text_is_cut_off_or_covers_another(name, views, graph, arrivals, the_map):
    """Of the bundled journey, with its other view."""
    drawn = {"train graph": graph, "arrival windows": arrivals, "map": the_map}
    check(figure_of(drawn.get(name) or CHARTS[name](*views)))


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("made", [pytest.param(short_line, marks=pytest.mark.long), long_names])
def test_short_journeys_and_long_names_fit(name, made):
    """A name with dollar signs is no formula."""
    figure = figure_of(CHARTS[name](made(), None))
    check(figure)
    if made is long_names:
        assert any(text.get_text() == "$x^2$ and $y_1$" for text, _ in texts_of(figure))


@pytest.mark.parametrize("name", CHARTS)
def test_hangul_and_cyrillic_letters_are_drawn(name, local):
    """No glyph is missing, of which matplotlib warns; nor is a report where there are none."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = figure_of(CHARTS[name](*local))
        check(figure)
    said = " ".join(text.get_text() for text, _ in texts_of(figure))
    assert "report" not in said
    assert "평양" in said
    assert "Владивосток" in said


@pytest.mark.parametrize("name", CHARTS)
def test_charts_draw_on_given_axes_and_leave_settings_alone(name, views):
    """No figure of pyplot is opened, and the caller's style is as it was."""
    before = dict(mpl.rcParams)
    axes = Figure(figsize=(6, 6)).add_subplot()
    drawn = {
        "train graph": lambda: train_graph(views[0], ax=axes),
        "arrival windows": lambda: arrival_windows(views[0], ax=axes),
        "speed": lambda: speed_along(views[0], ax=axes),
        "map": lambda: static_map(views[0], ax=axes),
    }[name]()
    assert drawn is axes
    assert axes.has_data()
    assert Gcf.get_all_fig_managers() == []
    assert dict(mpl.rcParams) == before


def test_another_way_cannot_stand_beside(views, local):
    """Its kilometres are other ones; on a map it is a line of its own."""
    other = local[0]
    for draw in (train_graph, arrival_windows):
        with pytest.raises(journey.InputError, match="beside: expected another view"):
            draw(views[0], beside=other)
    (line,) = with_label(static_map(views[0], beside=other), "beside")
    assert line.get_xydata()[-1] == pytest.approx(
        (other.plan.route.lon[-1], other.plan.route.lat[-1])
    )


@pytest.mark.parametrize("draw", [train_graph, arrival_windows])
def test_a_level_that_is_none_is_refused(draw, result):
    """As windows refuse it."""
    with pytest.raises(journey.InputError, match="level 2"):
        draw(result, level=2)


def test_a_level_is_what_the_windows_hold(result):
    """Both in the drawing and in its key."""
    axes = train_graph(result, level=0.5)
    (line,) = with_label(axes, "central")
    assert len(line.get_xdata()) == len(result.window_list(0.5))
    said = [text.get_text() for text in axes.get_legend().get_texts()]
    assert said[0] == "50 % of the journeys"


def test_a_report_of_another_day_does_not_stretch_the_time(network):
    """The windows keep their room."""
    far = Sighting("Khasan", "at", "2024-03-01T00:00+10:00", "2024-03-02T00:00+10:00", trust=0.1)
    scenario = replace(journey.load_scenario("vladivostok-2023"), sightings=(far,))
    axes = train_graph(scenario.simulate(network, draws=50))
    first, last = axes.get_xlim()
    assert last - first < 7


def as_seen(colour):
    """A colour as deuteranopes see it, linear (Viénot, Brettel and Mollon 1999)."""
    encoded = np.array(to_rgb(colour))
    linear = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    lms = np.array([[17.8824, 43.5161, 4.11935], [3.45565, 27.1554, 3.86714],
                    [0.0299566, 0.184309, 1.46709]])  # fmt: skip
    blind = np.array([[1, 0, 0], [0.494207, 0, 1.24827], [0, 0, 1]])
    return np.clip(np.linalg.inv(lms) @ blind @ lms @ linear, 0, 1)


@pytest.mark.parametrize(
    "colours",
    [
        (TRAIN, BESIDE, INK),
        (TRAIN, NIGHT),
        (SOFT, NIGHT),
        [look.colour for look in GAUGES.values()],
    ],
)
def test_colours_that_stand_together_differ_to_colour_blind_eyes(colours):
    """Far more than a step of lightness or hue that one could miss."""
    for one, other in combinations(colours, 2):
        encoded = (as_seen(each) ** (1 / 2.2) for each in (one, other))
        assert np.linalg.norm(np.subtract(*encoded)) > 0.2


def test_charts_in_words_have_the_numbers_of_the_windows(views):
    """For readers who do not see the drawing."""
    result, beside = views
    last = result.window_list()[-1]
    for words in (train_graph_in_words, arrival_windows_in_words):
        told = words(result, beside)
        for moment in (last.earliest, last.latest):
            assert format_local(moment, last.zone)[-5:] in told
        assert "90 % of the journeys" in told
        assert "headline: arrives at Vostochny Cosmodrome" in told
        assert words(result, level=1).endswith("for every journey.")
    assert "60 km/h" in speed_along_in_words(result)
    assert speed_along_in_words(beside).endswith("59 km/h all the way.")
    assert "2,555 km, in North Korea and Russia. The gauge changes at Khasan." in (
        static_map_in_words(result)
    )


def test_without_matplotlib_one_line_says_what_to_install():
    """Where charts are asked for."""
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "import journey\n"
        "try:\n    import journey.charts\n"
        "except journey.InputError as error:\n    print(error)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == [
        "charts: they need matplotlib; python -m pip install 'journey[report]'"
    ]
