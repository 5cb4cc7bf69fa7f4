// Lines of track and the ways along them: places by chainage, in metres from the start.

const BASE_STEPS = 1000;
const TRACK_STEPS = 10000;

// The lines of an SVG path as [latitude, longitude], undoing the projection it is drawn in.
function linesOf(path, steps) {
  return path.getAttribute("d").split("M").slice(1).map((text) => {
    const numbers = text.match(/-?\d+/g);
    const points = [];
    let [x, y] = [0, 0];
    for (let index = 0; index < numbers.length; index += 2) {
      x += Number(numbers[index]);
      y += Number(numbers[index + 1]);
      points.push([latitude(-y / steps), x / steps]);
    }
    return points;
  });
}

const latitude = (mercator_deg) => Math.atan(Math.sinh(mercator_deg * Math.PI / 180)) * 180 / Math.PI;

// Stations come column by column.
function stationsOf(columns) {
  const keys = Object.keys(columns);
  return columns.id.map((_, row) => Object.fromEntries(keys.map((key) => [key, columns[key][row]])));
}

function createWay(payload, way, stations, lines) {
  const vertices = way.lines.flatMap((number, part) => {
    const chainage_m = unpacked(payload.lines[number].m);
    return lines[number].map(([lat, lon], index) => ({lat, lon, m: way.starts_m[part] + chainage_m[index]}));
  });
  const at_m = unpacked(way.at_m);
  const passed = way.stations.map((number, index) => ({...stations[number], at_m: at_m[index]}));
  const nights = way.nights.map(({m, dark}) => ({m, dark: inPairs(unpacked(dark))}));
  return {...way, vertices, passed, nights};
}

const inPairs = (values) => Array.from({length: values.length / 2}, (_, pair) => [values[2 * pair], values[2 * pair + 1]]);

function placeAt({vertices}, chainage_m) {
  const beyond = firstWhere(vertices.length, (index) => vertices[index].m >= chainage_m);
  const after = vertices[Math.min(beyond, vertices.length - 1)];
  const before = vertices[Math.max(0, Math.min(beyond, vertices.length - 1) - 1)];
  const share = after.m > before.m ? Math.max(0, Math.min(1, (chainage_m - before.m) / (after.m - before.m))) : 1;
  return [before.lat + share * (after.lat - before.lat), before.lon + share * (after.lon - before.lon)];
}

function stretchOf(way, from_m, to_m) {
  const inside = way.vertices.filter(({m}) => m > from_m && m < to_m).map(({lat, lon}) => [lat, lon]);
  return [placeAt(way, from_m), ...inside, placeAt(way, to_m)];
}

function zoneAt(way, chainage_m) {
  return way.clocks.filter(([from_m]) => from_m <= chainage_m).pop()[1];
}

function nearestStation(way, chainage_m) {
  return way.passed.reduce((one, other) =>
    (Math.abs(other.at_m - chainage_m) < Math.abs(one.at_m - chainage_m) ? other : one));
}

// The first index for which something that stays true becomes so.
function firstWhere(length, holds) {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
