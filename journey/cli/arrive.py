"""The inverse question of a what-if: what an arrival that was reported needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.errors import InputError, naming, shown
from journey.terminal import show

if TYPE_CHECKING:
    from pathlib import Path

    from journey.cli.options import Drawing


def answer_arrival(
    scenario: str, arrive: str, drawing: Drawing, network: Path | None, *, json: bool
) -> None:
    """Say what speed, or what halts, an arrival needs; PLACE=TIME or PLACE=EARLIEST..LATEST.

    Of a scenario with a headline, the headline answers: what a report needs is not asked of
    journeys that take it in.
    """
    from journey.arriving import needs_of
    from journey.defaults import LEVEL
    from journey.network import load_network
    from journey.scenario_file import load_scenario

    place, found, times = arrive.partition("=")
    if not found:
        expected = "PLACE=TIME, such as Khasan=2023-09-12T06:00+10:00"
        raise InputError(f"--arrive {shown(arrive)}: expected {expected}")
    stated = load_scenario(scenario).as_headline()
    level = LEVEL if drawing.level is None else drawing.level
    ensemble = stated.simulate(load_network(network), draws=drawing.draws, seed=drawing.seed)
    with naming("--arrive"):
        earliest, _, latest = (part.strip() for part in times.partition(".."))
        needs = needs_of(ensemble, place.strip(), earliest, latest or None, level=level)
    if json:
        from journey.as_json import dump, needs_document

        print(dump(needs_document(ensemble, needs)))
    else:
        from journey.answers import needs_tables

        show(needs_tables(ensemble, needs))
