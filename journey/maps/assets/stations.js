// Stations: their dots, names and cards.

const NEAR_ZOOM = 8;
// Below it dots run together and cut the line into dashes.
const DOTS_FROM_ZOOM = 7.5;
const TOUCH_PX = 16;

const rankOf = (station) => ([1, 2].includes(station.rank) ? station.rank : 3);

function stationLayer(map, page) {
  const style = vectorPane(map, "journey-stations", 430, {bubblingMouseEvents: false});
  // Halts first: what is drawn later lies on top.
  const ordered = [...page.places_named].sort((one, other) => rankOf(other) - rankOf(one));
  return L.layerGroup(ordered.map((station) =>
    stationMarker(map, page, station, {...style, foremost: page.foremost.has(station.id)})));
}

function stationMarker(map, page, station, style) {
  const rank = rankOf(station);
  const className = `journey-station journey-rank-${rank}${style.foremost ? " journey-foremost" : ""}`;
  const marker = L.circleMarker([station.lat, station.lon], {...style, className, rank});
  const open = () => openStation(map, page, station);
  marker.on("click", open);
  marker.on("add", () => makeReachable(marker.getElement(), station, rank, open));
  return marker;
}

function makeReachable(node, station, rank, open) {
  node.setAttribute("data-station", station.id);
  if (rank !== 1) return;
  pressable(node, `${station.name}, ${kilometre(station)}`, open);
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
function openNearest(map, page, layer, event) {
  if (!map.hasLayer(layer)) return;
  const distance = (station) =>
    map.latLngToContainerPoint([station.lat, station.lon]).distanceTo(event.containerPoint);
  const near = page.places_named.filter((station) => distance(station) < TOUCH_PX);
  near.sort((one, other) => distance(one) - distance(other));
  if (near.length) openStation(map, page, near[0]);
}

function openStation(map, page, station) {
  page.card = {station, node: stationCard(page, station)};
  openCard(map, station, page.card.node, cardRoom(map));
}

// An open card says what the reader asks now.
function keepCard(page) {
  page.store.listen(() => {
    if (!page.card || !page.card.node.isConnected) return;
    const within = page.card.node.contains(document.activeElement);
    page.card.node.replaceChildren(...stationCard(page, page.card.station).childNodes);
    if (within) page.card.node.focus({preventScroll: true});
  }, ["scenario", "change", "moscow"]);
}

// A card lies between the boxes.
function cardRoom(map) {
  const room = popupRoom(map);
  return {...insets(map, "autoPanPadding"), minWidth: Math.min(220, room.width), maxWidth: room.width,
    maxHeight: Math.max(140, room.height)};
}

function flyTo(map, page, station) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  // A movement that is not over yet would end at once, and be taken for this one.
  map.stop();
  map.once("moveend", () => openStation(map, page, station));
  map.flyTo([station.lat, station.lon], Math.max(map.getZoom(), NEAR_ZOOM), {animate: !calm, duration: 0.8});
}

function stationCard(page, station) {
  const scenario = shownScenario(page);
  const events = scenario.events.map((event, number) => [event, number])
    .filter(([event]) => event.station.id === station.id);
  const reports = page.reportsAt(station.id);
  return withChildren(element("article", "journey-card"),
    dataText("h2", "", station.name, "en"),
    withChildren(element("p", "journey-names"),
      station.name_ko ? dataText("span", "", station.name_ko, "ko") : null,
      station.name_ru ? dataText("span", "", station.name_ru, "ru") : null),
    dataText("p", "journey-small", `${kilometre(events.length ? events[0][0].station : station)} · ${station.country}`),
    ...events.map(([event, number]) => eventTable(page, scenario, event, number)),
    events.length ? null : element("p", "", "No window at this station."),
    reports.length ? element("h3", "", "Reported") : null,
    reports.length ? withChildren(element("ul", "journey-list"), ...reports) : null,
    dataText("p", "journey-small", `Place: ${page.quality[station.quality] || station.quality}`));
}

function eventTable(page, scenario, event, number) {
  const {change, moscow} = page.store.state;
  const basis = isAsked(page) ? "what if" : scenario.basis;
  const does = DOES.get(event.kind) || event.kind;
  const caption = withChildren(element("caption"), dataText("span", "", `${does[0].toUpperCase()}${does.slice(1)}`),
    dataText("span", "journey-basis", basis), kindChip(basis === "what if" ? basis : "derived"));
  const steps = page.zones[event.station.zone];
  const window_s = windowAt(scenario, change, number);
  const rows = MOMENTS.map((name) => timeRow(name, window_s[name], steps,
    moscow && event.station.code === "RU"));
  return withChildren(element("table", "journey-times"), caption,
    withChildren(element("tbody"), ...rows, otherRow(page, scenario, event)));
}

function timeRow(name, unix_s, steps, moscow) {
  const head = element("th", "", name);
  head.scope = "row";
  const {day, clock, offset} = localTime(steps, unix_s);
  return withChildren(element("tr", `journey-${name}`), head, withChildren(element("td"),
    dataText("span", "journey-local", `${day} ${clock} ${offset}`),
    dataText("span", "journey-small", isoText(unix_s) + (moscow ? `, ${secondTime(unix_s, true)}` : ""))));
}

function otherRow(page, scenario, event) {
  const other = comparedTo(page, scenario, event);
  if (!other) return null;
  const cell = dataText("td", "journey-beside", `${other.name}: ${windowText(page.zones[other.station.zone], other.window_s)}`);
  cell.colSpan = 2;
  return withChildren(element("tr"), cell);
}
