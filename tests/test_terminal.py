"""What goes to stdout stands there as it is written."""

from __future__ import annotations

import pytest
from rich.table import Table

from journey.tables import escape
from journey.terminal import show

NAMES = [
    ":bullet_train: express",
    ":warning:",
    "[bold]Khasan[/bold]",
    "\\[red]",
    "Khasan\\",
    "Khasan\\\\",
    "[red]Khasan\\",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_comes_out_as_it_is_written(capsys, name):
    """Neither as an emoji nor as markup; a backslash once, also at the end."""
    show([escape(name)])
    assert capsys.readouterr().out == f"{name}\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_a_table_comes_out_as_it_is_written(capsys, name):
    """In its title, its heading, its cells and its caption."""
    table = Table(escape(name), title=escape(name), caption=escape(name), box=None)
    table.add_row(escape(name))
    show([table])
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [name] * 4
