"""The search from one start: when the train is where, and at which stations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journey.reaching.gauge_words import GaugeWords, narrow_notes
from journey.reaching.graph import LayeredGraph
from journey.reaching.layers import Layers
from journey.reaching.results import ReachedStation
from journey.reaching.spreading import lengths, spreads, unchanged
from journey.reaching.starting import gauges_from, narrow_beside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from journey.network import Network
    from journey.reaching.spreading import Spread
    from journey.reaching.starting import Start
    from journey.reaching.stating import Terms
    from journey.reaching.times import Times
    from journey.track import Station


@dataclass(frozen=True, eq=False)
class Search:
    """When the train can be at every point, from one start, under given terms.

    Attributes
    ----------
    layers : Layers
        Where stock of each gauge can run.
    by_id : mapping of str to Station
        The stations of the network.
    start : Start
        Where it starts from.
    terms : Terms
        Hours, speed, how long a change of gauge takes.
    gauges : tuple of tuple of str
        For each place the gauges that the stock may have.
    narrow : tuple of str
        Narrow gauges of track there that it is not supposed to have.
    spreads : tuple of Spread
        At the earliest, in the middle, at the latest.
    km : Spread
        The least length of track.
    kept : Spread
        The same for stock that keeps its gauge.
    """

    layers: Layers
    by_id: Mapping[str, Station]
    start: Start
    terms: Terms
    gauges: tuple[tuple[str, ...], ...]
    narrow: tuple[str, ...]
    spreads: tuple[Spread, Spread, Spread]
    km: Spread
    kept: Spread

    @classmethod
    def of(cls, network: Network, start: Start, gauge: str | None, terms: Terms) -> Search:
        """Follow the train from every place in stock of every gauge that it may have."""
        by_id = {station.id: station for station in network.station_list}
        layers = Layers.of(network.table, by_id)
        every = gauges_from(layers, start, gauge)
        narrow = narrow_beside(layers, start) if gauge is None else ()
        start, gauges = start.on_gauge(every), tuple(filter(None, every))
        graph = LayeredGraph.of(layers, start.halts)
        first = len(layers.halts)
        starts = [
            [graph.state(first + number, each) for each in of_place]
            for number, of_place in enumerate(gauges)
        ]
        found = spreads(graph, starts, terms.speed_kmh, terms.change_h)
        km = lengths(graph, starts)
        kept = unchanged(graph, starts)
        return cls(layers, by_id, start, terms, gauges, narrow, found, km, kept)

    @property
    def gauge(self) -> str:
        """The gauges that the stock may have, in words."""
        return " or ".join(sorted({gauge for gauges in self.gauges for gauge in gauges}))

    def stations(self) -> tuple[ReachedStation, ...]:
        """The stations that can be reached at the earliest, the nearest first."""
        table = self.layers.table
        numbers: dict[str, int] = {}
        group = np.fromiter(
            (numbers.setdefault(id_, len(numbers)) for id_ in table.station_ids),
            np.intp,
            len(table.station_ids),
        )
        points = (table.section_of_station, table.station_m, group)
        times = [spread.at(*points).tolist() for spread in (self.km, *self.spreads)]
        changed = np.isinf(self.kept.at(*points)).tolist()
        found = [
            ReachedStation(self.by_id[id_], km, low, central, high, gauge_change=change)
            for id_, km, low, central, high, change in zip(numbers, *times, changed, strict=True)
            if low <= self.terms.hours
        ]
        return tuple(sorted(found, key=lambda each: (round(each.km, 3), each.station.id)))

    def gauge_notes(self) -> tuple[str, ...]:
        """What is to be said of the gauge."""
        hours, speed_kmh = self.terms.hours, self.terms.speed_kmh
        kept: dict[str, Times] = {}
        for gauges, of_place in zip(self.gauges, self.kept.times, strict=True):
            for gauge, times in zip(gauges, of_place, strict=True):
                kept[gauge] = kept[gauge].merged(times) if gauge in kept else times
        entered = self.spreads[0].soonest.enter_h < hours
        words = GaugeWords(self.layers, self.by_id, hours * speed_kmh.high, entered)
        told = narrow_notes(self.layers, kept, self.narrow)
        return (*told, *words.notes(kept, self.terms.change_h))
