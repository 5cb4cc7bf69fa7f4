"""The map as a part of another page: in it, in a frame of it, and with other journeys on it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

import journey
from journey.cli import run
from journey.maps import as_fragment, as_frame
from journey.quantities import Range
from journey.statements import SpeedRule, Speeds
from tests.browser.bundled import (
    SCENARIO,
    check_table,
    drawn,
    go,
    open_tab,
    rows_of_page,
    saved_in,
    slide,
)

pytestmark = pytest.mark.browser

MOST_BYTES_OF_TWENTY = 100_000
SIZE = {"width": 1280, "height": 900}
STYLES = """
html { overflow-y: scroll; }
*, *::before, *::after { box-sizing: border-box; }
body { font: 21px/2.2 Georgia, serif; color: #432; background: #fed; margin: 40px 33px; }
h1 { color: red; font-size: 60px; margin: 50px 0; }
p { line-height: 3; margin: 30px 0; }
table { width: 100%; border: 4px solid green; background: yellow; }
th, td { padding: 20px; border: 2px solid green; }
button, input, select { font-size: 25px; }
ul { padding-left: 60px; }
"""
OWN = """<h1>An article</h1><p>Text with a <a href="#end">link</a> and <b>more</b>.</p>
<table><tbody><tr><th>A</th><td>B</td></tr></tbody></table><button>Press</button>
<select><option>One</option></select><ul><li>One</li></ul>"""


def host(*parts):
    """A page with styles of its own that has parts between its paragraphs."""
    inside = "<p>Between.</p>".join(parts)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Host</title><style>'
        f'{STYLES}</style></head><body><div id="own">{OWN}</div>{inside}<p id="end">End.</p>'
        "</body></html>"
    )


@cache
def headline_of(name, **about):
    """A few draws of the headline of a bundled scenario."""
    scenario = replace(journey.load_scenario(name).as_headline(), **about)
    return scenario.simulate(journey.load_network(), draws=200)


@cache
def other():
    """A map of another journey."""
    return journey.draw_map(headline_of("vladivostok-2023"))


@pytest.fixture(scope="module")
def hosting(tmp_path_factory):
    """Write a host with some parts."""
    folder = tmp_path_factory.mktemp("host")

    def write(name, *parts):
        path = folder / f"{name}.html"
        path.write_text(host(*parts), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def both(pages, hosting):
    """A host with two journeys on it, opened once."""
    path = hosting("both", as_fragment(drawn()), as_fragment(other()))
    with pages.lent() as open_file:
        yield open_file(path, viewport=SIZE)


COMPUTED = """(name) => [...document.querySelectorAll(name)].map(node => {
    const style = getComputedStyle(node);
    return Object.fromEntries([...style].map(key => [key, style.getPropertyValue(key)]));
})"""


def test_a_fragment_changes_nothing_of_its_host(visit, hosting, both):
    """Every computed style of every element of its own is what it was, and of the page's root."""
    bare = visit(hosting("bare", ""), viewport=SIZE).page
    for name in ("#own, #own *, p", "html, body"):
        without, within = bare.evaluate(COMPUTED, name), both.page.evaluate(COMPUTED, name)
        if name.startswith("html"):
            # They grow with what is in them.
            sizes = re.compile(r"(block-size|height|origin)$")
            without, within = (
                [{key: one for key, one in each.items() if not sizes.search(key)} for each in all_]
                for all_ in (without, within)
            )
        # Another paragraph between the two parts.
        assert within[: len(without) - 1] == without[:-1]
    assert both.complaints == []
    assert both.requests == []


LOOKS = """(names) => names.map(name => {
    const style = getComputedStyle(document.querySelector(`.folium-map ${name}`));
    const keys = ['color', 'background-color', 'font-size', 'font-family', 'font-weight',
        'line-height', 'text-align', 'margin', 'padding', 'border-width', 'border-style'];
    return [name, Object.fromEntries(keys.map(key => [key, style.getPropertyValue(key)]))];
})"""
PARTS = [
    ".journey-heading h1",
    ".journey-subtitle",
    ".journey-notes",
    ".journey-notes li",
    ".journey-tabs button",
    ".journey-view",
    ".journey-windows",
    ".journey-windows thead th",
    ".journey-windows tbody th",
    ".journey-windows td",
    ".journey-windows .journey-place",
    ".journey-question legend",
    ".journey-field",
    ".journey-reset",
    ".journey-evidence li",
    ".journey-label",
    ".journey-told",
    ".leaflet-control-zoom-in",
]


@pytest.fixture(scope="module")
def alone(pages, tmp_path_factory):
    """The same map on a page of its own, as large as in its host."""
    with pages.lent() as open_file:
        path = saved_in(tmp_path_factory.mktemp("alone"))
        # Less margins and scroll bar of the host.
        yield open_file(path, viewport={"width": 1280 - 2 * 33 - 15, "height": 680})


def test_a_fragment_looks_as_on_a_page_of_its_own(both, alone):
    """Whatever its host says of headings, paragraphs, tables, buttons and letters."""
    inside, outside = (dict(seen.page.evaluate(LOOKS, PARTS)) for seen in (both, alone))
    assert inside == outside


def test_no_text_of_a_fragment_leaves_its_cell(both):
    """Where all boxes of a page are sized by their borders, as many frameworks do, too."""
    wide = (
        both.page.locator(".journey-windows")
        .first.locator("th, td")
        .evaluate_all(
            "all => all.filter(cell => cell.offsetParent && cell.scrollWidth > cell.clientWidth)"
            ".map(cell => cell.textContent)"
        )
    )
    assert wide == []


def within(page, number):
    """One of the maps of a page."""
    return page.locator(".folium-map").nth(number)


def times(page, number):
    """Central times of the table of one of the maps."""
    return (
        within(page, number)
        .locator(".journey-windows .journey-central")
        .evaluate_all(
            "all => all.filter(one => !one.closest('tr').hidden).map(one => one.dataset.unix)"
        )
    )


def ask(page, number, kmh):
    """Move the slider of the speed in Korea on one of the maps."""
    asked = '[data-question="speed-KP"] input[type="range"]'
    within(page, number).locator(asked).evaluate(
        "(node, kmh) => { node.value = kmh;"
        " node.dispatchEvent(new Event('input', {bubbles: true})); }",
        str(kmh),
    )


@pytest.fixture
def unasked(both):
    """The host of two journeys, of which nothing is asked before and after."""
    yield both.page
    go(both.page, "view:0&journey2=view:0")
    both.page.wait_for_timeout(250)
    both.page.evaluate("window.history.replaceState(null, '', '#')")


def test_two_fragments_are_asked_apart(unasked):
    """Each has its own table, questions and part of the address."""
    headings = unasked.locator(".folium-map h1").all_inner_texts()
    ends = ("Vostochny", "Vladivostok")
    assert headings == [f"Pyongyang to {end}, September 2023" for end in ends]
    before = [times(unasked, number) for number in (0, 1)]
    assert min(map(len, before)) > 10
    ask(unasked, 1, 45)
    second = times(unasked, 1)
    assert second != before[1]
    assert times(unasked, 0) == before[0]
    unasked.wait_for_timeout(250)
    assert unasked.evaluate("window.location.hash") == "#journey2=speed-KP:45"
    ask(unasked, 0, 44)
    assert times(unasked, 0) != before[0]
    assert times(unasked, 1) == second
    unasked.wait_for_timeout(250)
    assert unasked.evaluate("window.location.hash") == "#journey2=speed-KP:45&journey=speed-KP:44"


def test_two_fragments_are_both_in_the_address(unasked):
    """Though one is asked right after the other, before the address is written."""
    ask(unasked, 0, 41)
    ask(unasked, 1, 42)
    unasked.wait_for_timeout(300)
    parts = unasked.evaluate("window.location.hash").removeprefix("#").split("&")
    assert set(parts) == {"journey=speed-KP:41", "journey2=speed-KP:42"}


def test_a_link_asks_both_fragments(unasked):
    """And what else stands in the address is left to the host."""
    before = [times(unasked, number) for number in (0, 1)]
    unasked.evaluate("window.location.hash = 'journey=halts:5&journey2=halts:7&tab=3'")
    unasked.wait_for_function("window.location.hash.includes('tab=3')")
    unasked.wait_for_timeout(250)
    assert all(times(unasked, number) != before[number] for number in (0, 1))
    parts = unasked.evaluate("window.location.hash").removeprefix("#").split("&")
    assert set(parts) == {"journey=halts:5", "journey2=halts:7", "tab=3"}


def test_a_fragment_answers_as_the_page_does(unasked):
    """To the second, inside a page of other styles; anchors of its host are not its business."""
    slide(unasked, "speed-RU", 45)
    slide(unasked, "stand-khasan", 6)
    check_table(unasked, 0, {"speed-RU": 45, "stand-khasan": 6})
    go(unasked, "view:1;halts:3")
    unasked.evaluate("window.location.hash = '#end'")
    check_table(unasked, 1, {"halts": 3})


def test_all_of_a_fragment_is_in_its_place(both):
    """No box leaves the map, which has a height of its own."""
    box = within(both.page, 0).bounding_box()
    for name in (".journey-panel", ".journey-heading", ".journey-timebar"):
        part = within(both.page, 0).locator(name).bounding_box()
        assert box["x"] <= part["x"]
        assert part["x"] + part["width"] <= box["x"] + box["width"] + 1
        assert box["y"] <= part["y"]
        assert part["y"] + part["height"] <= box["y"] + box["height"] + 1


def test_a_frame_runs_in_its_sandbox(visit, hosting):
    """Without a message, though it has no address and may not touch its host."""
    page = drawn().get_root().render()
    seen = visit(hosting("frame", as_frame(page, 'A "title" & more')), viewport=SIZE)
    frame = seen.page.frame_locator("iframe")
    frame.locator(".journey-windows tr[data-event]").first.wait_for()
    assert seen.page.locator("iframe").get_attribute("title") == 'A "title" & more'
    sandbox = seen.page.locator("iframe").get_attribute("sandbox").split()
    assert "allow-scripts" in sandbox
    assert "allow-same-origin" not in sandbox
    inner = seen.page.frames[1]
    before = rows_of_page(inner)
    slide(inner, "speed-RU", 45)
    assert rows_of_page(inner) != before
    # The address is written after a while, which such a frame cannot.
    seen.page.wait_for_timeout(300)
    assert seen.page.evaluate("window.location.hash") == ""
    assert (seen.complaints, seen.requests) == ([], [])


def test_a_notebook_gets_the_map_of_an_ensemble(visit, hosting):
    """As the output of a cell: a frame with all of it."""
    ensemble = headline_of("vladivostok-2023")
    text = ensemble._repr_html_()
    assert text.startswith("<iframe ")
    seen = visit(hosting("notebook", text), viewport=SIZE)
    frame = seen.page.frame_locator("iframe")
    assert frame.locator("h1").inner_text() == "Pyongyang to Vladivostok, September 2023"
    assert frame.locator(".leaflet-pane path.journey-track").count() > 5
    assert (seen.complaints, seen.requests) == ([], [])


# By the command line.


def written(folder, name, *route):
    """A scenario of somebody's own, as a file."""
    path = folder / f"{name}.toml"
    path.write_text(
        f"""name = "Journey {name}"
route = {list(route)}
[depart]
earliest = 2023-09-10T12:00:00+09:00
latest = 2023-09-10T18:00:00+09:00
[speed]
default = "50..60"
""",
        encoding="utf-8",
    )
    return str(path)


@pytest.fixture
def in_folder(tmp_path, monkeypatch):
    """Run commands in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", ["fragment", "iframe"])
def test_the_command_writes_a_part_of_a_page(in_folder, visit, hosting, capsys, kind):
    """Under a name of its own, so that it takes no page's place; it works in any page."""
    assert run(["map", written(in_folder, "own", "Khasan", "Ussuriysk"), f"--{kind}"]) == 0
    told = capsys.readouterr().out.strip()
    assert told == f"output/own.{kind}.html"
    text = (in_folder / told).read_text(encoding="utf-8")
    assert text.startswith("<iframe " if kind == "iframe" else "<style>")
    assert "<!DOCTYPE" not in text
    seen = visit(hosting(kind, text), viewport=SIZE)
    inside = seen.page if kind == "fragment" else seen.page.frame_locator("iframe")
    assert inside.locator(".folium-map h1").inner_text() == "Journey own"
    assert (seen.complaints, seen.requests) == ([], [])


def test_both_kinds_at_once_are_refused(capsys, tmp_path):
    """In one line that says which to take out; no file is written."""
    target = tmp_path / "map.html"
    assert run(["map", "--fragment", "--iframe", "-o", str(target)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    (line,) = told.err.splitlines()
    assert "--fragment" in line
    assert "--iframe" in line
    assert not target.exists()


# Other journeys on the same page.


def at_speed(kmh):
    """The bundled headline at another speed."""
    return headline_of(SCENARIO, speeds=Speeds(SpeedRule("default", Range(kmh, kmh))))


@pytest.mark.long
def test_twenty_scenarios_on_one_page_take_little_room(visit, tmp_path):
    """Each of some takes less than a twentieth of what twenty may, for they share their way.

    Each can be chosen, and has its own windows.
    """
    others = [at_speed(kmh) for kmh in (41.0, 60.0)]
    lone = journey.draw_map(headline_of(SCENARIO)).get_root().render()
    text = journey.draw_map(headline_of(SCENARIO), others=others).get_root().render()
    more = len(text.encode()) - len(lone.encode())
    assert more < len(others) * MOST_BYTES_OF_TWENTY / 20
    path = tmp_path / "several.html"
    path.write_text(text, encoding="utf-8")
    seen = visit(path)
    choice = seen.page.locator(".journey-view")
    assert choice.locator("option").count() == 1 + len(others)
    for number in (1, len(others)):
        choice.select_option(str(number))
        found = [row["unix"] for row in rows_of_page(seen.page)]
        principal = [
            [moment.timestamp() for moment in window[3:6]]
            for window in others[number - 1].window_list(1.0)
            if window.station.rank == 1 or window.event != "pass"
        ]
        assert found == principal
    assert (seen.complaints, seen.requests) == ([], [])


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """The page of a bundled scenario and of two others, by the command line."""
    folder = tmp_path_factory.mktemp("three")
    others = [
        written(folder, "south", "Ussuriysk", "Vladivostok"),
        written(folder, "north", "Vladivostok", "Khabarovsk I"),
    ]
    path = folder / "three.html"
    command = ["map", "vladivostok-2023", *others, "-o", str(path), "--draws", "1000", "--quiet"]
    assert run(command) == 0
    return path


@pytest.mark.long
def test_several_scenarios_of_the_command_line_can_be_chosen(visit, three):
    """Each shows its own destination, and what can be asked of the first cannot of the others."""
    seen = visit(three)
    page = seen.page
    names = page.locator(".journey-view option").all_inner_texts()
    assert [name.partition(":")[0] for name in names] == [
        *["Pyongyang to Vladivostok, September 2023"] * 2,
        "Journey south",
        "Journey north",
    ]
    ends = ["Vladivostok"] * 3 + ["Khabarovsk I"]
    for number, end in enumerate(ends):
        page.locator(".journey-view").select_option(str(number))
        last = rows_of_page(page)[-1]
        assert last["name"] == end
        assert last["does"] == "arrives"
        open_tab(page, "whatif")
        assert page.locator(".journey-answer strong").inner_text().strip() == f"{end}:"
        asked = page.locator('[data-question="speed-RU"] input[type="range"]')
        assert asked.is_disabled() == (number > 1)
        open_tab(page, "windows")
    assert (seen.complaints, seen.requests) == ([], [])


@pytest.mark.long
def test_a_view_of_another_way_can_be_linked(visit, three):
    """The page opens with what the address says."""
    page = visit(three).page
    page.goto("about:blank")
    page.goto(f"{three.as_uri()}#journey=view:3")
    assert rows_of_page(page)[-1]["name"] == "Khabarovsk I"
    label = page.locator(".journey-graph-drawing").get_attribute("aria-label")
    assert "Khabarovsk I" in label
