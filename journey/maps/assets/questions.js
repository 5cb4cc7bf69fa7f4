// What if: quantities that the reader holds at one value, by a slider or in figures.

const SPEEDS = {least: 5, most: 200, step: 1, low: 10, high: 120};
const STANDS = {least: 0, most: 72, step: 0.25, low: 0, high: 24};
const HALTS = {least: 0, most: 72, step: 0.5, low: 0, high: 24};
const DEPART_STEP_S = 900;
const DEPART_BEFORE_S = 12 * HOUR_S;
const DEPART_AFTER_S = 36 * HOUR_S;

// What an address may say, by the names it says it under.
function limitsOf(payload, scenarios) {
  const departs = scenarios.flatMap(({rest}) => [rest.earliest[0], rest.latest[0]]);
  const limits = new Map([["view", {least: 0, most: scenarios.length - 1}], ["halts", HALTS],
    ["at", {least: Math.min(...departs) - 5 * DAY_S, most: Math.max(...departs) + 60 * DAY_S}],
    ["depart", {least: Math.min(...departs) - DEPART_BEFORE_S, most: Math.max(...departs) + DEPART_AFTER_S}]]);
  payload.questions.speeds.forEach(({code}) => limits.set(`speed-${encodeURIComponent(code)}`, SPEEDS));
  payload.questions.stands.forEach(({id}) => limits.set(`stand-${encodeURIComponent(id)}`, STANDS));
  return limits;
}

function questionsPart(payload, page) {
  const {store} = page;
  const reset = button("journey-reset", "Reset all", () => store.reset());
  const told = element("p", "journey-small", "Each is held at the value you set, for every journey; the others stay "
    + "as they are. A window narrows by what no longer varies, not by better knowledge. Reports are not weighed anew: the evidence shows which still agree.");
  const none = element("p", "journey-small", "Of this view the page has only the windows: it cannot be asked.");
  const rows = [departRow(page), ...payload.questions.speeds.map((asked) => speedRow(asked, page)),
    ...payload.questions.stands.map((asked) => standRow(asked, page)), haltsRow(page)];
  const answer = answerBox(page);
  const form = withChildren(element("form", "journey-questions"), answer.node, told, none, ...rows, reset);
  form.addEventListener("submit", (event) => event.preventDefault());
  const show = ({change, scenario}) => {
    const able = page.scenarios[scenario].journeys !== null;
    reset.disabled = !isChanged(change);
    answer.show();
    [told, none].forEach((line, index) => { line.hidden = able === (index === 1); });
    rows.forEach((row) => row.show(able));
  };
  page.whenSeen("whatif", show, ["scenario", "change"]);
  return [form];
}

// What the reader asks for first: when it arrives, and when it would have.
function answerBox(page) {
  const [place, now, before] = ["strong", "span", "span"].map((tag, index) => dataText(tag, index === 2 ? "journey-small" : "", ""));
  const show = () => {
    const scenario = shownScenario(page);
    const last = scenario.events.length - 1;
    const {station} = scenario.events[last];
    const steps = page.zones[station.zone];
    const {change} = page.store.state;
    place.textContent = `${station.name}: `;
    now.textContent = windowText(steps, windowAt(scenario, change, last));
    const came = chosenScenario(page);
    before.textContent = isAsked(page)
      ? `before: ${windowText(steps, windowAt(came, UNCHANGED, came.events.length - 1))}` : "";
  };
  return {node: withChildren(element("p", "journey-answer"), place, now, before), show};
}

// One quantity: its name, what it is in the scenario, a slider and a field, and a way back.
function questionRow(page, {id, name, limit, unit, value, set, drawn, shown}) {
  const row = element("fieldset", "journey-question");
  row.dataset.question = id;
  const slider = element("input");
  const field = element("input", "journey-field");
  const back = button("journey-back", "Undo", () => set(null));
  back.setAttribute("aria-label", `Undo: ${name}`);
  const as = dataText("span", "journey-small journey-as", "");
  const chip = element("span", "journey-chip");
  setAttributes(slider, {type: "range", min: limit.low, max: limit.high, step: limit.step, "aria-label": name});
  setAttributes(field, {type: unit ? "number" : "text", "aria-label": unit ? `${name}, ${unit}` : name});
  if (unit) setAttributes(field, {min: limit.least, max: limit.most, step: "any"});
  else field.readOnly = true;
  slider.addEventListener("input", () => set(Number(slider.value)));
  field.addEventListener("change", () => {
    const number = Number(field.value);
    if (field.value === "") set(null);
    else if (number >= limit.least && number <= limit.most) set(number);
    else {
      show(true);
      field.value = value() === null ? "" : value();
      as.textContent = `${number}: expected ${limit.least} to ${limit.most} ${unit}`;
    }
  });
  const drawnOnce = onceEach(() => chosenScenario(page), drawn);
  const show = (able) => {
    const now = able ? value() : null;
    const {middle, text} = drawnOnce();
    row.disabled = !able;
    row.classList.toggle("journey-asked", now !== null);
    slider.value = now === null ? middle : now;
    const read = now === null || !unit ? shown(now === null ? middle : now) : String(now);
    slider.setAttribute("aria-valuetext", now === null ? `as in the scenario, ${text}` : `${read} ${unit}`.trim());
    if (document.activeElement !== field || now === null) field.value = unit ? (now === null ? "" : now) : read;
    if (unit) field.placeholder = shown(middle);
    as.textContent = now === null ? text : `before: ${text}`;
    back.hidden = now === null;
    chip.replaceChildren(now === null ? kindChip("derived") : kindChip("what if", `what if: ${read} ${unit}`.trim()));
  };
  withChildren(row, withChildren(element("legend"), dataText("span", "", name), " ", chip),
    withChildren(element("div", "journey-set"), slider, field, unit ? element("span", "journey-unit", unit) : null, back), as);
  row.show = show;
  return row;
}

function departRow(page) {
  const {rest, way} = page.scenarios[0];
  const station = way.passed[0];
  const steps = page.zones[station.zone];
  const whole = (unix_s) => Math.round(unix_s / DEPART_STEP_S) * DEPART_STEP_S;
  const limit = {low: whole(rest.earliest[0] - DEPART_BEFORE_S), high: whole(rest.latest[0] + DEPART_AFTER_S), step: DEPART_STEP_S};
  return questionRow(page, {id: "depart", name: `Departure from ${station.name}`, limit, unit: "",
    shown: (unix_s) => dayAndClock(steps, unix_s),
    value: () => page.store.state.change.depart, set: (depart) => page.store.change({depart}),
    drawn: () => {
      const {earliest, central, latest} = chosenScenario(page).rest;
      return {middle: whole(central[0]), text: windowText(steps, {earliest: earliest[0], central: central[0], latest: latest[0]})};
    }});
}

function speedRow({code, name}, page) {
  const set = (kmh) => page.store.change({speeds: withEntry(page.store.state.change.speeds, code, kmh)});
  return questionRow(page, {id: `speed-${code}`, name: `Speed while moving in ${name}`, limit: SPEEDS, unit: "km/h",
    value: () => entryOf(page.store.state.change.speeds, code), set, shown: (kmh) => String(Math.round(kmh)),
    drawn: () => rangeOf(page, (journeys) => speedsIn(journeys, code), (kmh) => `${Math.round(kmh)}`, " km/h")});
}

function standRow({id, name}, page) {
  const set = (hours) => page.store.change({stands: withEntry(page.store.state.change.stands, id, hours)});
  const lasting = (journeys) => {
    const {stops, way} = chosenScenario(page);
    const stop = stops.findIndex((number) => way.passed[number].id === id);
    return stop < 0 ? new Float64Array(journeys.size) : journeys.dwell[stop].map((seconds) => seconds / HOUR_S);
  };
  return questionRow(page, {id: `stand-${id}`, name: `Standing at ${name}`, limit: STANDS, unit: "h",
    value: () => entryOf(page.store.state.change.stands, id), set, shown: (hours) => String(Math.round(hours * 4) / 4),
    drawn: () => rangeOf(page, lasting, (hours) => durationText(hours * HOUR_S), "")});
}

function haltsRow(page) {
  return questionRow(page, {id: "halts", name: "Unreported halts in all, spread evenly",
    limit: HALTS, unit: "h", value: () => page.store.state.change.halts, set: (halts) => page.store.change({halts}),
    shown: (hours) => String(Math.round(hours * 2) / 2),
    drawn: () => rangeOf(page, (journeys) => haltedBy(journeys).map((seconds) => seconds / HOUR_S),
      (hours) => durationText(hours * HOUR_S), "")});
}

function onceEach(key, reckon) {
  const known = new Map();
  return () => {
    if (!known.has(key())) known.set(key(), reckon());
    return known.get(key());
  };
}

// As the reader asks, and as it came.
const shownScenario = (page) => page.shown;
const chosenScenario = (page) => page.scenarios[page.store.state.scenario];
const isAsked = (page) => isChanged(page.store.state.change) && chosenScenario(page).journeys !== null;
const entryOf = (entries, key) => (entries.has(key) ? entries.get(key) : null);

function withEntry(entries, key, value) {
  const kept = [...entries].filter(([name]) => name !== key);
  return new Map(value === null ? kept : [...kept, [key, value]]);
}

// What nine in ten journeys of a scenario have, and the middle one.
function rangeOf(page, values, write, unit) {
  const {journeys} = chosenScenario(page);
  if (!journeys) return {middle: 0, text: "not known here"};
  const ordered = values(journeys).sort();
  const [low, middle, high] = [0.05, 0.5, 0.95].map((share) => quantile(ordered, share));
  const same = write(low) === write(high);
  return {middle, text: same ? `${write(middle)}${unit}` : `${write(middle)}${unit} (90 %: ${write(low)} to ${write(high)})`};
}
