// Moments on the clocks of places, by offsets that came with the page: the reader's own clock and
// language have no say in them.

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MOSCOW_MIN = 180;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86400;

// "1,234", whatever language the browser speaks.
const grouped = (whole) => String(whole).replace(/\B(?=(\d{3})+$)/g, ",");
const twoDigits = (number) => String(number).padStart(2, "0");

// To the nearest whole number, and from the middle to the even one, as Python and NumPy do.
function nearestEven(number) {
  const below = Math.floor(number);
  if (number - below !== 0.5) return Math.round(number);
  return below % 2 === 0 ? below : below + 1;
}

function offsetAt(steps, unix_s) {
  const past = steps.filter(([from_s]) => from_s <= unix_s);
  return (past.length ? past[past.length - 1] : steps[0])[1];
}

function offsetText(minutes) {
  const size = Math.abs(minutes);
  const rest = size % 60 ? `:${twoDigits(size % 60)}` : "";
  return `UTC${minutes < 0 ? "-" : "+"}${Math.floor(size / 60)}${rest}`;
}

// A date whose UTC fields read as the clock of the place, to the minute.
function atOffset(unix_s, minutes) {
  return new Date((nearestEven(unix_s / MINUTE_S) + minutes) * MINUTE_S * 1000);
}

const dayText = (date) => `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
const clockText = (date) => `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())}`;

function localTime(steps, unix_s) {
  const minutes = offsetAt(steps, unix_s);
  const date = atOffset(unix_s, minutes);
  return {day: dayText(date), clock: clockText(date), offset: offsetText(minutes)};
}

function dayAndClock(steps, unix_s) {
  const {day, clock} = localTime(steps, unix_s);
  return `${day} ${clock}`;
}

function localText(steps, unix_s) {
  return `${dayAndClock(steps, unix_s)} (${localTime(steps, unix_s).offset})`;
}

const isoText = (unix_s) => `${atOffset(unix_s, 0).toISOString().slice(0, 16)}Z`;

// The other clock beside local time: UTC, or that of Moscow, which Russian railways print.
function secondTime(unix_s, moscow) {
  const date = atOffset(unix_s, moscow ? MOSCOW_MIN : 0);
  return `${DAYS[date.getUTCDay()]} ${clockText(date)} ${moscow ? "Moscow" : "UTC"}`;
}

// "Mon 11 Sep 03:32 to 09:32 (UTC+10), central 06:32"; the day again where it is another.
function windowText(steps, {earliest, central, latest}) {
  const told = [earliest, central, latest].map((unix_s) => localTime(steps, unix_s));
  const same = told.every(({day}) => day === told[0].day);
  const [first, middle, last] = told.map(({day, clock}, index) => (same && index ? clock : `${day} ${clock}`));
  return `${first} to ${last} (${told[1].offset}), central ${middle}`;
}

function durationText(seconds) {
  const minutes = Math.round(seconds / MINUTE_S);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours ? `${hours} h ${twoDigits(rest)} min` : `${rest} min`;
}
