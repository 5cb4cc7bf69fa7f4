"""What holds where nothing is said."""

from __future__ import annotations

SCENARIO = "vostochny-2023"
DRAWS = 10_000
SEED = 0
LEVEL = 1.0
