"""What becomes of a report or a claim: consistent, strained or contradicted."""

from __future__ import annotations

from typing import Literal

Verdict = Literal["consistent", "strained", "contradicted"]

CONSISTENT_RATIO = 1 / 3
"""A report is consistent if all the others make it at least a third as likely as chance does.

The measure is how often a wrong report would happen to hold, see `Observed.astray` in
`journey.evidence.likelihood`. Down to a third of that it says nothing against a report: the
probability of a narrow one depends on how finely its time was read.
"""
STRAINED_RATIO = 1 / 10
"""Below a tenth of it a report is contradicted: the two are Jeffreys' bounds of substantial and of
strong evidence (Theory of Probability, 1961, appendix B), the former rounded."""
CONSISTENT_SHARE = 0.03
"""A figure is consistent if it is within 3 % of the computed one: so far do official lengths and
those of the press differ by rounding and by where in a town they begin."""
STRAINED_SHARE = 0.10
"""Beyond 10 % it is contradicted."""
SMALLEST = 1e-9
"""What computing loses."""


def verdict_on_report(probability: float, astray: float) -> Verdict:
    """Judge a report by what all the others make of it.

    Parameters
    ----------
    probability : float
        Of the report, given all the others.
    astray : float
        How often a wrong report would happen to hold.
    """
    if not probability > 0:
        return "contradicted"
    ratio = probability / astray if astray else float("inf")
    return _verdict(ratio >= CONSISTENT_RATIO, ratio >= STRAINED_RATIO)


def verdict_on_figure(stated: float, low: float, high: float, bound: str = "about") -> Verdict:
    """Judge a published figure by the computed one.

    Parameters
    ----------
    stated : float
        What was published.
    low, high : float
        What was computed: one figure, or from the least to the most.
    bound : {"about", "at least", "at most"}
        What the figure is said to be: ``"at least"`` 20 h is wrong only where it is less.
    """
    below = 0.0 if bound == "at least" else 1 - stated / max(low, SMALLEST)
    above = 0.0 if bound == "at most" else stated / max(high, SMALLEST) - 1
    off = max(below, above) - SMALLEST
    return _verdict(off <= CONSISTENT_SHARE, off <= STRAINED_SHARE)


def _verdict(consistent: bool, strained: bool) -> Verdict:  # noqa: FBT001 - read at once
    return "consistent" if consistent else "strained" if strained else "contradicted"
