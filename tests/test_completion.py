"""Scripts that let a shell complete commands."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from journey.cli import run

BASH = shutil.which("bash")
needs_bash = pytest.mark.skipif(BASH is None, reason="no bash on this machine")


@pytest.fixture
def script(capsys):
    """The script for bash."""
    assert run(["completion", "bash"]) == 0
    return capsys.readouterr().out


def completed(script, *words):
    """What bash offers for the last of some words."""
    line = " ".join(f"'{word}'" for word in words)
    asked = f"COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _journey"
    code = f'{script}\n{asked}\nprintf "%s\\n" "${{COMPREPLY[@]}}"'
    told = subprocess.run(
        [BASH, "--norc", "-c", code], capture_output=True, text=True, check=True, timeout=20
    )
    assert told.stderr == ""
    return told.stdout.split()


@needs_bash
def test_the_script_is_valid(script, tmp_path):
    """Bash reads it to its end, and finds nothing to say."""
    path = tmp_path / "journey.bash"
    path.write_text(script, encoding="utf-8")
    told = subprocess.run([BASH, "-n", str(path)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@needs_bash
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("journey", "w"), {"whatif", "where", "windows"}),
        (("journey", "rep"), {"report"}),
        (("journey", "windows", "--le"), {"--level"}),
        (("journey", "runtime", "--running", "c"), {"cruise"}),
        (("journey", "completion", "f"), {"fish"}),
        (("journey", "fly"), set()),
    ],
)
def test_bash_completes(script, words, expected):
    """Commands, their options, and values of which there are few."""
    assert set(completed(script, *words)) == expected


@needs_bash
def test_bash_offers_files_where_it_knows_nothing_else(script, tmp_path):
    """A scenario may be a file."""
    told = subprocess.run(
        [BASH, "--norc", "-c", f"{script}\ncomplete -p journey"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert told.stdout.split() == ["complete", "-o", "default", "-F", "_journey", "journey"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_prints_and_writes_nothing(shell, tmp_path, monkeypatch, capsys):
    """Every command is named; folder and home stay empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert run(["completion", shell]) == 0
    told = capsys.readouterr()
    for command in ("map", "windows", "whatif", "report"):
        assert command in told.out
    assert told.err == ""
    assert list(tmp_path.iterdir()) == []


def test_another_shell_is_refused(capsys):
    """One line that names those there are."""
    assert run(["completion", "tcsh"]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert "bash" in told.err
