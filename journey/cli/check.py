"""The command that holds reports against each other."""

from __future__ import annotations

from typing import Annotated

from journey.cli.options import NO_FILES, Files, Flag, app
from journey.defaults import DRAWS, SCENARIO, SEED
from journey.terminal import show


@app.command
def check(
    *scenarios: str,
    files: Files = NO_FILES,
    draws: int = DRAWS,
    seed: int = SEED,
    json: Annotated[bool, Flag] = False,
) -> None:
    """Hold each report against the others, recompute each claim, weigh rival destinations.

    Example: journey check vostochny-2023 vladivostok-2023

    Parameters
    ----------
    scenarios
        Bundled name or path of a TOML file; of several, the others are rivals of the first for
        its reports, all alike likely before them.
    draws
        How many journeys to draw.
    seed
        What the random draws are made from.
    json
        As JSON (schema journey.check/1).
    """
    from journey.network import load_network
    from journey.scenario_file import load_scenario
    from journey.sightings.check import check as check_of
    from journey.sightings.notes import notes_of
    from journey.views import with_file

    network = load_network(files.network)
    first, *others = [load_scenario(each) for each in scenarios or (SCENARIO,)]
    stated, left_out = with_file(first, files.sightings, network)
    found = check_of(stated, network, others, draws=draws, seed=seed)
    notes = [*notes_of(found), *(f"{files.sightings}: left out: {line}" for line in left_out)]
    if json:
        from journey.as_json import dump
        from journey.check_json import check_document

        print(dump(check_document(found, notes)))
    else:
        from journey.check_table import check_tables

        show(check_tables(found, notes))
