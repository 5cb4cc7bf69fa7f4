"""How the embedded dataset is built from the sources under ``geodata/sources``."""

import sys
from pathlib import Path

# The turns are those of the package in this checkout, whether or not another is installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
