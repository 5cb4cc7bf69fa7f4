// On paper the map fills one page and the windows follow on the next.

function preparePrint(map, payload, page) {
  const container = map.getContainer();
  const paper = element("section", "journey-print");
  let before = null;
  window.addEventListener("beforeprint", () => {
    before = {centre: map.getCenter(), zoom: map.getZoom()};
    page.seen.all();
    paper.replaceChildren(printedPanel(container));
    container.classList.add("journey-printing");
    container.after(paper);
    map.closePopup();
    fitAnew(map, () => map.fitBounds(payload.bounds, printedRoom(container)));
  });
  window.addEventListener("afterprint", () => {
    container.classList.remove("journey-printing");
    paper.remove();
    if (before) fitAnew(map, () => map.setView(before.centre, before.zoom, {animate: false}));
  });
}

function printedPanel(container) {
  const panel = container.querySelector(".journey-body").cloneNode(true);
  panel.querySelectorAll('[role="tabpanel"]').forEach((part) => { part.hidden = false; });
  // A copy must not answer to the names of what it was copied from.
  [panel, ...panel.querySelectorAll("*")].forEach((part) => ["id", "aria-labelledby", "aria-controls"]
    .forEach((name) => { if (!part.closest("svg")) part.removeAttribute(name); }));
  return panel;
}

// Heading and legend stand left of the route, as they do on a wide screen.
function printedRoom(container) {
  const column = container.querySelector(".journey-heading").offsetWidth;
  return {paddingTopLeft: [column + 30, 30], paddingBottomRight: [30, 60], animate: false};
}

function fitAnew(map, fit) {
  map.invalidateSize({animate: false, pan: false});
  fit();
}
