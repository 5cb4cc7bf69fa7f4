"""A report with everything in it, and texts that would do harm in a careless writer."""

from __future__ import annotations

from matplotlib.figure import Figure as Drawing

from journey.report.blocks import Figure, Item, Items, Paragraph, Report, Section, Table

HOSTILE = '#import "x" ]]> {{7*7}} <b>bold</b> $x^2$ @ref *star* _under_ `code` \\ =1+1'
CONTROL = "bell\x07 null\x00 turn\u202e surrogate\ud800 none\uffff line\nend"
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
WINDOWS = Table(
    caption="Arrival windows at every timing point",
    head=("Place", "Local name", "km", "Earliest", "Central", "Latest"),
    rows=tuple(
        (f"Halt {n}", "평양" if n % 2 else "Хасан", f"{n * 13.7:.1f}", "Sun 10 Sep 12:00",
         "Sun 10 Sep 15:00", "Sun 10 Sep 18:00")
        for n in range(60)
    ),
    figures=(False, False, True, True, True, True),
    widths=(0.28, 0.16, 0.08, 0.16, 0.16, 0.16),
    note="Times are on the clock of each place.",
)  # fmt: skip
HARM = Table(
    caption=f"Harm: {HOSTILE}",
    head=("Name", "What", "Note"),
    rows=((HOSTILE, "=1+1", LONG_WORD), (CONTROL, "-2", "word " * 150)),
    figures=(False, True, False),
    widths=(3, 1, 2),
)


def drawn(label: str) -> Drawing:
    """Draw a line on a figure of the width of a page."""
    drawing = Drawing(figsize=(6.7, 2.6))
    axes = drawing.subplots()
    axes.plot([0, 700], [0, 30])
    axes.set_xlabel(label)
    return drawing


def everything() -> Report:
    """Make the report."""
    ways = (
        Item("Departure on Sunday afternoon", "reported", "https://kcna.kp/en/1?a=b&c=d", "Sunday"),
        Item("Average speed of 59 km/h", "assumed"),
        Item("Arrival at 하산", "derived", quote='it is "there"'),
        Item("A trap", "reported", "javascript:alert(1)"),
        Item(HOSTILE, None, 'http://example.org/<b>?q="x"'),
        Item("Elsewhere", None, "https://example.org/two words"),
    )
    figure = "Figure that shows the {} of the train"
    return Report(
        title="Pyongyang to Vostochny, September 2023",
        subtitle="A simulated journey: 평양 - Хасан",
        summary=(
            Paragraph("The train arrives between 06:00 and 12:00, most likely at 09:00."),
            Paragraph("Two reports contradict each other.", warning=True),
            Paragraph(f"{HOSTILE} {CONTROL} {LONG_WORD}"),
        ),
        sections=(
            Section("windows", "Arrival windows", (Paragraph("When it arrives."), WINDOWS)),
            Section(
                "charts",
                "Charts",
                (
                    Figure("graph", "Train graph", figure.format("way"), drawn("Time, h")),
                    Figure("speed", HOSTILE, figure.format("speed"), drawn("Way, km")),
                ),
            ),
            Section("assumptions", "What is taken for granted", (Items(ways),)),
            Section("harm", HOSTILE, (HARM,)),
        ),
        language="en-GB",
    )
