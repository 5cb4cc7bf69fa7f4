"""Text that goes into a page as it is: payloads as inert JSON, elements no template touches."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Any

from branca.element import Element, Figure
from jinja2 import Template

from journey.errors import InputError

_DECIMALS = 4
_HALVES = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


class RawElement(Element):
    """A piece of the page that is written exactly as it is.

    Branca compiles the text of an `Element` as a Jinja template; a name with ``{{`` in it would
    be executed. Here the template is constant and the text is only its value.

    Parameters
    ----------
    text : str
        Finished HTML, CSS or JavaScript.
    """

    _template = Template("{{ this.text }}")

    def __init__(self, text: str) -> None:
        super().__init__()
        # No file can hold half a character.
        self.text = _HALVES.sub("\ufffd", text)


def to_inert_json(payload: Mapping[str, Any]) -> str:
    r"""Write a payload as JSON that no HTML parser can take for markup.

    Parameters
    ----------
    payload : mapping
        Texts, finite numbers, lists, tuples and mappings with text keys.

    Returns
    -------
    str
        Compact JSON with sorted keys and numbers of at most four decimals (11 m); ``<``, ``>``,
        ``&``, U+2028, U+2029 and lone surrogates stand as ``\\u`` escapes.

    Raises
    ------
    InputError
        If a number is not finite or a value is of a kind JSON does not know.
    """
    try:
        text = json.dumps(
            _rounded(payload),
            ensure_ascii=False,
            allow_nan=False,
            sort_keys=True,
            separators=(",", ":"),
        )
    except (TypeError, ValueError) as error:
        message = f"map payload: {error}; give texts and finite numbers only"
        raise InputError(message) from error
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def read_asset(name: str) -> str:
    """Read a file of the folder ``assets``.

    Parameters
    ----------
    name : str
        File name, such as ``"page.js"``.

    Returns
    -------
    str
        The text of the file; of scripts and style sheets without indentation and without lines
        that are only a comment, which takes an eighth of a page. No line of ours begins in the
        middle of a text.
    """
    text = (resources.files("journey.maps") / "assets" / name).read_text(encoding="utf-8")
    if not name.endswith((".js", ".css")):
        return text
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _rounded(value: Any) -> Any:  # noqa: ANN401  (any JSON value)
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def page_of(element: Element) -> Figure:
    """Find the page that an element stands on."""
    root = element.get_root()
    if not isinstance(root, Figure):
        name = element.get_name()
        raise InputError(f"{name}: it stands on no page, expected a folium.Map; use add_to(m)")
    return root


def put(parent: Element, name: str, text: str) -> None:
    """Put finished text into a part of a page, once under each name."""
    parent.add_child(RawElement(text), name=name)


def digest_of(text: str) -> str:
    """Digest of a text: the same content gives the same identity on every run."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
