"""Addresses that may be linked."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_web(url: object) -> bool:
    """Whether an address is one of the web, which alone may be linked; none has a space."""
    text = str(url)
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = text.split() == [text]
    return whole and parts.scheme in ("http", "https") and bool(parts.hostname)
