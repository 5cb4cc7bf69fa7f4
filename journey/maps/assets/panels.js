// The boxes around the route: heading, tabs, legend, credit, cards. Their texts came as HTML.

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
const DOES = new Map([["arrive", "arrives"], ["depart", "departs"], ["pass", "passes"]]);

const gaugeText = (gauge) => `${gauge.replaceAll("+", "/")} mm`;
const gaugeOf = ({gauge}) => GAUGES.get(gauge) || {css: "", text: gaugeText(gauge)};
function kilometre({at_m}) {
  const [whole, tenth] = (at_m / 1000).toFixed(1).split(".");
  return `km ${grouped(whole)}.${tenth}`;
}

function markSymbol(kind) {
  const mark = MARKS.get(kind) || {path: "M9 5v8M5 9h8"};
  return drawing([18, 18], `journey-symbol journey-symbol-${MARKS.has(kind) ? kind : "other"}`,
    shape("rect", {x: 1, y: 1, width: 16, height: 16, rx: 4}), shape("path", {d: mark.path}));
}

function headingBox(text) {
  const box = text.querySelector(".journey-heading");
  box.classList.add("journey-box");
  return box;
}

// The choice of a view, where there are several; and what is shown if it is not what stands above.
function viewChoice(page, heading) {
  const title = heading.querySelector("h1").textContent;
  const says = dataText("p", "journey-small journey-says", "");
  const show = ({scenario, change}) => {
    const shown = shownScenario(page);
    const changed = isAsked(page);
    says.hidden = scenario === 0 && !changed;
    heading.querySelector("h1").textContent = isOther(page) ? shown.title : title;
    heading.classList.toggle("journey-altered", changed);
    heading.classList.toggle("journey-other", isOther(page));
    const last = shown.events.length - 1;
    const {station} = shown.events[last];
    const asked = changed ? `${station.name} ${windowText(page.zones[station.zone], windowAt(shown, change, last))} ` : `${shown.says} `;
    says.replaceChildren(asked, kindChip(changed ? "what if" : "derived"));
  };
  page.store.listen(show);
  show(page.store.state);
  return withChildren(element("div", "journey-choice"), viewSelect(page), says);
}

// A journey besides the first one and what it is compared with: heading and evidence are not of it.
const isOther = ({store, compared}) => store.state.scenario > (compared || 0);

function viewSelect({scenarios, store}) {
  if (scenarios.length < 2) return null;
  const select = element("select", "journey-view");
  scenarios.forEach(({name}, number) => {
    const option = dataText("option", "", name);
    option.value = number;
    select.append(option);
  });
  select.addEventListener("change", () => store.set({scenario: Number(select.value)}));
  const show = ({scenario}) => { select.value = scenario; };
  store.listen(show, ["scenario"]);
  show(store.state);
  return withChildren(element("label", "", "Shown: "), select);
}

// Tabs as assistive technology knows them: arrow keys go from one to the next.
function tabsBox({name, label}, seen, tabs) {
  const list = setAttributes(element("div", "journey-tabs"), {role: "tablist", "aria-label": label});
  const bodies = tabs.map(({id, content}) => {
    const body = setAttributes(element("div", "journey-tab"), {role: "tabpanel", id: `${name}-${id}`, tabindex: 0});
    body.dataset.tab = id;
    return withChildren(body, ...content);
  });
  const heads = tabs.map(({id, title}, index) => {
    const head = setAttributes(button("", title, () => choose(index)),
      {role: "tab", id: `${name}-${id}-tab`, "aria-controls": `${name}-${id}`});
    head.dataset.tab = id;
    bodies[index].setAttribute("aria-labelledby", head.id);
    return head;
  });
  const choose = (index) => {
    heads.forEach((head, number) => {
      head.setAttribute("aria-selected", number === index);
      head.tabIndex = number === index ? 0 : -1;
      bodies[number].hidden = number !== index;
    });
    seen(tabs[index].id);
  };
  list.addEventListener("keydown", (event) => moveAmong(heads, event));
  choose(0);
  return withChildren(element("div", "journey-tabbed"), withChildren(list, ...heads), ...bodies);
}

function moveAmong(heads, event) {
  const here = heads.indexOf(document.activeElement);
  const seen = heads.filter((head) => head.offsetParent !== null);
  const step = {ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity}[event.key];
  if (step === undefined || here < 0) return;
  event.preventDefault();
  const place = seen.indexOf(heads[here]) + step;
  const next = Number.isFinite(place) ? (place + seen.length) % seen.length : (place < 0 ? 0 : seen.length - 1);
  seen[next].focus();
  seen[next].click();
}

function legendBox(payload) {
  const rows = [...GAUGES].filter(([gauge]) => payload.lines.some((line) => line.gauge === gauge))
    .map(([, gauge]) => legendRow(lineSample(gauge.css), gauge.text));
  const others = new Set(payload.lines.map(({gauge}) => gauge).filter((gauge) => !GAUGES.has(gauge)));
  if (others.size) rows.push(legendRow(lineSample(), [...others].map(gaugeText).join(", ")));
  if (payload.lines.some((line) => line.estimated)) {
    rows.push(legendRow(lineSample("journey-estimated"), "Course estimated"));
  }
  rows.push(legendRow(bandSample(), "Train at the chosen time, 80 % and all of the window"));
  rows.push(...[...MARKS].filter(([kind]) => payload.marks.some((mark) => mark.kind === kind))
    .map(([kind, mark]) => legendRow(markSymbol(kind), mark.text)));
  rows.push(legendRow(stationSample(), "Principal station, station, halt"));
  if (payload.evidence.length) rows.push(legendRow(reportSample(), "Reported here"));
  return disclosure("journey-box journey-legend", "Legend", false, withChildren(element("ul"), ...rows));
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

function bandSample() {
  return drawing([34, 14], "journey-sample", shape("path", {d: "M2 7h30", class: "journey-band journey-band-window"}),
    shape("path", {d: "M8 7h18", class: "journey-band journey-band-most"}),
    shape("circle", {cx: 17, cy: 7, r: 4.5, class: "journey-train"}));
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
function creditBox(map, text) {
  const box = element("p", "journey-credit");
  if (map.attributionControl) box.append(map.attributionControl.setPrefix(false).getContainer());
  box.append(...text.querySelector(".journey-licences").cloneNode(true).childNodes);
  return box;
}
