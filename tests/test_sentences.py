"""Windows as sentences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

import journey
from journey.errors import InputError
from journey.sentences import days_in_words, window_in_words

VLADIVOSTOK = ZoneInfo("Asia/Vladivostok")
FIVE = datetime(2023, 9, 11, 19, tzinfo=UTC)


def said(before_h, after_h, *, middle=FIVE, **options):
    """A window around a moment."""
    ends = (middle - timedelta(hours=before_h), middle + timedelta(hours=after_h))
    return window_in_words(ends[0], middle, ends[1], VLADIVOSTOK, **options)


def test_a_window_within_a_day():
    """The day stands once, and the offset of the clock."""
    assert said(11 / 6, 8 / 3) == (
        "between 03:10 and 07:40 on Tuesday 12 September (UTC+10), most likely about 05:00"
    )


def test_a_window_over_midnight_names_both_days():
    """And the day of what is most likely."""
    assert said(6, 2) == (
        "between 23:00 on Monday 11 and 07:00 on Tuesday 12 September (UTC+10), "
        "most likely about 05:00 on Tuesday"
    )


def test_months_and_years_stand_where_they_differ():
    """Each end then has its own."""
    month = datetime(2023, 9, 30, 19, tzinfo=UTC)
    assert said(8, 1, middle=month).startswith(
        "between 21:00 on Saturday 30 September and 06:00 on"
    )
    year = datetime(2023, 12, 31, 19, tzinfo=UTC)
    assert said(8, 1, middle=year, year=True).startswith(
        "between 21:00 on Sunday 31 December 2023 and 06:00 on Monday 1 January 2024 (UTC+10)"
    )


def test_the_year_stands_once():
    """After the last day."""
    assert "on Monday 11 and 07:00 on Tuesday 12 September 2023 (" in said(6, 2, year=True)


def test_beyond_a_week_the_day_of_the_median_has_its_number():
    """There would be two Tuesdays."""
    assert said(24 * 8, 24).endswith("most likely about 05:00 on Tuesday 12 September")


def test_days_are_told_with_what_they_differ_in():
    """One day once; months and years where they are others."""
    noon = datetime(2023, 12, 31, 12, tzinfo=UTC)
    day = timedelta(days=1)
    assert days_in_words((noon, UTC), (noon, UTC)) == "Sunday 31 December 2023"
    assert days_in_words((noon - day, UTC), (noon, UTC)) == "Saturday 30 to Sunday 31 December 2023"
    assert days_in_words((noon, UTC), (noon + day, UTC)) == (
        "Sunday 31 December 2023 to Monday 1 January 2024"
    )


def test_the_order_of_rows_does_not_matter(headline):
    """The first time at a place is told."""
    windows = headline.windows()
    assert windows.iloc[::-1].in_words("Khasan") == windows.in_words("Khasan")


def test_a_moment_is_no_window():
    """Where the bounds are the same minute."""
    assert said(0, 0) == "at 05:00 on Tuesday 12 September (UTC+10)"


@pytest.fixture(scope="module")
def headline(network):
    """At 59 km/h without a halt."""
    return journey.load_scenario("vostochny-2023").as_headline().simulate(network, draws=10_000)


@pytest.mark.parametrize("place", ["Khasan", "khasan", "Хасан", "하산"])
def test_a_row_of_the_table_is_a_sentence(headline, place):
    """By any name of the place, with what the window rests on."""
    assert headline.windows().in_words(place) == (
        "between 03:32 and 09:32 on Monday 11 September (UTC+10), most likely about 06:32; "
        "assuming 59 km/h and no long halt"
    )


def test_a_part_of_the_table_knows_what_it_rests_on(headline):
    """Rows chosen, sorted and copied."""
    windows = headline.windows()
    part = windows[windows.station == "Khasan"].copy().sort_values("km")
    assert part.in_words("Khasan") == windows.in_words("Khasan")


def test_the_departure_is_told_where_a_journey_begins(headline):
    """There is no arrival."""
    assert (
        headline.windows().in_words("Pyongyang").startswith("between 12:00 and 18:00 on Sunday 10")
    )


def test_another_share_is_told(headline):
    """What is left out is no secret."""
    assert (
        headline.windows(0.8).in_words("Khasan").endswith("no long halt, for 80 % of the journeys")
    )


def test_reports_are_told(network):
    """How many were taken in, and what share agrees."""
    scenario = journey.load_scenario("vostochny-2023")
    some = scenario.simulate(network, draws=4_000, places=["Khasan"]).given(scenario.sightings[:1])
    assert (
        some.windows()
        .in_words("Khasan")
        .endswith("; so for 90 % of the journeys, given the one report")
    )


def test_what_is_no_window_is_told(headline):
    """A place off the way, and a table that has lost its columns."""
    windows = headline.windows()
    with pytest.raises(
        InputError, match="'Vladivostok': no window of it; name a station on the way"
    ):
        windows.in_words("Vladivostok")
    with pytest.raises(InputError, match="keep them"):
        windows[["station", "km"]].in_words("Khasan")
