// A journey on a Leaflet map: what came with the page put together, and kept together.

const SCHEMA = "journey.map/2";

function journeyPage(map, block) {
  const payload = JSON.parse(document.getElementById(block).textContent);
  if (payload.schema !== SCHEMA) throw new Error(`${payload.schema}: a map of another version of journey`);
  const text = document.getElementById(`${block}_text`);
  const lines = [...text.querySelectorAll("[data-line]")].flatMap((path) => linesOf(path, TRACK_STEPS));
  const page = createPage(payload, lines, text, block);
  page.fly = (station) => {
    if (!isWide(map)) map.getContainer().querySelector(".journey-panel").open = false;
    flyTo(map, page, station);
  };
  dressContainer(map, payload, page);
  const layers = layersOf(map, payload, lines, text, page);
  const tiles = tileLayers(map);
  addControls(map, payload, text, page, layers, tiles);
  map.on("click", (event) => openNearest(map, page, layers.Stations, event));
  map.on("zoomend", () => sizeStations(map, layers.Stations));
  keepCard(page);
  preparePrint(map, payload, page);
  whenSized(map, () => showRoute(map, payload, page, {layers, tiles, lines}));
  map.getContainer().classList.add("journey-ready");
  return page;
}

function createPage(payload, lines, text, block) {
  const stations = stationsOf(payload.stations);
  const ways = payload.ways.map((way) => createWay(payload, way, stations, lines));
  payload.firstWay = ways[0];
  const scenarios = payload.scenarios.map((said) => createScenario(said, ways[said.way]));
  const store = createStore(limitsOf(payload, scenarios));
  const named = [...new Map(ways.flatMap(({passed}) => passed).reverse().map((each) => [each.id, each])).values()].reverse();
  const page = {id: block, store, scenarios, compared: payload.compared, zones: payload.zones, quality: payload.quality, places_named: named,
    stations: new Map(named.map((station) => [station.id, station])), foremost: foremostOf(ways[0], payload)};
  page.reportsAt = (id) => {
    page.seen.refresh("evidence");
    const [tab, here] = [document.getElementById(`${block}-tabs-evidence`), CSS.escape(id)];
    return [...tab.querySelectorAll(`[data-report][data-station="${here}"]`)].map(copyOf);
  };
  page.setTime = (at) => store.set({at});
  compute(page, store.state);
  page.seen = seeing(page);
  page.whenSeen = page.seen.when;
  store.listen((state) => compute(page, state), ["scenario", "change", "at"]);
  return page;
}

// What a tab shows is brought up to date when it is seen; nobody waits for what is hidden.
function seeing({store}) {
  const parts = new Map();
  let open = null;
  const refresh = (id) => {
    const part = parts.get(id);
    if (!part || !part.stale) return;
    part.stale = false;
    part.show(store.state);
  };
  return {
    when(id, show, names) {
      parts.set(id, {show, stale: true});
      store.listen(() => {
        parts.get(id).stale = true;
        if (id === open) refresh(id);
      }, names);
    },
    refresh,
    open(id) { open = id; refresh(id); },
    all() { parts.forEach((_, id) => refresh(id)); },
  };
}

// A report in a card, which is not itself lit nor reached by the keyboard.
function copyOf(item) {
  const copy = item.cloneNode(true);
  ["data-report", "data-station", "tabindex", "class"].forEach((name) => copy.removeAttribute(name));
  return copy;
}

// Both ends and the places reported from are named before all others.
function foremostOf(way, payload) {
  const ends = [way.passed[0].id, way.passed[way.passed.length - 1].id];
  return new Set([...ends, ...payload.evidence.map(({station}) => station).filter(Boolean)]);
}

// What follows from the reader's choices, once for all that show it.
function compute(page, state) {
  const scenario = page.scenarios[state.scenario];
  if (page.scenario !== scenario || page.change !== state.change) {
    Object.assign(page, {scenario, change: state.change, shown: askedOf(scenario, state.change)});
    page.curves = curvesOf(page.shown, state.change);
    page.period = periodOf(page);
  }
  const [from_s, to_s] = page.period;
  const middle = page.curves.central[Math.floor(page.curves.central.length / 2)];
  const wanted = state.at === null ? Math.round(middle / TIME_STEP_S) * TIME_STEP_S : state.at;
  page.at = Math.max(from_s, Math.min(to_s, wanted));
  page.places = placesAt(page.shown, page.curves, page.at);
}

// From some time before the first departure to some time after the last arrival, in whole hours.
function periodOf(page) {
  const beside = besideOf(page);
  const alike = beside && beside.scenario.way === page.shown.way ? [page.curves, beside.scenario.rest] : [page.curves];
  const first = Math.min(...alike.map(({earliest}) => earliest[0]));
  const last = Math.max(...alike.map(({latest}) => latest[latest.length - 1]));
  const every = 6 * HOUR_S;
  return [Math.floor(first / every) * every, Math.ceil(last / every) * every];
}

function dressContainer(map, payload, page) {
  const container = map.getContainer();
  container.classList.add("journey-map");
  setAttributes(container, {role: "region", "aria-label": payload.title, lang: "en"});
  container.addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
  page.light = linkTogether(container);
}

// A hidden map (a folded notebook cell) has no size yet and cannot be fitted to anything.
function whenSized(map, run) {
  if (map.getSize().x > 0) run();
  else map.once("resize", () => whenSized(map, run));
}

// Fitted before anything is drawn: Leaflet draws all anew at each zoom.
function showRoute(map, payload, page, {layers, tiles, lines}) {
  map.fitBounds(payload.bounds, {...insets(map), animate: false});
  Object.entries(layers).forEach(([name, layer]) => {
    if (name !== "Base map" || !tiles.length) layer.addTo(map);
  });
  sizeStations(map, layers.Stations);
  createPlacer(map, placedItems(map, payload, page, layers), lines)();
  fitUntilTouched(map, payload.bounds);
}

// A phone that is turned shows the route again, unless the reader has chosen another view.
function fitUntilTouched(map, bounds) {
  let touched = false;
  const touch = () => { touched = true; };
  ["pointerdown", "keydown", "wheel"].forEach((name) =>
    map.getContainer().addEventListener(name, touch, {capture: true, passive: true}));
  map.on("resize", () => {
    if (!touched) map.fitBounds(bounds, {...insets(map), animate: false});
  });
}

function layersOf(map, payload, lines, text, page) {
  return {
    "Base map": baseLayer(map, text),
    "Route": routeLayer(map, payload, lines, page),
    "Reports": reportLayer(map, payload, payload.firstWay),
    "Train at the chosen time": bandLayer(map, page),
    "Stations": stationLayer(map, page),
    "Border, gauge, clock": L.layerGroup(),
  };
}

function placedItems(map, payload, page, layers) {
  const marks = payload.marks.map((mark) => ({
    make: () => markButton(map, mark), rank: 1, foremost: true, latlng: [mark.lat, mark.lon],
    shown: () => map.hasLayer(layers["Border, gauge, clock"]),
  }));
  const names = page.places_named.map((station) => ({
    make: () => nameLabel(station), rank: rankOf(station), latlng: [station.lat, station.lon],
    foremost: page.foremost.has(station.id),
    shown: () => map.hasLayer(layers.Stations),
  }));
  names.sort((one, other) => one.rank - other.rank);
  const countries = payload.countries.map((country) => ({
    make: () => dataText("span", "journey-label journey-country", country.name, "en"), rank: 1, area: true,
    latlng: [country.lat, country.lon], shown: () => map.hasLayer(layers["Base map"]),
  }));
  return [...names.filter((name) => name.foremost), ...marks,
    ...names.filter((name) => !name.foremost), ...countries];
}

function nameLabel(station) {
  const label = dataText("span", `journey-label journey-label-${rankOf(station)}`, station.name, "en");
  return setAttributes(label, {"aria-hidden": "true", "data-station": station.id});
}

function markButton(map, mark) {
  const made = button("journey-mark", "", () => openCard(map, mark,
    withChildren(element("article", "journey-card"), dataText("p", "", mark.text)), cardRoom(map)));
  setAttributes(made, {title: mark.text, "aria-label": mark.text});
  L.DomEvent.disableClickPropagation(made);
  return withChildren(made, markSymbol(mark.kind));
}

function tileLayers(map) {
  const found = [];
  map.eachLayer((layer) => {
    if (layer instanceof L.TileLayer) found.push(layer);
  });
  return found;
}

function addControls(map, payload, text, page, layers, tiles) {
  const credit = creditBox(map, text);
  const legend = legendBox(payload);
  const panel = panelBox(payload, text, page);
  const heading = headingBox(text);
  heading.insertBefore(viewChoice(page, heading), heading.querySelector(".journey-notes"));
  boxControl(heading).setPosition("topleft").addTo(map);
  // The heading comes first to the eye, so the zoom buttons move beneath it.
  if (map.zoomControl) map.zoomControl.remove().addTo(map);
  const online = tiles.map((layer, index) => [`Online tiles${index ? ` ${index + 1}` : ""}`, layer]);
  L.control.layers(null, {...Object.fromEntries(online), ...layers}, {position: "topleft"}).addTo(map);
  map.getContainer().append(withoutMapEvents(createTimeBar(page)));
  const arrange = arrangeBoxes(map, [
    {control: boxControl(credit), wide: "bottomright", narrow: "bottomleft"},
    {control: L.control.scale({imperial: false}), wide: "bottomleft", narrow: "bottomleft"},
    {control: boxControl(panel), wide: "topright", narrow: "bottomleft"},
    {control: boxControl(legend), wide: "bottomleft", narrow: "bottomleft"},
  ], panel, legend);
  // The heading says more of some views than of others.
  page.store.listen(arrange, ["scenario"]);
}

function panelBox(payload, text, page) {
  const evidence = evidencePart(text, payload, page);
  const about = [...text.querySelector('[data-part="about"]').children].filter(({tagName}) => tagName !== "H2");
  const tabs = tabsBox({name: `${page.id}-tabs`, label: "Details of the journey"}, page.seen.open, [
    {id: "windows", title: "Windows", content: windowsPart(text, page)},
    {id: "whatif", title: "What if", content: questionsPart(payload, page)},
    {id: "evidence", title: "Evidence", content: evidence},
    {id: "about", title: "About", content: about},
  ]);
  const body = withChildren(element("div", "journey-body"), createGraph(payload, page), tabs);
  return disclosure("journey-box journey-panel", "Arrival windows and what if", false, body);
}

function boxControl(node) {
  const control = L.control();
  control.onAdd = () => withoutMapEvents(node);
  return control;
}

function withoutMapEvents(node) {
  L.DomEvent.disableClickPropagation(node);
  L.DomEvent.disableScrollPropagation(node);
  return node;
}
