"""Windows as a table, and each of its rows as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import pandas as pd

from journey.ensemble.windows import MOMENTS
from journey.errors import InputError
from journey.sentences import window_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from journey.ensemble.windows import Window
    from journey.plan import Plan


NEEDED = {"id", "km", *MOMENTS, *(f"{moment}_utc" for moment in MOMENTS)}


class Basis(NamedTuple):
    """What windows rest on: a plan, and the condition under which they hold, in words."""

    plan: Plan
    condition: str


class WindowTable(pd.DataFrame):  # type: ignore[misc]  # pandas has no types
    """A DataFrame with a row for each event; a part of it still knows what it rests on."""

    _metadata: ClassVar[list[str]] = ["rests_on"]

    @classmethod
    def of(cls, windows: Iterable[Window], rests_on: Basis) -> WindowTable:
        """Make a table of windows.

        Parameters
        ----------
        windows : iterable of Window
            In order along the route.
        rests_on : Basis
            What they rest on.
        """
        table = cls([_row(window) for window in windows])
        table.rests_on = rests_on
        return table

    @property
    def _constructor(self) -> Callable[..., WindowTable]:
        return WindowTable

    def in_words(self, place: str) -> str:
        """Say when the train arrives at a place, or departs from it, as an article would.

        Parameters
        ----------
        place : str
            A station, by id or any of its names. Of one that is passed more than once the first
            time counts.

        Returns
        -------
        str
            The window on the clock of the place, its most likely moment (the median), and what it
            rests on.

        Raises
        ------
        InputError
            If the place is unknown or not in the table, or the table is not of windows any more.

        Examples
        --------
        >>> import journey
        >>> scenario = journey.load_scenario("vostochny-2023").as_headline()
        >>> windows = scenario.simulate(journey.load_network()).windows()
        >>> print(windows.in_words("Khasan"))  # doctest: +NORMALIZE_WHITESPACE
        between 03:32 and 09:32 on Monday 11 September (UTC+10), most likely about 06:32; assuming
        59 km/h and no long halt
        """
        rests_on: Basis | None = getattr(self, "rests_on", None)
        if rests_on is None or not set(self.columns) >= NEEDED:
            raise InputError("in_words: the columns of Ensemble.windows() are needed; keep them")
        station = rests_on.plan.network.station(place)
        rows = self[self["id"] == station.id].sort_values(["km", "earliest_utc", "central_utc"])
        if rows.empty:
            way = " - ".join(rests_on.plan.route.places)
            raise InputError(f"place {place!r}: no window of it; name a station on the way {way}")
        earliest, central, latest = (rows[name].iloc[0] for name in MOMENTS)
        said = window_in_words(earliest, central, latest, station.zone)
        return f"{said}; {rests_on.condition}"


def _row(window: Window) -> dict[str, Any]:
    moments = {name: getattr(window, name) for name in MOMENTS}
    local = {name: moment.astimezone(window.zone) for name, moment in moments.items()}
    errors_s = zip(moments, window.standard_errors_s, strict=True)
    return {
        "id": window.station.id,
        "station": window.station.name,
        "event": window.event,
        "km": round(window.km, 3),
        **local,
        **{f"{name}_utc": moment for name, moment in moments.items()},
        **{f"{name}_standard_error_s": error_s for name, error_s in errors_s},
        "rounded_to_s": window.grain_s,
        "timezone": window.station.timezone,
        "basis": window.basis,
    }
