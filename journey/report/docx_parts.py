"""Elements of WordprocessingML (ECMA-376, part 1, chapter 17): runs, links, fields, paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from journey.report.plain import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element


class Writer(NamedTuple):
    """A document, and the ids that its styles have by their names."""

    document: Document
    style_ids: Mapping[str, str]


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Make an element of the main namespace, with attributes of the same."""
    made = OxmlElement(f"w:{tag}", {qn(f"w:{key}"): str(it) for key, it in attributes.items()})
    made.extend(children)
    return made


def run(text: str, *looks: Element) -> Element:
    """Make a run of text, which may be any."""
    letters = element("t")
    letters.text = plain_text(text)
    letters.set(qn("xml:space"), "preserve")
    return element("r", *([element("rPr", *looks)] if looks else []), letters)


def bold(text: str) -> Element:
    """Make a run of bold text."""
    return run(text, element("b"), element("bCs"))


def styled(writer: Writer, text: str, style: str) -> Element:
    """Make a run of text in a character style."""
    return run(text, element("rStyle", val=writer.style_ids[style.casefold()]))


def link(writer: Writer, text: str, address: str) -> Element:
    """Make a text that leads to an address on the web."""
    part = writer.document.part
    key = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = element("hyperlink", styled(writer, text, "Hyperlink"), history=1)
    made.set(qn("r:id"), key)
    return made


def field(code: str, result: Element) -> Element:
    """Make a field with a run of the result that it has until it is computed anew."""
    return element("fldSimple", result, instr=f" {code} ")


def paragraph(
    writer: Writer, style: str, runs: Iterable[Element], looks: Iterable[Element] = ()
) -> Element:
    """Make a paragraph in a style."""
    about = element("pPr", element("pStyle", val=writer.style_ids[style.casefold()]), *looks)
    return element("p", about, *runs)
