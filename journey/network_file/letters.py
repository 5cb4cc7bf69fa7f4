"""Letters that no text of a network has: they end it, steer a terminal or turn its direction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

UNWRITABLE = re.compile("[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control letters, halves of surrogate pairs, and what turns the direction of writing; the joiners
that some scripts need are none of them."""

REPLACEMENT = "\ufffd"


def has_unwritable(texts: Iterable[str]) -> bool:
    """Whether any of some texts has such a letter; quick where none has."""
    joined = "".join(texts)
    return not joined.isprintable() and UNWRITABLE.search(joined) is not None


def writable(value: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    """Put U+FFFD in the place of such letters, also in texts within lists and mappings."""
    if isinstance(value, str):
        return UNWRITABLE.sub(REPLACEMENT, value)
    if isinstance(value, dict):
        return {writable(key): writable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [writable(each) for each in value]
    return value


def all_writable(values: Iterable[Any]) -> list[Any]:
    """The same of a column, which is taken as it is where nothing is to be replaced."""
    column = list(values)
    if has_unwritable(value for value in column if isinstance(value, str)):
        return [writable(value) for value in column]
    return column
