"""A report as HTML, as a part of a page, and as Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
import yaml
from markdown_it import MarkdownIt

from journey.errors import InputError, OutputError
from journey.report import write_report
from journey.report.blocks import Item
from journey.report.html import fragment_of, html_of
from journey.report.markdown import markdown_of
from journey.report.plain import address_of
from tests.report_blocks import HOSTILE, everything

VOID = {"meta", "img", "col", "br", "hr"}


class Reader(HTMLParser):
    """What a page has: its elements with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.text, self.open = [], "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Take note of an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Take note of an element that has no end of its own."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """Elements end in the order in which they are open."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Take note of text."""
        if not self.open or self.open[-1] != "style":
            self.text += data

    def every(self, tag):
        """The attributes of all elements of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def spaced(text):
    """Text with single spaces."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def report():
    """One with everything in it."""
    return everything()


@pytest.fixture(scope="module")
def page(report):
    """As one file."""
    return html_of(report)


@pytest.fixture(scope="module")
def read(page):
    """The same, parsed."""
    return Reader(page)


def test_a_page_has_every_text_and_no_markup_of_data(read, report):
    """Whatever stands in it is text; elements are those of the template alone."""
    assert read.open == []
    assert spaced(HOSTILE) in spaced(read.text)
    allowed = {
        *("html", "head", "meta", "title", "style", "body", "main", "header", "h1", "h2", "p"),
        *("div", "section", "ul", "li", "a", "q", "span", "strong", "table", "caption"),
        *("colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure", "img", "figcaption"),
    }
    assert {name for name, _ in read.elements} <= allowed
    for section in report.sections:
        assert spaced(section.heading) in spaced(read.text)


def test_a_page_loads_nothing_and_runs_nothing(page, read):
    """Images are in it, links lead to the web alone, and its policy forbids the rest."""
    assert "<script" not in page
    assert all(each["src"].startswith("data:image/svg+xml;base64,") for each in read.every("img"))
    assert all(each["href"].startswith(("http://", "https://")) for each in read.every("a"))
    assert not re.search(r"\son\w+=", re.sub(r'"[^"]*"', '""', page))
    policy = next(each["content"] for each in read.every("meta") if "http-equiv" in each)
    assert policy.startswith("default-src 'none'")
    assert "script" not in policy


def test_a_page_says_what_it_is_to_those_who_cannot_see_it(read, report):
    """Alternative texts, captions, heads of columns, headings in order, language."""
    assert all(each["alt"] for each in read.every("img"))
    assert len(read.every("caption")) == len(read.every("table"))
    assert all(each["scope"] == "col" for each in read.every("th"))
    assert read.every("html")[0]["lang"] == report.language
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_addresses_in_other_scripts_are_written_as_browsers_ask_for_them():
    """The host by its own rule, the rest in per cent signs."""
    item = Item("x", url="https://한국.example/평양?a=1&b=2#c")
    assert address_of(item) == ("https://xn--3e0b707e.example/%ED%8F%89%EC%96%91?a=1&b=2#c")


def test_a_fragment_leaves_its_page_alone(report):
    """Its styles name what is below it alone, and it is one element."""
    text = fragment_of(report)
    (style,) = re.findall(r"<style>(.*?)</style>", text, flags=re.DOTALL)
    rules = re.sub(r"@media print \{|^\}$", "", style, flags=re.MULTILINE)
    selectors = [each for rule in re.findall(r"([^{}]+)\{", rules) for each in rule.split(",")]
    assert all(each.strip().startswith(".journey-report") for each in selectors)
    assert "<html" not in text
    assert Reader(text).every("section")[0]["class"] == "journey-report"


@pytest.fixture(scope="module")
def markdown(report):
    """The Markdown, and its images."""
    return markdown_of(report, "brief_images")


def test_markdown_has_images_beside_it(markdown):
    """As many as there are figures."""
    text, images = markdown
    named = re.findall(r"\]\(<brief_images/([^>]+)>\)", text)
    assert named == list(images)
    assert all(image.startswith(b"\x89PNG") for image in images.values())


def test_markdown_is_read_as_it_was_meant(markdown, report):
    """By another library: tables have their rows, and nothing of data is markup."""
    text, _ = markdown
    body = text.split("---\n", 2)[2]
    read = Reader(MarkdownIt("commonmark", {"html": True}).enable("table").render(body))
    assert spaced(HOSTILE) in spaced(read.text)
    expected = [
        block
        for section in report.sections
        for block in section.blocks
        if type(block).__name__ == "Table"
    ]
    assert len(read.every("table")) == len(expected)
    assert len(read.every("tr")) == sum(len(each.rows) + 1 for each in expected)
    allowed = {"h2", "p", "strong", "em", "ul", "li", "a", "img", "table", "thead", "tbody"}
    assert {name for name, _ in read.elements} <= allowed | {"tr", "th", "td", "blockquote"}
    assert all(each["href"].startswith(("http://", "https://")) for each in read.every("a"))


def test_the_head_of_markdown_is_plain_text_too(report):
    """YAML that is read as it was meant; Pandoc takes its texts for Markdown."""
    text, _ = markdown_of(report._replace(title='<b>*"평양"*</b>: [x](y) $1$'), "a>b #1_images")
    head = yaml.safe_load(text.split("---\n", 2)[1])
    assert head["lang"] == report.language
    read = Reader(MarkdownIt("commonmark", {"html": True}).render(head["title"]))
    assert read.text.strip() == '<b>*"평양"*</b>: [x](y) $1$'
    assert [name for name, _ in read.elements] == ["p"]
    assert "](<a%3Eb%20%231_images/graph.png>)" in text


def test_markdown_and_its_images_are_written_together_or_not_at_all(report, tmp_path):
    """An older report stays whole where a new one cannot be written."""
    path = write_report(report, tmp_path / "brief.md")
    before = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    assert len(before) == 3
    other = report._replace(title="Another")
    (tmp_path / "taken_images").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="not a folder"):
        write_report(other, tmp_path / "taken.md")
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(OutputError, match="not a regular file"):
        write_report(other, tmp_path / "folder.md")
    assert {each.name for each in tmp_path.iterdir()} == {
        *("brief.md", "brief_images", "taken_images", "folder.md")
    }
    assert all(each.read_bytes() == content for each, content in before.items())
    write_report(other, path)
    assert "Another" in path.read_text(encoding="utf-8")


def test_the_same_report_gives_the_same_bytes(page, markdown):
    """Charts too."""
    assert html_of(everything()) == page
    assert markdown_of(everything(), "brief_images") == markdown


def test_a_template_can_change_a_part(report, tmp_path):
    """It extends the own one, and may include files beside itself."""
    (tmp_path / "line.html").write_text("<p>From our desk</p>", encoding="utf-8")
    template = tmp_path / "report.html"
    template.write_text(
        '{% extends "journey/report.html" %}'
        '{% block heading %}<h1>{{ report.title }}</h1>{% include "line.html" %}{% endblock %}',
        encoding="utf-8",
    )
    text = html_of(report, template)
    assert "<p>From our desk</p>" in text
    assert len(Reader(text).every("table")) == len(Reader(html_of(report)).every("table"))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% block %}", "line 1: "),
        ("fine\n{{ report.nothing }}", "line 2: .*no attribute 'nothing'"),
        ("fine\n\n{{ nothing }}", "line 3: 'nothing' is undefined"),
        ('{% extends "other.html" %}', "there is no template 'other.html'"),
        ("{{ report.title.__class__.__mro__ }}", "unsafe"),
        ("{{ 1 / 0 }}", "division by zero"),
        ('{% extends "journey/report.md" %}', "line 1: it extends 'journey/report.md', not"),
        (
            '{% extends "journey/report.html" %}\n{% block headng %}{% endblock %}',
            "line 2: block 'headng': expected one of body, footer, heading, sections, style, summ",
        ),
    ],
)
def test_a_template_with_an_error_is_one_line(report, tmp_path, template, said):
    """With file, line and remedy; the file that stood there before still does."""
    path = tmp_path / "mine.html"
    path.write_text(template, encoding="utf-8")
    kept = tmp_path / "kept.html"
    kept.write_text("before", encoding="utf-8")
    with pytest.raises(InputError, match=said) as told:
        write_report(report, kept, template=path)
    assert str(told.value).startswith(str(path))
    assert 'extends "journey/report.html"' in str(told.value)
    assert "\n" not in str(told.value)
    assert kept.read_text(encoding="utf-8") == "before"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_template_that_is_not_there_is_one_line(report, tmp_path):
    """Or no text."""
    with pytest.raises(InputError, match=r"none\.html: No such file"):
        html_of(report, tmp_path / "none.html")
