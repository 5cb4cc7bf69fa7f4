"""Build the embedded dataset from ``geodata/sources``; the same sources give the same bytes.

``python geodata/build.py`` builds, ``--check`` compares with what is there, ``--cut`` first makes
the cuts again from the pinned packages.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from building.datasheet import Built, datasheet
from building.package import data_package
from building.sources import read_sources
from building.stations import station_records
from building.tables import sections_geojson, stations_csv
from building.track import lay

from journey.files import write_text
from journey.train_file import load_train

HERE = Path(__file__).resolve().parent


def build(folder: Path = HERE) -> dict[str, str]:
    """Build the dataset in memory.

    Parameters
    ----------
    folder : Path
        The dataset's folder, with ``sources`` and the hand-written part of ``README.md``.

    Returns
    -------
    dict
        Text of each built file by its path under the folder.
    """
    sources = read_sources(folder / "sources")
    sections = [lay(plan, sources) for plan in sources.plans]
    stations = station_records(sources, sections)
    trains = {path.stem: load_train(path) for path in sorted(folder.glob("trains/*.toml"))}
    readme = (folder / "README.md").read_text(encoding="utf-8")
    return {
        "stations.csv": stations_csv(stations),
        "sections.geojson": sections_geojson(sections),
        "README.md": datasheet(readme, Built(sources, sections, stations, trains)),
        "datapackage.json": data_package(folder),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cut", action="store_true", help="make the cuts of the packages again")
    parser.add_argument("--packages", type=Path, help="folder with the packages' archives")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--output", type=Path, default=HERE, help="folder to write to")
    chosen = parser.parse_args(arguments)
    made = {}
    if chosen.cut:
        from building.cut import cuts  # noqa: PLC0415 - geopandas is slow to import

        made = cuts(chosen.packages)
    if chosen.check:
        return _compare(made | build())
    _write(made, HERE)
    _write(build(), chosen.output)
    return 0


def _compare(files: dict[str, str]) -> int:
    different = [
        name
        for name, text in files.items()
        if not (HERE / name).is_file() or (HERE / name).read_bytes() != text.encode()
    ]
    for name in different:
        print(f"geodata/{name} differs from its sources; run python geodata/build.py")
    return 1 if different else 0


def _write(files: dict[str, str], folder: Path) -> None:
    for name, text in files.items():
        write_text(folder / name, text)


if __name__ == "__main__":
    sys.exit(main())
