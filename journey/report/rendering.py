"""Filling in a template: the own one, or one of the user that may extend it."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from journey.errors import InputError, naming, printable
from journey.reading import read_text
from journey.report.plain import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from journey.report.blocks import Report

OWN = "journey"
"""The folder that a template finds the own ones in: ``{% extends "journey/report.html" %}``."""
REMEDY = 'expected a Jinja template, such as one with {{% extends "{own}/{name}" %}}'


def render(
    name: str,
    report: Report,
    template: Path | None,
    *,
    filters: Mapping[str, Callable[..., Any]],
    escaped: bool = False,
    **given: object,
) -> str:
    """Fill in a template.

    Parameters
    ----------
    name : str
        The own template.
    report : Report
        What it says; templates know it as ``report``.
    template : Path, optional
        One that takes its place. It can extend the own one, by blocks, and include files beside
        itself.
    filters : mapping of str to callable
        What templates can do with texts.
    escaped : bool
        Whether texts are escaped for HTML.
    **given
        What templates know besides.

    Returns
    -------
    str
        The document.

    Raises
    ------
    InputError
        If the template cannot be read, or has an error.
    """
    environment = SandboxedEnvironment(
        autoescape=escaped,
        finalize=_finalized if escaped else None,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=_loader(template),
    )
    environment.filters.update(filters)
    environment.tests.update({kind: _is(kind) for kind in KINDS})
    if template is None:
        return environment.get_template(f"{OWN}/{name}").render(report=report, **given)
    with naming(str(template)):
        text = read_text(template, "a Jinja template")
    try:
        _check_blocks(environment, text, name)
        return environment.from_string(text).render(report=report, **given)
    except Exception as error:  # noqa: BLE001 - a template may go wrong in any way
        raise InputError(
            f"{_where(error, template)}; {REMEDY.format(own=OWN, name=name)}"
        ) from None


def _check_blocks(environment: SandboxedEnvironment, text: str, name: str) -> None:
    """See that a template extends the one of its format, and only blocks that this one has."""
    tree = environment.parse(text)
    bases = [each for each in tree.find_all(nodes.Extends) if _is_own(each.template)]
    for extended in bases:
        base = getattr(extended.template, "value", "")
        if base != f"{OWN}/{name}":
            raise TemplateSyntaxError(f"it extends {base!r}, not '{OWN}/{name}'", extended.lineno)
    known = set(environment.get_template(f"{OWN}/{name}").blocks)
    for block in tree.body if bases else ():
        if isinstance(block, nodes.Block) and block.name not in known:
            expected = f"expected one of {', '.join(sorted(known))}"
            raise TemplateSyntaxError(f"block {block.name!r}: {expected}", block.lineno)


def _is_own(template: nodes.Expr) -> bool:
    return str(getattr(template, "value", "")).startswith(f"{OWN}/")


def _finalized(value: object) -> object:
    """Make text what every document can hold; what is markup already stays."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return plain_text(value)
    return value


KINDS = ("Paragraph", "Items", "Table", "Figure")


def _is(kind: str) -> Callable[[object], bool]:
    return lambda block: type(block).__name__ == kind


def _loader(template: Path | None) -> ChoiceLoader:
    own = PrefixLoader({OWN: PackageLoader("journey.report", "templates")})
    beside = [] if template is None else [FileSystemLoader(template.parent)]
    return ChoiceLoader([own, *beside])


def _where(error: Exception, template: Path) -> str:
    """``brief.html: line 3: unexpected '}'``."""
    line = _line(error)
    said = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    if isinstance(error, TemplateNotFound):
        said = f"there is no template {error.name!r}"
    what = said or type(error).__name__
    at = "" if line is None else f" line {line}:"
    name = error.name if isinstance(error, TemplateSyntaxError) and error.name else template
    return f"{name}:{at} {printable(' '.join(str(what).split()))}"


def _line(error: Exception) -> int | None:
    """The line of a template that an error is of; Jinja puts it into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [each.lineno for each in frames if each.filename in ("<template>", "<unknown>")]
    return lines[-1] if lines else None
