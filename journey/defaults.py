"""What holds where nothing is said."""

from __future__ import annotations

SCENARIO = "vostochny-2023"
DRAWS = 10_000
SEED = 0
LEVEL = 1.0
HOURS = "24"
AVERAGE_SPEED = "50..70"
GAUGE_CHANGE = "0:15..1:00..6:00"
"""How long a change of gauge takes; assumed, for no source says."""
