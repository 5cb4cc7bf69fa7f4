"""Reading text files: whole, of a bounded size, in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 1_000_000
LARGEST_MB = 20.0


def read_text(path: Path, expected: str, largest_mb: float = LARGEST_MB) -> str:
    """Read a text file.

    Parameters
    ----------
    path : Path
        The file; a byte order mark at its beginning is skipped.
    expected : str
        What it should be, for messages: ``"a readable TOML file"``.
    largest_mb : float
        Size beyond which it is refused, in millions of bytes.

    Raises
    ------
    InputError
        If it cannot be read, is too large or is not UTF-8; the caller names the file.
    """
    content = read_bytes(path, expected, int(largest_mb * MEGABYTE))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"byte {error.start} is not UTF-8; save the file as UTF-8") from None


def read_bytes(path: Path, expected: str, largest: int = int(LARGEST_MB * MEGABYTE)) -> bytes:
    """Read any file.

    Parameters
    ----------
    path : Path
        The file.
    expected : str
        What it should be, for messages: ``"a readable DOCX file"``.
    largest : int
        Size beyond which it is refused, bytes.

    Raises
    ------
    InputError
        If it cannot be read or is too large; the caller names the file.
    """
    try:
        # Not by the size that the file system gives: a pipe or a device has none.
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise InputError(f"{error.strerror}; expected {expected}") from None
    except ValueError as error:
        raise InputError(f"{error}; expected the path of a file") from None
    if len(content) > largest:
        raise InputError(f"larger than {largest / MEGABYTE:g} MB; divide the file")
    return content
