"""The map file itself, without a browser: same bytes, small, nothing from outside."""

from __future__ import annotations

import json
import re

import folium
import pytest

from journey.errors import InputError, OutputError
from journey.maps import leaflet
from journey.maps.embed import pack_geometry, to_inert_json
from journey.maps.layer import JourneyLayer
from journey.maps.leaflet import leaflet_css, leaflet_js
from journey.maps.page import TILE_HOST, self_contained_map


def page_of(payload, **options):
    """Draw a payload on a self-contained map."""
    layer = JourneyLayer(payload)
    m = self_contained_map(payload["bounds"], title=layer.title, key=layer.digest, **options)
    layer.add_to(m)
    return m


def test_same_payload_same_bytes(make_payload):
    """Two maps of equal content are equal byte for byte, and so are two renderings of one."""
    one, other = page_of(make_payload()), page_of(make_payload())
    text = one.get_root().render()
    assert text == other.get_root().render()
    assert text == one.get_root().render()


def test_other_payload_other_names(make_payload):
    """Maps of different journeys have different names, so they can share a page."""
    names = {page_of(make_payload(title=title)).get_name() for title in ("A", "B")}
    assert len(names) == 2


def test_notebook_form(make_payload):
    """A notebook gets the whole page in a frame."""
    frame = page_of(make_payload())._repr_html_()
    assert frame.startswith("<div")
    assert "srcdoc" in frame
    assert "journey.map/1" in frame


def test_size(make_payload):
    """Leaflet, base map and page together stay below 350 KB without the stations of a journey."""
    assert len(page_of(make_payload()).get_root().render().encode()) < 350_000


def test_no_address_is_loaded(make_payload):
    """No element, style or script of the page names a file or host to load from."""
    text = page_of(make_payload()).get_root().render()
    assert re.search(r"""<(script|img|iframe|link)[^>]*(src|href)=""", text) is None
    assert re.search(r"url\((?!data:|#)", text) is None
    foreign = r"jquery|bootstrap|font-?awesome|sourceMappingURL"
    assert re.search(foreign, text, re.IGNORECASE) is None


def test_policy_comes_first(make_payload):
    """The Content Security Policy precedes all else in the head and allows no host."""
    text = page_of(make_payload()).get_root().render()
    head = text[text.index("<head>") + 6 :].lstrip()
    start = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\''
    assert head.startswith(start)
    assert "http" not in head[10 : head.index(">")].replace("http-equiv", "")


def test_readers_may_zoom_the_page(make_payload):
    """No viewport line keeps readers from enlarging the text."""
    text = page_of(make_payload()).get_root().render()
    assert "user-scalable" not in text
    assert text.count('name="viewport"') == 1


def test_online_tiles_only_on_request(make_payload):
    """The tile host stands in the policy and in the map only where it was asked for."""
    assert TILE_HOST not in page_of(make_payload()).get_root().render()
    text = page_of(make_payload(), online_tiles=True).get_root().render()
    assert f"img-src data: {TILE_HOST};" in text
    assert text == page_of(make_payload(), online_tiles=True).get_root().render()


def test_inert_json_round_trip():
    """No character of markup is left in the block, and a parser reads the same data back."""
    data = {"b": "</script><!--&\u2028\u2029 \ud800 C:\\2019", "a": [1.23456789, (2, None)]}
    text = to_inert_json(data)
    assert re.search("[<>&\u2028\u2029\ud800]", text) is None
    assert json.loads(text) == {"b": data["b"], "a": [1.2346, [2, None]]}
    assert text.index('"a"') < text.index('"b"')


def test_packed_geometry():
    """Each ring is a list of steps in thousandths of a degree, and nothing is lost in between."""
    ring = [[130.001, 42.0], [130.003, 41.998], [129.999, 42.0]]
    packed = pack_geometry({"type": "MultiPolygon", "coordinates": [[ring]]})
    assert packed == {"type": "MultiPolygon", "packed": [[[130001, 42000, 2, -2, -4, 2]]]}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_what_json_cannot_say(value):
    """A number that is not finite, or a foreign object, is refused in one line."""
    with pytest.raises(InputError, match="map payload") as caught:
        to_inert_json({"km": value})
    assert "\n" not in str(caught.value)


def test_foreign_payload(make_payload):
    """A payload of another schema is refused by name."""
    with pytest.raises(InputError, match=r"journey\.map/2"):
        JourneyLayer(make_payload(schema="journey.map/2"))


def test_layer_without_a_map(make_payload):
    """A layer that stands on no map says how to add it."""
    with pytest.raises(InputError, match="add_to"):
        JourneyLayer(make_payload()).render()


def test_leaflet_is_whole():
    """Leaflet's images are inside its style sheet and its default marker has an icon."""
    assert "url(images/" not in leaflet_css()
    assert leaflet_css().count("data:image/png;base64,") == 3
    assert "iconUrl" in leaflet_js()
    assert "</script" not in leaflet_js()


def test_leaflet_keeps_its_licence(make_payload):
    """The whole licence stands before Leaflet's script, in a comment of every page."""
    text = page_of(make_payload()).get_root().render()
    comment = text[text.index("/*\nBSD 2-Clause License") :].partition("*/")[0]
    for words in ("Volodymyr Agafonkin", "CloudMade", "1. Redistributions", "2. Redistributions"):
        assert words in comment
    assert comment.rstrip().endswith("POSSIBILITY OF SUCH DAMAGE.")
    assert text.index(comment) < text.index("Leaflet 1.9")


def test_leaflet_is_missing(monkeypatch):
    """Without the package the message names it and the command that installs it."""
    monkeypatch.setattr(leaflet, "_PACKAGE", "no_such_package")
    with pytest.raises(OutputError, match=r"pip install --force-reinstall xstatic-leaflet"):
        leaflet_js()


def test_folium_keeps_its_own_assets(make_payload):
    """A self-contained map changes nothing for maps made later with folium.Map."""
    page_of(make_payload()).get_root().render()
    assert "leaflet" in folium.Map().get_root().render()
    assert folium.Map.default_js
