"""Texts of a report as every document can hold them: nothing that steers, links that lead out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from journey.errors import printable
from journey.links import is_web

if TYPE_CHECKING:
    from journey.report.blocks import Item

LINE_ENDS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
NO_LETTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
PER_CENT = re.compile("(?<=[0-9]) %")
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
        With a space for ends of lines, none that ends a line before ``%``, and U+FFFD in place of
        control characters, surrogates, and what is no character at all.
    """
    text = NO_LETTERS.sub("\ufffd", printable(LINE_ENDS.sub(" ", text)))
    return PER_CENT.sub("\u00a0%", text)


def address_of(item: Item) -> str | None:
    """Give where an item leads, in ASCII, or None unless that is on the web."""
    if not (item.url and is_web(item.url)):
        return None
    parts = urlsplit(item.url)
    try:
        host = parts.netloc.encode("idna").decode("ascii")
    except UnicodeError:
        host = parts.netloc
    return quote(parts._replace(netloc=host).geturl(), safe=KEPT_IN_ADDRESS)


def quoted(item: Item) -> str:
    """Give the words that an item quotes, in quotation marks; empty where it quotes none."""
    return f"“{plain_text(item.quote)}”" if item.quote else ""
