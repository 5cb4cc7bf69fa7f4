// A journey on a Leaflet map: its layers, controls and popups.

const NEAR_ZOOM = 8;
// Below it dots run together and cut the line into dashes.
const DOTS_FROM_ZOOM = 7.5;
const TOUCH_PX = 16;

function journeyPage(map, sent) {
  const payload = withShared(sent);
  dressContainer(map, payload);
  const layers = {
    "Base map": baseLayer(map, payload.basemap),
    "Route": routeLayer(map, payload.route),
    "Reports": reportLayer(map, payload.stations),
    "Stations": stationLayer(map, payload.stations),
    "Border, gauge, clock": L.layerGroup(),
  };
  const tiles = tileLayers(map);
  Object.entries(layers).forEach(([name, layer]) => {
    if (name !== "Base map" || !tiles.length) layer.addTo(map);
  });
  addControls(map, payload, layers, tiles);
  const place = createPlacer(map, placedItems(map, payload, layers), payload.route.map((part) => part.points));
  map.on("click", (event) => openNearest(map, payload.stations, layers.Stations, event));
  map.on("zoomend", () => sizeStations(map, layers.Stations));
  preparePrint(map, payload);
  whenSized(map, () => showRoute(map, payload.bounds, layers.Stations, place));
}

// What many stations and events have in common is sent once.
function withShared(payload) {
  const {basis, beside, quality} = {quality: {}, ...payload.shared};
  return {...payload, stations: payload.stations.map((station) => ({reports: [], ...station,
    quality: quality[station.quality] || station.quality,
    events: station.events.map((event) => ({basis, ...event,
      beside: event.beside ? [beside, event.beside].filter(Boolean).join(": ") : null}))}))};
}

function dressContainer(map, payload) {
  const container = map.getContainer();
  container.classList.add("journey-map");
  setAttributes(container, {role: "region", "aria-label": payload.title});
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
}

// A hidden map (a folded notebook cell) has no size yet and cannot be fitted to anything.
function whenSized(map, run) {
  if (map.getSize().x > 0) run();
  else map.once("resize", () => whenSized(map, run));
}

function showRoute(map, bounds, stations, place) {
  map.fitBounds(bounds, {...insets(map), animate: false});
  sizeStations(map, stations);
  place();
}

function paneOf(map, name, zIndex) {
  const pane = map.getPane(name) || map.createPane(name);
  pane.style.zIndex = zIndex;
  return pane;
}

function vectorPane(map, name, zIndex, options) {
  paneOf(map, name, zIndex);
  return {pane: name, renderer: L.svg({pane: name, padding: 0.5}), ...options};
}

function baseLayer(map, basemap) {
  const style = vectorPane(map, "journey-base", 210, {interactive: false, smoothFactor: 1});
  const part = (geometry, className) => (geometry
    ? L.geoJSON({type: geometry.type, coordinates: unpacked(geometry.packed)}, {...style, className}) : null);
  const land = part(basemap.land, "journey-land");
  const below = vectorPane(map, "journey-sheet", 205, {interactive: false, className: "journey-sheet"});
  const sheet = land ? L.rectangle(land.getBounds(), below) : null;
  const lakes = part(basemap.lakes, "journey-lake");
  return L.layerGroup([sheet, land, lakes, part(basemap.borders, "journey-border")].filter(Boolean));
}

// Lines come as steps in thousandths of a degree, east and north in turn.
function unpacked(parts) {
  if (Array.isArray(parts[0])) return parts.map(unpacked);
  const points = [];
  let [x, y] = [0, 0];
  for (let index = 0; index < parts.length; index += 2) {
    [x, y] = [x + parts[index], y + parts[index + 1]];
    points.push([x / 1000, y / 1000]);
  }
  return points;
}

function routeLayer(map, route) {
  const style = vectorPane(map, "journey-route", 410, {smoothFactor: 0.7});
  // Without a casing the gaps of an estimated course show the base map.
  const casing = route.filter((part) => !part.estimated).map((part) =>
    L.polyline(part.points, {...style, interactive: false, className: "journey-casing"}));
  const track = route.map((part) => L.polyline(part.points, {...style, className: trackClass(part)})
    .bindTooltip(trackText(part), {sticky: true, className: "journey-tooltip"}));
  return L.layerGroup([...casing, ...track]);
}

function trackClass(part) {
  return ["journey-track", gaugeOf(part).css, part.estimated ? "journey-estimated" : ""].join(" ").trim();
}

function trackText(part) {
  const text = [part.line, gaugeOf(part).text, part.estimated ? "course estimated" : ""];
  return dataText("span", "", text.filter(Boolean).join(" · "));
}

function reportLayer(map, stations) {
  const style = vectorPane(map, "journey-reports", 420, {interactive: false, radius: 10});
  return L.layerGroup(stations.filter((station) => station.reports.length).map((station) =>
    L.circleMarker([station.lat, station.lon], {...style, className: "journey-report"})));
}

function stationLayer(map, stations) {
  const style = vectorPane(map, "journey-stations", 430, {bubblingMouseEvents: false});
  // Halts first: what is drawn later lies on top.
  const ordered = [...stations].sort((one, other) => rankOf(other) - rankOf(one));
  return L.layerGroup(ordered.map((station) =>
    stationMarker(map, station, {...style, foremost: isForemost(stations, station)})));
}

// Both ends and the places reported from are named before all others.
const isForemost = (stations, station) =>
  station === stations[0] || station === stations[stations.length - 1] || station.reports.length > 0;

const rankOf = (station) => ([1, 2].includes(station.rank) ? station.rank : 3);

function stationMarker(map, station, style) {
  const rank = rankOf(station);
  const className = `journey-station journey-rank-${rank}${style.foremost ? " journey-foremost" : ""}`;
  const marker = L.circleMarker([station.lat, station.lon], {...style, className, rank});
  const open = () => openCard(map, station, stationCard(station));
  marker.on("click", open);
  marker.on("add", () => makeReachable(marker.getElement(), station, rank, open));
  return marker;
}

function makeReachable(node, station, rank, open) {
  node.setAttribute("data-station", station.id);
  if (rank !== 1) return;
  setAttributes(node, {tabindex: 0, role: "button", "aria-label": `${station.name}, ${kilometre(station)}`});
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  });
}

function sizeStations(map, stations) {
  const growth = Math.max(0, Math.min(1, (map.getZoom() - DOTS_FROM_ZOOM) / 2.5));
  const radii = {1: 5.5 + growth, 2: 3 + 2 * growth, 3: 2.2 + 1.8 * growth};
  map.getContainer().classList.toggle("journey-near", map.getZoom() >= DOTS_FROM_ZOOM);
  stations.eachLayer((marker) => {
    const {rank, foremost} = marker.options;
    marker.setRadius(Math.max(radii[rank], foremost ? 4.5 : 0));
  });
}

// Halts are smaller than a fingertip: a press beside one means the nearest.
function openNearest(map, stations, layer, event) {
  if (!map.hasLayer(layer)) return;
  const distance = (station) =>
    map.latLngToContainerPoint([station.lat, station.lon]).distanceTo(event.containerPoint);
  const near = stations.filter((station) => distance(station) < TOUCH_PX);
  near.sort((one, other) => distance(one) - distance(other));
  if (near.length) openCard(map, near[0], stationCard(near[0]));
}

function openCard(map, place, card) {
  const opener = document.activeElement;
  const room = popupRoom(map);
  const popup = L.popup({...insets(map, "autoPanPadding"), className: "journey-popup",
    minWidth: Math.min(220, room.width), maxWidth: room.width, maxHeight: Math.max(140, room.height)});
  popup.setLatLng([place.lat, place.lon]).setContent(card).openOn(map);
  card.tabIndex = -1;
  card.focus({preventScroll: true});
  popup.on("remove", () => {
    if (opener && opener.isConnected) opener.focus({preventScroll: true});
  });
}

function flyTo(map, station) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  map.once("moveend", () => openCard(map, station, stationCard(station)));
  map.flyTo([station.lat, station.lon], Math.max(map.getZoom(), NEAR_ZOOM), {animate: !calm, duration: 0.8});
}

function placedItems(map, payload, layers) {
  const marks = payload.marks.map((mark) => ({
    node: markButton(map, mark), rank: 1, foremost: true, latlng: [mark.lat, mark.lon],
    shown: () => map.hasLayer(layers["Border, gauge, clock"]),
  }));
  const names = payload.stations.map((station) => ({
    node: nameLabel(station), rank: rankOf(station), latlng: [station.lat, station.lon],
    foremost: isForemost(payload.stations, station),
    shown: () => map.hasLayer(layers.Stations),
  }));
  names.sort((one, other) => one.rank - other.rank);
  const countries = payload.countries.map((country) => ({
    node: dataText("span", "journey-label journey-country", country.name, "en"), rank: 1, area: true,
    latlng: [country.lat, country.lon], shown: () => map.hasLayer(layers["Base map"]),
  }));
  return [...names.filter((name) => name.foremost), ...marks,
    ...names.filter((name) => !name.foremost), ...countries];
}

function nameLabel(station) {
  const label = dataText("span", `journey-label journey-label-${rankOf(station)}`, station.name, "en");
  label.setAttribute("aria-hidden", "true");
  return label;
}

function markButton(map, mark) {
  const button = withChildren(element("button", "journey-mark"), markSymbol(mark.kind));
  button.type = "button";
  button.title = mark.text;
  button.setAttribute("aria-label", mark.text);
  L.DomEvent.disableClickPropagation(button);
  const card = () => withChildren(element("article", "journey-card"), dataText("p", "", mark.text));
  button.addEventListener("click", () => openCard(map, mark, card()));
  return button;
}

function tileLayers(map) {
  const found = [];
  map.eachLayer((layer) => {
    if (layer instanceof L.TileLayer) found.push(layer);
  });
  return found;
}

function addControls(map, payload, layers, tiles) {
  const legend = legendBox(payload);
  const panel = windowsBox(payload, (station) => {
    if (!isWide(map)) panel.open = false;
    flyTo(map, station);
  });
  boxControl(headingBox(payload)).setPosition("topleft").addTo(map);
  // The heading comes first to the eye, so the zoom buttons move beneath it.
  if (map.zoomControl) map.zoomControl.remove().addTo(map);
  const online = tiles.map((layer, index) => [`Online tiles${index ? ` ${index + 1}` : ""}`, layer]);
  L.control.layers(null, {...Object.fromEntries(online), ...layers}, {position: "topleft"}).addTo(map);
  arrangeBoxes(map, [
    {control: boxControl(creditBox(map, payload)), wide: "bottomright", narrow: "bottomleft"},
    {control: L.control.scale({imperial: false}), wide: "bottomleft", narrow: "bottomleft"},
    {control: boxControl(panel), wide: "topright", narrow: "bottomleft"},
    {control: boxControl(legend), wide: "bottomleft", narrow: "bottomleft"},
  ], panel, legend);
}

function boxControl(node) {
  const control = L.control();
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    return node;
  };
  return control;
}
