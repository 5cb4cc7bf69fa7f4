// Track that can be reached, lit up to the hours that are chosen.

// The geometry stands in the drawing of the page, the hours beside it.
function readTrack(payload, text) {
  const paths = [...text.querySelectorAll("[data-track]")];
  return payload.track.map((kind, number) => {
    const hoursOf = (packed) => unpacked(packed).map((tick) => tick / payload.ticks * payload.hours);
    const [low, high] = [hoursOf(kind.low), kind.sure ? hoursOf(kind.high) : null];
    let first = 0;
    const parts = linesOf(paths[number], TRACK_STEPS).map((points) => {
      const span = [first, first + points.length];
      [, first] = span;
      return {points, low: [...low.slice(...span)], high: kind.sure ? [...high.slice(...span)] : points.map(() => Infinity)};
    });
    const shade = kind.band < 0 ? "fast" : payload.bands[kind.band].shade;
    return {...kind, css: `journey-hour-${shade}`, parts};
  });
}

// What of a part is reached by some hours, and what is not; along it times rise or fall.
function parted(part, name, hours) {
  const values = part[name];
  const [first, last] = [values[0] <= hours, values[values.length - 1] <= hours];
  if (first === last) return first ? [part, null] : [null, part];
  const next = values.findIndex((value) => (value <= hours) !== first);
  const share = (hours - values[next - 1]) / (values[next] - values[next - 1]);
  const between = (one, other) => (Number.isFinite(other - one) ? one + share * (other - one) : Infinity);
  const [before, after] = [part.points[next - 1], part.points[next]];
  const cut = {points: [before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])]};
  ["low", "high"].forEach((each) => { cut[each] = between(part[each][next - 1], part[each][next]); });
  const side = (take) => Object.fromEntries(Object.keys(cut).map((key) => [key, take(part[key], cut[key])]));
  const sides = [side((all, at) => [...all.slice(0, next), at]), side((all, at) => [at, ...all.slice(next)])];
  return first ? sides : sides.reverse();
}

// Reached by then even by a slow train; only by a faster one.
function litAt(parts, hours) {
  const [sure, maybe] = [[], []];
  let cut = "";
  parts.forEach((part) => {
    const [all, rest] = parted(part, "high", hours);
    if (all) sure.push(all.points);
    const [some, none] = rest ? parted(rest, "low", hours) : [null, null];
    if (some) maybe.push(some.points);
    if ((all && rest) || (some && none)) cut = hours;
  });
  // Ever more is reached: as many whole parts are the same ones.
  return {sure, maybe, state: [sure.length, maybe.length, cut].join()};
}

function trackLayer(map, payload, text, page) {
  const still = vectorPane(map, "journey-route", 410, {interactive: false, smoothFactor: 0.7});
  const lively = vectorPane(map, "journey-lit", 412, {smoothFactor: 0.7});
  const beside = [...text.querySelectorAll("[data-beside]")].flatMap((path) => linesOf(path, TRACK_STEPS));
  const all = page.track.flatMap(({parts}) => parts.map(({points}) => points));
  const drawn = [L.polyline(beside, {...still, className: "journey-beyond"}),
    L.polyline(all, {...still, className: "journey-under"}),
    ...page.track.map(({css, parts}) => L.polyline(parts.map(({points}) => points),
      {...still, className: `journey-reached journey-later ${css}`}))];
  const lit = page.track.map((kind) => ["maybe", "sure"].map((name) =>
    telling(L.polyline([], {...lively, className: `journey-reached journey-${name} ${kind.css}`}), kind, page)));
  const states = [];
  page.showing.push((hours) => page.track.forEach(({parts}, number) => {
    const {sure, maybe, state} = litAt(parts, hours);
    if (state === states[number]) return;
    states[number] = state;
    lit[number][0].setLatLngs(maybe);
    lit[number][1].setLatLngs(sure);
  }));
  return L.layerGroup([...drawn, ...lit.flat()]);
}

// When the train can be at the place that is pointed at.
function telling(line, kind, page) {
  // What tells of itself when it is focused would be a stop of the keyboard without a name.
  line.on("add", () => line.getElement().setAttribute("tabindex", "-1"));
  line.bindTooltip("", {sticky: true, className: "journey-tooltip"});
  return line.on("mousemove mouseover", ({latlng}) => line.setTooltipContent(dataText("span", "", hoursHere(kind, latlng, page))));
}

// As the text of the page has them: of two whole numbers alike near the even one.
function roundHalfEven(value) {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 ? rounded - 1 : rounded;
}

function hoursText(hours) {
  if (!Number.isFinite(hours)) return "not reached";
  const all = roundHalfEven(Math.round(hours * HOUR_S) / 60);
  const [whole, minutes] = [Math.floor(all / 60), all % 60];
  return whole ? `${whole} h ${String(minutes).padStart(2, "0")} min` : `${minutes} min`;
}

function hoursHere({parts}, latlng, {payload}) {
  const narrow = Math.cos(latlng.lat * Math.PI / 180);
  let [least, found] = [Infinity, [0, 0]];
  parts.forEach(({points, low, high}) => points.forEach(([lat, lon], index) => {
    const off = Math.hypot(lat - latlng.lat, (lon - latlng.lng) * narrow);
    if (off < least) [least, found] = [off, [low[index], high[index]]];
  }));
  const [low, high] = found;
  if (!payload.spread) return hoursText(low);
  return high <= payload.hours ? `${hoursText(low)} to ${hoursText(high)}` : `${hoursText(low)} at the earliest`;
}
