// Names and symbols beside their points, placed so that none covers another.

const SIDES = [[1, 0], [-1, 0], [1, -1], [1, 1], [-1, -1], [-1, 1], [0, -1], [0, 1]];
// Distances from the point, px; a name farther off than the middle ones would mislead.
const CENTRED = [[0, 0], [0, -1], [0, 1]];
const NEAR = [9];
const MIDDLE = [26, 44];
const FAR = [9, 26, 44, 70, 96];
const LABEL_FROM_ZOOM = {1: 0, 2: 7.5, 3: 9.5};
// What a far name keeps from the route, and a leader once it has left its station, px.
const NAME_CLEARANCE = 12;
const LEADER_CLEARANCE = 4;
const LEADER_START = 14;
const ROUTE_STEP = 3;

// Few names are in view at a time, so each is made when it is first needed.
// An item is {make, latlng, shown: () => bool, rank, foremost, area}; the first items choose first.
// The name of an area stands upon it, not beside it.
function createPlacer(map, items, lines) {
  const pane = paneOf(map, "journey-labels", 610);
  // Placed anew at each zoom, so it must not be scaled while the zoom is animated.
  pane.classList.add("leaflet-zoom-hide");
  const leaders = pane.appendChild(drawing([1, 1], "journey-leaders"));
  const attach = (present) => {
    const fresh = present.filter((item) => !item.node);
    fresh.forEach((item) => attachItem(pane, leaders, item));
    fresh.forEach(measureItem);
  };
  let last = "";
  // An unfolded box says so in its own time, also when nothing has moved since.
  const place = () => {
    const now = JSON.stringify([map.getBounds().toBBoxString(), controlBoxes(map), items.map((item) => item.shown())]);
    if (now !== last) placeAll(map, items, lines, attach);
    last = now;
  };
  map.on("zoomstart", () => { pane.style.visibility = "hidden"; });
  map.on("moveend", () => { pane.style.visibility = ""; });
  map.on("moveend resize overlayadd overlayremove", place);
  map.getContainer().addEventListener("toggle", place, true);
  return place;
}

function attachItem(pane, leaders, item) {
  item.line = leaders.appendChild(shape("line", {class: "journey-leader"}));
  item.node = item.make();
  pane.append(item.node);
}

// After all are attached: each look at a size after a change would lay the page out anew.
function measureItem(item) {
  item.width = item.node.offsetWidth;
  item.height = item.node.offsetHeight;
}

function placeAll(map, items, lines, attach) {
  const size = map.getSize();
  const scene = {
    taken: controlBoxes(map),
    view: {left: 0, top: 0, right: size.x, bottom: size.y},
    route: lines.flatMap((line) => routeDots(map, line, size)),
    shift: map.containerPointToLayerPoint([0, 0]),
  };
  const present = items.filter((item) => isPresent(map, item, scene));
  attach(present);
  scene.dots = present.filter((item) => !item.area).map((item) => dotBox(item.origin, item.rank));
  const spots = new Map();
  attempts(present).forEach(([item, rings]) => {
    if (!spots.has(item)) takeSpot(item, rings, scene, spots);
  });
  items.filter((item) => item.node).forEach((item) => settle(item, spots.get(item), scene.shift));
}

// The route as dots a few pixels apart, so that what lies on it can be counted.
function routeDots(map, line, size) {
  const corners = line.map((point) => map.latLngToContainerPoint(point));
  const view = L.bounds([0, 0], size);
  return corners.slice(1).flatMap((end, index) => {
    const start = corners[index];
    if (!view.intersects(L.bounds(start, end))) return [];
    const count = Math.max(1, Math.ceil(start.distanceTo(end) / ROUTE_STEP));
    const way = end.subtract(start);
    return Array.from({length: count}, (_, part) => start.add(way.multiplyBy(part / count)))
      .filter((dot) => view.contains(dot));
  });
}

// Near places go round first, so that no name with a leader takes the place beside a station.
function attempts(items) {
  const foremost = items.filter((item) => item.foremost);
  const areas = items.filter((item) => item.area);
  const principal = items.filter((item) => !item.foremost && !item.area && item.rank === 1);
  const others = items.filter((item) => !item.foremost && item.rank > 1);
  return [[foremost, FAR], [principal, NEAR], [principal, MIDDLE], [others, NEAR], [areas, [0, ...MIDDLE]]]
    .flatMap(([group, rings]) => group.map((item) => [item, rings]));
}

function takeSpot(item, rings, scene, spots) {
  const box = findSpot(item, rings, scene);
  if (!box) return;
  spots.set(item, box);
  scene.taken.push(box, ...leaderDots(item, box));
}

function isPresent(map, item, scene) {
  if (!item.shown() || (!item.foremost && map.getZoom() < LABEL_FROM_ZOOM[item.rank])) return false;
  item.origin = map.latLngToContainerPoint(item.latlng);
  return inside(dotBox(item.origin, 3), scene.view);
}

function controlBoxes(map) {
  return [...map.getContainer().querySelectorAll(".leaflet-control")]
    .map((control) => relativeBox(map, control));
}

function findSpot(item, rings, scene) {
  for (const ring of rings) {
    const sides = item.area ? CENTRED : SIDES;
    const free = sides.map((side) => boxAt(item, side, ring)).filter((box) => isFree(box, item, scene));
    if (free.length) return leastOnRoute(free, scene.route);
  }
  return null;
}

function boxAt(item, [dx, dy], ring) {
  const reach = dx && dy ? ring * 0.7 : ring;
  const x = item.origin.x + dx * (reach + item.width / 2);
  const y = item.origin.y + dy * (reach + item.height / 2);
  return {left: x - item.width / 2, right: x + item.width / 2,
    top: y - item.height / 2, bottom: y + item.height / 2};
}

function isFree(box, item, scene) {
  const others = scene.dots.filter((dot) => !dot.origin.equals(item.origin));
  const parts = [box, ...leaderDots(item, box)];
  return inside(box, scene.view)
    && ![...scene.taken, ...others].some((other) => parts.some((part) => overlap(part, other)))
    && (!isFar(item, box) || isClearOfRoute(item, box, scene.route));
}

// Far from its station, a name on the route would seem to name the place where it stands.
function isClearOfRoute(item, box, route) {
  const margin = grown(box, NAME_CLEARANCE);
  return !route.some((dot) => holds(margin, dot)) && !crossesRoute(item, box, route);
}

function crossesRoute(item, box, route) {
  const way = nearestOn(box, item.origin).subtract(item.origin);
  const length = Math.hypot(way.x, way.y);
  for (let reach = LEADER_START; reach < length; reach += ROUTE_STEP) {
    const point = item.origin.add(way.multiplyBy(reach / length));
    if (route.some((dot) => dot.distanceTo(point) < LEADER_CLEARANCE)) return true;
  }
  return false;
}

function leastOnRoute(boxes, route) {
  const covered = boxes.map((box) => route.filter((dot) => holds(box, dot)).length);
  return boxes[covered.indexOf(Math.min(...covered))];
}

function settle(item, box, shift) {
  item.node.classList.toggle("journey-hidden", !box);
  item.line.classList.toggle("journey-hidden", !box || !isFar(item, box));
  if (!box) return;
  const corner = L.point(box.left, box.top).add(shift);
  item.node.style.transform = `translate(${corner.x}px, ${corner.y}px)`;
  const from = item.origin.add(shift);
  const to = nearestOn(box, item.origin).add(shift);
  setAttributes(item.line, {x1: from.x, y1: from.y, x2: to.x, y2: to.y});
}

// A leader as a row of small boxes, so that names keep off it.
function leaderDots(item, box) {
  if (!isFar(item, box)) return [];
  const way = nearestOn(box, item.origin).subtract(item.origin);
  return [0.35, 0.5, 0.65, 0.8, 0.95].map((share) => {
    const {x, y} = item.origin.add(way.multiplyBy(share));
    return {left: x - 1, top: y - 1, right: x + 1, bottom: y + 1};
  });
}

// An area has no point that its name could be led to.
const isFar = (item, box) => !item.area && nearestOn(box, item.origin).distanceTo(item.origin) > NEAR[0] + 6;

function nearestOn(box, point) {
  return L.point(Math.max(box.left, Math.min(point.x, box.right)),
    Math.max(box.top, Math.min(point.y, box.bottom)));
}

function dotBox(origin, rank) {
  const radius = rank === 1 ? 6 : 3;
  return {origin, left: origin.x - radius, right: origin.x + radius,
    top: origin.y - radius, bottom: origin.y + radius};
}

const grown = (box, margin) => ({left: box.left - margin, top: box.top - margin,
  right: box.right + margin, bottom: box.bottom + margin});

const holds = (box, point) =>
  point.x > box.left && point.x < box.right && point.y > box.top && point.y < box.bottom;

const inside = (box, view) =>
  box.left >= view.left && box.right <= view.right && box.top >= view.top && box.bottom <= view.bottom;

const overlap = (one, other) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
