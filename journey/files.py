"""Writing files and folders whole or not at all, or files line by line so that nothing is lost."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from journey.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def write_text(path: str | Path, text: str) -> Path:
    """Write a text file atomically, see `write_whole`.

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
    return write_bytes(path, text.encode("utf-8"))


def write_bytes(path: str | Path, content: bytes) -> Path:
    """Write a file atomically, as `write_text` does, of finished bytes."""
    return write_whole(path, lambda file: file.write(content))


def write_whole(path: str | Path, write: Callable[[IO[bytes]], object]) -> Path:
    """Write a file atomically: under a temporary name beside it, then renamed.

    Missing folders are made. If anything fails, also an interrupt, what stood there before still
    does and nothing half-written is left behind.

    Parameters
    ----------
    path : str or Path
        Where to.
    write : callable
        Writes the content to an open file.

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
    with reporting(path):
        _prepare(path)
        _replace(path, write)
    return path


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Put a folder of files in the place of what stands there, whole or not at all.

    Parameters
    ----------
    path : Path
        The folder.
    files : mapping of str to bytes
        What each of its files has.

    Raises
    ------
    OutputError
        If it cannot be written there, or something else than a folder stands there.
    """
    new, old = (path.with_name(f".{path.name}.{secrets.token_hex(4)}.part") for _ in range(2))
    with reporting(path):
        if path.exists() and not path.is_dir():
            raise OutputError(f"{path}: not a folder; choose another name with -o FILE")
        try:
            new.mkdir(parents=True)
            for name, content in files.items():
                (new / name).write_bytes(content)
            if path.exists():
                path.rename(old)
            new.rename(path)
        except BaseException:
            if old.exists() and not path.exists():
                old.rename(path)
            raise
        finally:
            shutil.rmtree(new, ignore_errors=True)
            shutil.rmtree(old, ignore_errors=True)


def open_growing(path: str | Path) -> IO[bytes]:
    """Open a file to read it and to append to it, for one process alone.

    Missing folders are made, and the file where there is none; what stands there stays.

    Raises
    ------
    OutputError
        If the file cannot be written there, or another process has it open in this way.
    """
    path = Path(path)
    with reporting(path):
        _prepare(path)
        file = path.open("a+b")
        try:
            _claim(file, path)
        except BaseException:
            file.close()
            raise
    file.seek(0)
    return file


@contextmanager
def reporting(path: Path) -> Iterator[None]:
    """Say in one line what keeps a file from being written."""
    try:
        yield
    except OutputError:
        raise
    except FileExistsError:
        raise OutputError(f"{path}: {path.parent} is not a folder; choose another place") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{path}: {reason}; choose another place with -o FILE") from None


def _prepare(path: Path) -> None:
    if not path.name or (path.exists() and not path.is_file()):
        raise OutputError(f"{path}: not a regular file; choose another name with -o FILE")
    path.parent.mkdir(parents=True, exist_ok=True)


def _replace(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            write(file)
            file.flush()
            # Before the rename, or a crash could leave the new name with nothing in it.
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _claim(file: IO[bytes], path: Path) -> None:
    """Keep other processes from appending too, where the system has such locks."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(
            f"{path}: another run is writing it; wait for its end, or choose another name with "
            "-o FILE"
        ) from None
    except OSError:
        # A file system without locks: nothing is lost as long as one run writes at a time.
        return
