// The table of windows: its rows came as HTML; what they say follows the reader's choices.

const MOMENTS = ["earliest", "central", "latest"];

function windowsPart(text, page) {
  const table = text.querySelector(".journey-windows");
  const rows = [...table.querySelectorAll("tr[data-event]")];
  const below = new Map([...table.querySelectorAll("tr[data-below]")].map((row) => [row.dataset.below, row]));
  rows.forEach((row) => makePressable(row, page));
  const show = (state) => showWindows(page, state, {table, rows, below});
  page.whenSeen("windows", show, ["scenario", "change", "moscow"]);
  return [clockChoice(page), table];
}

function makePressable(row, page) {
  const place = row.querySelector(".journey-place");
  const station = page.stations.get(row.dataset.station);
  const press = button("", "", () => page.fly(station));
  press.dir = "auto";
  press.lang = "en";
  press.textContent = place.textContent;
  place.replaceWith(press);
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

function showWindows(page, state, {table, rows, below}) {
  const scenario = page.scenarios[state.scenario];
  const {curves} = page;
  const changed = isChanged(state.change) && scenario.journeys;
  const events = sameEvents(page.scenarios[0], scenario);
  rows.forEach((row) => {
    const number = events[row.dataset.event];
    const here = number !== undefined;
    row.hidden = !here;
    const under = below.get(row.dataset.event);
    if (here) showRow(page, row, scenario, number, curves, state);
    if (under) showBelow(page, under, scenario, number, {changed, state, first: row.dataset.event});
  });
  const kind = changed ? "what if" : "derived";
  table.querySelector("caption .journey-kind").replaceWith(kindChip(kind));
  table.querySelector(".journey-about-windows").textContent = changed
    ? `What if: of ${scenario.journeys.size} journeys kept in this page, local time` 
    : `Principal stations, local time with ${state.moscow ? "UTC or Moscow time" : "UTC"} below; ${scenario.holds}`;
}

// Which event of a scenario stands for each of the first one's: at the same station, in the same
// order of passes; arrival and departure are both the passing where a train does not stand.
function sameEvents(first, scenario) {
  const found = {};
  first.events.forEach((event, index) => {
    const here = scenario.events.map((other, number) => [other, number])
      .filter(([other]) => other.station.id === event.station.id);
    const alike = here.find(([other]) => other.kind === event.kind)
      || (event.kind === "depart" ? here[here.length - 1] : here[0]);
    if (alike) [, found[index]] = alike;
  });
  return found;
}

function showRow(page, row, scenario, number, curves, {moscow, change}) {
  const event = scenario.events[number];
  const steps = page.zones[event.station.zone];
  const russian = moscow && event.station.code === "RU";
  row.querySelector(".journey-does").textContent = doesHere(event, change);
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

// At a station where the scenario has no stop a what-if may make the train stand.
function doesHere(event, {stands}) {
  const hours = event.kind === "pass" ? stands[event.number] : undefined;
  return hours ? `arrives, stands ${durationText(hours * HOUR_S)}` : DOES.get(event.kind) || event.kind;
}

// Below a changed window what it was before; below another view what the first one has.
function showBelow(page, row, scenario, number, {changed, state, first}) {
  const cell = row.firstElementChild;
  if (cell.dataset.said === undefined) cell.dataset.said = cell.textContent;
  const steps = (station) => page.zones[station.zone];
  const of = (name, each, index) => {
    const window_s = Object.fromEntries(MOMENTS.map((moment) => [moment, each.rest[moment][index]]));
    return `${name}: ${windowText(steps(each.events[index].station), window_s)}`;
  };
  if (changed && number !== undefined) cell.textContent = of("Before", scenario, number);
  else if (state.scenario === 0) cell.textContent = cell.dataset.said;
  else cell.textContent = of(page.scenarios[0].name, page.scenarios[0], Number(first));
}
