// The time that the map shows: a slider over the whole journey, and play.

const TIME_STEP_S = 300;
const PLAY_MS = 14000;

function createTimeBar(page) {
  const [from_s, to_s] = page.period;
  const slider = setAttributes(element("input", "journey-time"),
    {type: "range", min: from_s, max: to_s, step: TIME_STEP_S, "aria-label": "Time shown on map and graph"});
  const when = dataText("span", "journey-when", "");
  const where = dataText("span", "journey-where", "");
  const player = createPlayer(page, slider);
  slider.addEventListener("input", () => { player.stop(); page.setTime(Number(slider.value)); });
  const show = () => {
    const [first_s, last_s] = page.period;
    setAttributes(slider, {min: first_s, max: last_s});
    slider.value = page.at;
    const told = timeInWords(page);
    when.textContent = told.when;
    where.textContent = told.where;
    slider.setAttribute("aria-valuetext", `${told.when}: ${told.where}`);
  };
  page.store.listen(show, ["scenario", "change", "at"]);
  show();
  const bar = withChildren(element("section", "journey-timebar"), player.node, slider,
    withChildren(element("p", "journey-told"), when, " ", where));
  return setAttributes(bar, {"aria-label": "Time"});
}

function createPlayer(page, slider) {
  let started = null;
  let frame = 0;
  const node = button("journey-play", "", () => (started ? stop() : start()));
  const icon = (d) => node.replaceChildren(drawing([18, 18], "", shape("path", {d})));
  const say = (playing) => {
    node.setAttribute("aria-label", playing ? "Pause" : "Play");
    node.classList.toggle("journey-playing", playing);
    icon(playing ? "M5 3.5h3v11H5zM10 3.5h3v11h-3z" : "M5 3v12l10-6z");
  };
  const stop = () => { cancelAnimationFrame(frame); started = null; say(false); };
  const start = () => {
    const [from_s, to_s] = page.period;
    started = {from_s: page.at >= to_s ? from_s : page.at, at_ms: performance.now(), whole_s: to_s - from_s};
    say(true);
    frame = requestAnimationFrame(step);
  };
  const step = (now_ms) => {
    const at = started.from_s + (now_ms - started.at_ms) / PLAY_MS * started.whole_s;
    const [, to_s] = page.period;
    page.setTime(Math.min(to_s, Math.round(at / TIME_STEP_S) * TIME_STEP_S));
    if (at >= to_s) stop();
    else frame = requestAnimationFrame(step);
  };
  say(false);
  return {node, stop};
}

// The moment on the clock of where the train most likely is, with UTC, and between which places.
function timeInWords(page) {
  const {way} = shownScenario(page);
  const {least, central, most} = page.places;
  const steps = page.zones[zoneAt(way, central)];
  const when = `${localText(steps, page.at)}, ${isoText(page.at).slice(11, 16)} UTC`;
  const at = (m) => `${nearestStation(way, m).name} (km ${grouped(Math.round(m / 1000))})`;
  if (most <= 0) return {when, where: `not yet departed from ${way.passed[0].name}`};
  if (least >= way.length_m) return {when, where: `arrived at ${way.passed[way.passed.length - 1].name}`};
  if (at(least) === at(most)) return {when, where: `near ${at(central)}`};
  return {when, where: `between ${at(least)} and ${at(most)}, most likely near ${at(central)}`};
}
