"""Train files: TOML or RailToolKit YAML in, a checked TrainEstimate out."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journey.bundled import bundled_names, find_file, name_in_messages
from journey.errors import InputError, naming
from journey.railtoolkit import SUFFIXES
from journey.railtoolkit.rolling_stock import read_train
from journey.toml_file import StatedTable, check_sources, checked, read_toml, sources_of
from journey.train_estimate import Effort, Figure, Resistance, TrainEstimate
from journey.train_tables import EffortTable, FigureTable, ResistanceTable, TrainTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.statements import Source
    from journey.train_tables import StatedTrainTable

REQUIRED = ("mass_t", "max_speed_kmh", "braking_mps2")
MADE_OF = {FigureTable: Figure, ResistanceTable: Resistance, EffortTable: Effort}
CORNERS = (*product((0.0, 1.0), repeat=2), (0.5, 0.5))
"""Size and readiness at which a train must be possible; first the ends, which stand in the file."""


def bundled_trains() -> tuple[str, ...]:
    """Names of the trains that come with the package.

    Examples
    --------
    >>> from journey import bundled_trains
    >>> bundled_trains()
    ('armoured', 'diesel', 'electric')
    """
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
    >>> load_train("electric").max_speed_kmh.value.high
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
        As `load_train`; and if one name stands for two sources, here and in the used file.
    """
    others = tuple(sources)
    if stated.use is None:
        return _estimate(stated, "train", others)
    path = find_file(stated.use, "train", folder)
    with naming(name_in_messages(path, "train")):
        used = _read(path)
        _estimate(used, path.stem)
    _refuse_two_meanings(sources_of(used.sources), sources_of(stated.sources))
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
    stated = {key: each for key, each in table if isinstance(each, StatedTable)}
    named = [each.source for each in stated.values()]
    check_sources(named, [source.id for source in (*own, *others)])
    _refuse_two_meanings(own, others)
    figures: dict[str, Any] = {
        key: MADE_OF[type(each)](**dict(each)) for key, each in stated.items()
    }
    estimate = TrainEstimate(
        table.name or name,
        **figures,
        about=table.about,
        sources=own + tuple(s for s in others if s.id in named and s.id not in table.sources),
    )
    for size, readiness in CORNERS:
        estimate.at(size, readiness)
    return estimate


def _check_complete(table: TrainTable) -> None:
    for key in REQUIRED:
        if getattr(table, key) is None:
            raise InputError(f"{key}: missing; add it")
    if table.acceleration_mps2 is None and table.tractive_effort is None:
        raise InputError("tractive_effort: missing; add it, or acceleration_mps2")


def _refuse_two_meanings(own: Iterable[Source], others: Iterable[Source]) -> None:
    """One name must not stand for two sources, the train's and the scenario's."""
    meanings = {source.id: source for source in own}
    for source in others:
        if meanings.get(source.id, source) != source:
            raise InputError(
                f"source {source.id!r} is one thing in the file of the train and another in that "
                "of the scenario; give one of them another name"
            )
