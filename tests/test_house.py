"""The house itself: which room may know which."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import journey

PACKAGE = Path(journey.__file__).parent
# Lower rooms first; a module may import only from rooms below its own.
FLOORS = (
    ("errors", "version", "attribution", "defaults", "chainage", "distributions", "fonts", "links"),
    ("quantities", "spots", "compass", "apart", "extras"),
    ("alternatives",),
    ("units", "clock", "files", "reading", "csv_rows", "geodesy", "average", "daylight"),
    ("sentences",),
    ("track", "statements", "reports", "train", "quantity_text"),
    ("section_table", "frames"),
    ("turning",),
    ("kinematics", "toml_file"),
    ("train_estimate", "along", "spot_tables"),
    ("words",),
    ("network_file",),
    ("names", "dataset", "train_tables", "runtime", "account", "report_tables"),
    ("pathfinding",),
    ("route", "bundled", "railtoolkit"),
    ("ruling", "tracing"),
    ("wayfinding",),
    ("network", "laying", "train_file", "path_file", "based_on", "nights"),
    ("plan", "sightings_file", "calibration", "comparing", "router", "osm"),
    ("assumptions",),
    ("running_times",),
    ("drawing",),
    ("evidence",),
    ("ensemble",),
    ("sample",),
    ("arriving",),
    ("scenario",),
    ("scenario_tables",),
    ("scenario_file",),
    ("views",),
    ("reaching",),
    ("cases",),
    ("sightings",),
    ("gap_words",),
    ("view_words", "check_words"),
    ("caveats",),
    ("maps", "as_json", "tables", "terminal", "progress"),
    ("views_json", "check_json", "network_json"),
    ("cases_table", "answers", "reach_table", "check_table", "network_tables", "charts", "export"),
    ("report",),
    ("cli",),
    ("__main__",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def room_of(path):
    """The top-level module or sub-package a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path, *, with_types):
    """The rooms that a file imports, at its top or within functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if with_types or node not in skipped:
            names = []
            if isinstance(node, ast.ImportFrom) and node.module == "journey":
                names = [f"journey.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                top, _, rest = name.partition(".")
                if top == "journey" and rest:
                    yield rest.split(".")[0]


def modules():
    """Every module of the package but the facade, which names them all."""
    return [path for path in PACKAGE.rglob("*.py") if room_of(path) != "__init__"]


def test_every_room_has_a_floor():
    """A new module must be given its place in the picture."""
    assert {room_of(path) for path in modules()} == set(FLOOR)


def test_imports_run_downwards_only():
    """Also those for types only."""
    for path in modules():
        room = room_of(path)
        for other in imported_rooms(path, with_types=True):
            if other != room:
                assert FLOOR[other] < FLOOR[room], f"{room} imports {other}"


def test_no_two_modules_import_each_other():
    """Within a floor too."""
    graph = {}
    for path in modules():
        graph.setdefault(room_of(path), set()).update(imported_rooms(path, with_types=True))
    TopologicalSorter({a: b - {a} for a, b in graph.items()}).prepare()


def test_the_core_never_imports_a_renderer():
    """Drawing comes last: below the map no module knows folium, matplotlib or rich."""
    for path in modules():
        if FLOOR[room_of(path)] < FLOOR["maps"]:
            text = path.read_text(encoding="utf-8")
            for renderer in ("folium", "branca", "matplotlib", "rich"):
                assert f"import {renderer}" not in text
                assert f"from {renderer}" not in text


def test_the_readme_shows_the_house_as_it_is():
    """Every room once, none above one that it may not know."""
    text = (PACKAGE.parent / "README.md").read_text(encoding="utf-8")
    picture = text.partition("```\njourney/\n")[2].partition("\ngeodata/")[0]
    rooms = [line.split()[0].removesuffix(".py").rstrip("/") for line in picture.splitlines()]
    assert sorted(rooms) == sorted(set(FLOOR) - {"__main__"})
    floors = [FLOOR[room] for room in rooms]
    assert floors == sorted(floors)


def test_the_facade_names_what_it_loads():
    """Every public name exists, and ``import journey`` alone loads none of them."""
    for name in journey.__all__:
        assert getattr(journey, name) is not None
    code = "import sys, journey; print([m for m in sys.modules if m.startswith('journey.')])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['journey.version']"
