"""Running times that others computed, with the trains and paths that they are of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from journey import RunningPath, Train
from journey.units import MPS_PER_KMH

FOLDER = Path(__file__).parent


class Case(NamedTuple):
    """A train, its path, the exact running time, and what others publish for it, s."""

    train: Train
    path: RunningPath
    exact_s: float
    published_s: dict[str, float]
    name: str


def profiles() -> list[Case]:
    """The RailToolKit example trains on the example paths: effort, resistance, gradients."""
    content = _content("profiles.json")
    return [
        Case(
            _train(case["train"], content["trains"][case["train"]]),
            _path(content["paths"][case["path"]]),
            case["running_time_s"],
            {
                "TrainRuns.jl": case["published_20m_step_s"],
                "OSRD": case["osrd_engine_s"],
            },
            f"{case['train']}, {case['path']}",
        )
        for case in content["cases"]
    ]


def constant_acceleration() -> list[Case]:
    """The cases of the MATSim railsim tests: limits, length, constant acceleration."""
    return [_linked(case) for case in _content("constant_acceleration.json")["cases"]]


def _content(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content


def _train(name: str, about: dict[str, Any]) -> Train:
    return Train(
        name,
        mass_kg=about["mass_t"] * 1000,
        max_speed_mps=about["max_speed_kmh"] * MPS_PER_KMH,
        braking_mps2=about["braking_mps2"],
        length_m=about["length_m"],
        rotating_mass_factor=about["rotating_mass_factor"],
        resistance=tuple(about["resistance"]),
        effort=tuple((kmh * MPS_PER_KMH, force) for kmh, force in about["tractive_effort"]),
    )


def _path(rows: list[list[float]]) -> RunningPath:
    start_m, limit_kmh, gradient_permil = np.array(rows).T
    return RunningPath.of(start_m, limit_kmh[:-1] * MPS_PER_KMH, gradient_permil[:-1] / 1000)


def _linked(case: dict[str, Any]) -> Case:
    about = case["train"]
    length_m, limit_mps = np.array(case["links"]).T
    train = Train(
        "railsim",
        mass_kg=1e5,
        max_speed_mps=about["vmax"],
        braking_mps2=about["b"],
        length_m=about["L"],
        acceleration_mps2=about["a"],
    )
    bounds_m = np.append(0.0, np.cumsum(length_m))
    path = RunningPath.of(bounds_m, limit_mps, start_m=case["head_start"])
    return Case(train, path, case["exact_s"], {"railsim": case["expected_s"]}, case["case"])
