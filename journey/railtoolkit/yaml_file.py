"""Reading a YAML file that is small and plain.

It has no tags and no aliases; those could grow without end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BeforeValidator, ConfigDict

from journey.errors import InputError, shown
from journey.reading import read_text
from journey.toml_file import Table, Text
from journey.units import parse_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LARGEST_MB = 0.5
EXPECTED = {"too_short": "one entry or more"}
INT, FLOAT = "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"

Number = Annotated[float, BeforeValidator(parse_number)]
Version = Annotated[Literal["2022.05"], BeforeValidator(str)]


class OpenTable(Table):
    """A table that may say more than is needed here."""

    model_config = ConfigDict(extra="ignore")


class NamedTable(OpenTable):
    """A train or a path."""

    name: Text


Named = TypeVar("Named", bound=NamedTable)


def only_one(key: str, entries: Sequence[Named]) -> Named:
    """Take the only entry of a list.

    Raises
    ------
    InputError
        If there are several; the names are given.
    """
    if len(entries) > 1:
        names = shown([entry.name for entry in entries])
        raise InputError(f"{key}: {names}: expected one; make a file of each")
    return entries[0]


class _PlainLoader(yaml.SafeLoader):
    """Plain values and tables.

    Numbers are those of YAML 1.2: the loader's own, of 1.1, takes 1:20 for 80 and 010 for 8.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]
        if self.check_event(yaml.AliasEvent):
            raise _refused("an alias; write out what it stands for", event.start_mark)
        if getattr(event, "tag", None):
            # Some tags, on a value that is not of their kind, make the loader fail.
            raise _refused(f"the tag {shown(event.tag)}; take it out", event.start_mark)
        node = super().compose_node(parent, index)
        if isinstance(node, yaml.MappingNode):
            _refuse_a_key_twice(node)
        return node


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag not in {INT, FLOAT}]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver(
    INT, re.compile(r"[-+]?(?:0|[1-9][0-9]{0,15})$"), list("-+0123456789")
)
_PlainLoader.add_implicit_resolver(
    FLOAT,
    re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.inf)$|\.nan$"),
    list("-+.0123456789"),
)


def _refused(problem: str, mark: yaml.Mark | None) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


def _refuse_a_key_twice(node: yaml.MappingNode) -> None:
    known = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if (key.tag, key.value) in known:
                raise _refused(f"the key {shown(key.value)} a second time", key.start_mark)
            known.add((key.tag, key.value))


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file whose content is a table.

    Raises
    ------
    InputError
        If it cannot be read, is not YAML, has aliases, tags or a key twice, or is no table; the
        caller names the file.
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
