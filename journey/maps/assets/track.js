// What lies along the route: track, places of reports, and the band of likely places.

function routeLayer(map, payload, lines, page) {
  const style = vectorPane(map, "journey-route", 410, {smoothFactor: 0.7});
  // Without a casing the gaps of an estimated course show the base map.
  const casing = payload.lines.map((part, number) => (part.estimated ? null
    : L.polyline(lines[number], {...style, interactive: false, className: "journey-casing"}))).filter(Boolean);
  const track = payload.lines.map((part, number) => {
    const line = L.polyline(lines[number], {...style, className: trackClass(part)});
    // What tells of itself when it is focused would be a stop of the keyboard without a name.
    line.on("add", () => {
      line.getElement().setAttribute("tabindex", "-1");
      setAside();
    });
    const setAside = () => line.getElement()
      && line.getElement().classList.toggle("journey-aside", !shownScenario(page).way.lines.includes(number));
    page.store.listen(setAside, ["scenario"]);
    return line.bindTooltip(trackText(part), {sticky: true, className: "journey-tooltip"});
  });
  return L.layerGroup([...casing, ...track]);
}

function trackClass(part) {
  return ["journey-track", gaugeOf(part).css, part.estimated ? "journey-estimated" : ""].join(" ").trim();
}

function trackText(part) {
  const text = [part.line, gaugeOf(part).text, part.estimated ? "course estimated" : ""];
  return dataText("span", "", text.filter(Boolean).join(" · "));
}

// A ring for a report of one place, a broad line for one of a stretch.
function reportLayer(map, payload, way) {
  const style = vectorPane(map, "journey-reports", 405, {interactive: false});
  const shapes = payload.evidence.flatMap(({spans_m}, number) => spans_m.map(([from_m, to_m]) => {
    const drawn = to_m > from_m
      ? L.polyline(stretchOf(way, from_m, to_m), {...style, className: "journey-report-stretch"})
      : L.circleMarker(placeAt(way, from_m), {...style, radius: 10, className: "journey-report"});
    return drawn.on("add", () => drawn.getElement().setAttribute("data-report", number));
  }));
  return L.layerGroup(shapes);
}

// Where the train may be at the chosen time: along the track, never beside it.
function bandLayer(map, page) {
  const style = vectorPane(map, "journey-train", 415, {interactive: false, smoothFactor: 0.7});
  const line = (name) => L.polyline([], {...style, className: `journey-band journey-band-${name}`});
  const [widest, most] = [line("window"), line("most")];
  const train = L.circleMarker([0, 0], {...style, radius: 7, className: "journey-train"});
  const show = () => {
    const {way} = shownScenario(page);
    const {least, low, central, high, most: farthest} = page.places;
    widest.setLatLngs(stretchOf(way, least, farthest));
    most.setLatLngs(stretchOf(way, low, high));
    train.setLatLng(placeAt(way, central));
  };
  show();
  page.store.listen(show, ["scenario", "change", "at"]);
  return L.layerGroup([widest, most, train]);
}
