"""The help of each command has an example, and the example is one."""

from __future__ import annotations

import shlex

import pytest

from journey.cli import run
from journey.cli.entry import app

MARK = "Example: journey "


def commands_of(group, before=()):
    """Every command, as the words that call it; those of a group after its own."""
    for name in sorted(name for name in group if not name.startswith("-")):
        words = (*before, name)
        yield words
        if group[name].default_command is None:
            yield from commands_of(group[name], words)


COMMANDS = list(commands_of(app))


def command_of(words):
    """The command that words call."""
    found = app
    for word in words:
        found = found[word]
    return found


def examples_of(command):
    """The examples in the docstring of a command, as the words after ``journey``."""
    lines = map(str.strip, command_of(command).help.splitlines())
    return [shlex.split(line.removeprefix(MARK)) for line in lines if line.startswith(MARK)]


def test_there_are_commands():
    """Or the tests below would hold of nothing."""
    known = {"map", "windows", "where", "whatif", "check", "reach", "report", "export"}
    assert {(name,) for name in known} | {("network", "import")} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command, capsys):
    """On stdout, with status 0."""
    assert run([*command, "--help"]) == 0
    told = capsys.readouterr()
    assert f"{MARK}{' '.join(command)} " in " ".join(told.out.split())
    assert told.err == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_the_example_is_understood(command):
    """Each is of this command, or one of its group, and no word of it is unknown or left over."""
    examples = examples_of(command)
    assert examples
    for words in examples:
        assert tuple(words[: len(command)]) == command
        parsed, _, left = app.parse_args(words, exit_on_error=False, print_error=False)
        meant = command_of(command).default_command
        assert parsed is (meant or command_of(words[: len(command) + 1]).default_command)
        assert left == {}
