"""The parts of a report, in their order; a part that has nothing to say is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.report import evidence_part, figures, grounds_part, journey_part, whatif_part
from journey.report.blocks import Report, Section
from journey.report.summary import subtitle_of, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from journey.report.blocks import Block, Figure
    from journey.report.findings import Findings


def report_of(findings: Findings) -> Report:
    """Put what was found into the words, tables and figures of a report.

    Parameters
    ----------
    findings : Findings
        What was found.

    Returns
    -------
    Report
        As every format has it.

    Raises
    ------
    JourneyError
        If matplotlib is not installed.
    """
    # Before anything else, since what became of the reports may still be under way.
    drawn = figures.all_of(findings)
    parts = _parts(findings, drawn)
    sections = tuple(Section(id_, heading, blocks) for id_, heading, blocks in parts if blocks)
    return Report(findings.plan.name, subtitle_of(findings), summary_of(findings), sections)


def _parts(
    found: Findings, drawn: Mapping[str, Figure]
) -> Iterator[tuple[str, str, tuple[Block, ...]]]:
    yield "map", "The way", (drawn["way"],)
    yield "windows", "When it arrives", journey_part.windows(found, drawn["windows"])
    yield "graph", "Where it is when", (drawn["train-graph"],)
    yield "speed", "How fast it runs", journey_part.speeds(found, drawn["speed"])
    yield "what-if", "What if", whatif_part.cases(found, drawn.get("what-if"))
    yield "evidence", "The evidence", evidence_part.reports(found)
    yield "claims", "What else was claimed", evidence_part.claims(found)
    yield "destinations", "Where it may be going", evidence_part.rivals(found)
    yield "assumptions", "What the figures rest on", grounds_part.assumptions(found)
    yield "method", "How it was computed", grounds_part.method(found)
    yield "unshown", "What this does not show", grounds_part.unshown(found)
    yield "sources", "Sources", grounds_part.sources(found)
    yield "made", "How it was made", grounds_part.made(found)
