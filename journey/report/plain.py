"""Texts of a report as every document can hold them: nothing that steers, links that lead out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from journey.errors import printable

if TYPE_CHECKING:
    from journey.report.blocks import Item

LINE_ENDS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
NO_LETTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
KEPT_IN_ADDRESS = "%/:=&?~#+!$,;'@()*[]"


def plain_text(text: str) -> str:
    """Give a text as one line of what can be printed, and held by XML.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        With a space for ends of lines, and U+FFFD in place of control characters, surrogates,
        and what is no character at all.
    """
    return NO_LETTERS.sub("\ufffd", printable(LINE_ENDS.sub(" ", text)))


def address_of(item: Item) -> str | None:
    """Give where an item leads, in ASCII, or None unless that is on the web."""
    try:
        parts = urlsplit(item.url or "")
        on_the_web = parts.scheme in ("http", "https") and bool(parts.hostname)
        return quote(item.url or "", safe=KEPT_IN_ADDRESS) if on_the_web else None
    except ValueError:
        return None


def quoted(item: Item) -> str:
    """Give the words that an item quotes, in quotation marks; empty where it quotes none."""
    return f"“{plain_text(item.quote)}”" if item.quote else ""
