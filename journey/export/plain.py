"""Texts and moments as all formats write them."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from numpy.typing import NDArray

DECIMALS = 7
"""Of degrees: a centimetre."""
UNHELD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document can hold: control characters, and halves of characters."""


def clean(text: str) -> str:
    """Put U+FFFD in the place of what not every format can hold, so that all say the same."""
    return UNHELD.sub("\ufffd", text)


def local_text(moment: datetime, zone: tzinfo) -> str:
    """Write a moment by RFC 3339 on the clock of a place: ``2023-09-12T06:00:00+10:00``.

    That standard knows no seconds in an offset; clocks of before standard time are put to the
    minute, the moment stays what it is.
    """
    offset = moment.astimezone(zone).utcoffset() or timedelta()
    minutes = timedelta(minutes=round(offset.total_seconds() / 60))
    return moment.astimezone(timezone(minutes)).isoformat(timespec="seconds")


def utc_text(moment: datetime) -> str:
    """Write a moment in UTC: ``2023-09-11T20:00:00Z``."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def utc_texts(unix_ms: NDArray[np.int64]) -> list[str]:
    """Write moments in UTC to the millisecond: ``2023-09-11T20:00:00.000Z``."""
    texts = np.datetime_as_string(unix_ms.astype("datetime64[ms]"), unit="ms")
    return [f"{each}Z" for each in texts.tolist()]
