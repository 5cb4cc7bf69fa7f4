"""Whole numbers packed as text, so that a page reads back the very same ones."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import numpy as np

from journey.errors import InputError

if TYPE_CHECKING:
    from typing import Any

    from numpy.typing import ArrayLike, NDArray

WIDTHS = (1, 2, 3, 4)
"""Bytes that a number of steps may take."""


def pack(values: ArrayLike, *, along: bool = False) -> dict[str, Any]:
    """Pack whole numbers.

    Parameters
    ----------
    values : array_like, shape (n,)
        The numbers; others are rounded.
    along : bool
        Whether each is told by how much it differs from the one before, which takes less room for
        what rises along a route.

    Returns
    -------
    dict
        ``base`` and ``step``, whole numbers; ``bytes``, how many each number of steps takes, 0
        where all are the base; ``count``, how many there are; ``data``, the numbers of steps above
        the base, lowest byte first, in base 64; and ``first``, the first number, if they are
        differences, of which the first one is nought.

    Raises
    ------
    InputError
        If a number of steps takes more than four bytes.
    """
    whole = np.rint(np.asarray(values, dtype=np.float64)).astype(np.int64)
    first = int(whole[0]) if along and whole.size else 0
    if along:
        whole = np.diff(whole, prepend=first)
    base = int(whole.min()) if whole.size else 0
    above = whole - base
    step = int(np.gcd.reduce(above)) or 1 if whole.size else 1
    packed = {"base": base, "step": step, **_data(above // step), "count": whole.size}
    return {**packed, "first": first} if along else packed


def unpack(packed: dict[str, Any]) -> NDArray[np.int64]:
    """Read packed whole numbers, as a page does.

    Returns
    -------
    ndarray of int, shape (n,)
    """
    count, width = packed["count"], packed["bytes"]
    steps = np.zeros(count, dtype=np.int64)
    raw = np.frombuffer(base64.b64decode(packed["data"]), dtype=np.uint8).reshape(-1, width or 1)
    for number in range(width):
        steps += raw[:, number].astype(np.int64) << (8 * number)
    values: NDArray[np.int64] = packed["base"] + packed["step"] * steps
    return np.cumsum(values) + packed["first"] if "first" in packed else values


def _data(steps: NDArray[np.int64]) -> dict[str, Any]:
    most = int(steps.max()) if steps.size else 0
    if most >= 1 << (8 * WIDTHS[-1]):
        expected = f"numbers within {WIDTHS[-1]} bytes of one another"
        raise InputError(f"packing {most:,} steps: expected {expected}; use wider steps")
    width = 0 if most == 0 else next(each for each in WIDTHS if most < 1 << (8 * each))
    parts = [(steps >> (8 * number)) & 255 for number in range(width)]
    raw = np.stack(parts, axis=-1).astype(np.uint8).tobytes() if parts else b""
    return {"bytes": width, "data": base64.b64encode(raw).decode("ascii")}
