"""Any railway: a network made of an extract of OpenStreetMap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from journey.attribution import (
    BASE_MAP,
    LICENCE,
    LICENCE_URL,
    MAPPED,
    OPENSTREETMAP,
    SHORT,
    Provenance,
)
from journey.errors import naming
from journey.network import Network
from journey.network_file import checked_name, write_network
from journey.osm.importing import network_of
from journey.osm.rails import checked_gauge
from journey.osm.reading import read_extract
from journey.osm.sources import about_of
from journey.osm.tags import USUAL_KINDS, Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from journey.osm.report import ImportReport
    from journey.section_table import SectionTable
    from journey.track import Station

__all__ = ["ImportedNetwork", "import_network"]

STEPS = 1000
READING_SHARE = 0.7
CREDITS = (OPENSTREETMAP, BASE_MAP)


@dataclass(frozen=True, eq=False)
class ImportedNetwork:
    """A network made of an extract.

    Attributes
    ----------
    stations : tuple of Station
        Its stations.
    table : SectionTable
        Its sections.
    provenance : Provenance
        Whose work it is.
    report : ImportReport
        What was found, left out, mended and supposed.
    """

    stations: tuple[Station, ...]
    table: SectionTable
    provenance: Provenance
    report: ImportReport

    @cached_property
    def network(self) -> Network:
        """The network itself."""
        return Network(self.stations, self.table, self.provenance)


def import_network(  # noqa: PLR0913 - each says one thing of what is wanted
    extract: str | Path,
    output: str | Path | None = None,
    *,
    kinds: Iterable[str] = USUAL_KINDS,
    services: Iterable[str] = (),
    gauge: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportedNetwork:
    """Make a network of an extract of OpenStreetMap.

    Parameters
    ----------
    extract : str or Path
        ``.osm.pbf``, ``.osm``, ``.osm.gz`` or ``.osm.bz2`` (these need pyosmium), Overpass JSON or
        GeoJSON.
    output : str or Path, optional
        Where to write the network as a GeoPackage, which `load_network` reads.
    kinds : iterable of str
        Which tracks to take, by the tag ``railway``; by default ``rail`` and ``narrow_gauge``.
    services : iterable of str
        Which service tracks to take too: ``siding``, ``yard``, ``spur``.
    gauge : str, optional
        Gauge of tracks that have none and continue no track that has one, mm, such as ``"1520"``;
        by default the commonest of the extract.
    progress : callable, optional
        Told how many of how many steps are done.

    Returns
    -------
    ImportedNetwork
        The network, and what was found, left out, mended and supposed on the way.

    Raises
    ------
    InputError
        If the file is missing, truncated or of another form, has no such track, an optional
        package is missing, or `output` is no ``.gpkg``.
    OutputError
        If the network cannot be written there.
    """
    path = Path(extract)
    selection = Selection.of(kinds, services)
    if output is not None:
        checked_name(output)
    given = None if gauge is None else checked_gauge(gauge)
    earlier, later = _shares(progress)
    found = read_extract(path, selection, earlier)
    with naming(str(path)):
        made = network_of(found, selection, given, path.name, later)
    provenance = Provenance(path.name, LICENCE, LICENCE_URL, CREDITS, SHORT, MAPPED)
    imported = ImportedNetwork(made.stations, made.table, provenance, made.report)
    if output is not None:
        about = about_of(path, selection, given, made.report)
        write_network(output, imported.stations, imported.table, provenance, about)
    return imported


def _shares(
    progress: Callable[[int, int], None] | None,
) -> tuple[Callable[[float], None], Callable[[float], None]]:
    """What the reading, and what comes after it, tells of the share that is done."""
    tell = progress or (lambda _done, _total: None)
    rest = 1 - READING_SHARE
    return (
        lambda share: tell(int(STEPS * READING_SHARE * share), STEPS),
        lambda share: tell(int(STEPS * (READING_SHARE + rest * share)), STEPS),
    )
