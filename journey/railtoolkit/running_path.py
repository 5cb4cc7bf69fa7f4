"""Running paths: where limit and resistance of the track change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from journey.railtoolkit.yaml_file import (
    EXPECTED,
    NamedTable,
    Number,
    OpenTable,
    Version,
    only_one,
    read_yaml,
)
from journey.toml_file import checked

if TYPE_CHECKING:
    from pathlib import Path


class PathTable(NamedTable):
    """A path: rows of m, km/h and per mille, each valid to the next."""

    characteristic_sections: list[tuple[Number, Number, Number]]


class RunningPathTable(OpenTable):
    """The whole file."""

    kind: Annotated[
        Literal["https://railtoolkit.org/schema/running-path.json"], Field(alias="schema")
    ]
    schema_version: Version
    paths: Annotated[list[PathTable], Field(min_length=1)]


def read_rows(path: Path) -> list[dict[str, float]]:
    """Read the path of a running-path file.

    Parameters
    ----------
    path : Path
        YAML, after the schema ``running-path`` in version 2022.05, with one path.

    Returns
    -------
    list of dict
        The rows of a path file, in the order of their positions.

    Raises
    ------
    InputError
        If the file cannot be read, is of another form, or has several paths.
    """
    expected = {
        **EXPECTED,
        "too_long": "position, speed and resistance alone",
        "tuple_type": "position, speed and resistance in brackets",
    }
    file = checked(RunningPathTable, read_yaml(path), expected)
    columns = ("start_m", "limit_kmh", "gradient_permil")
    path_table = only_one("paths", file.paths)
    rows = sorted(path_table.characteristic_sections, key=lambda row: row[0])
    return [dict(zip(columns, row, strict=True)) for row in rows]
