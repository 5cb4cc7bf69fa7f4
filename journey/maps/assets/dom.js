// Data becomes text here and nowhere else: textContent, never markup.

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

// dir="auto" isolates the text: a direction override inside it ends with it.
function dataText(tag, className, text, lang) {
  const made = element(tag, className, text);
  made.dir = "auto";
  if (lang) made.lang = lang;
  return made;
}

function withChildren(parent, ...children) {
  parent.append(...children.filter((child) => child !== null && child !== undefined));
  return parent;
}

function button(className, text, press) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

function disclosure(className, summary, open, ...content) {
  const made = element("details", className);
  made.open = open;
  return withChildren(made, element("summary", "", summary), ...content);
}

// What a thing is: reported, assumed, derived, or what the reader asks.
const kindChip = (kind, text = kind) => element("span", `journey-kind journey-kind-${kind.replace(" ", "-")}`, text);

function drawing(size, className, ...shapes) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = {viewBox: `0 0 ${size[0]} ${size[1]}`, width: size[0], height: size[1]};
  setAttributes(svg, {...attributes, class: className, "aria-hidden": "true"});
  svg.append(...shapes);
  return svg;
}

function shape(tag, attributes, text) {
  const made = setAttributes(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);
  if (text !== undefined) made.textContent = text;
  return made;
}

function setAttributes(node, attributes) {
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  return node;
}

// A shape that answers like a button, to those who press keys too.
function pressable(node, name, press) {
  setAttributes(node, {tabindex: 0, role: "button", "aria-label": name});
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    press();
  });
}

function relativeBox(map, node) {
  const frame = map.getContainer().getBoundingClientRect();
  const box = node.getBoundingClientRect();
  return {left: box.left - frame.left, top: box.top - frame.top,
    right: box.right - frame.left, bottom: box.bottom - frame.top};
}
