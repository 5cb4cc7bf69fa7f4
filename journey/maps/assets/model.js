// What a scenario says: when the train comes to each of its events, and where it is at a moment.

const UNCHANGED = Object.freeze({depart: null, speeds: new Map(), stands: new Map(), halts: null});
const CURVES = ["earliest", "central", "latest", "low", "high"];
const BAND = {low: 0.1, high: 0.9};
// What makes rounding to the nearest a rounding down, or up, but for what computing loses.
const OUTWARD = {earliest: -0.5 + 1e-6, central: 0, latest: 0.5 - 1e-6};

// How far apart the events are at least whose curves follow a slider, m, besides the principal ones.
const KNOTS_APART_M = 25000;

const isChanged = ({depart, speeds, stands, halts}) =>
  depart !== null || halts !== null || speeds.size > 0 || stands.size > 0;

function createScenario(said, way) {
  const grain_s = unpacked(said.curves.grain_s);
  const rest = Object.fromEntries(CURVES.map((name) => [name, unpacked(said.curves[name])]));
  const events = eventsOf(way, said.stops);
  const knots = knotsOf(events);
  const knotOf = new Map(knots.map((number, knot) => [number, knot]));
  return withJourneys({...said, way, grain_s, rest, events, knots, knotOf});
}

// They are unpacked when they are first asked for: most readers never ask.
function withJourneys(scenario) {
  let made = null;
  const get = () => {
    if (!made && scenario.sample) made = createJourneys(scenario.sample);
    return made;
  };
  return Object.defineProperty(scenario, "journeys", {get});
}

// The scenario with a stop, arrival and departure, wherever the reader makes the train stand.
function askedOf(scenario, {stands}) {
  const {way, stops, journeys} = scenario;
  const more = [...stands.keys()].map((id) => way.passed.findIndex((station) => station.id === id))
    .filter((number) => number > 0 && number < way.passed.length - 1 && !stops.includes(number));
  if (!more.length || !journeys) return scenario;
  const all = [...stops, ...more].sort((one, other) => one - other);
  const none = new Float64Array(journeys.size);
  const dwell = all.map((number) => (stops.includes(number) ? journeys.dwell[stops.indexOf(number)] : none));
  const events = eventsOf(way, all);
  const before = new Map([...scenario.events.keys()].reverse().map((index) => [scenario.events[index].number, index]));
  const grain_s = events.map(({number}) => scenario.grain_s[before.get(number)]);
  const knots = knotsOf(events);
  const knotOf = new Map(knots.map((number, knot) => [number, knot]));
  return {...scenario, stops: all, events, grain_s, knots, knotOf, journeys: {...journeys, dwell}};
}

// The events that graph, table and band need: the others are reckoned when a card asks.
function knotsOf(events) {
  let last_m = -Infinity;
  return events.map((event, number) => number).filter((number) => {
    const {station, kind, m} = events[number];
    const needed = station.rank === 1 || kind !== "pass" || m - last_m >= KNOTS_APART_M;
    if (needed) last_m = m;
    return needed;
  });
}

// What the train does at each timing point, in order; stops are numbers of these.
function eventsOf(way, stops) {
  const last = way.passed.length - 1;
  return way.passed.flatMap((station, number) => {
    const before = stops.filter((stop) => stop < number).length;
    const event = (kind, passed) => ({number, station, kind, stops: passed, m: station.at_m});
    if (stops.includes(number)) return [event("arrive", before), event("depart", before + 1)];
    return [event({0: "depart", [last]: "arrive"}[number] || "pass", before)];
  });
}

// Times of some events after a change; without one those that Python counted from all journeys.
function curvesOf(scenario, change, numbers = scenario.knots) {
  if (!isChanged(change) || !scenario.journeys) {
    return Object.fromEntries(CURVES.map((name) => [name, numbers.map((number) => scenario.rest[name][number])]));
  }
  const events = numbers.map((number) => scenario.events[number]);
  const times = timesAt(scenario.journeys, settingOf(scenario, change), events);
  return roundedCurves(scenario, times.map((row) => row.sort()), numbers);
}

// Earliest, central and latest of one event.
function windowAt(scenario, change, number) {
  const curves = curvesOf(scenario, change, [number]);
  return Object.fromEntries(["earliest", "central", "latest"].map((name) => [name, curves[name][0]]));
}

function settingOf({stops, way}, change) {
  return {change, stops: stops.map((number) => way.passed[number].id)};
}

function roundedCurves({level, grain_s}, ordered, numbers) {
  const shares = {earliest: (1 - level) / 2, central: 0.5, latest: (1 + level) / 2};
  const curves = Object.fromEntries(CURVES.map((name) => [name, new Float64Array(ordered.length)]));
  ordered.forEach((row, index) => {
    Object.entries(BAND).forEach(([name, share]) => { curves[name][index] = quantile(row, share); });
    Object.entries(shares).forEach(([name, share]) => {
      const grain = grain_s[numbers[index]];
      const moment = nearestEven(quantile(row, share) / grain + OUTWARD[name]) * grain;
      curves[name][index] = level === 1 ? withinEnds(moment, row) : moment;
    });
  });
  return curves;
}

// Bounds of all journeys are never beyond these, but for the second they are rounded to.
function withinEnds(moment, row) {
  const least = nearestEven(row[0] + OUTWARD.earliest);
  const most = nearestEven(row[row.length - 1] + OUTWARD.latest);
  return Math.min(Math.max(moment, least), most);
}

// Least advanced to most advanced place at a moment, m: what a curve of times says of places.
function placesAt(scenario, curves, unix_s) {
  return {least: reached(scenario, curves.latest, unix_s), low: reached(scenario, curves.high, unix_s),
    central: reached(scenario, curves.central, unix_s), high: reached(scenario, curves.low, unix_s),
    most: reached(scenario, curves.earliest, unix_s)};
}

function reached({events, knots}, curve, unix_s) {
  // Moments are rounded each by itself, in steps of several widths.
  let last = -Infinity;
  const times = Array.from(curve, (moment) => { last = Math.max(last, moment); return last; });
  const at_m = (knot) => events[knots[knot]].m;
  const beyond = firstWhere(times.length, (index) => times[index] > unix_s);
  if (beyond === 0) return at_m(0);
  if (beyond === times.length) return at_m(times.length - 1);
  const [before, after] = [beyond - 1, beyond];
  const share = (unix_s - times[before]) / (times[after] - times[before]);
  return at_m(before) + share * (at_m(after) - at_m(before));
}

// Share of the journeys that a report goes with; null where none can tell.
function agreement(scenario, change, report) {
  if (!scenario.journeys || !report.needs.length) return null;
  const setting = settingOf(scenario, change);
  const time = (need) => (need
    ? timesAt(scenario.journeys, setting, [{m: need.m, stops: stopsBefore(scenario, need)}])[0] : null);
  const holds = new Uint8Array(scenario.journeys.size);
  report.needs.forEach((needs) => {
    const [by, from] = [time(needs.by), time(needs.from)];
    holds.forEach((held, one) => {
      const right = (!by || by[one] <= report.latest) && (!from || from[one] >= report.earliest);
      if (right) holds[one] = 1;
    });
  });
  return holds.reduce((sum, held) => sum + held, 0) / holds.length;
}

function stopsBefore({stops, way}, {m, leaving}) {
  return stops.filter((stop) => {
    const {at_m} = way.passed[stop];
    return leaving ? at_m <= m : at_m < m;
  }).length;
}
