"""XML documents: elements whose texts are escaped wherever they come from."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from journey.export.plain import DECIMALS

__all__ = ["Element", "add", "degrees", "document"]


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    """Put an element into another.

    Parameters
    ----------
    parent : Element
        Into which.
    tag : str
        Its name, with its prefix.
    text : str, optional
        Its text.
    **attributes : str
        Its attributes.
    """
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def degrees(value: float) -> str:
    """Write degrees without an exponent, which schemas do not know."""
    return f"{value:.{DECIMALS}f}"


def document(root: Element) -> str:
    """Write a document, a line for each element."""
    indent(root, "")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'
