// Whatever stands for the same station or report is lit together, wherever it is shown.

function linkTogether(container) {
  const lit = {station: null, report: null};
  // Without a kind, what is lit is lit anew: something was drawn again.
  const light = (kind, id) => {
    if (!kind) Object.entries(lit).forEach(([each, now]) => mark(container, each, now, true));
    if (!kind || lit[kind] === id) return;
    mark(container, kind, lit[kind], false);
    lit[kind] = id;
    mark(container, kind, id, true);
  };
  const follow = (event) => {
    const node = event.target instanceof Element ? event.target : null;
    ["report", "station"].forEach((kind) => {
      const found = node && node.closest(`[data-${kind}]`);
      light(kind, found && container.contains(found) ? found.getAttribute(`data-${kind}`) : null);
    });
  };
  container.addEventListener("pointerover", follow);
  container.addEventListener("focusin", follow);
  container.addEventListener("pointerleave", () => ["report", "station"].forEach((kind) => light(kind, null)));
  return light;
}

function mark(container, kind, id, on) {
  if (id === null) return;
  container.querySelectorAll(`[data-${kind}="${CSS.escape(id)}"]`)
    .forEach((node) => node.classList.toggle("journey-lit", on));
}
