// How far a train can be: the map in place of the drawing, and the hours that the reader chooses.

const SCHEMA = "journey.reach-map/1";
const MOST_LABELS = 250;
const NARROW_PX = 560;
const LABELS_BESIDE_TRACK = 6000;

function journeyReach(map, block) {
  const payload = JSON.parse(document.getElementById(block).textContent);
  if (payload.schema !== SCHEMA) throw new Error(`${payload.schema}: a map of another version of journey`);
  const text = document.getElementById(`${block}_text`);
  payload.stations = readStations(payload);
  payload.reached_s = payload.reached_s.map(unpacked);
  const page = {payload, track: readTrack(payload, text), showing: []};
  stage(map, payload, text);
  const layers = {"Base map": baseLayer(map, text), "Track": trackLayer(map, payload, text, page),
    "Stations": reachedStations(map, payload, page), "Where the time is up": frontierLayer(map, payload)};
  const tiles = tilesOf(map);
  fit(map, payload);
  Object.entries(layers).forEach(([name, layer]) => { if (name !== "Base map" || !tiles.length) layer.addTo(map); });
  originLayer(map, payload).addTo(map);
  const online = Object.fromEntries(tiles.map((layer) => ["Online tiles", layer]));
  L.control.layers(null, {...online, ...layers}, {position: "topright"}).addTo(map);
  L.control.scale({imperial: false}).addTo(map);
  nameAll(map, payload, page, layers);
  map.on("click", (event) => openNearestReached(map, payload, event));
  pressableRows(map, payload, text);
  askHours(payload, text, page);
  map.getContainer().classList.add("journey-ready");
}

function stage(map, payload, text) {
  const container = map.getContainer();
  text.classList.add("journey-live");
  text.querySelector(".journey-stage").append(container);
  container.classList.add("journey-map");
  setAttributes(container, {role: "region", "aria-label": `Map: ${payload.title}`, lang: "en"});
  container.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
  map.invalidateSize({animate: false, pan: false});
}

// Shown whole until the reader chooses another view.
function fit(map, payload) {
  const whole = () => map.fitBounds(payload.bounds, {paddingTopLeft: [50, 28], paddingBottomRight: [60, 28], maxZoom: 12, animate: false});
  map.on("zoomend", () => map.getContainer().classList.toggle("journey-near", isNear(map, payload)));
  let touched = false;
  ["pointerdown", "keydown", "wheel"].forEach((name) =>
    map.getContainer().addEventListener(name, () => { touched = true; }, {capture: true, passive: true}));
  new ResizeObserver(() => {
    map.invalidateSize({animate: false, pan: false});
    if (!touched) whole();
  }).observe(map.getContainer());
  whole();
  map.getContainer().classList.toggle("journey-near", isNear(map, payload));
}

function tilesOf(map) {
  const found = [];
  map.eachLayer((layer) => { if (layer instanceof L.TileLayer) found.push(layer); });
  return found;
}

function originLayer(map, {origins, place}) {
  const style = vectorPane(map, "journey-origins", 435, {});
  const [radius, className] = origins.length > 1 ? [6, "journey-origin journey-among"] : [7, "journey-origin"];
  return L.layerGroup(origins.map(({lat, lon}) => {
    const marker = L.circleMarker([lat, lon], {...style, className, radius, interactive: false});
    return marker.bindTooltip(dataText("span", "", place), {className: "journey-tooltip"});
  }));
}

function frontierLayer(map, {frontiers}) {
  paneOf(map, "journey-frontiers", 433);
  return L.layerGroup(frontiers.map((each) => L.marker([each.lat, each.lon], {pane: "journey-frontiers", keyboard: false,
    icon: L.divIcon({className: "journey-end", iconSize: [11, 11]})})
    .bindTooltip(dataText("span", "", `${each.text} (${each.bound}, ${each.speed} km/h)`), {className: "journey-tooltip"})));
}

// The place itself first, then where the time is up at the earliest, then stations by rank.
function nameAll(map, payload, page, layers) {
  const label = (name, css) => () => setAttributes(dataText("span", `journey-label ${css}`, name), {"aria-hidden": "true"});
  const here = payload.origins.length === 1 ? payload.origins.map(({lat, lon}) => ({latlng: [lat, lon], rank: 1, foremost: true,
    shown: () => true, make: label(payload.place, "journey-label-1")})) : [];
  const end = ({text, km, bound, speed}) => (bound !== "earliest" ? `${km} km at ${speed} km/h`
    : map.getSize().x < NARROW_PX ? `${km} km` : text);
  const ends = payload.frontiers.map((each) => ({
    latlng: [each.lat, each.lon], rank: 1, foremost: each.bound === "earliest",
    shown: () => map.hasLayer(layers["Where the time is up"]), make: label(end(each), "journey-label-bound")}));
  const stations = payload.stations.filter(({name}) => !here.length || name !== payload.place).slice(0, MOST_LABELS)
    .map(({lat, lon, name, rank}) => ({latlng: [lat, lon], rank: [1, 2].includes(rank) ? rank : 3,
      shown: () => map.hasLayer(layers.Stations), make: label(name, `journey-label-${rank}`)}));
  const countries = payload.countries.map(({lat, lon, name}) => ({latlng: [lat, lon], rank: 1, area: true,
    shown: () => map.hasLayer(layers["Base map"]), make: label(name, "journey-country")}));
  const lines = page.track.flatMap(({parts}) => parts.map(({points}) => points));
  const few = lines.reduce((sum, {length}) => sum + length, 0) <= LABELS_BESIDE_TRACK;
  createPlacer(map, [...here, ...ends.filter(({foremost}) => foremost), ...stations, ...ends.filter(({foremost}) => !foremost), ...countries], few ? lines : [])();
}

// The slider of hours: what is lit, and how many stations.
function askHours(payload, text, page) {
  const {hours} = payload;
  const step = [1 / 60, 1 / 12, 0.25, 0.5, 1, 2].find((each) => hours / each <= 96) || 6;
  const slider = setAttributes(element("input"), {type: "range", min: 0, max: hours, step, id: `${text.id}_hours`});
  slider.value = hours;
  const told = element("p");
  const label = dataText("label", "", `Hours from ${payload.from}`);
  label.htmlFor = slider.id;
  withChildren(text.querySelector(".journey-asking"), label, slider, told);
  let waiting = 0;
  const show = () => {
    const at = Math.min(hours, Number(slider.value));
    page.showing.forEach((each) => each(at));
    const [when, what] = atHours(payload, at);
    told.replaceChildren(dataText("strong", "", `${when}: `), dataText("span", "", what));
    slider.setAttribute("aria-valuetext", `${when}: ${what}`);
  };
  slider.addEventListener("input", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(show);
  });
  show();
}

function atHours({start, zone, zones, speeds, spread, reached_s}, hours) {
  const clock = start === null ? "" : `, ${localText(zones[zone], start + hours * HOUR_S)}`;
  const [some, sure] = reached_s.map((all) => firstWhere(all.length, (index) => all[index] > hours * HOUR_S));
  const told = `${grouped(sure)} station${sure === 1 ? "" : "s"} reached`;
  const what = spread ? `${told} at the latest (${speeds[0]} km/h), ${grouped(some)} at the earliest (${speeds[2]} km/h)` : told;
  return [`After ${hoursText(hours)}${clock}`, `${what}.`];
}
