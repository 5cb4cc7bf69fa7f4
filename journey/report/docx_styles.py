"""Styles of a DOCX: all of ours in a document of our own, the missing ones in a template."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

from journey.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

TEMPLATES = Path(__file__).parent / "templates"
LIST_STYLE = "list bullet"
OURS = "Journey"
"""What the ids of styles that are added to a template begin with."""


def style_ids(document: Document) -> dict[str, str]:
    """Give the ids of styles by their names, which are the same in every language of Word."""
    return {name: style.get(qn("w:styleId")) for name, style in _by_name(document).items()}


def take_our_styles(document: Document) -> None:
    """Put our styles in place of those that a document has."""
    styles, ours = document.styles.element, _parsed("styles.xml")
    for old in styles.xpath("w:docDefaults | w:style"):
        styles.remove(old)
    styles.insert(0, ours.find(qn("w:docDefaults")))
    styles.extend(ours.findall(qn("w:style")))
    _number(document, _by_name(document)[LIST_STYLE])


def add_missing_styles(document: Document) -> None:
    """Add those of our styles that a template has not, on top of those that it has.

    Raises
    ------
    InputError
        If it has a style of one of their names that is of another type.
    """
    theirs, ours = _by_name(document), _parsed("styles.xml").findall(qn("w:style"))
    names = {style.get(qn("w:styleId")): _name(style) for style in ours}
    missing = [style for style in ours if not _has(theirs, style)]
    for style in missing:
        style.set(qn("w:styleId"), OURS + style.get(qn("w:styleId")))
        style.attrib.pop(qn("w:default"), None)
        document.styles.element.append(style)
    ids = style_ids(document)
    for other in (other for style in missing for other in style.xpath("w:basedOn | w:next")):
        other.set(qn("w:val"), ids[names[other.get(qn("w:val"))]])
    if LIST_STYLE not in theirs:
        _number(document, _by_name(document)[LIST_STYLE])


def _by_name(document: Document) -> dict[str, Element]:
    return {_name(style): style for style in document.styles.element.findall(qn("w:style"))}


def _name(style: Element) -> str:
    # Word itself does not care for the case of its own names.
    return "".join(style.xpath("w:name/@w:val")).casefold()


def _parsed(name: str) -> Element:
    return parse_xml((TEMPLATES / name).read_bytes())


def _has(theirs: dict[str, Element], ours: Element) -> bool:
    if (style := theirs.get(_name(ours))) is None:
        return False
    kind, expected = (one.get(qn("w:type")) for one in (style, ours))
    if kind != expected:
        raise InputError(
            f"its style {_name(ours)!r} is a {kind} style; expected a {expected} style; rename it"
        )
    return True


def _number(document: Document, style: Element) -> None:
    """Give a list style its bullets."""
    numbering, (abstract, number) = _numbering(document), _parsed("bullets.xml")
    abstract_id = 1 + max(map(int, numbering.xpath("w:abstractNum/@w:abstractNumId")), default=0)
    number_id = 1 + max(map(int, numbering.xpath("w:num/@w:numId")), default=0)
    abstract.set(qn("w:abstractNumId"), str(abstract_id))
    number.set(qn("w:numId"), str(number_id))
    number[0].set(qn("w:val"), str(abstract_id))
    style.xpath("w:pPr/w:numPr/w:numId")[0].set(qn("w:val"), str(number_id))
    # The kinds of lists have to stand before all lists.
    place = len(numbering.xpath("w:numPicBullet | w:abstractNum"))
    numbering[place:place] = [abstract, number]


def _numbering(document: Document) -> Element:
    part = document.part
    if not any(one.reltype == RELATIONSHIP_TYPE.NUMBERING for one in part.rels.values()):
        bare, name = _parsed("bullets.xml"), PackURI("/word/numbering.xml")
        bare[:] = []
        made = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, bare, part.package)
        part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    numbering: Element = part.numbering_part.element
    return numbering
