// The train graph: time across, stations at their true kilometres, the start at the foot.

const GRAPH = {left: 104, right: 10, top: 22, foot: 34};
const LEAST_APART_PX = 12;
const LEAST_BOX_PX = 6;
const DAY_LABEL_PX = 62;
const UTC_LABEL_PX = 38;

function createGraph(payload, page) {
  const svg = setAttributes(shape("svg", {class: "journey-graph-drawing"}), {role: "img"});
  const read = dataText("p", "journey-small journey-readout", "");
  const box = withChildren(element("div", "journey-graph"), svg, read);
  const graph = {svg, read, payload, page, frame: null};
  const draw = () => {
    if (!graph.width) return;
    graph.frame = frameOf(graph);
    drawGraph(graph);
  };
  page.store.listen((_, changed) => (changed.every((name) => name === "at") ? moveCursor(graph) : draw()),
    ["scenario", "change", "at"]);
  // To ask for a size at each draw would lay the page out each time.
  new ResizeObserver(([{contentRect}]) => {
    Object.assign(graph, {width: contentRect.width, height: contentRect.height});
    draw();
  }).observe(box);
  svg.addEventListener("pointermove", (event) => readGraph(graph, event));
  svg.addEventListener("pointerleave", () => { read.textContent = GRAPH_HINT; });
  svg.addEventListener("click", (event) => {
    const {unix_s} = underPointer(graph, event);
    page.store.set({at: Math.round(unix_s / TIME_STEP_S) * TIME_STEP_S});
  });
  return box;
}

const GRAPH_HINT = "Shaded: night. Bands: the window, and 80 %; line: central; dashed: before, or the other view. Boxes: reports. Press to set the time.";

function frameOf({page, payload, width, height}) {
  const {way} = shownScenario(page);
  const size = {width: Math.round(width), height: Math.max(150, Math.round(height) - 38)};
  const [from_s, to_s] = page.period;
  const across = size.width - GRAPH.left - GRAPH.right;
  const up = size.height - GRAPH.top - GRAPH.foot;
  return {size, from_s, to_s, way, payload,
    x: (unix_s) => GRAPH.left + across * (unix_s - from_s) / (to_s - from_s),
    y: (m) => size.height - GRAPH.foot - up * m / way.length_m,
    time: (x) => from_s + (to_s - from_s) * (x - GRAPH.left) / across,
    metres: (y) => way.length_m * (size.height - GRAPH.foot - y) / up};
}

function drawGraph(graph) {
  const {svg, page, frame} = graph;
  const {size} = frame;
  setAttributes(svg, {viewBox: `0 0 ${size.width} ${size.height}`, width: size.width, height: size.height,
    "aria-label": graphInWords(page)});
  const clip = `${page.id}-clip`;
  const inside = shape("g", {"clip-path": `url(#${clip})`});
  inside.append(...nightShapes(frame), ...midnights(frame, page), ...bandShapes(graph), ...reportShapes(frame));
  svg.replaceChildren(shape("clipPath", {id: clip}), ground(frame), inside, ...stationLines(frame), ...timeAxis(frame, page));
  svg.firstChild.append(ground(frame));
  page.light();
  graph.cursor = svg.appendChild(shape("g", {class: "journey-cursor"}));
  moveCursor(graph);
  if (!graph.read.textContent) graph.read.textContent = GRAPH_HINT;
}

function graphInWords(page) {
  const {events, knots, name} = shownScenario(page);
  const ends = [0, knots.length - 1].map((knot) => {
    const {station, kind} = events[knots[knot]];
    const window_s = windowOfKnot(page, knot);
    return `${DOES.get(kind)} ${station.name} ${windowText(page.zones[station.zone], window_s)}`;
  });
  return `Train graph, ${name}: ${ends.join("; ")}. The table has every principal station.`;
}

function ground({size}) {
  return shape("rect", {class: "journey-graph-ground", x: GRAPH.left, y: GRAPH.top,
    width: size.width - GRAPH.left - GRAPH.right, height: size.height - GRAPH.top - GRAPH.foot});
}

const pathOf = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join("L")}`;

// A night is dark from sunset to sunrise at each place; the sun sets later in the north and west.
function nightShapes({way, x, y}) {
  const count = Math.max(0, ...way.nights.map(({dark}) => dark.length));
  return Array.from({length: count}, (_, night) => {
    const here = way.nights.filter(({dark}) => dark[night]);
    const side = (end) => here.map(({m, dark}) => [x(dark[night][end] * MINUTE_S), y(m)]);
    return shape("path", {class: "journey-night", d: `${pathOf([...side(0), ...side(1).reverse()])}Z`});
  });
}

// Midnight on the clock of each part of the way.
function midnights({way, from_s, to_s, x, y}, {zones}) {
  const ends = [...way.clocks.slice(1).map(([from_m]) => from_m), way.length_m];
  return way.clocks.flatMap(([from_m, zone], part) => {
    const offset_s = offsetAt(zones[zone], from_s) * MINUTE_S;
    const first = Math.ceil((from_s + offset_s) / DAY_S) * DAY_S - offset_s;
    const count = Math.max(0, Math.ceil((to_s - first) / DAY_S));
    return Array.from({length: count}, (_, day) => shape("path", {class: "journey-midnight",
      d: pathOf([[x(first + day * DAY_S), y(from_m)], [x(first + day * DAY_S), y(ends[part])]])}));
  });
}

function bandShapes({page, frame: {x, y}}) {
  const {events, knots} = shownScenario(page);
  const side = (name) => knots.map((number, knot) => [x(page.curves[name][knot]), y(events[number].m)]);
  const band = (from, to, name) => shape("path", {class: `journey-graph-band journey-graph-${name}`,
    d: `${pathOf([...side(from), ...side(to).reverse()])}Z`});
  const beside = besideOf(page);
  const before = beside && beside.scenario;
  const other = before && before.way === shownScenario(page).way ? [shape("path", {class: "journey-graph-before",
    d: pathOf(before.events.map((event, number) => [x(before.rest.central[number]), y(event.m)]))})] : [];
  return [band("earliest", "latest", "window"), band("low", "high", "most"), ...other,
    shape("path", {class: "journey-graph-central", d: pathOf(side("central"))})];
}

function reportShapes({payload, way, x, y}) {
  if (way !== payload.firstWay) return [];
  return payload.evidence.flatMap(({spans_m, earliest, latest, right}, number) => spans_m.map(([from_m, to_m]) => {
    const [top, foot] = [y(to_m), y(from_m)];
    const height = Math.max(LEAST_BOX_PX, foot - top);
    const width = Math.max(3, x(latest) - x(earliest));
    return shape("rect", {class: `journey-graph-report${right !== null && right < 0.5 ? " journey-unlikely" : ""}`,
      "data-report": number, x: x(earliest), y: (top + foot - height) / 2, width, height, rx: 1.5});
  }));
}

function stationLines({size, way, y}) {
  let last = Infinity;
  const ends = [way.passed[0], way.passed[way.passed.length - 1]];
  const principal = way.passed.filter((station) => station.rank === 1 || ends.includes(station));
  return principal.flatMap((station) => {
    const at = y(station.at_m);
    const named = station === ends[1] || (last - at >= LEAST_APART_PX && at - y(way.length_m) >= LEAST_APART_PX);
    if (named) last = at;
    const line = shape("path", {class: "journey-graph-station", "data-station": station.id,
      d: `M${GRAPH.left},${at.toFixed(1)}H${size.width - GRAPH.right}`});
    return named || station === ends[0] ? [line, nameBeside(station, at)] : [line];
  });
}

function nameBeside(station, at) {
  const short = station.name.length > 14 ? `${station.name.slice(0, 13)}…` : station.name;
  return shape("text", {class: "journey-graph-name", "data-station": station.id, x: GRAPH.left - 5, y: (at + 3.5).toFixed(1),
    "text-anchor": "end"}, short);
}

// Days on the clock of the start below, UTC above: as many as there is room for.
function timeAxis(frame, {zones}) {
  const {size, from_s, to_s, way, x} = frame;
  const minutes = offsetAt(zones[way.passed[0].zone], from_s);
  const every = stepOf(frame, DAY_LABEL_PX, [1, 2, 3, 4, 5, 7, 10, 20, 50, 100, 1000]);
  const days = multiples(from_s, to_s, every, minutes * MINUTE_S);
  const below = size.height - GRAPH.foot + 13;
  const [left, right] = [GRAPH.left, size.width - GRAPH.right];
  const named = days.map((unix_s) => [unix_s, (Math.max(x(unix_s), left) + Math.min(x(unix_s + DAY_S), right)) / 2])
    .filter(([unix_s, middle]) => middle > left + 32 && middle < right - 30
      && (every > DAY_S || Math.min(x(unix_s + DAY_S), right) - Math.max(x(unix_s), left) > DAY_LABEL_PX));
  const clock = shape("text", {class: "journey-graph-axis", x: left, y: below + 14},
    `Days at ${way.passed[0].name}, ${offsetText(minutes)}; dashed: local midnight`);
  return [...named.map(([unix_s, middle]) => shape("text", {class: "journey-graph-day", x: middle, y: below,
    "text-anchor": "middle"}, dayText(atOffset(unix_s, minutes)))), clock, ...utcTicks(frame)];
}

function utcTicks(frame) {
  const {size, from_s, to_s, x} = frame;
  const every = stepOf(frame, UTC_LABEL_PX, [0.5, 1, 2, 3, 4, 5, 7, 10, 20, 50, 100, 1000]);
  const seen = multiples(from_s, to_s, every, 0)
    .filter((unix_s) => x(unix_s) < size.width - GRAPH.right - 14 && x(unix_s) > GRAPH.left + 8);
  const said = (date) => (every > DAY_S ? dayText(date).slice(4) : clockText(date));
  return [shape("text", {class: "journey-graph-axis", x: GRAPH.left - 5, y: 12, "text-anchor": "end"}, "UTC"),
    ...seen.flatMap((unix_s) => [
      shape("path", {class: "journey-graph-tick", d: `M${x(unix_s).toFixed(1)},${GRAPH.top - 5}v5`}),
      shape("text", {class: "journey-graph-axis", x: x(unix_s), y: 12, "text-anchor": "middle"}, said(atOffset(unix_s, 0)))])];
}

// The shortest step, of some numbers of days, whose labels do not run into each other.
function stepOf({x}, least_px, days) {
  return DAY_S * (days.find((count) => x(count * DAY_S) - x(0) >= least_px) || days[days.length - 1]);
}

// Multiples of a step within a time, on a clock that is ahead by some seconds.
function multiples(from_s, to_s, every, ahead_s) {
  const first = Math.floor((from_s + ahead_s) / every) * every - ahead_s;
  return Array.from({length: Math.max(0, Math.ceil((to_s - first) / every))}, (_, step) => first + step * every);
}

function moveCursor(graph) {
  const {cursor, frame, page} = graph;
  if (!cursor) return;
  const {x, y, size} = frame;
  const at = x(page.at);
  const {least, most, central} = page.places;
  cursor.replaceChildren(
    shape("path", {class: "journey-cursor-line", d: `M${at.toFixed(1)},${GRAPH.top}V${size.height - GRAPH.foot}`}),
    shape("path", {class: "journey-cursor-reach", d: `M${at.toFixed(1)},${y(most).toFixed(1)}V${y(least).toFixed(1)}`}),
    shape("circle", {class: "journey-train", cx: at.toFixed(1), cy: y(central).toFixed(1), r: 4.5}));
}

function underPointer({svg, frame}, event) {
  const box = svg.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  return {unix_s: Math.max(frame.from_s, Math.min(frame.to_s, frame.time(x))),
    m: Math.max(0, Math.min(frame.way.length_m, frame.metres(y)))};
}

const windowOfKnot = ({curves}, knot) => Object.fromEntries(MOMENTS.map((name) => [name, curves[name][knot]]));

// The station nearest to the pointer among those that the curves go through, and its window.
function readGraph(graph, event) {
  const {page, read} = graph;
  const {m} = underPointer(graph, event);
  const scenario = shownScenario(page);
  const away = (knot) => Math.abs(scenario.events[scenario.knots[knot]].m - m);
  const near = scenario.knots.map((_, knot) => knot).reduce((one, other) => (away(other) < away(one) ? other : one));
  const {station} = scenario.events[scenario.knots[near]];
  read.textContent = `${station.name}: ${windowText(page.zones[station.zone], windowOfKnot(page, near))}`;
  if (!event.target.closest("[data-report]")) page.light("station", station.id);
}
