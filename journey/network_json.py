"""A network beside another one, and official lengths beside track, for machines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from journey.comparing import Offsets

if TYPE_CHECKING:
    from journey.calibration import Calibration
    from journey.comparing import Comparison, SectionComparison


def comparison_document(found: Comparison) -> dict[str, Any]:
    """``journey.network-compare/1``: a network beside another one, section by section."""
    return {
        "schema": "journey.network-compare/1",
        "network": found.network,
        "other": found.other,
        **_offsets(found.offsets),
        "sections_left_out": found.left_out,
        "sections": [_section(each) for each in found.sections],
    }


def calibration_document(found: Calibration) -> dict[str, Any]:
    """``journey.network-calibrate/1``: by what each official length scaled the track."""
    return {
        "schema": "journey.network-calibrate/1",
        "network": found.network.provenance.dataset,
        "scaled_km": round(found.scaled_km, 3),
        "lengths": [
            {
                "from": each.start,
                "to": each.end,
                "official_km": round(each.official_km, 3),
                "track_km": round(each.track_km, 3),
                "factor": round(each.factor, 6),
                "source": each.source,
            }
            for each in found.scaled
        ],
    }


def _section(each: SectionComparison) -> dict[str, Any]:
    section = each.section
    return {
        "id": section.id,
        "from": each.start,
        "to": each.end,
        "line": section.line,
        "estimated": section.estimated,
        "covered": round(each.covered, 4),
        **_offsets(Offsets.of(each.offsets_m)),
        "official_km": round(section.length_m / 1000, 3),
        "geodesic_km": round(section.geodesic_m / 1000, 3),
        "track_km": None if math.isnan(each.track_km) else round(each.track_km, 3),
    }


def _offsets(offsets: Offsets) -> dict[str, Any]:
    """Distances in metres; null where no point is covered."""
    names = ("median_m", "within_95_m", "largest_m")
    metres = [None if math.isnan(each) else round(each, 1) for each in offsets[1:]]
    return {"points": offsets.points, **dict(zip(names, metres, strict=True))}
