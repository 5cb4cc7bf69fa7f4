"""When drawn journeys come to each event, as a page needs it: windows, and a band."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from journey.ensemble.band import band_s
from journey.ensemble.windows import MOMENTS
from journey.sample.columns import pack

if TYPE_CHECKING:
    from journey.ensemble.windows import Window
    from journey.views import View


def curves_of(view: View, windows: tuple[Window, ...]) -> dict[str, Any]:
    """Pack the times of a view's events.

    Parameters
    ----------
    view : View
        The journeys, with the share of them that windows hold.
    windows : tuple of Window
        Its windows.

    Returns
    -------
    dict
        ``earliest``, ``central`` and ``latest`` of each event, as rounded; ``low`` and ``high``,
        between which four in five journeys come to it; ``grain_s``, what windows are rounded to.
        Whole seconds of Unix time, packed.
    """
    unix_s = np.array([[getattr(each, name).timestamp() for name in MOMENTS] for each in windows])
    low_s, high_s = band_s(view.ensemble)
    return {
        **{name: pack(row, along=True) for name, row in zip(MOMENTS, unix_s.T, strict=True)},
        "low": pack(low_s, along=True),
        "high": pack(high_s, along=True),
        "grain_s": pack([each.grain_s for each in windows]),
    }
