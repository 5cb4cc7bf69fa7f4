"""Charts of a what-if: every case is where its windows are, and case 0 is told from the others."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from matplotlib.dates import date2num
from matplotlib.figure import Figure

import journey
from journey.charts import whatif_heat_map, whatif_in_words, whatif_small_multiples
from journey.clock import format_local

from .charts import check, figure_of, with_label

STOPS = ("0:30", "3:00")


@pytest.fixture(scope="module")
def scenario():
    """A bundled one, with a headline."""
    return journey.load_scenario("vladivostok-2023")


@pytest.fixture(scope="module")
def frame(scenario, network):
    """Speeds by halts at the border."""
    stops = {"Khasan": ", ".join(STOPS)}
    return journey.whatif(scenario, network, speed="40..70/10", stop=stops, draws=50)


@pytest.fixture(scope="module")
def speeds(scenario, network):
    """Speeds alone."""
    return journey.whatif(scenario, network, speed="40..80/5", draws=50)


def last_of(frame):
    """The rows of the arrival at the end, by case."""
    return frame[(frame.id == "vladivostok")].set_index("case")


def test_there_is_a_panel_for_each_value_of_the_second_axis(frame):
    """With a bar for each speed, as wide as the window, and case 0 across all."""
    figure = whatif_small_multiples(frame)
    rows = last_of(frame)
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        f"Halt at Khasan: {stop}" for stop in STOPS
    ]
    for axes, stop in zip(figure.axes, STOPS, strict=True):
        here = rows[rows["stop Khasan"] == stop]
        bars = with_label(axes, "window")
        for bar, row in zip(bars, here.itertuples(), strict=True):
            ends = [date2num(datetime.fromisoformat(each)) for each in (row.earliest, row.latest)]
            assert bar.get_bbox().intervalx == pytest.approx(ends, abs=1e-6)
        (base,) = with_label(axes, "base-central")
        central = date2num(datetime.fromisoformat(rows.central[0]))
        assert base.get_xdata()[0] == pytest.approx(central, abs=1e-6)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == [
        "40", "50", "60", "70"
    ]  # fmt: skip


def test_cells_have_the_change_as_colour_and_the_arrival_in_words(frame):
    """Speeds across, halts down."""
    axes = whatif_heat_map(frame)
    rows = last_of(frame)
    (image,) = axes.get_images()
    change_h = np.array(
        [rows[rows["stop Khasan"] == stop].change_central_s / 3600 for stop in STOPS]
    )
    assert image.get_array().data == pytest.approx(change_h)
    told = {text.get_position(): text.get_text() for text in with_label(axes, "arrival")}
    assert len(told) == change_h.size
    moment = datetime.fromisoformat(rows.central[1])
    assert told[(0, 0)].replace("\n", " ") == format_local(moment, moment.tzinfo)
    base = datetime.fromisoformat(rows.central[0])
    assert format_local(base, base.tzinfo) in axes.get_title(loc="left")


def test_letters_in_cells_can_be_read_on_their_colour(frame):
    """With a contrast of 4.5 at least, as WCAG 2 asks of small letters."""
    axes = whatif_heat_map(frame)
    (image,) = axes.get_images()

    def light(colour):
        channels = np.asarray(colour[:3])
        linear = np.where(
            channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4
        )
        return linear @ [0.2126, 0.7152, 0.0722]

    for text in with_label(axes, "arrival"):
        column, row = text.get_position()
        ground = light(image.cmap(image.norm(image.get_array()[row, column])))
        letters = 1.0 if text.get_color() == "#ffffff" else 0.0
        high, low = max(ground, letters), min(ground, letters)
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_one_axis_gives_one_row(speeds):
    """And one panel without a title."""
    (image,) = whatif_heat_map(speeds).get_images()
    assert image.get_array().shape == (1, 9)
    (axes,) = whatif_small_multiples(speeds).axes
    assert axes.get_title(loc="left") == ""


@pytest.mark.parametrize("made", [whatif_heat_map, whatif_small_multiples])
def test_no_text_is_cut_off_or_covers_another(made, frame, speeds):
    """With one axis and with two."""
    for each in (frame, speeds):
        drawn = made(each)
        check(drawn if isinstance(drawn, Figure) else figure_of(drawn))


@pytest.mark.long
def test_many_cases_are_written_upright(scenario, network):
    """Where cells are narrow; their columns are named as there is room."""
    many = journey.whatif(scenario, network, speed="40..80/1", draws=5)
    axes = whatif_heat_map(many)
    assert {text.get_rotation() for text in with_label(axes, "arrival")} == {90.0}
    check(figure_of(axes))


def test_another_place_can_be_asked_for(frame):
    """By its name or its id, in any case of letters."""
    for place in ("Khasan", "khasan"):
        told = whatif_heat_map(frame, place=place).get_title(loc="left")
        assert told.startswith("Central arrival at Khasan, UTC+10.")


def test_departures_are_told_as_clocks_tell_them(scenario, network):
    """And not as files have them."""
    depart = [datetime.fromisoformat("2023-09-10T12:00+09:00") + timedelta(hours=h) for h in (0, 6)]
    cases = journey.whatif(scenario, network, depart=depart, draws=5)
    names = [label.get_text() for label in whatif_small_multiples(cases).axes[0].get_yticklabels()]
    assert names == ["Sun 10 Sep 12:00 (UTC+9)", "Sun 10 Sep 18:00 (UTC+9)"]


def test_scenarios_are_compared_by_their_names(network):
    """Where nothing else is varied; the first is case 0."""
    names = ("vladivostok-2023", "komsomolsk-2023")
    cases = journey.whatif([journey.load_scenario(name) for name in names], network, draws=5)
    axes = whatif_heat_map(cases, place="Khasan")
    assert axes.get_images()[0].get_array().shape == (1, 2)


def test_what_is_no_table_of_a_what_if_is_refused(frame):
    """With what was expected, and what there is."""
    for made in (whatif_heat_map, whatif_small_multiples, whatif_in_words):
        with pytest.raises(journey.InputError, match="no column 'central'; expected what journey"):
            made(frame.drop(columns="central"))
        with pytest.raises(journey.InputError, match="no row"):
            made(frame.iloc[:0])
        with pytest.raises(journey.InputError, match="did you mean Khasan"):
            made(frame, place="Kasan")


def test_three_axes_are_refused(scenario, network):
    """But a third one that does not vary is none."""
    axes = {"speed": [40, 50], "stop": {"Khasan": STOPS, "Tumangang": STOPS}}
    cases = journey.whatif(scenario, network, **axes, draws=5)
    with pytest.raises(journey.InputError, match=r"3 axes \(.*\); expected one or two"):
        whatif_heat_map(cases)
    some = cases[(cases["case"] == 0) | (cases["stop Tumangang"] == STOPS[0])]
    assert whatif_heat_map(some).get_images()[0].get_array().shape == (2, 2)


def test_a_what_if_in_words_names_the_soonest_and_the_last(frame):
    """And the scenario as it stands."""
    rows = last_of(frame)
    told = whatif_in_words(frame)
    assert told.startswith("Central arrival at Vladivostok in 8 cases: from ")
    assert "(speed 70 km/h, halt at Khasan 0:30)" in told
    for case in (0, int(rows.change_central_s.idxmax())):
        moment = datetime.fromisoformat(rows.central[case])
        assert format_local(moment, moment.tzinfo) in told


def test_a_given_figure_or_axes_are_drawn_on(frame):
    """A part of a figure too."""
    figure = Figure(figsize=(7, 4))
    assert whatif_small_multiples(frame, figure=figure) is figure
    axes = Figure().add_subplot()
    assert whatif_heat_map(frame, ax=axes) is axes
