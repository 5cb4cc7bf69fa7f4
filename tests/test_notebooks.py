"""The notebooks run as they are, show what they should, and are kept without outputs."""

from __future__ import annotations

import html
import json
import os
import re
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LONGEST_S = 110
LONG = ("03_reports_as_evidence", "04_embed_in_a_report")
"""These weigh reports, which takes its time."""
POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
LOADS = re.compile(r"""(?:\bsrc|<link[^>]*\bhref)\s*=\s*["']?(?:https?:)?//|url\(["']?https?:""")


class Expected(NamedTuple):
    """What a notebook shows and writes: cells with maps and with images, printed words, files."""

    maps: tuple[str, ...]
    images: tuple[str, ...]
    words: str
    files: frozenset[str] = frozenset()


WRITTEN = {
    *(f"vladivostok-{name}" for name in ("charts.svg", "report.docx")),
    *(f"vladivostok-{name}.html" for name in ("report", "frame", "fragment")),
    *(f"vladivostok.{ending}" for ending in ("csv", "geojson", "kml")),
}
SHOWN = {
    "01_first_map": Expected(("map",), (), "between 05:55 and 06:05 on Tuesday 12 September"),
    "02_what_if_speed": Expected((), ("multiples", "heat"), "hours of halts at 59 km/h"),
    "03_reports_as_evidence": Expected((), ("graph",), "Ussuriysk is not on the way"),
    "04_embed_in_a_report": Expected(
        ("map",), ("charts",), "vladivostok-report.docx", frozenset(WRITTEN)
    ),
}


def executed(path, folder):
    """Run a notebook with this very interpreter, whatever kernels are installed, in a folder."""
    own = KernelSpecManager(kernel_dirs=[])
    client = NotebookClient(
        nbformat.read(path, as_version=4),
        km=AsyncKernelManager(kernel_name="python3", kernel_spec_manager=own),
        timeout=LONGEST_S,
        resources={"metadata": {"path": str(folder)}},
    )
    packages = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    # A backend that was set for tests would hide what pyplot draws.
    kept = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    return client.execute(env={**kept, "PYTHONPATH": packages})


def shown(cell, kind):
    """What a cell shows of one kind, such as ``image/png``."""
    found = [output["data"] for output in cell.outputs if "data" in output]
    return [data[kind] for data in found if kind in data]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where a notebook runs; what Jupyter keeps goes beside it and not into one's home."""
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "jupyter"))
    made = tmp_path / "notebooks"
    made.mkdir()
    return made


def test_every_notebook_is_expected():
    """A new one must be described above."""
    assert [path.stem for path in NOTEBOOKS] == list(SHOWN)


@pytest.mark.parametrize(
    "path",
    [pytest.param(each, marks=[pytest.mark.long][: each.stem in LONG]) for each in NOTEBOOKS],
    ids=lambda path: path.stem,
)
def test_it_runs_and_shows_what_it_should(path, folder):
    """No error, no warning; maps as frames that load nothing, charts as images, and the files."""
    ran = [cell for cell in executed(path, folder).cells if cell.cell_type == "code"]
    outputs = [output for cell in ran for output in cell.outputs]
    expected = SHOWN[path.stem]
    assert not [each for each in outputs if each.output_type == "error"]
    assert not [each for each in outputs if each.get("name") == "stderr"]
    assert expected.words in "".join(each.get("text", "") for each in outputs)
    frames = {
        cell.id: page for cell in ran for page in shown(cell, "text/html") if "<iframe" in page
    }
    assert tuple(frames) == expected.maps
    for frame in frames.values():
        page = html.unescape(frame)
        assert " srcdoc=" in frame
        (policy,) = POLICY.findall(page)
        assert policy.startswith("default-src 'none'; ")
        assert "//" not in policy
        assert not LOADS.search(page)
    assert tuple(cell.id for cell in ran if shown(cell, "image/png")) == expected.images
    assert {each.name for each in folder.parent.glob("output/*")} == expected.files


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_outputs(path):
    """Nor with anything else that running it, or a machine, would change."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(nbformat.from_dict(kept))
    assert kept["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in kept["cells"]:
        assert cell["metadata"] == {}
        assert re.fullmatch("[a-z-]+", cell["id"])
        assert "/home/" not in "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_explains_itself(path):
    """It begins with words, and they never stop for long."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    kinds = "".join(cell["cell_type"][0] for cell in cells)
    assert kinds.startswith("m")
    assert "ccc" not in kinds
