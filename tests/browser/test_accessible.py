"""The page for those who read it by other means: axe-core finds nothing serious, in any state."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from journey.maps.page import SCRIPT
from tests.browser.bundled import go, open_tab, saved_in
from tests.browser.geometry import overlap

pytestmark = pytest.mark.browser

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 640}
DARK = pytest.param("dark", marks=pytest.mark.long)
SCHEMES = pytest.mark.parametrize("scheme", ["light", DARK])

_RUN = """async ([where, rules]) => {
    const only = rules.length ? {runOnly: {type: 'rule', values: rules}} : {};
    const found = await axe.run(where, {resultTypes: ['violations'], preload: false, ...only});
    return found.violations.filter(({impact}) => ['serious', 'critical'].includes(impact))
        .flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
            `${id}: ${target.join(' ')}: ${failureSummary}`));
}"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The file of the bundled journey."""
    return saved_in(tmp_path_factory.mktemp("accessible"))


def violations(page, where="html", *, scheme="light"):
    """What is serious or critical within a part of the page, by axe-core."""
    rules = ["color-contrast"] if scheme == "dark" else []
    # Not by the page itself, whose policy lets no script in.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_RUN, [where, rules])
    assert isinstance(found, list)
    return found


def open_card(page):
    """Show the card of a station that was reported from; it fades in."""
    page.locator('.leaflet-pane path[data-station="khasan"]').dispatch_event("click")
    page.locator(".journey-card").wait_for()
    page.wait_for_timeout(250)


@pytest.mark.long
@SCHEMES
def test_axe_finds_nothing_serious(visit, path, scheme):
    """With each tab, questions asked and a card open; in the dark only colours are others."""
    seen = visit(path, viewport=DESKTOP, color_scheme=scheme)
    go(seen.page, "speed-RU:45;stand-khasan:6")
    open_card(seen.page)
    for name in ("windows", "whatif", "evidence", "about"):
        open_tab(seen.page, name)
        assert violations(seen.page, scheme=scheme) == [], name
    assert seen.complaints == []


@pytest.mark.long
@SCHEMES
def test_axe_finds_nothing_serious_on_a_phone(visit, path, scheme):
    """As it opens, with a card, and with the sheet that holds graph and tabs."""
    seen = visit(path, viewport=PHONE, color_scheme=scheme)
    open_card(seen.page)
    assert violations(seen.page, scheme=scheme) == []
    seen.page.keyboard.press("Escape")
    seen.page.locator(".journey-panel > summary").click()
    for name in ("windows", "whatif", "evidence") if scheme == "light" else ("whatif",):
        open_tab(seen.page, name)
        assert violations(seen.page, ".journey-panel", scheme=scheme) == [], name
    assert seen.complaints == []


@pytest.fixture(scope="module")
def plain_path(tmp_path_factory, path):
    """The page as those see it who let no script run, in a browser that axe can run in."""
    text = SCRIPT.sub("", path.read_text(encoding="utf-8"))
    assert "journeyPage" not in text
    target = tmp_path_factory.mktemp("plain") / "plain.html"
    target.write_text(re.sub("</?noscript>", "", text), encoding="utf-8")
    return target


@SCHEMES
def test_axe_finds_nothing_serious_without_scripts(visit, plain_path, scheme):
    """The same page as plain HTML."""
    page = visit(plain_path, color_scheme=scheme).page
    assert page.locator(".journey-static").is_visible()
    assert violations(page, scheme=scheme) == []


@pytest.fixture(scope="module")
def unscripted(pages, path):
    """The page where no script runs, opened once."""
    with pages.lent() as open_file:
        yield open_file(path, java_script_enabled=False).page


def test_without_scripts_all_of_it_is_to_be_read(unscripted):
    """Heading, drawing, table, evidence and sources are seen; the empty map is not."""
    for name in ("h1", "svg[role='img']", ".journey-windows", ".journey-evidence", ".journey-made"):
        assert unscripted.locator(name).first.is_visible(), name
    assert not unscripted.locator(".folium-map").is_visible()
    width = unscripted.locator("html").bounding_box()["width"]
    for name in (".journey-static", ".journey-windows", "svg[role='img']"):
        box = unscripted.locator(name).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_without_scripts_headings_are_in_order(unscripted):
    """One first, and none deeper than the one before by more than one."""
    levels = unscripted.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
        "all => all.map(one => Number(one.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_without_scripts_languages_and_names_are_told(unscripted):
    """Of the page, of the drawing, of every link."""
    assert unscripted.locator("html").get_attribute("lang") == "en"
    assert unscripted.locator(".journey-static").get_attribute("lang") == "en"
    assert unscripted.title()
    words = unscripted.locator("figcaption").inner_text()
    assert words.startswith("Map of the railway from Pyongyang to Vostochny Cosmodrome, 2,555 km")
    assert unscripted.get_by_role("img", name=words, exact=True).count() == 1
    links = unscripted.locator(".journey-static a")
    assert links.count() > 10
    assert all(text.strip() for text in links.all_text_contents())
    rel = links.evaluate_all("all => all.map(one => one.rel)")
    assert set(rel) == {"noopener noreferrer"}


def test_without_scripts_every_cell_has_its_headers(unscripted):
    """A caption, a head for each column, and a head for each row but those that only add to one."""
    table = unscripted.locator(".journey-windows")
    assert table.locator("caption").inner_text().startswith("Principal stations")
    heads = table.locator("thead th")
    scopes = heads.evaluate_all("all => all.map(one => [one.scope, one.textContent])")
    assert [scope for scope, _ in scopes] == ["col"] * 4
    assert all(text for _, text in scopes)
    rows = table.locator("tbody tr[data-event]")
    cells = rows.evaluate_all(
        "all => all.map(row => [...row.cells].map(cell => [cell.tagName, cell.scope || '']))"
    )
    assert len(cells) > 20
    assert all(row == [["TH", "row"], *[["TD", ""]] * 3] for row in cells)


def test_without_scripts_names_of_the_drawing_do_not_overlap(unscripted):
    """As the browser draws their letters; nor does one cover a dot, or leave the drawing."""
    boxes = {
        name: unscripted.locator(f"svg[role='img'] {name}").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(({x, y, width, height}) =>"
            " ({x, y, width, height}))"
        )
        for name in ("text", "circle")
    }
    # A line of letters is higher than what is written on it.
    for box in boxes["text"]:
        box["y"] += box["height"] * 0.2
        box["height"] *= 0.6
    assert len(boxes["text"]) > 20
    assert not any(overlap(*pair) for pair in combinations(boxes["text"], 2))
    assert not any(overlap(name, dot) for name in boxes["text"] for dot in boxes["circle"])
    frame = unscripted.locator("svg[role='img']").bounding_box()
    for box in boxes["text"]:
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
