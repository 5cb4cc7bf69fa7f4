"""The fonts of charts and documents: Latin, Cyrillic and Hangul, the same on every machine."""

from __future__ import annotations

from pathlib import Path

FAMILY = "Journey Sans"
FOLDER = Path(__file__).parent
FILES = tuple(FOLDER / f"JourneySans-{weight}.otf" for weight in ("Regular", "Bold"))
