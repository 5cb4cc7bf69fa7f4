"""The map page in a real browser: what it shows, what it asks for, what it refuses."""

from __future__ import annotations

import re

import folium
import pytest
from branca.element import Figure

from journey.maps.layer import JourneyLayer
from journey.maps.page import self_contained_map
from tests.browser.conftest import payload, saved

pytestmark = pytest.mark.browser

EVIL = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "${alert(1)}",
    "`${1}`",
    "{{ 7 * 7 }}{% raw %}{#",
    "C:\\2019\\u003c",
    "\"'&amp;&lt;",
    "\u202egnalsiM\u2028\u2029\ufeff",
    "javascript:alert(1)",
    "__proto__",
)


@pytest.fixture(scope="module")
def plain_map(tmp_path_factory):
    """The file of the payload without changes."""
    return saved(tmp_path_factory.mktemp("plain"), payload())


@pytest.fixture(scope="module")
def looked_at(pages, plain_map):
    """The page of that file, opened once for tests that look at it and touch nothing."""
    with pages.lent() as open_file:
        yield open_file(plain_map)


def marker(page, station):
    """The marker of a station by its id."""
    return page.locator(f'[data-station="{station}"]')


def poisoned(payload, text):
    """Put one text wherever the payload holds a text of a person."""
    station = payload["stations"][2]
    station |= {"name": text, "name_ko": text, "name_ru": text, "quality": text, "country": text}
    names = ("wording", "publisher", "window", "url", "gap", "held", "direction")
    station["reports"][0] |= dict.fromkeys(names, text)
    payload["other_reports"] = [dict.fromkeys((*names, "event", "place"), text)]
    payload["beside"] = station["events"][0]["beside"] = text
    payload["shared"] = {"basis": text, "beside": text, "quality": {text: text}}
    station["events"][0]["earliest"] |= {"local": text, "offset": text, "utc": text}
    payload["route"][0] |= {"line": text, "gauge": text}
    payload["marks"][0] |= {"text": text, "kind": text}
    payload["sources"][0] |= {"publisher": text, "title": text, "wording": text, "url": text}
    payload["countries"][0] |= {"name": text}
    payload["attribution"] = [{"text": text, "url": text}]
    return payload | {
        "title": text,
        "subtitle": text,
        "warning": text,
        "notes": [text],
        "assumptions": [text],
        "version": text,
    }


def test_loads_in_silence(looked_at):
    """The page says nothing on the console and asks for nothing but itself."""
    looked_at.page.wait_for_timeout(300)
    assert looked_at.complaints == []
    assert looked_at.requests == []


def test_route_is_drawn_by_gauge(looked_at):
    """Each part of the route has a line of some length in the colour of its gauge."""
    lines = looked_at.page.locator(".leaflet-pane path.journey-track")
    assert lines.count() == 5
    lengths = lines.evaluate_all("lines => lines.map(line => line.getTotalLength())")
    assert min(lengths) > 1
    colours = lines.evaluate_all("lines => lines.map(line => getComputedStyle(line).stroke)")
    assert len(set(colours)) == 3


def test_an_estimated_course_is_no_solid_line(looked_at):
    """It is thinner than the route, dashed, and no casing fills the gaps of the dashes."""
    page = looked_at.page
    styles = page.locator(".leaflet-pane path.journey-track").evaluate_all(
        """lines => lines.map(line => getComputedStyle(line))
            .map(style => [parseFloat(style.strokeWidth), style.strokeDasharray])"""
    )
    (width, dashes), *others = styles
    assert dashes != "none"
    assert all(width <= other / 2 and plain == "none" for other, plain in others)
    assert page.locator(".leaflet-pane path.journey-casing").count() == len(others)
    assert page.locator(".journey-legend .journey-estimated").count() == 1


def test_small_stations_show_where_they_read_as_dots(visit, plain_map):
    """Far off they are there unseen and a press opens them; near by they are seen."""
    page = visit(plain_map).page
    rajin = marker(page, "rajin")
    opacity = "node => getComputedStyle(node).opacity"
    assert (rajin.evaluate(opacity), marker(page, "khasan").evaluate(opacity)) == ("0", "1")
    box = rajin.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 - 9, box["y"] + box["height"] / 2 + 4)
    page.locator(".journey-card h2", has_text="Rajin").wait_for()
    page.locator(".journey-windows").get_by_role("button", name="Khasan").click()
    page.wait_for_timeout(1200)
    assert rajin.evaluate(opacity) == "1"
    assert rajin.bounding_box()["width"] > 6


def test_a_reported_halt_is_seen_from_afar(visit, save_map, make_payload):
    """A small station where something was reported has its dot and its name at every zoom."""
    payload = make_payload()
    payload["stations"][2]["rank"] = 3
    page = visit(save_map(payload)).page
    assert marker(page, "khasan").evaluate("node => getComputedStyle(node).opacity") == "1"
    assert page.locator(".journey-label:not(.journey-hidden)", has_text="Khasan").count() == 1


def test_base_map_lies_beneath(looked_at):
    """Land, lakes and borders are drawn with the style of the page, not Leaflet's blue."""
    page = looked_at.page
    for part in ("sheet", "land", "lake", "border"):
        assert page.locator(f"path.journey-{part}").count() >= 1
    fill = page.locator("path.journey-land").first.evaluate("node => getComputedStyle(node).fill")
    assert fill == "rgb(247, 245, 239)"


def test_every_station_is_there_at_every_zoom(visit, save_map, make_payload):
    """The number of station markers is that of the stations, near and far."""
    payload = make_payload()
    page = visit(save_map(payload)).page
    for _ in range(3):
        assert page.locator("[data-station]").count() == len(payload["stations"])
        page.locator(".leaflet-control-zoom-in").click()
        page.wait_for_timeout(350)


def test_the_first_view_holds_the_route(visit, plain_map):
    """Every station lies inside the window, on a desktop and on a phone, without a movement."""
    for size in ({"width": 1280, "height": 800}, {"width": 360, "height": 640}):
        page = visit(plain_map, viewport=size).page
        boxes = [marker.bounding_box() for marker in page.locator("[data-station]").all()]
        for box in boxes:
            assert 0 <= box["x"] <= size["width"] - box["width"]
            assert 0 <= box["y"] <= size["height"] - box["height"]


def test_popup_shows_names_and_window(visit, plain_map):
    """A click opens a popup with three names in their languages and the window, local and UTC."""
    page = visit(plain_map).page
    marker(page, "khasan").click()
    card = page.locator(".leaflet-popup .journey-card")
    for language, name in (("en", "Khasan"), ("ko", "하싼"), ("ru", "Хасан")):
        assert card.locator(f'[lang="{language}"]').inner_text() == name
    text = card.inner_text()
    for expected in ("km 857.9", "Russia", "Passes", "derived", "Tue 12 Sep 09:00 UTC+9"):
        assert expected in text
    assert re.findall(r"2023-09-12T\d\d:00Z", text) == [
        "2023-09-12T00:00Z",
        "2023-09-12T05:00Z",
        "2023-09-12T10:00Z",
    ]
    assert "early in the morning" in text
    assert "moved to the track" in text


def test_missing_names_are_left_out(visit, plain_map):
    """A station without a Korean name has no empty Korean name."""
    page = visit(plain_map).page
    marker(page, "ussuriysk").click()
    assert page.locator('.journey-card [lang="ko"]').count() == 0
    assert page.locator('.journey-card [lang="ru"]').inner_text() == "Уссурийск"


def test_keyboard_opens_and_closes(visit, plain_map):
    """Enter on a principal station opens its popup; Escape closes it and gives the focus back."""
    page = visit(plain_map).page
    assert marker(page, "khasan").get_attribute("role") == "button"
    marker(page, "khasan").focus()
    page.keyboard.press("Enter")
    assert page.locator(".journey-card h2").inner_text() == "Khasan"
    page.keyboard.press("Escape")
    page.locator(".journey-card").wait_for(state="detached")
    focused = page.evaluate("document.activeElement.getAttribute('data-station')")
    assert focused == "khasan"


def test_table_leads_to_the_station(visit, plain_map):
    """The table lists the principal stations; its buttons fly to one and open its popup."""
    page = visit(plain_map).page
    rows = page.locator(".journey-windows tbody tr")
    assert rows.count() == 4
    assert "Sun 10 Sep 14:00" in " ".join(rows.first.inner_text().split())
    page.locator(".journey-windows").get_by_role("button", name="Ussuriysk").click()
    page.locator(".journey-card h2", has_text="Ussuriysk").wait_for()


def test_the_table_has_a_row_for_each_event(visit, save_map, make_payload):
    """A station with a halt shows its arrival and its departure."""
    payload = make_payload()
    khasan = payload["stations"][2]
    (passing,) = khasan["events"]
    khasan["events"] = [passing | {"event": name} for name in ("arrive", "depart")]
    page = visit(save_map(payload)).page
    rows = page.locator(".journey-windows tbody tr", has_text="Khasan").all_inner_texts()
    arrival, departure = rows
    assert "arrives" in arrival
    assert "departs" in departure
    assert page.locator(".journey-windows tbody tr").count() == 5


@pytest.mark.parametrize("local", ["Tue 12 Sep 03:32 2023", "Tue 12 Sep 03:32", "noon"])
def test_local_times_are_shown_as_given(visit, save_map, make_payload, local):
    """A time with a year at its end, or of another form, stands whole in table and popup."""
    payload = make_payload()
    payload["stations"][2]["events"][0]["central"]["local"] = local
    page = visit(save_map(payload)).page
    cell = page.locator(".journey-windows tr", has_text="Khasan").locator("td.journey-central")
    assert cell.text_content().strip() == local
    marker(page, "khasan").click()
    shown = page.locator(".journey-card .journey-central .journey-local").text_content()
    assert shown == f"{local} UTC+9"


def test_a_contradiction_is_said(visit, save_map, make_payload, warn):
    """The warning stands in the heading apart from the subtitle, the gap below its report."""
    page = visit(save_map(warn(make_payload()))).page
    note = page.locator(".journey-heading").get_by_role("note")
    assert note.inner_text() == "20 h to 26 h later"
    assert note.locator("svg path").count() == 2
    ground = "node => getComputedStyle(node).backgroundColor"
    assert note.evaluate(ground) != page.locator(".journey-heading").evaluate(ground)
    marker(page, "khasan").click()
    gap = page.locator(".journey-card li").get_by_role("note")
    assert gap.inner_text() == "20 h to 26 h later"
    above = page.locator(".journey-card li a").bounding_box()
    assert gap.bounding_box()["y"] >= above["y"] + above["height"] - 1


def test_without_contradiction_there_is_no_warning(visit, save_map, make_payload):
    """A payload whose warning and gap are null or missing shows no note at all."""
    for content in (make_payload(), make_payload(warning=None)):
        page = visit(save_map(content)).page
        marker(page, "khasan").click()
        page.locator(".journey-card").wait_for()
        assert page.get_by_role("note").count() == 0


def test_another_view_stands_beside(visit, save_map, make_payload):
    """In the heading, below each window of the table, and in the popup; without one nowhere."""
    payload = make_payload(beside="Headline: Khabarovsk I on Monday")
    payload["shared"] = {"basis": "as reported", "beside": "Headline", "quality": {"x": "a point"}}
    for station in payload["stations"]:
        station["quality"] = "x"
        del station["events"][0]["basis"]
        station["events"][0]["beside"] = "Mon 11 Sep 03:32 to 09:32 (UTC+9), central 06:32"
    page = visit(save_map(payload)).page
    assert "Headline: Khabarovsk I on Monday" in page.locator(".journey-heading").inner_text()
    told = "Headline: Mon 11 Sep 03:32 to 09:32 (UTC+9), central 06:32"
    rows = page.locator(".journey-windows tbody tr").all_inner_texts()
    assert rows[1::2] == [told] * (len(rows) // 2)
    marker(page, "khasan").click()
    card = page.locator(".journey-card").inner_text()
    assert told in card
    assert "as reported" in card
    assert "Place: a point" in card


def test_reports_of_no_station_are_listed(visit, save_map, make_payload):
    """Where, which way and when, and how likely each is right; without any nothing is offered."""
    other = {
        "event": "pass",
        "place": "Baranovsky to Ussuriysk",
        "direction": "north",
        "window": "Tue 12 Sep 2023 12:05 to 12:25 (UTC+10)",
        "wording": "moving north",
        "publisher": "A news agency",
        "held": "right with a probability of 93 %",
    }
    payload = make_payload(other_reports=[other])
    for station in payload["stations"]:
        del station["reports"]
    page = visit(save_map(payload)).page
    page.get_by_text("Other reports", exact=True).click()
    line = page.locator(".journey-reports li")
    assert "Passes Baranovsky to Ussuriysk north Tue 12 Sep 2023 12:05" in line.inner_text()
    assert "right with a probability of 93 %" in line.inner_text()
    page = visit(save_map(make_payload())).page
    assert page.get_by_text("Other reports", exact=True).count() == 0


def test_sources_with_their_words(visit, save_map, make_payload, warn):
    """A source's wording stands in quotation marks after its title."""
    payload = warn(make_payload(), "Sunday afternoon")
    payload["sources"][0]["title"] = "A journey begins"
    page = visit(save_map(payload)).page
    line = page.locator(".journey-sources li")
    assert line.text_content() == "A news agency: A journey begins Sunday afternoon, 2023-09-12"
    assert line.locator("a").text_content() == "A news agency: A journey begins"
    quotes = line.locator("q").evaluate("node => getComputedStyle(node, '::before').content")
    assert quotes == "open-quote"


def test_no_sources_no_disclosure(visit, save_map, make_payload):
    """Without sources nothing offers to unfold them."""
    page = visit(save_map(make_payload(sources=[]))).page
    assert page.locator(".journey-sources").count() == 0
    assert page.get_by_text("Sources", exact=True).count() == 0


def test_every_mark_explains_itself(visit, save_map, make_payload):
    """Border, gauge, clock and reversal have a symbol, a legend row and a popup."""
    payload = make_payload()
    page = visit(save_map(payload)).page
    marks = page.locator("button.journey-mark")
    assert marks.count() == 4
    assert page.locator(".journey-legend .journey-symbol").count() == 4
    for index, mark in enumerate(payload["marks"]):
        assert marks.nth(index).get_attribute("aria-label") == mark["text"]
        marks.nth(index).dispatch_event("click")
        page.locator(".journey-card", has_text=mark["text"]).wait_for()


@pytest.mark.parametrize("width", [360, 1280])
def test_labels_do_not_overlap(visit, plain_map, width):
    """Principal stations are labelled, and no label or symbol covers another."""
    page = visit(plain_map, viewport={"width": width, "height": 800}).page
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.journey-label, .journey-mark')]
            .filter(node => !node.classList.contains('journey-hidden'))
            .map(node => [node.textContent, node.getBoundingClientRect()])
            .map(([text, box]) => [text, box.left, box.top, box.right, box.bottom])"""
    )
    shown = {box[0] for box in boxes}
    assert {"Pyongyang", "Khasan", "Ussuriysk", "Khabarovsk I"} <= shown
    for index, (_, left, top, right, bottom) in enumerate(boxes):
        for _, other_left, other_top, other_right, other_bottom in boxes[:index]:
            apart = left >= other_right - 0.5 or right <= other_left + 0.5
            assert apart or top >= other_bottom - 0.5 or bottom <= other_top + 0.5


def test_layers_can_be_switched_off(visit, plain_map):
    """The layer control names the five layers, and switching one off takes it away."""
    page = visit(plain_map).page
    page.locator(".leaflet-control-layers-toggle").focus()
    page.keyboard.press("Enter")
    control = page.locator(".leaflet-control-layers-overlays")
    names = [name.strip() for name in control.locator("label").all_inner_texts()]
    assert names == ["Base map", "Route", "Reports", "Stations", "Border, gauge, clock"]
    # Leaflet ignores clicks in the instant the pointer arrives, against double taps.
    control.hover()
    page.wait_for_timeout(200)
    control.get_by_text("Stations").click()
    assert page.locator("[data-station]").count() == 0
    station_names = page.locator(".journey-label:not(.journey-hidden, .journey-country)")
    assert station_names.count() == 0


def test_sources_and_credit_are_in_view(visit, plain_map):
    """Title, note and licence are visible at once; sources unfold; links lead out safely."""
    page = visit(plain_map).page
    assert page.title() == "Pyongyang to Khabarovsk"
    assert page.locator("h1").inner_text() == "Pyongyang to Khabarovsk"
    assert page.locator("html").get_attribute("lang") == "en"
    assert "not a live position" in page.locator(".journey-heading").inner_text()
    assert "OpenStreetMap contributors, ODbL" in page.locator(".journey-credit").inner_text()
    page.get_by_text("Sources", exact=True).click()
    source = page.locator(".journey-sources a")
    assert source.get_attribute("href") == "https://example.org/report"
    assert source.get_attribute("rel") == "noopener noreferrer"
    assert source.get_attribute("target") == "_blank"


@pytest.mark.parametrize("text", EVIL)
def test_data_never_becomes_markup(visit, save_map, make_payload, text):
    """A hostile text in every field is shown as text: nothing runs, nothing breaks."""
    seen = visit(save_map(poisoned(make_payload(), text)))
    page = seen.page
    marker(page, "khasan").dispatch_event("click")
    assert page.locator(".journey-card h2").text_content() == text
    assert page.locator("h1").text_content() == text
    assert page.locator(".journey-heading .journey-warning").text_content() == text
    assert page.locator(".journey-card .journey-warning").text_content() == text
    assert page.locator(".journey-sources q").text_content() == text
    assert page.locator("[data-station]").count() == 6
    assert page.locator("img, iframe, object, .journey-map script").count() == 0
    schemes = page.locator("a[target]").evaluate_all("links => links.map(link => link.protocol)")
    assert set(schemes) == {"https:"}
    page.get_by_text("Sources", exact=True).click()
    assert text in page.locator(".journey-sources li").text_content()
    assert seen.complaints == []
    assert seen.requests == []


def test_a_direction_override_ends_with_its_name(visit, save_map, make_payload):
    """U+202E in a name does not turn the text after it round."""
    payload = make_payload()
    payload["stations"][2]["name"] = "Kha\u202enas"
    page = visit(save_map(payload)).page
    names = page.locator(".journey-label, .journey-windows button, h1, .journey-credit a")
    styles = names.evaluate_all("nodes => nodes.map(node => getComputedStyle(node).unicodeBidi)")
    assert set(styles) <= {"isolate", "plaintext", "isolate-override"}


def test_two_maps_on_one_page(visit, make_payload, tmp_path):
    """Two maps side by side show their own journeys, even where both are the same journey."""
    figure = Figure(width="1200px", height="600px")
    contents = [make_payload(), make_payload(title="Another journey")]
    for index, content in enumerate(contents):
        m = folium.Map(tiles=None, width="48%", left=f"{index * 50}%", position="absolute")
        m.default_js, m.default_css = [], []
        JourneyLayer(content).add_to(m)
        figure.add_subplot(1, 2, index + 1).add_child(m)
    path = tmp_path / "two.html"
    lone = self_contained_map([[39, 125], [49, 135]]).get_root().header.render()
    figure.header.add_child(folium.Element("{% raw %}" + lone + "{% endraw %}"), name="leaflet")
    figure.save(path)
    seen = visit(path)
    assert seen.complaints == []
    assert seen.page.locator("h1").all_inner_texts() == [c["title"] for c in contents]
    assert seen.page.locator("[data-station]").count() == 12


def test_a_layer_on_several_maps_keeps_its_data(make_payload):
    """The same journey on two maps of one page has two data blocks with different names."""
    figure = Figure()
    for _ in range(2):
        m = folium.Map(tiles=None)
        JourneyLayer(make_payload()).add_to(m)
        figure.add_child(m)
    blocks = re.findall(r'type="application/json" id="(\w+)"', figure.render())
    assert len(blocks) == len(set(blocks)) == 2


def read(page):
    """All that stands on a page whose popup of Khasan is open."""
    marker(page, "khasan").click()
    return page.locator("body").inner_text()


@pytest.fixture(scope="module")
def read_in_kiribati(pages, plain_map):
    """What a reader reads where the day begins first."""
    with pages.lent() as open_file:
        return read(open_file(plain_map, timezone_id="Pacific/Kiritimati").page)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York", "Asia/Vladivostok"])
def test_the_reader_clock_changes_nothing(visit, plain_map, read_in_kiribati, zone):
    """Every time is a text of the payload: readers in all time zones see the same."""
    assert read(visit(plain_map, timezone_id=zone, locale="de").page) == read_in_kiribati


def test_a_map_of_the_users_own(visit, make_payload, tmp_path):
    """The layer draws on any folium.Map; markers and popups of Folium work without a network."""
    payload = make_payload()
    m = self_contained_map(payload["bounds"])
    folium.Marker([43, 132], popup="<b>A place</b>", tooltip="here").add_to(m)
    JourneyLayer(payload).add_to(m)
    m.save(tmp_path / "own.html")
    seen = visit(tmp_path / "own.html")
    icon = seen.page.locator("img.leaflet-marker-icon")
    assert icon.evaluate("image => image.naturalWidth") == 25
    icon.dispatch_event("click")
    assert seen.page.locator(".leaflet-popup b").inner_text() == "A place"
    assert seen.page.locator("[data-station]").count() == 6
    assert (seen.complaints, seen.requests) == ([], [])


def test_folium_map_with_its_own_leaflet(visit, make_payload, tmp_path):
    """On a plain folium.Map the page waits for Folium's own Leaflet and adds none of its own."""
    m = folium.Map(tiles=None)
    JourneyLayer(make_payload()).add_to(m)
    text = m.get_root().render()
    assert text.count("leaflet.js") == 1
    assert "Leaflet 1.9" not in text
    local = self_contained_map([[39, 125], [49, 135]]).get_root().header.render()
    link = re.compile(r'<(script src|link rel="stylesheet" href)="https://[^>]*>(</script>)?')
    path = tmp_path / "plain.html"
    path.write_text(link.sub("", text).replace("<head>", f"<head>{local}"), encoding="utf-8")
    seen = visit(path)
    assert seen.complaints == []
    assert seen.page.locator("[data-station]").count() == 6


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(visit, save_map, make_payload, warn, scheme):
    """Text of boxes and warnings reaches a contrast of 4.5 to 1, in light and in dark."""
    page = visit(save_map(warn(make_payload())), color_scheme=scheme).page
    marker(page, "khasan").click()
    colours = page.locator(".journey-box *, .journey-card *").evaluate_all(
        """nodes => nodes.map(node => [getComputedStyle(node).color, getComputedStyle(
            node.closest('.journey-warning, .journey-box, .leaflet-popup-content-wrapper')
        ).backgroundColor])"""
    )
    assert len(colours) > 50
    assert len({ground for _, ground in colours}) == 2
    for text, ground in {tuple(pair) for pair in colours}:
        assert _contrast(text, ground) >= 4.5, (text, ground)


def test_narrow_screens_fold_the_panels(visit, plain_map):
    """On 360 pixels nothing is wider than the screen and the panels are folded."""
    page = visit(plain_map, viewport={"width": 360, "height": 640}).page
    assert page.locator("details[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.locator(".journey-panel > summary").click()
    box = page.locator(".journey-panel").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_print_puts_the_windows_after_the_map(visit, plain_map):
    """Printing adds the unfolded table below the map and takes it away afterwards."""
    page = visit(plain_map).page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".journey-print .journey-windows tbody tr").count() == 4
    assert page.locator(".journey-map").bounding_box()["width"] == 690
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".journey-print").count() == 0
    assert page.locator(".journey-map").bounding_box()["width"] == 1280


def test_without_javascript_a_line_says_what_to_do(visit, save_map, make_payload):
    """A reader without JavaScript sees the title and what to do, both as text."""
    path = save_map(make_payload(title="<b>Journey</b>"))
    page = visit(path, java_script_enabled=False).page
    text = page.locator("noscript").inner_text()
    assert "<b>Journey</b>" in text
    assert "JavaScript" in text


def _contrast(one, other):
    """Contrast ratio of WCAG 2.2 for two opaque CSS colours."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour):
    shares = [int(number) / 255 for number in re.findall(r"\d+", colour)[:3]]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
