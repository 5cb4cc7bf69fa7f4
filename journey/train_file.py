"""Train files: TOML or RailToolKit YAML in, a checked TrainEstimate out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from journey.bundled import bundled_names, find_file, name_in_messages
from journey.errors import InputError, naming
from journey.railtoolkit import SUFFIXES
from journey.railtoolkit.rolling_stock import read_train
from journey.toml_file import check_sources, checked, read_toml, sources_of
from journey.train_estimate import Effort, Figure, Resistance, TrainEstimate
from journey.train_tables import TrainTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.statements import Source
    from journey.toml_file import StatedTable
    from journey.train_tables import FigureTable, StatedTrainTable

REQUIRED = ("mass_t", "max_speed_kmh", "braking_mps2")
FIGURES = (
    "mass_t",
    "length_m",
    "max_speed_kmh",
    "rotating_mass_factor",
    "acceleration_mps2",
    "braking_mps2",
)
STATED = (*FIGURES, "resistance", "tractive_effort")
CORNERS = (0.0, 1.0, 0.5)
"""Shares at which a train must be possible; first the ends, which stand in the file."""


def bundled_trains() -> tuple[str, ...]:
    """Names of the trains that come with the package."""
    return bundled_names("train")


def load_train(name: str | Path) -> TrainEstimate:
    """Load a train.

    Parameters
    ----------
    name : str or Path
        The name of a bundled train, such as ``"armoured"``, or the path of a TOML file or of a
        RailToolKit rolling-stock file (``.yaml``, ``.yml``).

    Returns
    -------
    TrainEstimate
        What the file says, checked: every train within its ranges can be.

    Raises
    ------
    InputError
        If the file cannot be read, or says something that cannot be; the message is one line with
        the file, the key, the value and the remedy.

    Examples
    --------
    >>> from journey import load_train
    >>> load_train("electric").figures["max_speed_kmh"].value.high
    140.0
    """
    path = find_file(name, "train")
    with naming(name_in_messages(path, "train")):
        return _estimate(_read(path), path.stem)


def train_of(
    stated: StatedTrainTable, folder: Path = Path(), sources: Iterable[Source] = ()
) -> TrainEstimate:
    """Make the train that a scenario states.

    Parameters
    ----------
    stated : StatedTrainTable
        Its table ``[train]``: the keys of a train file, and perhaps ``use``, a bundled name or
        the path of a train file, whose figures hold where the table has none.
    folder : Path
        What a path in ``use`` is relative to.
    sources : iterable of Source
        The scenario's own, which its figures may name.

    Raises
    ------
    InputError
        As `load_train`.
    """
    others = tuple(sources)
    if stated.use is None:
        return _estimate(stated, "train", others)
    path = find_file(stated.use, "train", folder)
    with naming(name_in_messages(path, "train")):
        used = _read(path)
        _estimate(used, path.stem)
    instead = {key: getattr(stated, key) for key in stated.model_fields_set - {"use"}}
    instead["sources"] = used.sources | stated.sources
    return _estimate(used.model_copy(update=instead), path.stem, others)


def _read(path: Path) -> TrainTable:
    if path.suffix.lower() in SUFFIXES:
        return checked(TrainTable, read_train(path))
    return checked(TrainTable, read_toml(path))


def _estimate(table: TrainTable, name: str, others: tuple[Source, ...] = ()) -> TrainEstimate:
    _check_complete(table)
    own = sources_of(table.sources)
    named = [stated.source for stated in _statements(table)]
    check_sources(named, [source.id for source in (*own, *others)])
    _refuse_two_meanings(named, own, others)
    estimate = TrainEstimate(
        table.name or name,
        {key: _figure(getattr(table, key)) for key in FIGURES if getattr(table, key)},
        Resistance(**dict(table.resistance)),
        Effort(**dict(table.tractive_effort)) if table.tractive_effort else None,
        table.about,
        own + tuple(s for s in others if s.id in named and s.id not in table.sources),
    )
    for share in CORNERS:
        estimate.at(share)
    return estimate


def _check_complete(table: TrainTable) -> None:
    for key in REQUIRED:
        if getattr(table, key) is None:
            raise InputError(f"{key}: missing; add it")
    if table.acceleration_mps2 is None and table.tractive_effort is None:
        raise InputError("tractive_effort: missing; add it, or acceleration_mps2")


def _figure(stated: FigureTable) -> Figure:
    return Figure(stated.value, stated.source, stated.reason)


def _statements(table: TrainTable) -> list[StatedTable]:
    """What the table says of the train, by any key that may have a source."""
    return [stated for key in STATED if (stated := getattr(table, key)) is not None]


def _refuse_two_meanings(
    named: list[str | None], own: tuple[Source, ...], others: tuple[Source, ...]
) -> None:
    """One name must not stand for two sources, the train's and the scenario's."""
    meanings = {source.id: source for source in own if source.id in named}
    for source in others:
        if meanings.get(source.id, source) != source:
            raise InputError(
                f"source {source.id!r} is one thing in the file of the train and another in that "
                "of the scenario; give one of them another name"
            )
