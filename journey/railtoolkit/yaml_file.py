"""Reading a YAML file that is small and plain: no aliases, which could grow without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, ConfigDict

from journey.errors import InputError
from journey.reading import read_text
from journey.toml_file import Table

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_MB = 0.5
EXPECTED = {
    "greater_than": "a number above 0",
    "greater_than_equal": "0 or more",
    "too_short": "one entry or more",
}

Version = Annotated[Literal["2022.05"], BeforeValidator(str)]


class OpenTable(Table):
    """A table that may say more than is needed here."""

    model_config = ConfigDict(extra="ignore")


class _PlainLoader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(
                problem="an alias; write out what it stands for", problem_mark=self.get_mark()
            )
        return super().compose_node(parent, index)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file whose content is a table.

    Raises
    ------
    InputError
        If it cannot be read, is not YAML, has aliases, or is no table; the caller names the file.
    """
    text = read_text(path, "a readable YAML file", LARGEST_MB)
    try:
        # The loader is a safe one: it makes nothing but plain values.
        content = yaml.load(text, Loader=_PlainLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise InputError(f"not YAML: {error.problem}{line}; mend that line") from None
    except (yaml.YAMLError, ValueError) as error:
        raise InputError(f"not YAML: {' '.join(str(error).split())}") from None
    except RecursionError:
        raise InputError("not YAML: too many brackets in brackets; close them") from None
    if not isinstance(content, dict):
        raise InputError("not a table; expected keys such as schema_version")
    return content
