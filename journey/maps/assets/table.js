// The table of windows: its rows came as HTML; what they say follows the reader's choices.

const MOMENTS = ["earliest", "central", "latest"];

function windowsPart(text, page) {
  const table = text.querySelector(".journey-windows");
  const body = table.tBodies[0];
  const pairs = pairsOf(body);
  pairs.forEach(([row]) => makePressable(row, page));
  const show = (state) => {
    const scenario = shownScenario(page);
    const numbers = principalEvents(scenario);
    while (pairs.length < numbers.length) pairs.push(onePairMore(body, pairs[0], page));
    pairs.forEach(([row, below], index) => [row, below].forEach((each) => { each.hidden = index >= numbers.length; }));
    numbers.forEach((number, index) => {
      showRow(page, pairs[index][0], scenario, number, state);
      showBelow(page, pairs[index][1], scenario, number);
    });
    showCaption(table, scenario, state);
  };
  page.whenSeen("windows", show, ["scenario", "change", "moscow"]);
  return [clockChoice(page), table];
}

// Each row of a window, and the one below it that says what there is beside.
function pairsOf(body) {
  return [...body.querySelectorAll("tr[data-event]")].map((row) => {
    const next = row.nextElementSibling;
    if (next && next.dataset.below !== undefined) return [row, next];
    const cell = dataText("td", "journey-beside", "");
    cell.colSpan = 4;
    const below = withChildren(element("tr", "journey-below"), cell);
    row.after(below);
    return [row, below];
  });
}

function onePairMore(body, pair, page) {
  const copies = pair.map((row) => body.appendChild(row.cloneNode(true)));
  pressing(copies[0], page);
  return copies;
}

function makePressable(row, page) {
  const place = row.querySelector(".journey-place");
  place.replaceWith(setAttributes(element("button", "journey-place", place.textContent), {type: "button", dir: "auto", lang: "en"}));
  pressing(row, page);
}

function pressing(row, page) {
  row.querySelector("button").addEventListener("click", () => page.fly(page.stations.get(row.dataset.station)));
}

function principalEvents({events}) {
  const ends = [0, events.length - 1];
  return events.map((event, number) => number).filter((number) => events[number].station.rank === 1 || ends.includes(number));
}

// The offset stands beside local time; readers of Russian timetables also know that of Moscow.
function clockChoice({store, stations}) {
  if (![...stations.values()].some(({code}) => code === "RU")) return null;
  const box = element("input");
  box.type = "checkbox";
  box.addEventListener("change", () => store.set({moscow: box.checked}));
  const show = ({moscow}) => { box.checked = moscow; };
  store.listen(show, ["moscow"]);
  show(store.state);
  return withChildren(element("p", "journey-option"), withChildren(element("label"), box,
    " Moscow time (UTC+3) instead of UTC beside stations in Russia"));
}

function showCaption(table, scenario, {change, moscow}) {
  const changed = isChanged(change) && scenario.journeys !== null;
  table.querySelector("caption .journey-kind").replaceWith(kindChip(changed ? "what if" : "derived"));
  const below = moscow ? "UTC or Moscow time" : "UTC";
  const holds = changed ? `what if, by ${scenario.journeys.size} journeys kept in this page` : scenario.holds;
  table.querySelector(".journey-about-windows").textContent = `Principal stations, local time with ${below} below; ${holds}`;
}

function showRow(page, row, scenario, number, {moscow}) {
  const {curves} = page;
  const event = scenario.events[number];
  const steps = page.zones[event.station.zone];
  const russian = moscow && event.station.code === "RU";
  row.dataset.station = event.station.id;
  row.querySelector(".journey-place").textContent = event.station.name;
  row.querySelector(".journey-km").textContent = kilometre(event.station);
  row.querySelector(".journey-does").textContent = DOES.get(event.kind) || event.kind;
  row.querySelector(".journey-offset").textContent = localTime(steps, curves.central[scenario.knotOf.get(number)]).offset;
  MOMENTS.forEach((name) => {
    const cell = row.querySelector(`.journey-${name}`);
    const unix_s = curves[name][scenario.knotOf.get(number)];
    const {day, clock} = localTime(steps, unix_s);
    cell.dataset.unix = unix_s;
    cell.querySelector(".journey-day").textContent = day;
    cell.querySelector(".journey-clock").textContent = clock;
    cell.querySelector(".journey-second").textContent = secondTime(unix_s, russian);
  });
}

// Below a changed window what it was before; below another view what the first one has.
function showBelow(page, row, scenario, number) {
  const other = comparedTo(page, scenario, scenario.events[number]);
  row.hidden = row.hidden || !other;
  row.firstElementChild.textContent = other ? `${other.name}: ${windowText(page.zones[other.station.zone], other.window_s)}` : "";
}

// What a scenario is held beside: itself before a change, or another view; null where nothing is.
function besideOf(page) {
  const {scenario} = page.store.state;
  if (isAsked(page)) return {name: "Before", scenario: chosenScenario(page)};
  const number = scenario === 0 ? page.compared : 0;
  if (number === null) return null;
  const {short, name} = page.scenarios[number];
  return {name: isOther(page) ? name : short, scenario: page.scenarios[number]};
}

// Its window of an event: at the same station, on the same pass; arrival and departure are both
// the passing of a train that does not stand.
function comparedTo(page, scenario, event) {
  const other = besideOf(page);
  const here = other ? other.scenario.events.map((each, number) => [each, number])
    .filter(([each]) => each.station.id === event.station.id) : [];
  if (!here.length) return null;
  const near = event.kind === "depart" ? here[here.length - 1] : here[0];
  const [{station}, number] = here.find(([each]) => each.kind === event.kind) || near;
  return {name: other.name, station, window_s: windowAt(other.scenario, UNCHANGED, number)};
}
