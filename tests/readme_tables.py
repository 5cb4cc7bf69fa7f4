"""The numbers of the README, from the network; ``python -m tests.readme_tables`` renews them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import journey
from journey.units import HOUR_S, format_duration

if TYPE_CHECKING:
    from journey.network import Network

README = Path(__file__).parent.parent / "README.md"
REFERENCE_KMH = 59

# Official lengths, km: sums of tariff sections and line tables named in geodata/README.md.
OFFICIAL_KM = {
    ("Pyongyang", "Tumangang"): 852.9,
    ("Pyongyang", "Ryongsŏng", "Tumangang"): 844.9,
    ("Pyongyang", "Khasan"): 857.9,
    ("Khasan", "Vladivostok"): 326.0,
    ("Khasan", "Ussuriysk"): 260.0,
    ("Ussuriysk", "Khabarovsk I"): 654.0,
    ("Vladivostok", "Khabarovsk I"): 766.0,
    ("Khasan", "Ledyanaya"): 1673.0,
    ("Khabarovsk I", "Komsomolsk-na-Amure"): 388.0,
    ("Pyongyang", "Khasan", "Vladivostok"): 1183.9,
}


def lengths_table(network: Network) -> str:
    """Route lengths against the official ones, and the running time at 59 km/h without a halt."""
    lines = [
        "| route | official km | journey km | geodesic km | at 59 km/h |",
        "|---|--:|--:|--:|--:|",
    ]
    for places, official_km in OFFICIAL_KM.items():
        route = network.route(*places)
        running = format_duration(route.length_km / REFERENCE_KMH * HOUR_S)
        lines.append(
            f"| {' - '.join(places)} | {official_km:,.1f} | {route.length_km:,.1f} | "
            f"{route.geodesic_km:,.1f} | {running} |"
        )
    return "\n".join(lines)


def renewed(readme: str, network: Network) -> str:
    """The README with its table made anew."""
    table = f"<!-- lengths -->\n{lengths_table(network)}\n<!-- /lengths -->"
    return re.sub(r"<!-- lengths -->.*?<!-- /lengths -->", lambda _: table, readme, flags=re.DOTALL)


if __name__ == "__main__":
    README.write_text(
        renewed(README.read_text(encoding="utf-8"), journey.load_network()), encoding="utf-8"
    )
