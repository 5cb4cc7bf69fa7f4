"""What the file of an imported network says of where it comes from."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from journey.osm.curves import CANT_MM, DEFICIENCY_MM

if TYPE_CHECKING:
    from pathlib import Path

    from journey.osm.report import ImportReport
    from journey.osm.tags import Selection


def about_of(
    path: Path, selection: Selection, gauge: str | None, report: ImportReport
) -> dict[str, str]:
    """Say what a network was made of, and how.

    Parameters
    ----------
    path : Path
        The extract.
    selection : Selection
        Which tracks were taken.
    gauge : str or None
        The gauge given.
    report : ImportReport
        What was found.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "source": path.name,
        "source_sha256": digest,
        "source_date": report.date,
        "kinds": " ".join(sorted(selection.kinds)),
        "service_tracks": " ".join(sorted(selection.services)),
        "gauge_given": gauge or "",
        "length_km": f"{report.length_km:.3f}",
        "speed_limits": "start m, posted, low, high, curve km/h; low and high are assumed by class "
        "of track where no limit is mapped",
        "curves": f"what the geometry allows at {CANT_MM:g} mm of cant and {DEFICIENCY_MM:g} mm of "
        "deficiency, assumed",
        "counts": json.dumps(report.counts),
        "warnings": "\n".join(report.warnings),
    }
