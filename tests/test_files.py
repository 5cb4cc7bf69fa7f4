"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from journey import files
from journey.errors import OutputError


def test_a_file_is_written_with_its_folders(tmp_path):
    """UTF-8, the line ends as given, nothing beside it."""
    path = files.write_text(tmp_path / "new" / "map.html", "평양\n")
    assert path.read_bytes() == "평양\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_the_mode_is_that_of_any_new_file(tmp_path):
    """Readable by others where the umask allows it, as a web server needs."""
    plain = tmp_path / "plain"
    plain.write_text("", encoding="utf-8")
    written = files.write_text(tmp_path / "map.html", "")
    assert stat.S_IMODE(written.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, failure):
    """A full disk or Ctrl-C in the middle of writing."""

    def fail(_descriptor: int) -> None:
        raise failure

    path = tmp_path / "map.html"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        files.write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path):
    """A file where a folder should be, a folder where the file should be, a device."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="is not a folder; choose another place"):
        files.write_text(tmp_path / "file" / "map.html", "")
    with pytest.raises(OutputError, match="name too long"):
        files.write_text(tmp_path / ("x" * 300), "")
    for irregular in (tmp_path, "/dev/null", ""):
        with pytest.raises(OutputError, match="not a regular file"):
            files.write_text(irregular, "")


def test_a_folder_without_leave_to_write_is_one_line(tmp_path, monkeypatch):
    """Whatever the operating system refuses, also to look."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    with pytest.raises(OutputError, match=r"map\.html: permission denied; choose another place"):
        files.write_text(tmp_path / "map.html", "")
