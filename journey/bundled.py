"""Files that come with the package, found by name, and others, found by path."""

from __future__ import annotations

from pathlib import Path

from journey.dataset import data_folder
from journey.errors import UnknownPlaceError, nearest_names


def bundled_names(kind: str) -> tuple[str, ...]:
    """Names of what comes with the package of one kind: ``"scenario"`` or ``"train"``."""
    return tuple(sorted(path.stem for path in _folder(kind).glob("*.toml")))


def find_file(name: str | Path, kind: str, beside: Path = Path()) -> Path:
    """Find a file by the name of a bundled one, or by its path.

    Parameters
    ----------
    name : str or Path
        A bundled name, or a path.
    kind : str
        ``"scenario"`` or ``"train"``.
    beside : Path
        The folder that a path is relative to.

    Raises
    ------
    UnknownPlaceError
        If it is neither the name of a bundled file nor looks like a path.
    """
    if name in bundled_names(kind):
        return _folder(kind) / f"{name}.toml"
    path = Path(name)
    if isinstance(name, Path) or path.suffix or path.parent != Path() or _is_file(beside / path):
        return beside / path
    raise _unknown(name, kind)


def name_in_messages(path: Path, kind: str) -> str:
    """Name alone of a bundled file, the path of any other."""
    return path.name if path.parent == _folder(kind) else str(path)


def _folder(kind: str) -> Path:
    return data_folder() / f"{kind}s"


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _unknown(name: str, kind: str) -> UnknownPlaceError:
    known = bundled_names(kind)
    offer = nearest_names(name, known) or f"known: {', '.join(known)}."
    return UnknownPlaceError(f"{kind} {name!r} is not bundled; {offer} Or give the path of a file.")
