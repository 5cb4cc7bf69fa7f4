"""The map file itself, without a browser: same bytes, small, nothing from outside."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re

import folium
import pytest

from journey.errors import InputError, OutputError
from journey.maps import leaflet
from journey.maps.embed import to_inert_json
from journey.maps.layer import JourneyLayer
from journey.maps.leaflet import leaflet_css, leaflet_js
from journey.maps.page import TILE_HOST, self_contained_map
from tests.browser.conftest import headline_content


def page_of(content, **options):
    """Draw a content on a self-contained map."""
    layer = JourneyLayer(content)
    m = self_contained_map(content["bounds"], title=layer.title, key=layer.digest, **options)
    layer.add_to(m)
    return m


@pytest.fixture(scope="module")
def text():
    """The page of the content without changes."""
    return page_of(headline_content()).get_root().render()


def test_same_content_same_bytes(make_content):
    """Two maps of equal content are equal byte for byte, and so are two renderings of one."""
    one, other = page_of(make_content()), page_of(make_content())
    text = one.get_root().render()
    assert text == other.get_root().render()
    assert text == one.get_root().render()


def test_other_content_other_names(make_content):
    """Maps of different journeys have different names, so they can share a page."""
    names = {page_of(make_content(title=title)).get_name() for title in ("A", "B")}
    assert len(names) == 2


def test_notebook_form(make_content):
    """A notebook gets the whole page in a frame that can neither read nor change the notebook."""
    m = page_of(make_content(title='A "journey" & <b>more</b>'))
    frame = m._repr_html_()
    told = dict(re.findall(r'([a-z]+)="([^"<>]*)"', frame))
    assert re.fullmatch(r'<iframe( [a-z]+="[^"<>]*")+></iframe>', frame)
    title, page, sandbox = (html.unescape(told[name]) for name in ("title", "srcdoc", "sandbox"))
    assert title == 'A "journey" & <b>more</b>'
    assert page == m.get_root().render()
    assert "allow-scripts" in sandbox
    assert "allow-same-origin" not in sandbox


def test_size(text):
    """Leaflet, base map, page, and a journey of 236 stations in one view stay below 460 KB."""
    assert len(text.encode()) < 460_000


def test_no_address_is_loaded(text):
    """No element, style or script of the page names a file or host to load from."""
    assert re.search(r"""<(script|img|iframe|link)[^>]*(src|href)=""", text) is None
    assert re.search(r"url\((?!data:|#)", text) is None
    foreign = r"jquery|bootstrap|font-?awesome|sourceMappingURL"
    assert re.search(foreign, text, re.IGNORECASE) is None


def test_policy_comes_first(text):
    """The Content Security Policy precedes all else in the head and allows no host."""
    head = text[text.index("<head>") + 6 :].lstrip()
    start = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\''
    assert head.startswith(start)
    assert "http" not in head[10 : head.index(">")].replace("http-equiv", "")


@pytest.mark.parametrize("online_tiles", [False, True])
def test_policy_lets_run_the_scripts_of_the_page_alone(make_content, online_tiles):
    """Each by its hash, those of Folium's own parts, too; no other and no other way."""
    m = page_of(make_content(), online_tiles=online_tiles)
    folium.Marker([43, 132], popup="<b>A place</b>").add_to(m)
    text = m.get_root().render()
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == text.count("<script") - text.count('<script type="application/json"')
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}
    assert set(rules["script-src"].split()) == hashes
    assert (rules["base-uri"], rules["form-action"]) == ("'none'", "'none'")


def test_readers_may_zoom_the_page(text):
    """No viewport line keeps readers from enlarging the text."""
    assert "user-scalable" not in text
    assert text.count('name="viewport"') == 1


def test_online_tiles_only_on_request(make_content, text):
    """The tile host stands in the policy and in the map only where it was asked for."""
    assert TILE_HOST not in text
    tiled = page_of(make_content(), online_tiles=True).get_root().render()
    assert f"img-src data: {TILE_HOST};" in tiled
    assert tiled == page_of(make_content(), online_tiles=True).get_root().render()


def test_half_a_character_is_no_reason_to_fail(make_content, tmp_path):
    """What no file can hold is replaced, and the page is written."""
    m = page_of(make_content(title="A \ud800 journey"))
    m.save(tmp_path / "half.html")
    assert "A \ufffd journey" in (tmp_path / "half.html").read_text(encoding="utf-8")


def test_inert_json_round_trip():
    """No character of markup is left in the block, and a parser reads the same data back."""
    data = {"b": "</script><!--&\u2028\u2029 \ud800 C:\\2019", "a": [1.23456789, (2, None)]}
    text = to_inert_json(data)
    assert re.search("[<>&\u2028\u2029\ud800]", text) is None
    assert json.loads(text) == {"b": data["b"], "a": [1.2346, [2, None]]}
    assert text.index('"a"') < text.index('"b"')


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_what_json_cannot_say(value):
    """A number that is not finite, or a foreign object, is refused in one line."""
    with pytest.raises(InputError, match="map payload") as caught:
        to_inert_json({"km": value})
    assert "\n" not in str(caught.value)


def test_foreign_content(make_content):
    """A content of another schema is refused by name."""
    with pytest.raises(InputError, match=r"journey\.map/1"):
        JourneyLayer(make_content(schema="journey.map/1"))


def test_layer_without_a_map(make_content):
    """A layer that stands on no map says how to add it."""
    with pytest.raises(InputError, match="add_to"):
        JourneyLayer(make_content()).render()


def test_leaflet_is_whole():
    """Leaflet's images are inside its style sheet and its default marker has an icon."""
    assert "url(images/" not in leaflet_css()
    assert leaflet_css().count("data:image/png;base64,") == 3
    assert "iconUrl" in leaflet_js()
    assert "</script" not in leaflet_js()


def test_leaflet_keeps_its_licence(text):
    """The whole licence stands before Leaflet's script, in a comment of every page."""
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


def test_folium_keeps_its_own_assets(make_content):
    """A self-contained map changes nothing for maps made later with folium.Map."""
    page_of(make_content()).get_root().render()
    assert "leaflet" in folium.Map().get_root().render()
    assert folium.Map.default_js
