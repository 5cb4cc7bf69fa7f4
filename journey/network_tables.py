"""A network beside another one, and official lengths beside track, as tables for a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.table import Table

from journey.comparing import COVERED_M, SAMPLE_M, Offsets
from journey.tables import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from journey.calibration import Calibration
    from journey.comparing import Comparison, SectionComparison

NOT_ALL = 0.9995
"""Shares below this are not 100 % when written with one decimal."""


def comparison_tables(found: Comparison) -> tuple[RenderableType, ...]:
    """How far each section is from the track of another network, and how long the way is there."""
    table = Table(
        title=escape(f"{found.network} beside {found.other}"), box=None, padding=(0, 1, 0, 0)
    )
    for name in ("From", "To", "Line"):
        table.add_column(name)
    for name in ("Covered", "Median\nm", "95 %\nm", "Largest\nm"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("Own\nkm", "Drawn\nkm", "Track\nkm"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in found.sections:
        table.add_row(*_comparison_cells(each))
    return (table, *_comparison_notes(found))


def _comparison_cells(each: SectionComparison) -> Iterable[str]:
    section, offsets = each.section, Offsets.of(each.offsets_m)
    line = section.line + (" (course estimated)" if section.estimated else "")
    yield from map(escape, (each.start, each.end, line))
    yield "all" if each.covered > NOT_ALL else f"{100 * each.covered:.0f} %"
    yield from (f"{each_m:,.0f}" for each_m in offsets[1:])
    yield from (f"{m / 1000:.1f}" for m in (section.length_m, section.geodesic_m))
    yield "no way" if math.isnan(each.track_km) else f"{each.track_km:.1f}"


def _comparison_notes(found: Comparison) -> Iterable[str]:
    points, median_m, most_m, largest_m = found.offsets
    if points:
        yield (
            f"All {points:,} points, one every {SAMPLE_M:g} m: median {median_m:,.0f} m from the "
            f"nearest track, 95 % within {most_m:,.0f} m, the farthest {largest_m:,.0f} m; "
            "courses that are estimates left out."
        )
    yield (
        "Own: the chainage of the network; drawn: the length of its geometry; track: the shortest "
        "way along the section over the other network. Covered: points with track within "
        f"{COVERED_M / 1000:g} km; the distances are of these."
    )
    if found.left_out:
        yield f"Sections left out, since no track is near them there: {found.left_out}."


def calibration_tables(found: Calibration) -> tuple[RenderableType, ...]:
    """By what each official length scaled the track, and how much of it was scaled."""
    table = Table(box=None, padding=(0, 1, 0, 0))
    for name in ("From", "To"):
        table.add_column(name)
    for name in ("Official km", "Track km before", "Factor"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in found.scaled:
        km = (f"{each.official_km:.3f}", f"{each.track_km:.3f}", f"{each.factor:.5f}")
        table.add_row(escape(each.start), escape(each.end), *km)
    all_km = float(found.network.table.length_m.sum()) / 1000
    told = f"Scaled: {found.scaled_km:,.1f} of {all_km:,.1f} km of track."
    return (table, told)
