"""The help of each command has an example, and the example is one."""

from __future__ import annotations

import shlex

import pytest

from journey.cli import run
from journey.cli.entry import app

COMMANDS = sorted(name for name in app if not name.startswith("-"))
MARK = "Example: journey "


def examples_of(command):
    """The examples in the docstring of a command, as the words after ``journey``."""
    lines = map(str.strip, app[command].help.splitlines())
    return [shlex.split(line.removeprefix(MARK)) for line in lines if line.startswith(MARK)]


def test_there_are_commands():
    """Or the tests below would hold of nothing."""
    assert {"map", "windows", "where", "whatif", "check", "report", "export"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command, capsys):
    """On stdout, with status 0."""
    assert run([command, "--help"]) == 0
    told = capsys.readouterr()
    assert f"{MARK}{command} " in " ".join(told.out.split())
    assert told.err == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_is_understood(command):
    """Each is of this command, and no word of it is unknown or left over."""
    examples = examples_of(command)
    assert examples
    for words in examples:
        assert words[0] == command
        parsed, _, left = app.parse_args(words, exit_on_error=False, print_error=False)
        meant = app[command].default_command or app[command][words[1]].default_command
        assert parsed is meant
        assert left == {}
