// What stands beside the route: heading, table of windows, legend, sources, popups.

const GAUGES = new Map([
  ["1435", {css: "journey-gauge-standard", text: "1435 mm, standard gauge"}],
  ["1435+1520", {css: "journey-gauge-mixed", text: "1435/1520 mm, dual gauge"}],
  ["1520", {css: "journey-gauge-broad", text: "1520 mm, broad gauge"}],
]);
const MARKS = new Map([
  ["border", {text: "State border", path: "M7 3.5v11M11 3.5v11"}],
  ["gauge", {text: "Break of gauge", path: "M4 3.5v4l2.5 3v4M14 3.5v4l-2.5 3v4"}],
  ["clock", {text: "Clock changes", path: "M9 3.5a5.5 5.5 0 1 0 .01 0M9 6v3.2l2.2 1.6"}],
  ["reversal", {text: "Train reverses", path: "M5.5 14V7.5a3.2 3.2 0 0 1 6.4 0V13M9.6 11l2.3 2.6 2.3-2.6"}],
]);
const EVENTS = new Map([["arrive", "Arrives"], ["depart", "Departs"], ["pass", "Passes"],
  ["at", "At"], ["not yet at", "Not yet at"]]);

const gaugeOf = (section) => GAUGES.get(section.gauge) || {css: "", text: section.gauge};
const eventOf = (event) => EVENTS.get(event) || event;
const kilometre = (station) => `km ${Number(station.km).toFixed(1)}`;

function markSymbol(kind) {
  const mark = MARKS.get(kind) || {path: "M9 5v8M5 9h8"};
  return drawing([18, 18], `journey-symbol journey-symbol-${MARKS.has(kind) ? kind : "other"}`,
    shape("rect", {x: 1, y: 1, width: 16, height: 16, rx: 4}), shape("path", {d: mark.path}));
}

function headingBox(payload) {
  return withChildren(element("header", "journey-box journey-heading"),
    dataText("h1", "", payload.title),
    dataText("p", "journey-subtitle", payload.subtitle),
    payload.beside ? dataText("p", "journey-subtitle journey-beside", payload.beside) : null,
    warningNote(payload.warning),
    payload.notes.length ? list("journey-notes", payload.notes) : null);
}

function warningNote(text) {
  if (!text) return null;
  const sign = drawing([16, 16], "journey-alert",
    shape("path", {d: "M8 1.8 15 14.2H1z"}), shape("path", {d: "M8 6v4M8 11.6v.9"}));
  const note = withChildren(element("p", "journey-warning"), sign, dataText("span", "", text));
  return setAttributes(note, {role: "note"});
}

function windowsBox(payload, fly) {
  const body = element("div", "journey-scroll");
  body.tabIndex = 0;
  setAttributes(body, {role: "region", "aria-label": "Arrival windows and sources"});
  withChildren(body, windowsTable(payload, fly),
    disclosure("", "Assumptions and limits", false,
      list("journey-list", [...payload.assumptions, ...payload.notes])),
    (payload.other_reports || []).length ? disclosure("journey-reports", "Other reports", false,
      list("journey-list", payload.other_reports.map(reportLine))) : null,
    payload.sources.length ? disclosure("journey-sources", "Sources", false,
      list("journey-list", payload.sources.map(sourceLine))) : null);
  return disclosure("journey-box journey-panel", "Arrival windows", false, body);
}

function windowsTable(payload, fly) {
  const rows = payload.stations.filter((station) => station.rank === 1)
    .flatMap((station) => station.events.flatMap((event) => [windowsRow(station, event, fly), besideRow(event)]));
  const head = ["Station", "Earliest", "Central", "Latest"].map((text) => {
    const cell = element("th", "", text);
    cell.scope = "col";
    return cell;
  });
  return withChildren(element("table", "journey-windows"),
    element("caption", "", "Principal stations, local time"),
    withChildren(element("thead"), withChildren(element("tr"), ...head)),
    withChildren(element("tbody"), ...rows));
}

function windowsRow(station, event, fly) {
  const button = dataText("button", "", station.name, "en");
  button.type = "button";
  button.addEventListener("click", () => fly(station));
  const facts = [kilometre(station), eventOf(event.event).toLowerCase(), event.central.offset];
  const place = withChildren(element("th"), button, withChildren(element("span", "journey-small"),
    ...facts.flatMap((fact) => [dataText("span", "journey-line", fact), " "])));
  place.scope = "row";
  const times = ["earliest", "central", "latest"].map((name) =>
    withChildren(element("td", `journey-${name}`), ...twoLines(event[name].local)));
  return withChildren(element("tr"), place, ...times);
}

// What another view says of the event, below it.
function besideRow(event) {
  if (!event.beside) return null;
  const cell = dataText("td", "journey-beside", event.beside);
  cell.colSpan = 4;
  return withChildren(element("tr"), cell);
}

// "Tue 12 Sep 03:32" in a narrow column: the day over the clock, and a year beside it.
function twoLines(text) {
  const clock = text.search(/\S*:/);
  const cut = clock > 0 ? clock : text.length;
  return [text.slice(0, cut).trimEnd(), text.slice(cut)].filter(Boolean)
    .flatMap((line) => [dataText("span", "journey-line", line), " "]);
}

function sourceLine(source) {
  const name = source.title ? `${source.publisher}: ${source.title}` : source.publisher;
  if (!source.wording) return link([name, source.date].filter(Boolean).join(", "), source.url);
  return withChildren(element("span"), link(name, source.url), " ", dataText("q", "", source.wording),
    source.date ? dataText("span", "", `, ${source.date}`) : null);
}

function legendBox(payload) {
  const rows = [...GAUGES].filter(([gauge]) => payload.route.some((part) => part.gauge === gauge))
    .map(([, gauge]) => legendRow(lineSample(gauge.css, ""), gauge.text));
  if (payload.route.some((part) => part.estimated)) {
    rows.push(legendRow(lineSample("journey-estimated"), "Course estimated"));
  }
  rows.push(...[...MARKS].filter(([kind]) => payload.marks.some((mark) => mark.kind === kind))
    .map(([kind, mark]) => legendRow(markSymbol(kind), mark.text)));
  rows.push(legendRow(stationSample(), "Principal station, station, halt"));
  if (payload.stations.some((station) => station.reports.length)) {
    rows.push(legendRow(reportSample(), "Reported here"));
  }
  return disclosure("journey-box journey-legend", "Legend", false,
    withChildren(element("ul"), ...rows));
}

function legendRow(sample, text) {
  return withChildren(element("li"), sample, element("span", "", text));
}

function lineSample(...classes) {
  const estimated = classes.includes("journey-estimated");
  return drawing([34, 10], "journey-sample",
    ...(estimated ? [] : [shape("path", {d: "M1 5h32", class: "journey-casing"})]),
    shape("path", {d: "M1 5h32", class: ["journey-track", ...classes].join(" ").trim()}));
}

function stationSample() {
  return drawing([34, 14], "journey-sample", ...[[7, 5.5, 1], [20, 3.8, 2], [30, 2.2, 3]].map(
    ([cx, r, rank]) => shape("circle", {cx, cy: 7, r, class: `journey-station journey-rank-${rank}`})));
}

function reportSample() {
  return drawing([34, 18], "journey-sample",
    shape("circle", {cx: 17, cy: 9, r: 7.5, class: "journey-report"}),
    shape("circle", {cx: 17, cy: 9, r: 4, class: "journey-station journey-rank-1"}));
}

// Leaflet keeps the tiles' credit; it stands first in the one box.
function creditBox(map, payload) {
  const box = element("p", "journey-credit");
  if (map.attributionControl) box.append(map.attributionControl.setPrefix(false).getContainer());
  payload.attribution.forEach((credit) => box.append(link(credit.text, credit.url), " · "));
  box.append(link("Leaflet", "https://leafletjs.com/"), " · ");
  return withChildren(box, dataText("span", "", `journey ${payload.version}`));
}

function stationCard(station) {
  return withChildren(element("article", "journey-card"),
    dataText("h2", "", station.name, "en"),
    withChildren(element("p", "journey-names"),
      station.name_ko ? dataText("span", "", station.name_ko, "ko") : null,
      station.name_ru ? dataText("span", "", station.name_ru, "ru") : null),
    dataText("p", "journey-small", `${kilometre(station)} · ${station.country}`),
    ...station.events.flatMap((event) => [eventTable(event),
      event.beside ? dataText("p", "journey-small journey-beside", event.beside) : null]),
    station.events.length ? null : element("p", "", "No window at this station."),
    station.reports.length ? element("h3", "", "Reported") : null,
    station.reports.length ? list("journey-list", station.reports.map(reportLine)) : null,
    dataText("p", "journey-small", `Place: ${station.quality}`));
}

function eventTable(event) {
  const caption = withChildren(element("caption"), dataText("span", "", eventOf(event.event)),
    dataText("span", "journey-basis", event.basis));
  const rows = ["earliest", "central", "latest"].map((name) => timeRow(name, event[name]));
  return withChildren(element("table", "journey-times"), caption,
    withChildren(element("tbody"), ...rows));
}

function timeRow(name, time) {
  const head = element("th", "", name);
  head.scope = "row";
  return withChildren(element("tr", `journey-${name}`), head, withChildren(element("td"),
    dataText("span", "journey-local", `${time.local} ${time.offset}`),
    dataText("span", "journey-small", time.utc)));
}

function reportLine(report) {
  const words = report.wording ? dataText("q", "", report.wording) : null;
  const said = [eventOf(report.event), report.place, report.direction, report.window];
  return withChildren(element("div"), dataText("span", "", said.filter(Boolean).join(" ")),
    words ? " " : null, words, " ", link([report.publisher, report.date].filter(Boolean).join(", "), report.url),
    report.held ? dataText("span", "journey-small", report.held) : null, warningNote(report.gap));
}
