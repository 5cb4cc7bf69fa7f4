"""Scenario files that say only what is different from another one."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple

from journey.bundled import bundled_names, find_file, name_in_messages
from journey.errors import InputError, naming
from journey.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "based_on"
KIND = "scenario"


class Merged(NamedTuple):
    """What a file says together with those that it is based on.

    Attributes
    ----------
    content : dict
        Keys and values; paths in them are relative to the file's own folder, or absolute.
    base : dict
        What the files that it is based on say together; empty where there is none.
    origins : dict
        Name, for messages, of the base that a key comes from; keys of the file itself have none. A
        source has its own, as ``("sources", "paper")``.
    """

    content: dict[str, Any]
    base: dict[str, Any]
    origins: dict[tuple[str, ...], str]

    @contextmanager
    def naming(self, *key: str) -> Iterator[None]:
        """Name, in errors raised within, the base that a key comes from, if it comes from one."""
        base = self.origins.get(key[:2]) or self.origins.get(key[:1])
        with naming(f"based on {base}") if base else nullcontext():
            yield

    @contextmanager
    def naming_bases(self) -> Iterator[None]:
        """Name, in errors raised within, every base."""
        with naming(f"based on {' and '.join(dict.fromkeys(self.origins.values()))}"):
            yield


def read_merged(path: Path) -> Merged:
    """Read a scenario file, and those that it is based on.

    Top-level keys of a base hold where the file states none. ``[sources]`` are put together; and
    a file that states a ``route`` does not take over ``route_source``, which is of another route.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    InputError
        If a file cannot be read or is not TOML, is based on itself by some way, or gives one
        source another meaning; the caller names the file.
    """
    content = read_toml(path)
    merged = Merged(content, {}, {})
    seen, names, folder = [path.resolve()], [name_in_messages(path, KIND)], path.parent
    wanted = content.get(KEY)
    # What is no text is told from by the check of the whole content.
    while isinstance(wanted, str):
        with naming(KEY):
            base = find_file(wanted, KIND, folder)
            names.append(name_in_messages(base, KIND))
            _refuse_circle(base, seen, names)
            with naming(names[-1]):
                below = _anchored(read_toml(base), base.parent)
            merged = _over(merged, below, names[-1])
        wanted, folder = below.get(KEY), base.parent
    return merged


def _refuse_circle(base: Path, seen: list[Path], names: list[str]) -> None:
    if base.resolve() in seen:
        raise InputError(f"{' - '.join(names)}: leads back to itself; take one {KEY} out")
    seen.append(base.resolve())


def _over(merged: Merged, below: dict[str, Any], name: str) -> Merged:
    """Put what files say over what a further base says."""
    base = _joined(merged.base, below, name)
    content = _joined(merged.content, below, name)
    known = _keys(merged.content)
    origins = {key: name for key in _keys(content) if key not in known}
    return Merged(content, base, origins | merged.origins)


def _keys(content: dict[str, Any]) -> set[tuple[str, ...]]:
    """Every key at the top, and every source."""
    sources = content.get("sources")
    ids = sources if isinstance(sources, dict) else ()
    return {*((key,) for key in content), *(("sources", id_) for id_ in ids)}


def _joined(content: dict[str, Any], below: dict[str, Any], base: str) -> dict[str, Any]:
    kept = {key: each for key, each in below.items() if key != KEY}
    if "route" in content:
        kept.pop("route_source", None)
    own, others = content.get("sources"), kept.get("sources")
    if isinstance(own, dict) and isinstance(others, dict):
        content = content | {"sources": _together(own, others, base)}
    return kept | content


def _together(own: dict[str, Any], below: dict[str, Any], base: str) -> dict[str, Any]:
    for id_ in own.keys() & below.keys():
        if own[id_] != below[id_]:
            raise InputError(
                f"source {id_!r} is one thing in this file and another in {base}; give one of "
                "them another name"
            )
    return below | own


def _anchored(content: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Make paths that are relative to a file's folder hold for any other."""
    train, rivals = content.get("train"), content.get("rival")
    if isinstance(train, dict):
        content = content | {"train": _with_path(train, "use", "train", folder)}
    if isinstance(rivals, list):
        anchored = [_with_path(rival, KIND, KIND, folder) for rival in rivals]
        content = content | {"rival": anchored}
    return content


def _with_path(table: object, key: str, kind: str, folder: Path) -> object:
    """Find the file that a key of a table names; what cannot be one is told from later."""
    if not isinstance(table, dict) or not isinstance(table.get(key), str):
        return table
    return table | {key: _anchored_name(table[key], kind, folder)}


def _anchored_name(name: str, kind: str, folder: Path) -> str:
    """Write the name of a bundled file as it is, and a path so that it holds from any folder.

    Raises
    ------
    UnknownPlaceError
        As `find_file`.
    """
    return name if name in bundled_names(kind) else str(find_file(name, kind, folder).resolve())
