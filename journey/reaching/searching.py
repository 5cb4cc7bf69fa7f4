"""The search from one start: when the train is where, and at which stations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from journey.reaching.dead_ends import dead_end_notes
from journey.reaching.gauge_words import GaugeWords, narrow_notes
from journey.reaching.graph import LayeredGraph
from journey.reaching.keeping import Kept, stations_on
from journey.reaching.layers import Layers
from journey.reaching.results import CHANGES, ReachedStation
from journey.reaching.spreading import SHARES, at_points, lengths, spreads, unchanged
from journey.reaching.starting import gauges_from, narrow_beside

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from journey.network import Network
    from journey.reaching.spreading import Spread
    from journey.reaching.starting import Start
    from journey.reaching.stating import Terms
    from journey.track import Station

    Numbers = NDArray[np.intp]
    Floats = NDArray[np.float64]


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
    kept : Kept
        How far stock gets that keeps its gauge.
    """

    layers: Layers
    by_id: Mapping[str, Station]
    start: Start
    terms: Terms
    gauges: tuple[tuple[str, ...], ...]
    narrow: tuple[str, ...]
    spreads: tuple[Spread, Spread, Spread]
    km: Spread
    kept: Kept

    @classmethod
    def of(cls, network: Network, start: Start, gauge: str | None, terms: Terms) -> Search:
        """Follow the train from every place in stock of every gauge that it may have."""
        by_id = {station.id: station for station in network.station_list}
        layers = Layers.of(network, by_id)
        every = gauges_from(layers, start, gauge)
        narrow = narrow_beside(layers, start) if gauge is None else ()
        start, gauges = start.on_gauge(every), tuple(filter(None, every))
        # Places that are one are followed once.
        origins = {halt.points: halt for halt in start.halts}
        graph = LayeredGraph.of(layers, tuple(origins.values()))
        numbers = {points: n for n, points in enumerate(origins, len(layers.halts))}
        starts = [
            [graph.state(numbers[halt.points], each) for each in of_place]
            for halt, of_place in zip(start.halts, gauges, strict=True)
        ]
        found = spreads(graph, starts, terms.speed_kmh, terms.change_h)
        km = lengths(graph, starts, found[1])
        kept = Kept.of(layers.table, unchanged(graph, starts, found[2]))
        return cls(layers, by_id, start, terms, gauges, narrow, found, km, kept)

    @property
    def gauge(self) -> str:
        """The gauges that the stock may have, in words."""
        return " or ".join(sorted({gauge for gauges in self.gauges for gauge in gauges}))

    def km_at(self, section: Numbers, at_m: Floats, group: Numbers | None = None) -> Floats:
        """The least length of track to points, see `at_points`.

        The median over the places; where fewer than half of them have a way, the quantile that
        counts at the earliest.
        """
        shares = (self.km, replace(self.km, share=SHARES.low))
        median, least = at_points(shares, section, at_m, group)
        km: Floats = np.where(np.isfinite(median), median, least)
        return km

    def stations(self) -> tuple[ReachedStation, ...]:
        """The stations that can be reached at the earliest, the nearest first."""
        numbers, points = stations_on(self.layers.table)
        times = at_points(self.spreads, *points).tolist()
        km_of = self.km_at(*points).tolist()
        changed = map(_change, self.kept.missed.tolist())
        found = [
            ReachedStation(self.by_id[id_], km, low, central, high, gauge_change=change)
            for id_, km, low, central, high, change in zip(
                numbers, km_of, *times, changed, strict=True
            )
            if low <= self.terms.hours
        ]
        return tuple(sorted(found, key=lambda each: (round(each.km, 3), each.station.id)))

    def notes(self) -> tuple[str, ...]:
        """What is to be said of the gauge, and of where the network ends."""
        low, hours = self.spreads[0], self.terms.hours
        return (
            *self._gauge_notes(),
            *dead_end_notes(self.layers.table, self.by_id, low, hours),
        )

    def _gauge_notes(self) -> tuple[str, ...]:
        hours, speed_kmh = self.terms.hours, self.terms.speed_kmh
        kept = self.kept.by_gauge
        entered = self.spreads[0].entered(hours)
        words = GaugeWords(self.layers, self.by_id, hours * speed_kmh.high, entered)
        told = narrow_notes(self.layers, kept, self.narrow)
        return (*told, *words.notes(kept, self.terms.change_h))


def _change(missed: float) -> str:
    """Whether a change of gauge is needed, where a part of trains get nowhere without."""
    return CHANGES[int(missed > 0) + int(missed == 1)]
