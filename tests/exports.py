"""Journeys to export, and what the standards say of the formats."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree

from journey.ensemble.windows import MOMENTS
from journey.export import content_of
from journey.export.features import TRAJECTORY
from journey.geodesy import ellipsoid
from journey.network import Network
from journey.quantities import Range
from journey.reports import Sighting
from journey.spots import Between, Disc, Kilometres, Region
from journey.statements import Departure, Headline, Source, Stop
from journey.views import views_of
from tests.conftest import at_speed, make_scenario

START = datetime(2023, 9, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SCHEMAS = Path(__file__).parent / "schemas"
CONTROL = "\x00\x07\x1b\ufffe\ud800"
HOSTILE = f"=1+1</name>]]>{{{{7*7}}}}<script>alert('x')</script>\"'&$[id]{CONTROL}\r\n\u202eend"
OF_POINTS = "ele time magvar geoidheight name cmt desc src link sym type"
GPX_ORDER = {
    "gpx": "metadata wpt rte trk extensions",
    "metadata": "name desc author copyright link time keywords bounds extensions",
    "wpt": OF_POINTS,
    "trkpt": OF_POINTS,
    "trk": "name cmt desc src link number type extensions trkseg",
    "trkseg": "trkpt extensions",
    "copyright": "year license",
    "link": "text type",
}
"""Children of each element of GPX 1.1, in the order in which they must stand."""
NAMED = {
    "type": "object",
    "required": ["type", "properties"],
    "properties": {
        "type": {"const": "Name"},
        "properties": {
            "required": ["name"],
            "additionalProperties": False,
            "properties": {"name": {"type": "string"}},
        },
    },
}
DATETIMES = {
    "type": "array",
    "minItems": 2,
    "uniqueItems": True,
    "items": {
        "type": "string",
        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
    },
}
OF_ANY = {
    "crs": NAMED,
    "trs": NAMED,
    "bbox": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
    "time": {**DATETIMES, "maxItems": 2},
}
VALUES = {
    "type": "object",
    "required": ["type", "values"],
    "properties": {
        "type": {"enum": ["Measure", "Text", "Image"]},
        "values": {"type": "array"},
        "form": {"type": "string", "minLength": 3, "maxLength": 3},
        "interpolation": {"enum": ["Discrete", "Step", "Linear", "Regression"]},
    },
}
MOVING_FEATURE = {
    "type": "object",
    "required": ["type", "temporalGeometry"],
    "properties": {
        **OF_ANY,
        "type": {"const": "Feature"},
        "id": {"type": ["string", "number"]},
        "properties": {"type": ["object", "null"]},
        "temporalGeometry": {
            "type": "object",
            "required": ["type", "datetimes", "coordinates"],
            "properties": {
                "type": {"const": "MovingPoint"},
                "datetimes": DATETIMES,
                "coordinates": {
                    "type": "array",
                    "minItems": 2,
                    "items": {"type": "array", "minItems": 2, "items": {"type": "number"}},
                },
                "interpolation": {"enum": ["Discrete", "Step", "Linear", "Quadratic", "Cubic"]},
            },
        },
        "temporalProperties": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["datetimes"],
                "properties": {"datetimes": DATETIMES},
                "additionalProperties": VALUES,
            },
        },
    },
}
MOVING_COLLECTION = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        **OF_ANY,
        "type": {"const": "FeatureCollection"},
        "label": {"type": ["string", "null"]},
        "features": {"type": "array", "minItems": 1, "items": MOVING_FEATURE},
    },
}
"""What OGC 19-045r3 says of MF-JSON Prism, as far as it is made use of."""
PRESS = Source("press", "The Press, Sea & Land", START.date(), url="https://example.org/?a=1&b=<2>")


def report(at, event="pass", first_min=40, last_min=90, **about):
    """A report, minutes after midnight UTC."""
    times = (START + first_min * MINUTE, START + last_min * MINUTE)
    return Sighting(at, event, *times, **{"trust": 0.8, "source": "press", **about})


REPORTS = (
    report("North", wording="at noon"),
    report("Island", source=None, reason="of another way"),
    report(Disc(0.1, 0.15, 3.0, "a bridge"), trust=0.5),
    report(Disc(80.0, 0.0, 1.0)),
    report(Between("Junction", "North"), direction="towards Far"),
    report(Kilometres(10.0, 10.0), first_min=5, last_min=30),
    report(Region("RU"), first_min=60, last_min=300),
)


def scenario(*way, **about):
    """From West to Farther by default: 25 to 60 km/h, said to be 60, with a halt at Far."""
    defaults = {
        "name": "Übung 1",
        "depart": Departure(START, START + 10 * MINUTE),
        "speeds": at_speed(25.0, 60.0),
        "stops": () if way else (Stop("Far", Range(600.0, 1800.0)),),
        "headline": Headline(60.0, "press"),
        "sightings": () if way else REPORTS,
        "sources": (PRESS,),
    }
    return make_scenario(*(way or ("West", "Farther")), **{**defaults, **about})


def views(network, stated, **options):
    """Its views, of few draws."""
    return views_of(stated, network, **{"draws": 2000, "seed": 3, **options})


def content(network, stated):
    """What is exported of it."""
    return content_of(views(network, stated))


def hostile(network):
    """What is exported of a journey with names and words that are meant to do harm."""
    source = replace(PRESS, publisher=HOSTILE, url=f"https://example.org/{HOSTILE}")
    said = report("north", wording=HOSTILE, reason=HOSTILE)
    stations = [
        replace(each, name=HOSTILE, name_ko="+1", name_ru="@A1") if each.id == "north" else each
        for each in network.station_list
    ]
    evil = Network(tuple(stations), network.section_list, network.provenance)
    return content(evil, scenario(name=HOSTILE, sightings=(said,), sources=(source,)))


def windows(views):
    """Every window of every view, with its view."""
    return [(view, window) for view in views for window in view.ensemble.window_list(view.level)]


def unix_s(column):
    """Seconds of Unix time of a column of moments."""
    return pd.to_datetime(column, utc=True).map(datetime.timestamp).to_numpy()


def check_points(frame, views, moments):
    """Whether a table has the windows, in their order: within a second and a metre."""
    expected = windows(views)
    assert len(frame) == len(expected)
    stations = [window.station for _, window in expected]
    lon, lat = [each.lon for each in stations], [each.lat for each in stations]
    assert apart_m(frame.geometry.x, frame.geometry.y, lon, lat).max() < 1
    for column, moment in moments.items():
        wanted_s = [getattr(window, moment).timestamp() for _, window in expected]
        assert np.abs(unix_s(frame[column]) - wanted_s).max() < 1


def apart_m(lon, lat, other_lon, other_lat):
    """How far positions lie from others, m."""
    arrays = (np.asarray(each, dtype=float) for each in (lon, lat, other_lon, other_lat))
    return ellipsoid().inv(*arrays)[2]


def seconds(texts):
    """Unix time of texts, s."""
    return np.array([datetime.fromisoformat(each).timestamp() for each in texts])


def expected(view, moment, unix_s):
    """Where a train is at moments that runs evenly between a view's events, lon and lat."""
    ensemble = view.ensemble
    route = ensemble.plan.route
    times_s = ensemble.quantiles_s(view.level)[:, MOMENTS.index(moment)]
    events_m = route.station_m[[each.station for each in ensemble.events]]
    epoch_s = ensemble.plan.epoch.timestamp()
    return route.at(np.interp(np.asarray(unix_s) - epoch_s, times_s, events_m) / 1000)


def check_track(view, moment, lon, lat, unix_s):
    """Whether a track is that of a view: within a metre, in order, whole, and within a second."""
    route = view.ensemble.plan.route
    unix_s = np.asarray(unix_s)
    assert (np.diff(unix_s) > 0).all()
    assert apart_m(lon, lat, *expected(view, moment, unix_s)).max() < 1
    times_s = view.ensemble.quantiles_s(view.level)[:, MOMENTS.index(moment)]
    wanted_s = times_s + view.ensemble.plan.epoch.timestamp()
    nearest_s = np.abs(unix_s[:, None] - wanted_s).min(axis=0)
    assert nearest_s.max() < 1
    # A hundred-thousandth of a degree is a metre.
    near = cKDTree(np.column_stack([lon, lat])).query(np.column_stack([route.lon, route.lat]))
    assert near[0].max() < 1e-5


def tracks(exported, views_):
    """Each trajectory with its view and its moment."""
    found = {view.basis: view for view in views_}
    for feature in exported.of(TRAJECTORY):
        yield feature, found[feature.properties["basis"]], feature.properties["moment"]


def schema(name):
    """A published JSON schema."""
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
