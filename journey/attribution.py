"""Whose work a network rests on, and under which licence."""

from __future__ import annotations

from typing import NamedTuple

LICENCE = "ODbL 1.0"
LICENCE_URL = "https://opendatacommons.org/licenses/odbl/1-0/"


class Credit(NamedTuple):
    """Whose work something is, in words, and where that is said."""

    text: str
    url: str


class Provenance(NamedTuple):
    """What maps, reports and exports say of the data of a network.

    Attributes
    ----------
    dataset : str
        Its name and version.
    licence, licence_url : str
        Under which it may be used; the address may be empty.
    credits : tuple of Credit
        Whose work it is, that of the base map under it included.
    short : str
        The same in a few words, for the foot of a drawing.
    kilometres : str
        What the chainage follows, in words.
    """

    dataset: str
    licence: str
    licence_url: str
    credits: tuple[Credit, ...]
    short: str
    kilometres: str


OFFICIAL = "official lengths"
MAPPED = "the track as it is mapped"
CALIBRATED = "official lengths where they were given, and the track as it is mapped elsewhere"

BASE_MAP = Credit("Base map: Natural Earth, public domain", "https://www.naturalearthdata.com/")

OPENSTREETMAP = Credit(
    "Track and stations © OpenStreetMap contributors, ODbL 1.0",
    "https://www.openstreetmap.org/copyright",
)

EMBEDDED = (
    OPENSTREETMAP,
    Credit(
        "Base map and parts of the track: Natural Earth, public domain",
        "https://www.naturalearthdata.com/",
    ),
    Credit("Some station points: GeoNames, CC BY 4.0", "https://www.geonames.org/"),
)

SHORT = "© OpenStreetMap contributors, ODbL; Natural Earth"

UNSTATED = Provenance(
    "not stated", "licence not stated", "", (BASE_MAP,), "Base map: Natural Earth", OFFICIAL
)
"""Of a network made in Python without a word about its data."""
