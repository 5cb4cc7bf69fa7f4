"""The names of a station: one in Latin script, the one written on the spot, those by language."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from journey.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LANGUAGE = re.compile(r"name:([a-z]{2,3}(?:[-_][A-Za-z]{2,8})*)")
ROMANISED = re.compile(r"name:[a-z]{2,3}[-_](?:Latn|rm|latin)", re.IGNORECASE)
OTHERS = ("int_name", "alt_name", "official_name", "short_name", "old_name", "loc_name",
          "uic_name", "railway:ref", "uic_ref", "ref:crs", "esr:user", "uic:ref")  # fmt: skip

NAME_KEYS = frozenset({"name", "int_name", "alt_name", "official_name", "loc_name",
                       "uic_name"})  # fmt: skip
NUMBERS = ("uic_ref", "railway:ref")
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


class Names(NamedTuple):
    """The names of a station, as `journey.track.Station` has them."""

    name: str
    name_ko: str
    name_ru: str
    native: str
    by_language: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]


def names_of(tags: Mapping[str, str]) -> Names:
    """Gather the names of a station.

    Parameters
    ----------
    tags : mapping
        Its tags.

    Returns
    -------
    Names
        Latin is the name itself if it is written so, else the English one, the international one,
        a romanised one, any other in Latin script; all empty where it has no name.
    """
    own = tags.get("name", "") or tags.get("uic_name", "")
    languages = {match[1]: text for key, text in sorted(tags.items())
                 if (match := LANGUAGE.fullmatch(key)) and text}  # fmt: skip
    korean = languages.get("ko", "") or (own if _script(own) == "HANGUL" else "")
    russian = languages.get("ru", "")
    latin = _latin(own, tags, languages)
    name = latin or own or next(iter(languages.values()), "")
    return Names(
        name=name,
        name_ko=korean,
        name_ru=russian,
        native="" if own in {name, korean, russian} else own,
        by_language=tuple((code, text) for code, text in languages.items()
                          if code not in {"ko", "ru"}),
        aliases=tuple(alias for alias in dict.fromkeys(_others(tags))
                      if alias not in {name, own, *languages.values()}),
    )  # fmt: skip


def keys_of(tags: Mapping[str, str]) -> tuple[str, ...]:
    """What tells that two objects are one station: every name folded, and its numbers.

    Examples
    --------
    >>> keys_of({"name": "Хасан", "name:en": "Khasan", "uic_ref": "20 1"})
    ('хасан', 'khasan', 'uic_ref 20 1')
    """
    named = (name for key, text in tags.items()
             if key in NAME_KEYS or LANGUAGE.fullmatch(key)
             for name in text.split(";"))  # fmt: skip
    numbers = (f"{key} {fold(tags[key])}" for key in NUMBERS if fold(tags.get(key, "")))
    return tuple(dict.fromkeys((*filter(None, map(_key, named)), *numbers)))


def with_names(tags: Mapping[str, str], further: Mapping[str, str]) -> dict[str, str]:
    """Tags of a station with those of another object that is the same, and all names of both."""
    known = {fold(text) for text in tags.values()}
    lost = [text for key, text in further.items()
            if LANGUAGE.fullmatch(key) or key in {"name", "alt_name"}
            for text in text.split(";") if fold(text) not in known]  # fmt: skip
    joined = {**further, **tags}
    if others := [text for text in lost if text not in {*joined.values()}]:
        joined["alt_name"] = ";".join(filter(None, (joined.get("alt_name", ""), *others)))
    return joined


def slug(name: str) -> str:
    """A name as an identifier.

    Examples
    --------
    >>> slug("Schaan-Vaduz"), slug("Kėdainiai")
    ('schaan-vaduz', 'kedainiai')
    """
    return fold(name).replace(" ", "-")


def _latin(own: str, tags: Mapping[str, str], languages: Mapping[str, str]) -> str:
    romanised = (text for key, text in sorted(tags.items()) if ROMANISED.fullmatch(key))
    candidates: Iterable[str] = (
        *(own, languages.get("en", ""), tags.get("int_name", "")),
        *romanised,
        *languages.values(),
    )
    return next((text for text in candidates if _script(text) == "LATIN"), "")


def _others(tags: Mapping[str, str]) -> Iterable[str]:
    for key, text in sorted(tags.items()):
        if key in OTHERS or key.partition(":")[0] in {"alt_name", "official_name", "old_name"}:
            yield from filter(None, map(str.strip, text.split(";")))


def _key(name: str) -> str:
    """A name folded, with the number at its end in Arabic digits: Khabarovsk I is Khabarovsk-1."""
    *words, last = fold(name).split() or [""]
    return " ".join((*words, ROMAN.get(last, last) if words else last))


def _script(text: str) -> str:
    """Script of the first letter of a text, such as LATIN; empty where it has no letter."""
    letter = next(filter(str.isalpha, text), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""
