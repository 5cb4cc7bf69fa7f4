"""The command line: data on stdout, messages on stderr, one line for each error."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from journey.defaults import DRAWS, LEVEL, SCENARIO, SEED
from journey.errors import JourneyError, naming
from journey.terminal import abandon_stdout, fail, say, show
from journey.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.ensemble import Ensemble

WRONG_USAGE = 2
INTERRUPTED = 130

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
)

Flag = Parameter(negative="")
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
    level : float
        Share of the drawn journeys that a window holds; at 1 the scenario's own bounds.
    """

    draws: int = DRAWS
    seed: int = SEED
    level: float = LEVEL


DEFAULT_DRAWING = Drawing()


@app.command(name="map")
def draw(
    scenario: str = SCENARIO,
    *,
    output: OutputFile = None,
    drawing: Drawing = DEFAULT_DRAWING,
    online_tiles: Annotated[bool, Flag] = False,
    quiet: Annotated[bool, Flag] = False,
) -> None:
    """Write the Folium map: one HTML file that needs no network.

    Example: journey map vladivostok-2023 -o vladivostok.html

    Parameters
    ----------
    scenario
        Bundled name or path of a TOML file.
    output
        The HTML file; output/NAME.html by default.
    online_tiles
        Add OpenStreetMap tiles, which the reader's browser then fetches.
    quiet
        Write no message.
    """
    from journey.files import write_text
    from journey.maps import draw_map

    ensemble = _simulated(scenario, drawing)
    page = draw_map(ensemble, level=drawing.level, online_tiles=online_tiles).get_root().render()
    path = write_text(output or Path("output") / f"{Path(scenario).stem}.html", page)
    say(
        f"{ensemble.plan.name}: {ensemble.plan.route.length_km:.1f} km, map written to", quiet=quiet
    )
    print(path)


@app.command
def windows(
    scenario: str = SCENARIO,
    *,
    json: Annotated[bool, Flag] = False,
    every: Annotated[bool, Parameter(name="--all", negative="")] = False,
    drawing: Drawing = DEFAULT_DRAWING,
) -> None:
    """List arrival windows at every timing point, in local time and UTC.

    Example: journey windows vladivostok-2023 --level 0.9

    Parameters
    ----------
    scenario
        Bundled name or path of a TOML file.
    json
        Every station, as JSON (schema journey.windows/1).
    every
        List all stations, not only principal ones.
    """
    ensemble = _simulated(scenario, drawing)
    if json:
        from journey.as_json import dump, windows_document

        print(dump(windows_document(ensemble, drawing.level)))
    else:
        from journey.tables import windows_table

        show([windows_table(ensemble, drawing.level, every_station=every)])


@app.command
def route(
    *places: str,
    json: Annotated[bool, Flag] = False,
) -> None:
    """Find the route through places: sections, lengths, gauges, clocks.

    Example: journey route Pyongyang Khasan Vladivostok

    Parameters
    ----------
    places
        Two stations or more in the order they are passed, by any of their names.
    json
        As JSON (schema journey.route/1).
    """
    from journey.network import load_network

    found = load_network().route(*places)
    if json:
        from journey.as_json import dump, route_document

        print(dump(route_document(found)))
    else:
        from journey.tables import route_tables

        show(route_tables(found))


@app.command
def runtime(
    *,
    train: str,
    path: Path,
    running: Literal["dynamics", "profile", "cruise"] | None = None,
    from_m: float | None = None,
    to_m: float | None = None,
    json: Annotated[bool, Flag] = False,
) -> None:
    """Compute the running time of a train on a path of limits and gradients.

    Example: journey runtime --train armoured --path path.csv

    Parameters
    ----------
    train
        Bundled name, or path of a TOML file or of RailToolKit rolling stock (YAML).
    path
        CSV file with the columns start_m, limit_kmh, gradient_permil and perhaps dwell_s, each
        row valid to the next, or a RailToolKit running path (YAML).
    running
        Model; dynamics where the train has a curve of tractive effort, else profile.
    from_m
        Where the train's front starts; the beginning of the path by default.
    to_m
        Where the run ends; the end of the path by default.
    json
        As JSON (schema journey.runtime/1).
    """
    from journey.path_file import load_path, part_of
    from journey.runtime import time_run
    from journey.train_file import load_train

    estimate = load_train(train)
    whole = load_path(path)
    with naming(f"{train} on {path}"):
        timed = time_run(estimate, part_of(whole, from_m, to_m), running)
    if json:
        from journey.as_json import dump, runtime_document

        print(dump(runtime_document(timed)))
    else:
        from journey.tables import runtime_tables

        show(runtime_tables(timed))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    Exit status 0: done; 2: wrong usage or input; 3: no route; 130: interrupted.
    """
    # Names are in three scripts, whatever the machine's locale can write.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status."""
    try:
        app(
            list(arguments),
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )
        if sys.stdout is not None:
            sys.stdout.flush()
    except JourneyError as error:
        return fail(str(error), error.exit_status)
    except CycloptsError as error:
        return fail(f"{error} (journey --help says more)", WRONG_USAGE)
    except KeyboardInterrupt:
        return fail("interrupted; nothing was written", INTERRUPTED)
    except BrokenPipeError:
        # The reader (such as head) has what it wants.
        abandon_stdout()
    except OSError as error:
        abandon_stdout()
        return fail(f"cannot write the output: {error.strerror or error}", WRONG_USAGE)
    except MemoryError:
        return fail("not enough memory; ask for fewer --draws", WRONG_USAGE)
    return 0


def _simulated(scenario: str, drawing: Drawing) -> Ensemble:
    from journey.network import load_network
    from journey.scenario_file import load_scenario

    return load_scenario(scenario).simulate(load_network(), draws=drawing.draws, seed=drawing.seed)
