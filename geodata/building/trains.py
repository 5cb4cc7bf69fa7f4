"""The bundled trains in the datasheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.words import FIGURES, figure_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.train_estimate import TrainEstimate
    from journey.units import Range


def trains_table(trains: dict[str, TrainEstimate]) -> Iterable[str]:
    """Every figure of every train; those that rest on a source say so."""
    yield f"| figure | {' | '.join(f'`{name}`' for name in trains)} |"
    yield f"|---|{'---|' * len(trains)}"
    for key in FIGURES:
        yield _row(key, [_cell(train, key) for train in trains.values()])
    yield _row("resistance at 60 km/h", [_resistance(train) for train in trains.values()])
    yield _row("tractive_effort, highest", [_effort(train) for train in trains.values()])


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _cell(train: TrainEstimate, key: str) -> str:
    stated = train.stated(key)
    if stated is None:
        return "not known"
    return _with_source(figure_in_words(key, stated)[1], stated.source)


def _resistance(train: TrainEstimate) -> str:
    r0, r1, r2 = train.resistance.value
    speed_mps = 60 / 3.6
    newtons = train.resistance.factor.scaled(r0 + r1 * speed_mps + r2 * speed_mps**2)
    return _with_source(_in_kn(newtons), train.resistance.source)


def _effort(train: TrainEstimate) -> str:
    effort = train.tractive_effort
    if effort is None:
        return "not known"
    newtons = effort.factor.scaled(max(force_n for _, force_n in effort.value))
    return _with_source(_in_kn(newtons), effort.source)


def _in_kn(newtons: Range) -> str:
    low, high = round(newtons.low / 1000), round(newtons.high / 1000)
    if low == high:
        return f"{low} kN"
    likely = "" if newtons.mode is None else f", most likely {newtons.mode / 1000:.0f}"
    return f"{low} to {high} kN{likely}"


def _with_source(text: str, source: str | None) -> str:
    return f"{text} ({source})" if source else text
