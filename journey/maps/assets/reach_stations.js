// Stations that can be reached: dots, cards, and the rows of the table.

const ALL_FROM_ZOOM = 7.5;
const FEW_STATIONS = 60;
const TOUCH_PX = 16;
const CLOSE_ZOOM = 8;
// On a narrow map a card lies below the buttons in its corners.
const BELOW_BUTTONS_PX = 64;

const UNREACHED = -1;
const BOUNDS = ["earliest", "central", "latest"];

// They come column by column, numbers packed, times in seconds.
function readStations(payload) {
  const {after_s, name, local, lang, ...packed} = payload.stations;
  const times = after_s.map(unpacked);
  const zones = Object.keys(payload.zones);
  const {lat, lon, rank, km, zone, gauge_change} = Object.fromEntries(Object.entries(packed).map(([key, column]) => [key, unpacked(column)]));
  return name.map((_, row) => ({name: name[row], local: local[row], lang: lang[row], rank: rank[row], km: km[row],
    lat: lat[row] / TRACK_STEPS, lon: lon[row] / TRACK_STEPS, zone: zones[zone[row]], change: Object.values(payload.change)[gauge_change[row]],
    hours: times.map((column) => (column[row] === UNREACHED ? Infinity : column[row] / HOUR_S))}));
}

function reachedStations(map, payload, page) {
  const style = vectorPane(map, "journey-stations", 430, {bubblingMouseEvents: false});
  // The principal ones last: what is drawn later lies on top.
  const markers = [...payload.stations].reverse().map((station) => {
    const className = `journey-station journey-rank-${station.rank}`;
    const marker = L.circleMarker([station.lat, station.lon], {...style, className, radius: station.rank === 1 ? (map.getSize().x < 500 ? 4 : 5) : 3});
    const open = () => openReached(map, payload, station);
    marker.on("click", open);
    marker.on("add", () => {
      if (station.rank === 1) pressable(marker.getElement(), `${station.name}, ${kilometres(station)}`, open);
    });
    return marker.bindTooltip(() => dataText("span", "", `${station.name} · ${shortly(payload, station)}`), {className: "journey-tooltip"});
  });
  page.showing.push((hours) => markers.forEach((marker, index) => {
    const {hours: [low, , high]} = payload.stations[markers.length - 1 - index];
    marker.getElement().classList.toggle("journey-not-yet", low > hours);
    marker.getElement().classList.toggle("journey-perhaps", low <= hours && high > hours);
  }));
  return L.layerGroup(markers);
}

const kilometres = ({km}) => `${grouped(km)} km`;

function shortly({spread}, {hours: [low, , high]}) {
  return !spread ? hoursText(low) : `${hoursText(low)} to ${hoursText(high)}`;
}

const isNear = (map, payload) => map.getZoom() >= ALL_FROM_ZOOM || payload.stations.length < FEW_STATIONS;

// Halts are smaller than a fingertip: a press beside one means the nearest.
function openNearestReached(map, payload, {containerPoint}) {
  const distance = (station) => map.latLngToContainerPoint([station.lat, station.lon]).distanceTo(containerPoint);
  const near = payload.stations.filter((station) => (station.rank === 1 || isNear(map, payload)) && distance(station) < TOUCH_PX);
  near.sort((one, other) => distance(one) - distance(other));
  if (near.length) openReached(map, payload, near[0]);
}

function openReached(map, payload, station) {
  const {x, y} = map.getSize();
  const width = Math.min(300, x - 60);
  openCard(map, station, reachedCard(payload, station), {minWidth: Math.min(210, width), maxWidth: width, maxHeight: Math.max(140, y - 90),
    autoPanPaddingTopLeft: [10, x < NARROW_PX ? BELOW_BUTTONS_PX : 10], autoPanPaddingBottomRight: [10, 10]});
}

function reachedCard(payload, station) {
  const rows = station.hours.slice(0, payload.spread ? 3 : 1).map((hours, index) => [BOUNDS[index], payload.speeds[2 - index], hours]);
  return withChildren(element("article", "journey-card"),
    dataText("h2", "", station.name),
    station.local ? dataText("p", "journey-names", station.local, station.lang) : null,
    dataText("p", "journey-small", `${kilometres(station)} of track from ${payload.from}`),
    withChildren(element("table", "journey-times"), withChildren(element("tbody"), ...rows.map((row) => momentRow(payload, station, row)))),
    station.change ? element("p", "journey-gauge-change", station.change) : null);
}

function momentRow({start, zones}, {zone}, [bound, speed, hours]) {
  const clock = start === null || !Number.isFinite(hours) ? null : localText(zones[zone], start + hours * HOUR_S);
  const head = withChildren(element("th", "", bound), element("span", "journey-small", `${speed} km/h`));
  head.scope = "row";
  return withChildren(element("tr"), head, withChildren(element("td"),
    dataText("span", "journey-local", hoursText(hours)), clock ? dataText("span", "journey-small", clock) : null));
}

// A name of the table shows its station on the map.
function pressableRows(map, payload, text) {
  text.querySelectorAll("tr[data-station]").forEach((row) => {
    const station = payload.stations[Number(row.dataset.station)];
    const made = button("journey-place", station.name, () => {
      map.getContainer().scrollIntoView({block: "nearest"});
      map.setView([station.lat, station.lon], Math.max(map.getZoom(), CLOSE_ZOOM), {animate: false});
      openReached(map, payload, station);
    });
    row.querySelector(".journey-place").replaceWith(setAttributes(made, {dir: "auto"}));
  });
}
