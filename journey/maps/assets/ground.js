// The base map, and the panes that all shapes are drawn in.

function paneOf(map, name, zIndex) {
  const pane = map.getPane(name) || map.createPane(name);
  pane.style.zIndex = zIndex;
  return pane;
}

function vectorPane(map, name, zIndex, options) {
  paneOf(map, name, zIndex);
  return {pane: name, renderer: L.svg({pane: name, padding: 0.5}), ...options};
}

function baseLayer(map, text) {
  const style = vectorPane(map, "journey-base", 210, {interactive: false, smoothFactor: 1.2});
  const linesIn = (name) => {
    const path = text.querySelector(`[data-shape="${name}"]`);
    return path ? linesOf(path, BASE_STEPS) : [];
  };
  const area = (name, className) => {
    const rings = linesIn(name);
    return rings.length ? L.polygon(rings.map((ring) => [ring]), {...style, className}) : null;
  };
  const land = area("land", "journey-land");
  const below = vectorPane(map, "journey-sheet", 205, {interactive: false, className: "journey-sheet"});
  const sheet = land ? L.rectangle(land.getBounds(), below) : null;
  const borders = L.polyline(linesIn("borders"), {...style, className: "journey-border"});
  return L.layerGroup([sheet, land, area("lakes", "journey-lake"), borders].filter(Boolean));
}
