"""TOML files, and tables checked key by key: what is wrong is said in one line."""

from __future__ import annotations

import tomllib
from datetime import date as Date  # noqa: N812 - a field is called date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import PydanticCustomError

from journey.errors import LONGEST_SHOWN, InputError, nearest_names, printable, shown
from journey.links import is_web
from journey.reading import read_text
from journey.statements import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

LONGEST_TEXT = 500
LONGEST_MESSAGE = 300

Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Model = TypeVar("Model", bound="Table")


class Table(BaseModel):
    """A table of a file; keys that are not known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, content: object) -> object:
        # Before the fields: a misspelt key also makes its right spelling go missing.
        if isinstance(content, dict) and cls.model_config["extra"] == "forbid":
            for key in content:
                if key not in cls.model_fields:
                    raise _unknown_key(str(key), cls.model_fields)
        return content


class StatedTable(Table):
    """A value with its source or reason; where it has neither, the value may stand alone."""

    key: ClassVar[str] = "value"
    source: Text | None = None
    reason: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _alone_or_with_its_source(cls, content: object) -> object:
        return content if isinstance(content, dict) else {cls.key: content}


def _unknown_key(key: str, known: Iterable[str]) -> PydanticCustomError:
    remedy = nearest_names(key, known) or f"expected {', '.join(known)}"
    return PydanticCustomError("unknown_key", "unknown key", {"key": key, "remedy": remedy})


def _web_address(url: str) -> str:
    if not is_web(url):
        raise InputError(f"{shown(url)}: expected an address that begins with http:// or https://")
    return url


class SourceTable(Table):
    """``[sources.ID]``."""

    publisher: Text
    date: Date | None = None
    title: Text | None = None
    url: Annotated[Text, AfterValidator(_web_address)] | None = None
    wording: Text | None = None


def sources_of(tables: Mapping[str, SourceTable]) -> tuple[Source, ...]:
    """The reports that ``[sources]`` names."""
    return tuple(Source(id_, **dict(table)) for id_, table in tables.items())


def check_sources(named: Iterable[str | None], known: Iterable[str]) -> None:
    """Check that every source named has its table.

    Raises
    ------
    InputError
        If one has none.
    """
    ids = list(known)
    for source in named:
        if source is not None and source not in ids:
            offer = nearest_names(source, ids) or "add the table"
            raise InputError(f"source {source!r} has no table in [sources]; {offer}")


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    InputError
        If it cannot be read or is not TOML; the caller names the file.
    """
    text = read_text(path, "a readable TOML file")
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise InputError(f"not TOML: {error}; mend that line") from None
    except RecursionError:
        raise InputError("not TOML: too many brackets in brackets; close them") from None


def checked(
    table: type[Model], content: Mapping[str, Any], expected: Mapping[str, str] | None = None
) -> Model:
    """Check the content of a file against a table.

    Parameters
    ----------
    table : type of Table
        What the file may say.
    content : mapping
        What it says.
    expected : mapping of str to str, optional
        What was expected, by the type of pydantic's error, where `EXPECTED` does not say it.

    Raises
    ------
    InputError
        With the key, the value, what was expected and the remedy, in one line.
    """
    try:
        return table.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InputError(_said(first, {**EXPECTED, **(expected or {})})) from None


EXPECTED = {
    "list_type": "a list in brackets",
    "model_type": "a table",
    "dict_type": "a table",
    "string_too_long": f"at most {LONGEST_TEXT} characters",
    "string_too_short": "some text",
    "string_type": "text in quotation marks",
    "date_from_datetime_inexact": "a date without a time, such as 2023-09-12",
    "date_type": "a date such as 2023-09-12",
}


def _shortened(message: str) -> str:
    """Cut out the middle of a message that holds a long value: the remedy stands at its end."""
    if len(message) <= LONGEST_MESSAGE:
        return message
    return f"{message[:LONGEST_SHOWN]}…{message[LONGEST_SHOWN - LONGEST_MESSAGE :]}"


def _said(error: ErrorDetails, expected: Mapping[str, str]) -> str:
    location = error["loc"]
    key = _key(location)
    match error["type"]:
        case "unknown_key":
            about = error["ctx"]
            return f"{_written((*location, about['key']))}: unknown key; {about['remedy']}"
        case "missing":
            return f"{_written(location)}: missing; add it"
        case "value_error":
            return f"{key}: {_shortened(str(error['ctx']['error']))}".removeprefix(": ")
        case "literal_error":
            return f"{key}: {shown(error['input'])}: expected {error['ctx']['expected']}"
    wanted = expected.get(error["type"], error["msg"])
    return f"{key}: {shown(error['input'])}: expected {wanted}".removeprefix(": ")


def _key(location: tuple[int | str, ...]) -> str:
    """Write where a value stands.

    A value alone is read as a table with one key, which the file does not have; an entry of a
    list has all of its keys.
    """
    match location:
        case (*_, str(), "kmh" | "value"):
            return _written(location[:-1])
    return _written(location)


def _written(location: tuple[int | str, ...]) -> str:
    # People count from one.
    parts = (f" {part + 1}" if isinstance(part, int) else f".{part}" for part in location)
    return printable("".join(parts).removeprefix("."))
