"""Typst, run in a process of its own, which no template can make use the network or never end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from journey.errors import InputError, naming, printable
from journey.fonts import FOLDER
from journey.reading import read_text

APART = Path(__file__).with_name("typst_apart.py")
LONGEST_S = 120
STANDARD = ["ua-1"]
NO_PROXY_ANSWERS = "http://127.0.0.1:9"
"""The port for what is thrown away: a download ends there at once."""
PROXIES = ("http_proxy", "https_proxy", "all_proxy")
NO_LETTER = re.compile(r"the text .* could not be displayed with", re.DOTALL)
REMEDIES = {
    "failed to download package": "packages are not downloaded: put what is needed beside the "
    "template and import that file",
    "escape the project root": "put the file into the folder of the template",
}
"""What to do about some errors, by words in what Typst says of them."""
PLACE = re.compile(r"┌─ (?P<file>.+?):(?P<line>\d+):\d+")


def compiled(template: Path, packages: Path, *, is_ours: bool) -> bytes:
    """Give a template as PDF.

    Parameters
    ----------
    template : Path
        The Typst file.
    packages : Path
        The folder of packages that it may import.
    is_ours : bool
        Whether it needs no fonts but ours.

    Returns
    -------
    bytes
        The PDF: PDF/UA-1, unless it has letters of which no font knows.

    Raises
    ------
    InputError
        If it cannot be read, or Typst finds something wrong with it.
    """
    with naming(str(template)):
        read_text(template, "a Typst file")
    told = {"input": str(template.resolve()), "root": str(template.resolve().parent)}
    told |= {"package_path": str(packages), "package_cache_path": str(packages / "none")}
    fault: dict[str, Any] = {}
    for fonts, standards in _ways(template, is_ours=is_ours):
        result = _run({**told, **fonts, "pdf_standards": standards}, template)
        if isinstance(result, bytes):
            return result
        fault = result
        if not NO_LETTER.search(fault["message"]):
            break
    raise InputError(_said(fault, template))


def _ways(template: Path, *, is_ours: bool) -> list[tuple[dict[str, Any], list[str]]]:
    """Fonts and standards to try: other fonts only where ours lack a letter, and boxes at last."""
    ours = {"font_paths": [str(FOLDER)], "ignore_system_fonts": True}
    theirs = {"font_paths": [str(FOLDER), str(template.resolve().parent)]}
    wide = {**(ours if is_ours else theirs), "ignore_system_fonts": False}
    return [*([(ours, STANDARD)] if is_ours else []), (wide, STANDARD), (wide, [])]


def _run(told: dict[str, Any], template: Path) -> bytes | dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 - this Python, and a file of ours
            [sys.executable, "-P", str(APART)],
            input=json.dumps(told).encode(),
            capture_output=True,
            check=False,
            cwd=template.resolve().parent,
            env=_environment(),
            timeout=LONGEST_S,
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{template}: not set within {LONGEST_S} s; look for loops that never end"
        ) from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == 1 and done.stdout:
        return dict(json.loads(done.stdout))
    last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    raise InputError(f"{template}: Typst broke off ({printable(last)}); simplify the template")


def _environment() -> dict[str, str]:
    others = {
        name: value
        for name, value in os.environ.items()
        if name.lower() not in (*PROXIES, "no_proxy")
    }
    return others | dict.fromkeys((*PROXIES, *map(str.upper, PROXIES)), NO_PROXY_ANSWERS)


def _said(fault: dict[str, Any], template: Path) -> str:
    """``brief.typ: line 3: unknown variable: foo; mend it there``."""
    message = _in_a_line(fault["message"])
    remedy = _in_a_line(" ".join(fault["hints"])) or "mend it there"
    for sign, remedy_of_it in REMEDIES.items():
        if sign in message:
            message, remedy = message.partition(" (http")[0].partition("; ")[0], remedy_of_it
    return f"{template}: {_where(fault['diagnostic'], template)}{message}; {remedy}"


def _where(diagnostic: str, template: Path) -> str:
    if not (place := PLACE.search(diagnostic)):
        return ""
    line = f"line {place['line']}: "
    is_there = Path(place["file"]).name == template.resolve().name
    return line if is_there else f"{printable(place['file'])}, {line}"


def _in_a_line(text: str) -> str:
    return printable(" ".join(text.split()))
