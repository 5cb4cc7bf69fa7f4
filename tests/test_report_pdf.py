"""Reports as PDF: tagged, with text that can be selected, and by templates of others."""

from __future__ import annotations

import re
import sys
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import PdfObject

from journey.errors import InputError
from journey.report import pdf_typst
from journey.report.blocks import Paragraph, Report, Section, Table
from journey.report.pdf import TEMPLATE, pdf_of
from journey.report.pdf_data import data_of
from journey.report.widths import widths_of
from tests.report_blocks import HOSTILE, LONG_WORD, WINDOWS, everything

SHORT = Report("Brief", "In short", (Paragraph("It arrives."),), ())
HEAD = '#import "@local/journey:1.0.0": *\n#show: page-of-report\n'
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.fixture(scope="module")
def content():
    """The file of a report with everything in it."""
    return pdf_of(everything())


@pytest.fixture(scope="module")
def document(content):
    """The same, read again."""
    return PdfReader(BytesIO(content))


@pytest.fixture(scope="module")
def texts(document):
    """The text of each page, with one space for any number of them."""
    return [spaced(page.extract_text()) for page in document.pages]


def spaced(text):
    """A text without the places where words may be broken, and lines are."""
    return " ".join(text.replace("\u200b", "").split())


def read(report, template=None):
    """A report as PDF, read again."""
    return PdfReader(BytesIO(pdf_of(report, template)))


def text_of(document):
    """All text of a document."""
    return spaced(" ".join(page.extract_text() for page in document.pages))


def tags_of(document):
    """All elements of the structure, in their order."""

    def walk(element):
        element = element.get_object() if isinstance(element, PdfObject) else element
        if isinstance(element, list):
            for child in element:
                yield from walk(child)
        if isinstance(element, dict):
            if "/S" in element:
                yield element
            yield from walk(element.get("/K", 0))

    return list(walk(document.root_object["/StructTreeRoot"]["/K"]))


def written(tmp_path, text, name="brief.typ"):
    """A template."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def fault_of(template):
    """What is said of a template that cannot be used."""
    with pytest.raises(InputError) as caught:
        pdf_of(SHORT, template)
    (line,) = str(caught.value).splitlines()
    return line.replace(str(template), template.name)


def test_text_can_be_selected(texts):
    """In Latin, Cyrillic and Hangul, and none of it is code."""
    assert "평양 - Хасан" in texts[0]
    assert f"{HOSTILE} bell\ufffd null\ufffd turn\ufffd" in texts[0]
    assert "Note: Two reports contradict each other." in texts[0]
    assert "Departure on Sunday afternoon “Sunday” [reported]" in " ".join(texts)


def test_fonts_are_embedded(document):
    """All of them, and by them the letters have a meaning."""
    fonts = [
        font.get_object()
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert {"JourneySans-Regular", "JourneySans-Bold"} <= {
        font["/BaseFont"].rpartition("+")[2].removesuffix("-Identity-H") for font in fonts
    }
    for font in fonts:
        inner = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(inner)
        assert "/ToUnicode" in font


def test_pdf_is_tagged(document):
    """As PDF/UA-1 asks for: with a title that is shown, and a language."""
    root = document.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_structure(document):
    """Headings, lists, tables with heads, and figures with their alternative texts."""
    tags = tags_of(document)
    names = [tag["/S"] for tag in tags]
    assert names.count("/Table") == 2
    assert names.count("/TH") == 9
    assert names.count("/TR") == 61 + 3
    assert names.count("/LI") == 6
    assert names.count("/H1") == 4
    assert names.count("/Caption") == 4
    alternatives = [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"]
    assert [each for each in alternatives if each.startswith("Figure that")] == [
        "Figure that shows the way of the train",
        "Figure that shows the speed of the train",
    ]


def test_properties(document):
    """Title, author and keywords, and no clock."""
    about = document.metadata
    assert about.title == "Pyongyang to Vostochny, September 2023"
    assert about.author == "journey"
    assert "railway" in about["/Keywords"]
    assert "/CreationDate" not in about


def test_links_lead_to_the_web_alone(document):
    """Anything else is text."""
    notes = [note.get_object() for page in document.pages for note in page.get("/Annots", [])]
    links = [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]
    assert set(links) == {"https://kcna.kp/en/1?a=b&c=d", "http://example.org/%3Cb%3E?q=%22x%22"}
    assert len(notes) == len(links)


def test_outline(document):
    """The headings, to jump to."""
    assert [spaced(each.title) for each in document.outline] == [
        "Arrival windows", "Charts", "What is taken for granted", HOSTILE,
    ]  # fmt: skip


def test_pages(document, texts):
    """A4; numbers on all, the title from the second on, the head of a table on each of its own."""
    pages = len(texts)
    assert [round(float(side) / 72 * 25.4) for side in document.pages[0].mediabox[2:]] == [210, 297]
    for number, text in enumerate(texts, 1):
        assert f"{number} / {pages}" in text
        assert ("Pyongyang to Vostochny, September 2023" in text[:60]) or number == 1
    heads = ["Local name" in text for text in texts]
    assert heads == ["Halt" in text for text in texts]
    assert sum(heads) > 1


def test_captions_are_numbered(texts):
    """Tables above, figures below."""
    told = " ".join(texts)
    assert "Table 1. Arrival windows at every timing point Place Local name" in told
    assert "Figure 1. Train graph" in told
    assert f"Figure 2. {HOSTILE}" in told
    assert f"Table 2. Harm: {HOSTILE}" in told


def test_a_high_figure_fits_on_a_page():
    """With its heading and its caption."""
    section = everything().sections[1]
    figure = section.blocks[0]
    figure.drawing.set_size_inches(4, 12)
    made = read(SHORT._replace(sections=(section._replace(blocks=(figure,)),)))
    assert len(made.pages) == 2
    text = spaced(made.pages[1].extract_text())
    assert "Charts Figure 1. Train graph" in text


def test_charts_are_vectors(document):
    """No pixels."""
    assert not [image for page in document.pages for image in page.images]


def test_words_longer_than_a_line_are_broken(document):
    """In a paragraph and in a cell, none runs off the page, and none loses a letter."""
    for page in (document.pages[0], document.pages[-1]):
        text = page.extract_text().replace("\u200b", "")
        assert LONG_WORD not in text
        assert LONG_WORD in text.replace("\n", "")


def test_same_bytes_twice(content):
    """No clock is read."""
    assert pdf_of(everything()) == content


def test_letters_that_no_font_has():
    """They are shown as boxes, and the file says no more that all of it can be read."""
    made = read(SHORT._replace(title="\u0378 to B"))
    assert made.metadata.title == "\u0378 to B"
    assert "to B" in text_of(made)
    assert b"pdfuaid" not in made.root_object["/Metadata"].get_data()


def test_language_without_region():
    """Any tag will do, and English where it is none."""
    found = {tag: data_of(SHORT._replace(language=tag)) for tag in ("ko", "zh-Hant-TW", "?")}
    assert [(each["lang"], each["region"]) for each in found.values()] == [
        ("ko", None), ("zh", "TW"), ("en", None),
    ]  # fmt: skip


def test_columns_make_room_for_their_words():
    """From those that have room to spare; all together are as wide as before."""
    table = Table("T", ("km", "Name"), (("1,234.5", "a b"),), (True, False), (0.02, 0.98))
    narrow, wide = widths_of(table, 480)
    assert 7 * 0.5 * 8.5 / 480 < narrow < 0.12
    assert narrow + wide == pytest.approx(1)


def test_columns_with_room_stay():
    """As they were asked for, as shares."""
    table = WINDOWS._replace(widths=(28, 16, 8, 16, 16, 16))
    assert widths_of(table, 480) == pytest.approx((0.28, 0.16, 0.08, 0.16, 0.16, 0.16))


def test_columns_too_many_for_the_page():
    """Share what there is."""
    table = Table("T", ("w" * 99,) * 20, (), (False,) * 20, (1.0,) * 20)
    assert widths_of(table, 480) == pytest.approx([0.05] * 20)


def test_our_template_is_one_to_begin_with(tmp_path):
    """A copy of it gives the same report."""
    copy = written(tmp_path, TEMPLATE.read_text(encoding="utf-8"))
    assert text_of(read(everything(), copy)) == text_of(read(everything()))


def test_template_uses_our_blocks_and_its_own_files(tmp_path):
    """And sees the report as data; the folder is left as it was."""
    written(tmp_path, LOGO, "logo.svg")
    written(tmp_path, '#let desk = "The desk"', "desk.typ")
    brief = written(
        tmp_path,
        f'#import "desk.typ": desk\n{HEAD}#image("logo.svg", alt: "Logo")\n#desk: #report.title\n'
        "#for section in report.sections [= #section.heading\n #table-of(section.blocks.first())]",
    )
    section = Section("windows", HOSTILE, (WINDOWS,))
    made = read(SHORT._replace(sections=(section,)), brief)
    assert f"The desk: Brief {HOSTILE} Table 1. Arrival windows" in text_of(made)
    assert [tag["/Alt"] for tag in tags_of(made) if tag["/S"] == "/Figure" and "/Alt" in tag] == [
        "Logo"
    ]
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"{HEAD}#let x = (", "line 3: unclosed delimiter; "),
        (f"{HEAD}\n#foo", "line 4: unknown variable: foo; mend it there"),
        ("hello", "PDF/UA-1 error: missing document title; set the title with"),
        (f'{HEAD}#image("logo.svg")', "line 3: file not found"),
        (f'{HEAD}#read("../secret")', 'line 3: path `"../secret"` would escape'),
        ('#import "desk.typ": *', "desk.typ, line 2: unknown variable: desk; "),
        ('#panic("a\\nb")', "line 1: panicked with: a b; "),
    ],
)
def test_template_with_an_error(tmp_path, text, fault):
    """One line names the file, the line, what is wrong and what to do."""
    written(tmp_path, "\n#desk", "desk.typ")
    assert fault_of(written(tmp_path, text)).startswith(f"brief.typ: {fault}")


@pytest.mark.parametrize("name", ['"@preview/cetz:0.3.0"', '("@pre" + "view/cetz:0.3.0")'])
def test_template_that_would_download(tmp_path, monkeypatch, name):
    """Nothing is, however it is asked for, and whatever the settings of the machine."""
    monkeypatch.setenv("NO_PROXY", "*")
    line = fault_of(written(tmp_path, f"#import {name}: *"))
    assert re.match(r"brief\.typ: line 1: .*packages are not downloaded: put what is needed", line)
    assert "resolve" not in line


def test_template_that_takes_too_long(tmp_path, monkeypatch):
    """It is stopped."""
    monkeypatch.setattr(pdf_typst, "LONGEST_S", 0.01)
    assert "not set within 0.01 s" in fault_of(written(tmp_path, HEAD))


def test_template_that_cannot_be_read(tmp_path):
    """Missing, a folder, or no text."""
    assert fault_of(tmp_path / "no.typ").startswith("no.typ: No such file")
    assert "expected a Typst file" in fault_of(tmp_path)
    (tmp_path / "x.typ").write_bytes(b"\xff")
    assert fault_of(tmp_path / "x.typ").startswith("x.typ: byte 0 is not UTF-8")


def test_missing_library(monkeypatch):
    """One line that names it and how it is installed."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(InputError, match=r"PDF needs typst; .*'journey\[report\]'"):
        pdf_of(SHORT)
