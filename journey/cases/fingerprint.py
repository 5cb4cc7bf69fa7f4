"""A short name for content: the same content has the same, on any machine and in any run."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTERS = 16


def fingerprint(*content: object) -> str:
    """Name some content.

    Parameters
    ----------
    *content
        Dataclasses, sequences, mappings, arrays, texts, numbers and moments, nested at will.

    Returns
    -------
    str
        Sixteen hexadecimal digits.

    Examples
    --------
    >>> fingerprint(1.0, "a") == fingerprint(1, "a") != fingerprint(1, "b")
    True
    """
    digest = sha256()
    for part in _parts(content):
        digest.update(part)
        # So that what is divided in another way is another content.
        digest.update(b"\0")
    return digest.hexdigest()[:LETTERS]


def _parts(content: Any) -> Iterator[bytes]:  # noqa: ANN401 - anything there is
    if is_dataclass(content) and not isinstance(content, type):
        stated = {each.name: getattr(content, each.name) for each in fields(content)}
        yield type(content).__name__.encode()
        yield from _parts(stated)
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from _parts(key)
            yield from _parts(value)
        yield b"}"
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _parts(value)
        yield b"]"
    elif isinstance(content, np.ndarray):
        yield np.ascontiguousarray(content, dtype="<f8").tobytes()
    else:
        yield _written(content)


def _written(content: object) -> bytes:
    if isinstance(content, datetime):
        content = content.isoformat()
    elif isinstance(content, float) and content.is_integer():
        # The same number, however it was written.
        content = int(content)
    return f"{type(content).__name__} {content!r}".encode("utf-8", "surrogatepass")
