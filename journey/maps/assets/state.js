// What the reader has chosen, in one place, and in the page's address so that it can be linked.

const WRITE_AFTER_MS = 200;
// Each map of a page keeps its choices under a key of its own.
const FRAGMENT_KEY = "journey";
const PLAIN_NUMBER = /^\d+(\.\d+)?$/;
let maps = 0;

function createStore(limits) {
  maps += 1;
  const key = maps === 1 ? FRAGMENT_KEY : `${FRAGMENT_KEY}${maps}`;
  const listeners = [];
  const initial = {scenario: 0, change: UNCHANGED, at: null, moscow: false};
  const store = {
    state: {...initial, ...readFragment(key, limits)},
    set(changes) {
      const before = store.state;
      store.state = {...before, ...changes};
      const changed = Object.keys(store.state).filter((name) => store.state[name] !== before[name]);
      listeners.filter(({names}) => names.some((name) => changed.includes(name)))
        .forEach(({listener}) => listener(store.state, changed));
      writeSoon(key, store);
    },
    change(changes) { store.set({change: {...store.state.change, ...changes}}); },
    reset() { store.set({change: UNCHANGED}); },
    // Only what it names matters to a listener; the first to listen hear first.
    listen(listener, names = ["scenario", "change"]) { listeners.push({listener, names}); },
  };
  // Other anchors of a page around the map are not ours.
  window.addEventListener("hashchange", () => {
    clearTimeout(store.waiting);
    if (fragmentPart(key) || !fragmentParts().length) store.set({...initial, ...readFragment(key, limits)});
  });
  return store;
}

function writeSoon(key, store) {
  clearTimeout(store.waiting);
  store.waiting = setTimeout(() => writeFragment(key, fragmentOf(store.state)), WRITE_AFTER_MS);
}

function fragmentOf({scenario, change, at, moscow}) {
  const parts = [scenario ? `view:${scenario}` : "", change.depart === null ? "" : `depart:${change.depart}`,
    ...[...change.speeds].map(([code, kmh]) => `speed-${encodeURIComponent(code)}:${kmh}`),
    ...[...change.stands].map(([id, hours]) => `stand-${encodeURIComponent(id)}:${hours}`),
    change.halts === null ? "" : `halts:${change.halts}`, at === null ? "" : `at:${at}`, moscow ? "clock:moscow" : ""];
  return parts.filter(Boolean).join(";");
}

const fragmentParts = () => window.location.hash.slice(1).split("&").filter(Boolean);
const fragmentPart = (key) => fragmentParts().find((part) => part.startsWith(`${key}=`));

// A page in a frame without an address of its own keeps none, nor does one that is at an anchor.
function writeFragment(key, text) {
  const others = fragmentParts().filter((part) => !part.startsWith(`${key}=`));
  if (others.some((part) => !part.includes("="))) return;
  const hash = [...others, text ? `${key}=${text}` : ""].filter(Boolean).join("&");
  if (hash === window.location.hash.slice(1)) return;
  try {
    window.history.replaceState(null, "", hash ? `#${hash}` : "#");
  } catch {
    // It has none.
  }
}

// Only numbers within their limits are taken from an address; all else in it is passed over.
function readFragment(key, limits) {
  const part = fragmentPart(key);
  const found = {change: {...UNCHANGED, speeds: new Map(), stands: new Map()}};
  if (!part) return found;
  part.slice(key.length + 1).split(";").forEach((entry) => {
    const [name, text] = entry.split(":");
    if (name === "clock") found.moscow = text === "moscow";
    else readNumber(found, limits, name, text);
  });
  return found;
}

function readNumber(found, limits, name, text) {
  const number = Number(text);
  const limit = limits.get(name);
  if (!limit || !PLAIN_NUMBER.test(text) || !(number >= limit.least && number <= limit.most)) return;
  const [kind, key] = [name.split("-")[0], name.slice(name.indexOf("-") + 1)];
  if (kind === "view") found.scenario = Math.floor(number);
  else if (kind === "at") found.at = number;
  else if (kind === "speed") found.change.speeds.set(decodeURIComponent(key), number);
  else if (kind === "stand") found.change.stands.set(decodeURIComponent(key), number);
  else found.change[kind] = number;
}
