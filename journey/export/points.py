"""Timing points of a view, and its way, as features."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from journey.ensemble.windows import MOMENTS
from journey.export.features import ROUTE, TIMING_POINT, Feature, cleaned, feature_id, places
from journey.export.plain import clean, local_text, utc_text
from journey.view_words import rests_on
from journey.words import share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.ensemble.windows import Window
    from journey.export.features import Value
    from journey.views import View


def route_of(view: View) -> Feature:
    """The way of a view, as a line."""
    plan = view.ensemble.plan
    title = clean(f"{' - '.join(plan.route.places)} ({view.basis})")
    properties: dict[str, Value] = {
        "kind": ROUTE,
        "basis": view.basis,
        "level": view.level,
        "name": " - ".join(plan.route.places),
        "km": round(plan.route.length_km, 3),
        "rests_on": rests_on(view),
        "holds": share_in_words(view.level, tried=plan.tried),
        "effective_draws": round(float(view.ensemble.effective_draws), 1),
    }
    line = places(plan.route.lon, plan.route.lat)
    return Feature(feature_id(view.basis, ROUTE), ROUTE, title, (line,), cleaned(properties))


def points_of(view: View) -> Iterable[Feature]:
    """Every event of a view at its station, with its window."""
    for number, window in enumerate(view.ensemble.window_list(view.level), start=1):
        station = window.station
        yield Feature(
            feature_id(view.basis, TIMING_POINT, number),
            TIMING_POINT,
            clean(f"{station.name}: {window.event}"),
            (places(np.array([station.lon]), np.array([station.lat])),),
            cleaned(_properties(window, view)),
            (utc_text(window.earliest), utc_text(window.latest)),
        )


def _properties(window: Window, view: View) -> dict[str, Value]:
    station = window.station
    return {
        "kind": TIMING_POINT,
        "basis": view.basis,
        "level": view.level,
        "station": station.id,
        "name": station.name,
        "name_ko": station.name_ko,
        "name_ru": station.name_ru,
        "country": station.country,
        "km": round(window.km, 3),
        "event": window.event,
        **{each: local_text(getattr(window, each), window.zone) for each in MOMENTS},
        **{f"{each}_utc": utc_text(getattr(window, each)) for each in MOMENTS},
        "timezone": station.timezone,
        **_errors(window),
        "rounded_to_s": window.grain_s,
    }


def _errors(window: Window) -> dict[str, Value]:
    """Standard errors, s; None where too few draws do not tell."""
    return {
        f"{each}_standard_error_s": None if math.isnan(error_s) else round(error_s, 1)
        for each, error_s in zip(MOMENTS, window.standard_errors_s, strict=True)
    }
