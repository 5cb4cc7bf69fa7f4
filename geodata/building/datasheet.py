"""The generated part of the datasheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from building.accuracy import nodes_left_out, stations_left_out
from building.track import ratios
from building.trains import trains_table
from building.turns import turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from building.sources import Sources
    from building.track import Laid
    from journey.train_estimate import TrainEstimate

LEAST_RATIO = 0.85
"""A section whose geometry is shorter than this share of its official length is named."""

BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


COUNTRIES = {"KP": "DPRK", "RU": "Russia"}


class Built(NamedTuple):
    """What a datasheet describes: sources, sections, records of the stations, and trains."""

    sources: Sources
    sections: list[Laid]
    stations: list[dict[str, str]]
    trains: dict[str, TrainEstimate]


def datasheet(readme: str, built: Built) -> str:
    """Fill the generated blocks of the datasheet; leave the rest as it is written."""
    blocks: dict[str, Callable[[Built], Iterable[str]]] = {
        "names": _names,
        "added": _added_names,
        "estimated": _estimated,
        "lengths": _lengths,
        "short": _short,
        "accuracy": _accuracy,
        "places": _places,
        "turns": _turns,
        "ties": _ties,
        "trains": lambda built: trains_table(built.trains),
    }

    def fill(match: re.Match[str]) -> str:
        return f"{match[1]}{_lines(blocks[match[2]](built))}{match[3]}"

    return BLOCK.sub(fill, readme)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _names(built: Built) -> Iterable[str]:
    yield "| stations | number | Korean | Russian | both |"
    yield "|---|--:|--:|--:|--:|"
    for country, called in COUNTRIES.items():
        for what, ranks in (("principal places", "1"), ("other stations, halts, sidings", "23")):
            yield _names_row(
                f"{called}, {what}",
                [s for s in built.stations if s["country"] == country and s["rank"] in ranks],
            )
    yield _names_row("all", built.stations)


def _names_row(what: str, stations: list[dict[str, str]]) -> str:
    korean, russian = ({s["id"] for s in stations if s[f"name_{tag}"]} for tag in ("ko", "ru"))
    return (
        f"| {what} | {len(stations)} | {len(korean)} | {len(russian)} | {len(korean & russian)} |"
    )


def _added_names(built: Built) -> Iterable[str]:
    yield "| station | name | source | note |"
    yield "|---|---|---|---|"
    for id_, row in built.sources.names.items():
        added = row["name_ko"] or row["name_ru"]
        if added:
            yield f"| `{id_}` | {added} | {row['names_source']} | {row['note']} |"
    bare = [s["id"] for s in built.stations if s["rank"] == "1" and not _has_three(s)]
    yield ""
    yield f"Principal places without a name in the other script: {', '.join(bare)}."


def _has_three(station: dict[str, str]) -> bool:
    return all(station[name] for name in ("name", "name_ko", "name_ru"))


def _estimated(built: Built) -> Iterable[str]:
    for section in built.sections:
        about = section.plan.attributes
        if about["estimated"] == "true":
            length = f"{about['length_km']} km from: {about['length_source']}"
            yield f"- `{section.plan.id}` ({length}). {about['note']}"


def _lengths(built: Built) -> Iterable[str]:
    yield "| section | line | official km | geodesic km | ratio | ties | between ties |"
    yield "|---|---|--:|--:|--:|--:|---|"
    for section in built.sections:
        between = ratios(section)
        yield (
            f"| `{section.plan.id}` | {section.plan.attributes['line']} "
            f"| {section.plan.length_km:.1f} | {section.geodesic_km:.2f} "
            f"| {section.geodesic_km / section.plan.length_km:.3f} | {len(section.ties)} "
            f"| {min(between):.2f} to {max(between):.2f} |"
        )


def _short(built: Built) -> Iterable[str]:
    for section in built.sections:
        ratio = section.geodesic_km / section.plan.length_km
        if ratio < LEAST_RATIO:
            yield f"- `{section.plan.id}` ({ratio:.2f}): {section.plan.attributes['note']}"


def _accuracy(built: Built) -> Iterable[str]:
    sources = built.sources
    bent = [plan for plan in sources.plans if plan.natural_earth]
    main = [plan for plan in bent if plan.attributes["line"] == "Trans-Siberian"]
    straight = [plan for plan in sources.plans if plan.osm_nodes and not plan.natural_earth]
    yield "| points left out of the track | number | median m | 95 % m |"
    yield "|---|--:|--:|--:|"
    for what, error in (
        ("every second OSM node, Trans-Siberian", nodes_left_out(main, sources)),
        ("every second OSM node, all bent lines", nodes_left_out(bent, sources)),
        ("OSM station points, bent lines", stations_left_out(bent, sources)),
        ("OSM station points, lines of nodes joined straight (DPRK)",
         stations_left_out(straight, sources)),
    ):  # fmt: skip
        yield f"| {what} | {error.number} | {error.median_m:.0f} | {error.p95_m:.0f} |"


def _places(built: Built) -> Iterable[str]:
    yield "| node | lat | lon | how it was placed |"
    yield "|---|--:|--:|---|"
    for id_, (lon, lat) in built.sources.places.items():
        yield f"| `{id_}` | {lat:.5f} | {lon:.5f} | {built.sources.place_basis[id_]} |"


def _turns(built: Built) -> Iterable[str]:
    kinds = {record["id"]: record["kind"] for record in built.stations}
    yield "| node | from | to | change of heading | passable |"
    yield "|---|---|---|--:|---|"
    for turn in turns(built.sections, kinds):
        yield (
            f"| `{turn.node}` | `{turn.one}` | `{turn.other}` | {turn.angle_deg:.0f}° "
            f"| {turn.how} |"
        )


def _ties(built: Built) -> Iterable[str]:
    for section in built.sections:
        if section.ties or section.dropped:
            used = ", ".join(section.ties) or "none but the ends"
            yield f"- `{section.plan.id}`: {used}."
            if section.dropped:
                dropped = "; ".join(f"{id_} ({why})" for id_, why in section.dropped)
                yield f"  Not used: {dropped}."
