"""What the figures rest on: assumptions, method, sources, and what they do not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.assumptions import cited, statements
from journey.caveats import notes_of, unshown_of
from journey.report.blocks import Item, Items, Paragraph
from journey.version import __version__
from journey.view_words import rests_on
from journey.words import running_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.report.blocks import Block
    from journey.report.findings import Findings
    from journey.statements import Source


def assumptions(found: Findings) -> tuple[Block, ...]:
    """Each statement, with its source or its reason."""
    told: list[Block] = []
    for view in reversed(found.views):
        said = statements(view.ensemble.plan, view.level)
        told += [
            Paragraph(f"{rests_on(view)}."),
            Items(tuple(Item(each.text, each.kind) for each in said)),
        ]
    return tuple(told)


def method(found: Findings) -> tuple[Block, ...]:
    """How the figures were computed."""
    notes = " ".join(notes_of(found.view.ensemble, found.beside))
    return tuple(map(Paragraph, (notes, *_computed(found))))


def _computed(found: Findings) -> Iterator[str]:
    ensemble, route = found.view.ensemble, found.plan.route
    yield (
        f"Chainage follows {route.provenance.kilometres}: {route.length_km:,.1f} km; the geometry "
        f"has {route.geodesic_km:,.1f} km. Running times are by "
        f"{running_in_words(found.plan.running)}."
    )
    yield (
        f"{ensemble.draws:,} journeys were drawn; each uncertain quantity has random streams of "
        f"its own, from the seed {ensemble.seed}. A window runs from the earliest to the latest "
        "of the share that it names; central is the median. Each bound has a standard error, and "
        "times are rounded to what it supports."
    )
    evidence = ensemble.evidence
    if evidence is not None:
        yield (
            "A report is right with the probability of its trust, and otherwise says nothing; "
            "each journey counts by the product over all reports, and those that say the same "
            f"count once. {evidence.tried:,} journeys were tried, as many as "
            f"{evidence.effective_draws:,.0f} independent ones are left "
            f"(Pareto k {evidence.pareto_k:.2f})."
        )


def unshown(found: Findings) -> tuple[Block, ...]:
    """What a reader might look for in vain."""
    return (Items(tuple(map(Item, unshown_of(found.plan)))),)


def sources(found: Findings) -> tuple[Block, ...]:
    """The publications that the scenario refers to."""
    items = tuple(map(_source, cited(found.plan)))
    return (Items(items),) if items else ()


def _source(source: Source) -> Item:
    date = source.date.isoformat() if source.date else None
    name = ": ".join(filter(None, [source.publisher, source.title]))
    return Item(", ".join(filter(None, [name, date])), url=source.url, quote=source.wording)


def made(found: Findings) -> tuple[Block, ...]:
    """With what, so that it can be made again, and whose work it rests on."""
    ensemble = found.view.ensemble
    origin = ensemble.plan.route.provenance
    with_what = (
        f"Program: journey {__version__}, {ensemble.draws:,} journeys drawn, seed {ensemble.seed}"
    )
    credits_ = (Item(each.text, url=each.url) for each in origin.credits)
    dataset = Item(f"Dataset: {origin.dataset}, {origin.licence}", url=origin.licence_url)
    return (Items((Item(with_what), dataset, *credits_)),)
