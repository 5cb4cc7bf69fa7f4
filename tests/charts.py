"""What the tests of charts look at: every text, and whether it is in its place."""

from __future__ import annotations

from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.text import Text

from journey.charts.style import root_of

SLACK_PX = 0.6
"""What rounding to whole pixels costs."""


def texts_of(figure):
    """Every text that is drawn, with its rectangle in px."""
    figure.draw_without_rendering()
    unseen = {id(text) for axes in figure.findobj(Axes) for text in _beyond(axes)}
    drawn = [
        each for each in figure.findobj(Text) if each.get_visible() and each.get_text().strip()
    ]
    boxes = [(each, each.get_window_extent()) for each in drawn if id(each) not in unseen]
    return [(each, box) for each, box in boxes if box.width > 0]


def _beyond(axes):
    """Labels of ticks beyond the limits, which matplotlib keeps and does not draw."""
    for axis in (axes.xaxis, axes.yaxis):
        seen = axis._update_ticks()
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if tick not in seen:
                yield from (tick.label1, tick.label2)


def check(figure):
    """No text is cut off, covers another one or is taken for a formula."""
    texts = texts_of(figure)
    frame = figure.bbox.padded(SLACK_PX)
    outside = [
        text.get_text()
        for text, box in texts
        if box.x0 < frame.x0 or box.y0 < frame.y0 or box.x1 > frame.x1 or box.y1 > frame.y1
    ]
    assert outside == []
    overlapping = [
        (one.get_text(), other.get_text())
        for (one, a), (other, b) in combinations(texts, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > SLACK_PX
        and min(a.y1, b.y1) - max(a.y0, b.y0) > SLACK_PX
    ]
    assert overlapping == []
    assert not any(text.get_parse_math() for text, _ in texts if "$" in text.get_text())


def with_label(axes, name):
    """The artists of a chart by what they are."""
    return [each for each in axes.findobj() if each.get_label() == f"_{name}"]


def figure_of(axes):
    """The figure of a chart."""
    return root_of(axes)
