"""The application, and the options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from journey.defaults import DRAWS, SEED
from journey.version import __version__

app = App(
    name="journey",
    version=__version__,
    help=(
        "Simulate train journeys on real railways: routes with true kilometres, arrival windows, "
        "and one self-contained map. SCENARIO is a bundled name or the path of a TOML file."
    ),
    version_flags=["--version"],
    # Markdown in help would take a quarter of its time to load.
    help_format="plaintext",
    # Our own message says what was done until then.
    suppress_keyboard_interrupt=False,
)

Flag = Parameter(negative="")
NetworkFile = Annotated[Path | None, Parameter(name="--network")]
OutputFile = Annotated[Path | None, Parameter(name=["-o", "--output"])]


@Parameter(name="*")
@dataclass(frozen=True)
class Drawing:
    """How journeys are drawn.

    Attributes
    ----------
    draws : int
        How many journeys to draw.
    seed : int
        What the random draws are made from.
    level : float or None
        Share of the drawn journeys that a window holds, at 1 the scenario's own bounds; by default
        1, and 0.9 where reports are taken in.
    """

    draws: int = DRAWS
    seed: int = SEED
    level: float | None = None


DEFAULT_DRAWING = Drawing()


@Parameter(name="*")
@dataclass(frozen=True)
class Files:
    """Files in the place of what a command would take otherwise.

    Attributes
    ----------
    sightings : Path or None
        CSV file of reports in the place of the scenario's own.
    network : Path or None
        Railway in the place of the embedded one: a GeoPackage, as network import writes it.
    """

    sightings: Path | None = None
    network: Path | None = None


NO_FILES = Files()
