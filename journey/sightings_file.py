"""Files of sightings: CSV in, checked reports out, and a line for each that has no place."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Self
from urllib.parse import urlsplit

from pydantic import PlainValidator, model_validator

from journey.csv_rows import check_columns, csv_rows
from journey.errors import InputError, UnknownPlaceError, naming, shown
from journey.links import is_web
from journey.names import fold
from journey.reading import read_text
from journey.report_tables import Direction, Moment, Share, check_interval
from journey.reports import Sighting, stations_of
from journey.spot_tables import Number, parse_kilometres
from journey.spots import Disc, Kilometres
from journey.statements import Source
from journey.toml_file import Table, Text, checked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.network import Network
    from journey.spots import Spot

LARGEST_MB = 2.0
TRUST = {"high": 0.9, "medium": 0.7, "low": 0.4}
"""What a confidence in words is taken for, where the row gives no trust."""
EVENT = {"cross": "pass"}
"""Events by other names."""
FIRST_PART = re.compile(r"[(,]")
MOST_NAMED = 5


class LoadedSightings(NamedTuple):
    """The reports of a file.

    Attributes
    ----------
    sightings : tuple of Sighting
        Those that can be placed, in the order of the file.
    left_out : tuple of str
        One line for each of the others: its row, its place, and what would place it.
    sources : tuple of Source
        Who says so; the sightings name them by their ids, such as ``"row-7"``.
    """

    sightings: tuple[Sighting, ...]
    left_out: tuple[str, ...]
    sources: tuple[Source, ...]


class RowTable(Table):
    """A row, by its columns; of these `seq` is only for those who read the file."""

    place: Text
    event: Literal["depart", "arrive", "pass", "at", "not yet at", "cross"]
    earliest_utc: Moment
    latest_utc: Moment
    confidence: Literal["high", "medium", "low"] | None = None
    trust: Share | None = None
    direction: Direction | None = None
    lat: Number | None = None
    lon: Number | None = None
    radius_km: Number | None = None
    km: Annotated[Kilometres, PlainValidator(parse_kilometres)] | None = None
    journey_id: Text | None = None
    seq: Text | None = None
    local_wording: Text | None = None
    local_tz: Text | None = None
    source: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        check_interval(self.earliest_utc, self.latest_utc)
        if self.trust is None and self.confidence is None:
            raise InputError("confidence: missing; write high, medium or low, or give a trust")
        position = (self.lat, self.lon, self.radius_km)
        if any(each is not None for each in position) and None in position:
            raise InputError("lat, lon, radius_km: expected all three or none; add the others")
        if self.lat is not None and self.km is not None:
            raise InputError("km: expected no lat and lon beside it; take one of them out")
        return self

    @property
    def how_far_trusted(self) -> float:
        """Probability that the report is right."""
        return TRUST[self.confidence or ""] if self.trust is None else self.trust


class Row(NamedTuple):
    """A checked row, and which it is; the header is the first."""

    number: int
    says: RowTable


REQUIRED = tuple(name for name, field in RowTable.model_fields.items() if field.is_required())


def load_sightings(
    file: str | Path, network: Network, journey: str | None = None
) -> LoadedSightings:
    """Load sightings from a CSV file.

    Parameters
    ----------
    file : str or Path
        A CSV file with the columns ``place``, ``event``, ``earliest_utc``, ``latest_utc`` and
        ``confidence`` (high, medium or low, taken for 0.9, 0.7 and 0.4) or ``trust``, in any
        order; perhaps ``direction``, ``source``, ``local_wording``, ``note``, ``local_tz``,
        ``seq`` and ``journey_id``; and where the place is no station ``lat``, ``lon`` and
        ``radius_km``, or ``km`` of the route.
    network : Network
        Its stations are what a place is looked up among: the whole text, then what stands before
        the first bracket or comma.
    journey : str, optional
        The ``journey_id`` of the rows to take, needed where there are several.

    Returns
    -------
    LoadedSightings
        The reports, their sources, and what was left out because nothing tells where it was.

    Raises
    ------
    InputError
        If the file cannot be read, or says something that cannot be; the message is one line with
        the file, the row, the column, the value and the remedy.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import journey
    >>> rows = '''place,event,earliest_utc,latest_utc,confidence
    ... Khasan,arrive,2023-09-11T20:00Z,2023-09-11T20:30Z,high
    ... Near the border,pass,2023-09-11T18:00Z,2023-09-11T20:00Z,low
    ... '''
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "reports.csv"
    ...     _ = file.write_text(rows)
    ...     found = journey.load_sightings(file, journey.load_network())
    >>> [each.at for each in found.sightings], len(found.left_out)
    (['Khasan'], 1)
    """
    path = Path(file)
    with naming(str(path)):
        rows = _of_journey(_rows(read_text(path, "a readable CSV file", LARGEST_MB)), journey)
        placed = [_placed(row, network) for row in rows]
    return LoadedSightings(
        tuple(each for each in placed if isinstance(each, Sighting)),
        tuple(each for each in placed if isinstance(each, str)),
        tuple(_source(row) for row in rows if row.says.source),
    )


def _placed(row: Row, network: Network) -> Sighting | str:
    """What a row says; or, in a line, why nobody can tell where that was."""
    says, where = row.says, f"row {row.number}"
    with naming(where):
        at = _spot(says, network)
        if isinstance(at, _Unplaced):
            return f"{where}: place {shown(says.place)} {at.why}"
        sighting = Sighting(
            at,
            EVENT.get(says.event, says.event),
            says.earliest_utc,
            says.latest_utc,
            says.how_far_trusted,
            _id(row) if says.source else None,
            says.note,
            says.local_wording,
            says.direction,
        )
        for place in stations_of(sighting):
            network.station(place)
    return sighting


class _Unplaced(NamedTuple):
    """That a place is none that is known, and what would mend it."""

    why: str


def _spot(says: RowTable, network: Network) -> Spot | _Unplaced:
    """Where a row puts the train: what is exact goes before what is called by a name."""
    if says.lat is not None and says.lon is not None and says.radius_km is not None:
        return Disc(says.lat, says.lon, says.radius_km, says.place)
    if says.km is not None:
        return says.km
    remedy = f"{_hint(says.place, network)}give lat, lon and radius_km"
    unplaced = _Unplaced(f"is no station of the network; {remedy}")
    for name in (says.place, FIRST_PART.split(says.place)[0].strip()):
        try:
            network.station(name)
        except UnknownPlaceError:
            continue
        except InputError as error:
            unplaced = _Unplaced(f"has a name that is not enough: {error}")
        else:
            return name
    return unplaced


def _hint(place: str, network: Network) -> str:
    """Offer the one station of which a text has a name, as whole words; empty where it is none."""
    words = f" {fold(place)} "
    found = {
        station.id: name
        for station in network.station_list
        for name in station.names
        if name and f" {fold(name)} " in words
    }
    return f"did you mean {shown(*found.values())}? Else " if len(found) == 1 else ""


def _id(row: Row) -> str:
    return f"row-{row.number}"


def _source(row: Row) -> Source:
    """Who a row quotes: a publisher, or an address, of which the host stands for one."""
    said, wording = row.says.source or "", row.says.local_wording
    if not is_web(said):
        return Source(_id(row), said, wording=wording)
    return Source(_id(row), urlsplit(said).netloc or said, url=said, wording=wording)


def _of_journey(rows: Sequence[Row], journey: str | None) -> list[Row]:
    """The rows of one journey."""
    ids = list(dict.fromkeys(row.says.journey_id for row in rows))
    named = ", ".join(shown(id_) for id_ in ids[:MOST_NAMED] if id_) or "none"
    if journey is not None and journey not in ids:
        raise InputError(f"journey_id: no row has {shown(journey)}; expected {named}")
    if journey is None and len(ids) > 1:
        raise InputError(
            f"journey_id: several ({named}); choose one with journey=, or divide the file"
        )
    return [row for row in rows if journey in {None, row.says.journey_id}]


def _rows(text: str) -> list[Row]:
    records = csv_rows(text)
    header = next(records, None)
    if header is None:
        raise InputError(f"empty; expected a line {','.join(REQUIRED)} and rows")
    with naming("row 1"):
        check_columns(header.cells, RowTable.model_fields, REQUIRED)
    rows = [Row(each.number, _row(each.number, header.cells, each.cells)) for each in records]
    if not rows:
        raise InputError("no row after the header; expected one or more")
    return rows


def _row(number: int, columns: Sequence[str], cells: Sequence[str]) -> RowTable:
    with naming(f"row {number}"):
        if len(cells) > len(columns):
            raise InputError(
                f"{len(cells)} values: expected {len(columns)}, one for each column; put text "
                "that has commas in quotation marks"
            )
        # An empty cell says nothing, nor does one that is left out at the end of a row.
        told = {column: cell for column, cell in zip(columns, cells, strict=False) if cell}
        return checked(RowTable, told)
