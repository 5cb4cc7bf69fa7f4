"""Journeys for other programs: GeoJSON, CSV, GeoParquet, KML, GPX and MF-JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from journey.errors import InputError, nearest_names, shown
from journey.export.content import Content, content_of
from journey.export.csv_table import to_csv
from journey.export.geojson import to_geojson
from journey.export.gpx import to_gpx
from journey.export.kml import to_kml
from journey.export.mfjson import to_mfjson
from journey.export.parquet import check_parquet, to_frame, to_parquet
from journey.files import write_bytes
from journey.views import View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journey.ensemble import Ensemble

__all__ = [
    "FORMATS",
    "Content",
    "content_of",
    "export_journey",
    "format_of",
    "to_csv",
    "to_frame",
    "to_geojson",
    "to_gpx",
    "to_kml",
    "to_mfjson",
    "to_parquet",
    "write_export",
]

FORMATS: dict[str, Callable[[Content], str | bytes]] = {
    "geojson": to_geojson,
    "csv": to_csv,
    "parquet": to_parquet,
    "kml": to_kml,
    "gpx": to_gpx,
    "mfjson": to_mfjson,
}
"""What writes each format; its name is the ending of its files too."""


def export_journey(  # noqa: PLR0913 - the journeys, where to, and what is told of them
    result: Ensemble,
    path: str | Path,
    *,
    to: str | None = None,
    level: float | None = None,
    beside: Ensemble | None = None,
    left_out: Sequence[str] = (),
) -> Path:
    """Write the windows and trajectories of a journey for other programs.

    Parameters
    ----------
    result : Ensemble
        The drawn journeys.
    path : str or Path
        The file; what stood there is replaced.
    to : {"geojson", "csv", "parquet", "kml", "gpx", "mfjson"}, optional
        The format; by default what the file's ending says.
    level : float, optional
        Share of the drawn journeys that a window holds, above 0 and at most 1; by default 1, and
        0.9 where reports are taken in.
    beside : Ensemble, optional
        Another view of the same journey, such as its headline, which comes first.
    left_out : sequence of str
        A line for each row of a file of reports that could not be placed, as `load_sightings` gives
        them.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InputError
        If the format is unknown, or needs what is not installed, `level` is out of range, both
        views have one basis, or only some places were timed.
    OutputError
        If the file cannot be written there.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import journey
    >>> scenario = journey.load_scenario("vladivostok-2023").as_headline()
    >>> result = scenario.simulate(journey.load_network(), draws=100)
    >>> with TemporaryDirectory() as folder:
    ...     journey.export_journey(result, Path(folder) / "windows.csv").name
    'windows.csv'
    """
    to = format_of(path, to)
    every = (*([beside] if beside else []), result)
    levels = [each.default_level if level is None else level for each in every]
    views = [View(each.basis, each, own) for each, own in zip(every, levels, strict=True)]
    return write_export(content_of(views, left_out), path, to)


def format_of(path: str | Path | None, to: str | None) -> str:
    """Name of the format to write: the one asked for, or else that of the file's ending.

    Raises
    ------
    InputError
        If there is no such format, neither says one, or it needs what is not installed.
    """
    ending = Path(path).suffix[1:].lower() if path else ""
    name = ending if to is None else to
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        what = f"--to {shown(to)}" if to else f"{path}: its ending says no format"
        offer = nearest_names(name, FORMATS)
        raise InputError(f"{what}: expected one of {known}{offer and '; ' + offer}")
    if name == "parquet":
        check_parquet(str(path or name))
    return name


def write_export(content: Content, path: str | Path, to: str) -> Path:
    """Write a content in one of `FORMATS`.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    written = FORMATS[to](content)
    whole = written.encode() if isinstance(written, str) else written
    return write_bytes(path, whole)
