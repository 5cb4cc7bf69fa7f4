"""The page without scripts: heading, drawing, windows, evidence and sources as plain HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from journey.links import is_web
from journey.maps.embed import read_asset
from journey.maps.static_map import drawing_of

if TYPE_CHECKING:
    from jinja2 import Template

GAUGE_CSS = {
    "1435": "journey-gauge-standard",
    "1435+1520": "journey-gauge-mixed",
    "1520": "journey-gauge-broad",
}
MOST_NAMED = 7
"""Stations between the ends that the text beside the drawing names."""
DOES = {"depart": "departs", "arrive": "arrives", "pass": "passes"}
HAPPENS = {
    "depart": "Departs",
    "arrive": "Arrives",
    "pass": "Passes",
    "at": "At",
    "not yet at": "Not yet at",
}


def static_page(content: dict[str, Any], identity: str) -> str:
    """Write a content as HTML that needs no script.

    Parameters
    ----------
    content : dict
        What the page shows, as `journey.maps.content.build_content` gives it.
    identity : str
        Id of the outermost element.

    Returns
    -------
    str
        One ``section``. Everything from data is escaped; links lead to http and https only.
    """
    shown = {
        **content,
        "warning_text": content["warning"],
        "holds": content["scenarios"][0]["holds"],
        "lines": [{**line, "css": _track_css(line)} for line in content["lines"]],
        "evidence": [{**each, **_cited(each)} for each in content["evidence"]],
        "sources": [{**each, "name": _source_name(each)} for each in content["sources"]],
    }
    drawing, alternative = drawing_of(content), alternative_of(content)
    return template_of("static.html").render(
        shown, id=identity, drawing=drawing, alternative=alternative
    )


def alternative_of(content: dict[str, Any]) -> str:
    """What the drawing shows, in words."""
    stations, way = content["stations"], content["ways"][0]
    first, last = (stations[way["stations"][end]]["name"] for end in (0, -1))
    rows = [row["name"] for row in content["rows"] if row["name"] not in (first, last)]
    between = list(dict.fromkeys(rows))
    by_way_of = f", by {', '.join(between[:: -(-len(between) // MOST_NAMED)])}" if between else ""
    length = f"{way['length_m'] / 1000:,.0f} km"
    return f"Map of the railway from {first} to {last}, {length}{by_way_of}. {content['subtitle']}."


def template_of(name: str) -> Template:
    """Read a template of the folder ``assets``, with what all have in common before it."""
    # What follows a tag on its line is left as it is: the page is the same on every run.
    environment = Environment(autoescape=True, trim_blocks=False, lstrip_blocks=False)
    environment.tests["web"] = is_web
    environment.globals |= {
        "does": lambda kind: DOES.get(kind, kind),
        "happens": lambda event: HAPPENS.get(event, event),
    }
    return environment.from_string(read_asset("common.html") + read_asset(name))


def _track_css(line: dict[str, Any]) -> str:
    estimated = ["journey-estimated"] if line["estimated"] else []
    return " ".join([GAUGE_CSS.get(line["gauge"], ""), *estimated]).strip()


def _cited(report: dict[str, Any]) -> dict[str, str | None]:
    cited = ", ".join(filter(None, [report["publisher"], report["date"]]))
    trust = report.get("trust")
    reason = f"; {report['reason']}" if report.get("reason") else ""
    trusted = None if trust is None else f"trusted to {100 * trust:.0f} %{reason}"
    return {"cited": cited, "trusted": trusted}


def _source_name(source: dict[str, Any]) -> str:
    return ": ".join(filter(None, [source["publisher"], source["title"]]))
