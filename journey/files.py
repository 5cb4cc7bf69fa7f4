"""Writing files whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from journey.errors import OutputError


def write_text(path: str | Path, text: str) -> Path:
    """Write a text file atomically: under a temporary name beside it, then renamed.

    Missing folders are made. If anything fails, also an interrupt, what stood there before still
    does and nothing half-written is left behind.

    Parameters
    ----------
    path : str or Path
        Where to.
    text : str
        What; written as UTF-8 with the line ends it has.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    OutputError
        If the file cannot be written there.
    """
    path = Path(path)
    try:
        _refuse_irregular(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, text)
    except OutputError:
        raise
    except FileExistsError:
        raise OutputError(f"{path}: {path.parent} is not a folder; choose another place") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{path}: {reason}; choose another place with -o FILE") from None
    return path


def _refuse_irregular(path: Path) -> None:
    if not path.name or (path.exists() and not path.is_file()):
        raise OutputError(f"{path}: not a regular file; choose another name with -o FILE")


def _replace(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            # Before the rename, or a crash could leave the new name with nothing in it.
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
