// Which box stands where, and what gives way where the map is small.

const WIDE_PX = 1000;
const LOW_PX = 520;
const SIDE_PX = 560;
const DENSE_PX = 640;
// Class of the container, and whether the legend is unfolded: the roomiest first.
const STEPS = {
  wide: [["", true], ["journey-brief", true], ["journey-brief", false], ["journey-terse", false]],
  side: [["journey-terse", false]],
  tall: [["journey-brief", false], ["journey-terse", false]],
};
const LAYOUTS = Object.keys(STEPS).map((layout) => `journey-${layout}`);

// "wide": boxes left and right of the route; "side": left only; "tall": above and below.
function layoutOf(map) {
  const {x, y} = map.getSize();
  if (map.getContainer().classList.contains("journey-printing")) return "wide";
  if (x >= WIDE_PX && y >= LOW_PX) return "wide";
  return x >= SIDE_PX && x > y * 1.1 ? "side" : "tall";
}

const isWide = (map) => layoutOf(map) === "wide";

function arrangeBoxes(map, boxes, panel, legend) {
  const last = {};
  const arrange = () => {
    const layout = layoutOf(map);
    const dense = layout === "side" || (layout === "tall" && map.getSize().x <= DENSE_PX);
    map.getContainer().classList.toggle("journey-dense", dense);
    if (layout !== last.layout) placeBoxes(map, boxes, layout);
    if ((layout === "wide") !== (last.layout === "wide")) panel.open = layout === "wide";
    const step = firstThatFits(map, layout, legend);
    if (layout !== last.layout || step !== last.step) legend.open = step[1];
    Object.assign(last, {layout, step});
    const room = roomBelow(map, [panel, legend]);
    map.getContainer().style.setProperty("--journey-room", `${Math.round(room)}px`);
  };
  arrange();
  map.on("resize", arrange);
  return arrange;
}

function placeBoxes(map, boxes, layout) {
  const {classList} = map.getContainer();
  classList.remove(...LAYOUTS);
  classList.add(`journey-${layout}`);
  boxes.forEach(({control, wide, narrow}) =>
    control.remove().setPosition(layout === "wide" ? wide : narrow).addTo(map));
}

function firstThatFits(map, layout, legend) {
  const {classList} = map.getContainer();
  const before = legend.open;
  const step = STEPS[layout].find(([name, unfolded], index, {length}) => {
    classList.remove("journey-brief", "journey-terse");
    if (name) classList.add(name);
    legend.open = unfolded;
    return index === length - 1 || fits(map, layout);
  });
  legend.open = before;
  return step;
}

function fits(map, layout) {
  const height = map.getSize().y;
  const above = boxOf(map, ".leaflet-top.leaflet-left").bottom;
  // On a tall map the route needs the better half.
  if (layout === "tall") return above <= height * 0.45;
  return above + 10 <= boxOf(map, ".leaflet-bottom.leaflet-left").top;
}

// What an unfolded box may take without covering heading or buttons.
function roomBelow(map, folding) {
  const open = folding.map((box) => box.open);
  folding.forEach((box) => { box.open = false; });
  const above = Math.max(...[".leaflet-top.leaflet-left", ".journey-heading"]
    .map((name) => boxOf(map, name).bottom));
  const room = boxOf(map, ".leaflet-bottom.leaflet-left").top - above - 10;
  folding.forEach((box, index) => { box.open = open[index]; });
  return room;
}

// The part of the map that boxes cover, as Leaflet's padding options name it.
function insets(map, prefix = "padding") {
  const {x, y} = map.getSize();
  const [heading, buttons, panel, credit, bar] = [".journey-heading", ".leaflet-control-layers",
    ".journey-panel", ".journey-credit", ".journey-timebar"].map((name) => boxOf(map, name));
  const [left, top, right, bottom] = {
    wide: [heading.right + 15, 30, x - panel.left + 15, y - bar.top + 40],
    side: [heading.right + 20, 15, 15, y - credit.top + 58],
    // The layers button is a wide list while the pointer is on it.
    tall: [Math.min(buttons.right, 66) + 8, heading.bottom + 15, 15, y - credit.top + 60],
  }[layoutOf(map)];
  return {[`${prefix}TopLeft`]: [left, top], [`${prefix}BottomRight`]: [right, bottom]};
}

// What is left for a popup between the boxes: its frame and its tip take their share.
function popupRoom(map) {
  const {x, y} = map.getSize();
  const {paddingTopLeft: [left, top], paddingBottomRight: [right, bottom]} = insets(map);
  const height = Math.min(Math.max(260, y * 0.55), y - top - bottom - 55);
  return {width: Math.min(300, x - left - right - 40), height};
}

function boxOf(map, name) {
  const node = map.getContainer().querySelector(name);
  return relativeBox(map, node || map.getContainer());
}
