"""Rolling stock and running paths in the open YAML format of RailToolKit, version 2022.05.

The schemas are published at https://railtoolkit.org/schema/; how a train is made of its vehicles
follows TrainRuns.jl, the running-time calculator of the same project.
"""

from __future__ import annotations

SUFFIXES = (".yaml", ".yml")
