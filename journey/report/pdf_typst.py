"""Typst, run in a process of its own, which no template can make use the network or never end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from journey.errors import InputError, printable
from journey.fonts import FOLDER

APART = Path(__file__).with_name("typst_apart.py")
LONGEST_S = 120
STANDARD = ["ua-1"]
NO_PROXY_ANSWERS = "http://127.0.0.1:9"
"""The port for what is thrown away: a download ends there at once."""
PROXIES = ("http_proxy", "https_proxy", "all_proxy")
NO_LETTER = re.compile(r"the text .* could not be displayed with", re.DOTALL)
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
        If Typst finds something wrong with it.
    """
    told = {"input": str(template.resolve()), "root": str(template.resolve().parent)}
    told |= {"package_path": str(packages), "package_cache_path": str(packages / "none")}
    for fonts, standards in _ways(template, is_ours=is_ours):
        result = _run({**told, **fonts, "pdf_standards": standards}, template)
        if isinstance(result, bytes):
            return result
        if not NO_LETTER.search(result["message"]):
            raise InputError(_said(result, template))
    raise AssertionError  # the last way asks for no letters


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


def _said(result: dict[str, Any], template: Path) -> str:
    message = printable(result["message"].partition("\n")[0])
    if "failed to download package" in message:
        name = re.search(r"preview/([\w-]+)", message)
        message = f"no package is downloaded{f' ({name[1]})' if name else ''}"
        result = {**result, "hints": ["put what it has beside the template, and import that file"]}
    place = PLACE.search(result["diagnostic"])
    where = f"line {place['line']}: " if place else ""
    if place and Path(place["file"]).name != template.name:
        where = f"{printable(place['file'])}, {where}"
    hint = printable(" ".join(result["hints"]).replace("\n", " "))
    return f"{template}: {where}{message}; {hint or 'mend it there'}"
