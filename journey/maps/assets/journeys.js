// The journeys that came with the page, and when each comes to given points. The same steps as in
// Python, in the same order, so that the numbers are the same.

const MS_PER_KM = 1e6;
const KMH_TO_MS_PER_KM = 3.6e6;

function createJourneys(sample) {
  const counts = unpacked(sample.halts.per_journey);
  const at_m = unpacked(sample.halts.at_m);
  const lasting_s = unpacked(sample.halts.s);
  const halts = [];
  let index = 0;
  counts.forEach((count, journey) => {
    for (let one = 0; one < count; one += 1, index += 1) halts.push([at_m[index], journey, lasting_s[index]]);
  });
  halts.sort((one, other) => one[0] - other[0]);
  return {size: sample.size, depart: unpacked(sample.depart), bounds_m: sample.bounds_m, country: sample.country,
    pace: sample.pace.map(unpacked), dwell: sample.dwell.map(unpacked), halts};
}

// When the journeys come to points, in order along the way: an array of Unix seconds for each.
// A point is {m, stops}: a chainage, after so many of the scenario's stops.
function timesAt(journeys, setting, points) {
  const walk = startWalk(journeys, setting);
  return points.map((point) => {
    advance(walk, point.m);
    return timesHere(walk, point);
  });
}

function startWalk(journeys, {change, stops}) {
  const {size} = journeys;
  const speed = (part) => change.speeds.get(journeys.country[part]);
  const pace = journeys.pace.map((row, part) =>
    (speed(part) === undefined ? row : new Float64Array(size).fill(KMH_TO_MS_PER_KM / speed(part))));
  const dwell = journeys.dwell.map((row, number) => (change.stands.has(stops[number])
    ? new Float64Array(size).fill(change.stands.get(stops[number]) * HOUR_S) : row));
  const length_m = journeys.bounds_m[journeys.bounds_m.length - 1];
  return {journeys, pace, dwell, length_m, spread_s: (change.halts || 0) * HOUR_S,
    halts: change.halts === null ? journeys.halts : [],
    depart: change.depart === null ? journeys.depart : new Float64Array(size).fill(change.depart),
    whole: new Float64Array(size), halted: new Float64Array(size), part: 0, halt: 0};
}

// Adds up the parts that end before a chainage, and the halts up to it.
function advance(walk, to_m) {
  const {bounds_m, size} = walk.journeys;
  while (walk.part < walk.pace.length && bounds_m[walk.part + 1] <= to_m) {
    const length_m = bounds_m[walk.part + 1] - bounds_m[walk.part];
    const pace = walk.pace[walk.part];
    for (let one = 0; one < size; one += 1) walk.whole[one] += pace[one] * length_m / MS_PER_KM;
    walk.part += 1;
  }
  while (walk.halt < walk.halts.length && walk.halts[walk.halt][0] <= to_m) {
    const [, journey, lasting_s] = walk.halts[walk.halt];
    walk.halted[journey] += lasting_s;
    walk.halt += 1;
  }
}

function timesHere(walk, {m, stops}) {
  const {bounds_m, size} = walk.journeys;
  const some_m = walk.part < walk.pace.length ? m - bounds_m[walk.part] : 0;
  const pace = walk.pace[Math.min(walk.part, walk.pace.length - 1)];
  const stood_s = walk.spread_s * m / walk.length_m;
  const times = new Float64Array(size);
  for (let one = 0; one < size; one += 1) {
    const running_s = some_m > 0 ? walk.whole[one] + pace[one] * some_m / MS_PER_KM : walk.whole[one];
    times[one] = walk.depart[one] + (running_s + stood_s) + walk.halted[one];
  }
  for (let stop = 0; stop < stops; stop += 1) {
    const dwell = walk.dwell[stop];
    for (let one = 0; one < size; one += 1) times[one] += dwell[one];
  }
  return times;
}

// As numpy.quantile has it: linear between the values in order.
function quantile(ordered, share) {
  const place = (ordered.length - 1) * share;
  const below = Math.min(Math.floor(place), ordered.length - 1);
  const above = Math.min(below + 1, ordered.length - 1);
  const part = place - below;
  const step = ordered[above] - ordered[below];
  return part >= 0.5 ? ordered[above] - step * (1 - part) : ordered[below] + step * part;
}

// Average speed while moving in a country, by journey.
function speedsIn(journeys, country) {
  const here = journeys.country.map((code, part) => part).filter((part) => journeys.country[part] === country);
  const length_m = (part) => journeys.bounds_m[part + 1] - journeys.bounds_m[part];
  const total_m = here.reduce((sum, part) => sum + length_m(part), 0);
  return Float64Array.from({length: journeys.size}, (_, one) =>
    total_m * KMH_TO_MS_PER_KM / here.reduce((sum, part) => sum + journeys.pace[part][one] * length_m(part), 0));
}

function haltedBy(journeys) {
  const halted_s = new Float64Array(journeys.size);
  journeys.halts.forEach(([, journey, lasting_s]) => { halted_s[journey] += lasting_s; });
  return halted_s;
}
