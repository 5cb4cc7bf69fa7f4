"""The content of an export: its features, and what is to be known of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from journey.errors import InputError, shown
from journey.export.features import KINDS, Feature
from journey.export.plain import clean
from journey.export.points import points_of, route_of
from journey.export.reports import reports_of
from journey.export.tracks import trajectories_of
from journey.version import __version__
from journey.view_words import basis_of_view, doubt_in_words, left_out_in_words, rests_on
from journey.words import share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from journey.views import View

SCHEMA = "journey.export/1"
NOTES = (
    "A simulation from published reports and stated figures; not a live position, nor a timetable.",
    (
        "Earliest, central and latest are the bounds and the median of each event by itself. The "
        "trajectory through all medians is therefore not one journey, nor are those through the "
        "bounds."
    ),
    (
        "Along a trajectory the way is run evenly between two events. It keeps to times that are "
        "not rounded; windows are rounded to what rounded_to_s says."
    ),
)


@dataclass(frozen=True)
class Content:
    """What an export holds.

    Attributes
    ----------
    name : str
        Name of the scenario.
    about : dict
        Scenario, program, dataset, seed, draws, views, notes, warnings, licence and attribution:
        texts, numbers, lists and dictionaries.
    features : tuple of Feature
        View by view its route, timing points and trajectories; then the reports.
    """

    name: str
    about: dict[str, Any]
    features: tuple[Feature, ...]

    @property
    def bases(self) -> tuple[str, ...]:
        """What each view is."""
        return tuple(each["basis"] for each in self.about["views"])

    def of(self, kind: str, basis: str | None = None) -> tuple[Feature, ...]:
        """Features of a kind, perhaps of one view alone."""
        return tuple(
            each
            for each in self.features
            if each.kind == kind and basis in {None, each.properties["basis"]}
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """What is to be known, in lines of text, for formats that have one place for it."""
        about = self.about
        views = (f"{each['rests_on']}. Windows hold {each['holds']}." for each in about["views"])
        return (
            *about["notes"],
            *about["warnings"],
            *views,
            (
                f"{about['program']}, dataset {about['dataset']}, {about['draws']:,} draws, "
                f"seed {about['seed']}"
            ),
            *(f"{each['text']}: {each['url']}" for each in about["attribution"]),
        )


def content_of(views: Sequence[View], left_out: Sequence[str] = ()) -> Content:
    """Put what an export holds into plain data.

    Parameters
    ----------
    views : sequence of View
        Views of one journey; reports are weighed by the last one.
    left_out : sequence of str
        A line for each row of a file of reports that could not be placed.

    Raises
    ------
    InputError
        If only some places were timed, or two views have one basis.
    """
    bases = [view.basis for view in views]
    if len(set(bases)) < len(bases):
        raise InputError(f"export: two views {shown(bases[0])}; expected one of each basis")
    for view in views:
        if view.ensemble.events != view.ensemble.plan.events:
            raise InputError("export: only some places were timed; simulate without places")
    features = [feature for view in views for feature in _of_view(view)]
    features += reports_of(views[-1].ensemble)
    name = clean(views[-1].ensemble.plan.name)
    return Content(name, _about(views, left_out), tuple(features))


def _of_view(view: View) -> Iterable[Feature]:
    yield route_of(view)
    yield from points_of(view)
    yield from trajectories_of(view)


def _about(views: Sequence[View], left_out: Sequence[str]) -> dict[str, Any]:
    last = views[-1].ensemble
    origin = last.plan.route.provenance
    return {
        "schema": SCHEMA,
        "scenario": clean(last.plan.name),
        "program": f"journey {__version__}",
        "dataset": origin.dataset,
        "seed": last.seed,
        "draws": last.draws,
        "kinds": list(KINDS),
        "views": [_view(view) for view in views],
        "notes": [*NOTES, f"Track is simplified; kilometres follow {origin.kilometres}."],
        "warnings": [clean(each) for each in _warnings(views, left_out)],
        "licence": {"name": origin.licence, "url": origin.licence_url},
        "attribution": [each._asdict() for each in origin.credits],
    }


def _view(view: View) -> dict[str, Any]:
    return {
        "basis": view.basis,
        "level": view.level,
        "holds": share_in_words(view.level, tried=view.ensemble.plan.tried),
        "rests_on": clean(rests_on(view)),
        "effective_draws": round(float(view.ensemble.effective_draws), 1),
    }


def _warnings(views: Sequence[View], left_out: Sequence[str]) -> Iterable[str]:
    for view in views:
        doubt = doubt_in_words(view.ensemble.evidence)
        if doubt:
            yield f"{basis_of_view(view.basis)}: {doubt}"
    said = left_out_in_words(left_out, views[-1].ensemble.plan)
    if said:
        yield said
