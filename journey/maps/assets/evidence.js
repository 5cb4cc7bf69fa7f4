// The evidence: what was reported came as HTML; how many journeys go with it follows the choices.

function evidencePart(text, payload, page) {
  const part = text.querySelector('[data-part="evidence"]');
  const items = [...part.querySelectorAll("[data-report]")];
  items.forEach((item) => { item.tabIndex = 0; });
  const shares = items.map((item) => item.appendChild(element("span", "journey-small journey-share")));
  const whose = dataText("p", "journey-small journey-whose", "");
  part.prepend(whose);
  const show = (state) => {
    whose.hidden = !isOther(page);
    whose.textContent = `How likely each report is right is told of ${page.scenarios[0].name}.`;
    const scenario = shownScenario(page);
    payload.evidence.forEach((report, number) => {
      const share = scenario.way === page.scenarios[0].way ? agreement(scenario, state.change, report) : null;
      shares[number].replaceChildren(...sharing(share, isChanged(state.change)));
      items[number].classList.toggle("journey-apart", share !== null && share < 0.05);
    });
  };
  page.whenSeen("evidence", show, ["scenario", "change"]);
  return [...part.children].filter((child) => child.tagName !== "H2");
}

function sharing(share, changed) {
  if (share === null) return [];
  const percent = Math.round(100 * share);
  const nearly = {0: "hardly any", 100: "nearly all"}[percent] || `${percent} %`;
  const told = {0: "none", 1: "all"}[share] || nearly;
  return [dataText("span", "", `agrees with ${told} of these journeys `), kindChip(changed ? "what if" : "derived")];
}
