"""Reports as DOCX: real headings, lists, tables, captions, links and alternative texts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm, Mm
from pypdf import PdfReader

from journey.errors import InputError
from journey.report.blocks import Paragraph, Report, Section, Table
from journey.report.docx import docx_of
from tests.report_blocks import HARM, HOSTILE, WINDOWS, everything

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
SHORT = Report("Brief", "In short", (Paragraph("It arrives."),), ())


@pytest.fixture(scope="module")
def content():
    """The file of a report with everything in it."""
    return docx_of(everything())


@pytest.fixture(scope="module")
def document(content):
    """The same, read again."""
    return docx.Document(BytesIO(content))


def styled(document, style):
    """The texts of the paragraphs of a style."""
    return [each.text for each in document.paragraphs if each.style.name == style]


def is_on(element, path):
    """Whether there is something at a path."""
    return bool(element.xpath(path))


def template(tmp_path, change=None):
    """A template of python-docx with a header, text and a page of its own."""
    made = docx.Document()
    made.add_paragraph("Text of the template")
    made.sections[0].header.paragraphs[0].text = "The desk"
    made.sections[0].page_width = Mm(200)
    made.styles["Title"].font.name = "Georgia"
    if change:
        change(made)
    made.save(tmp_path / "house.docx")
    return tmp_path / "house.docx"


def without_style(name):
    """A change that takes a style away."""
    return lambda made: made.styles[name].delete()


def test_headings_are_headings(document):
    """The title, the subtitle, and a heading for each section, in styles of Word's own."""
    assert styled(document, "Title") == ["Pyongyang to Vostochny, September 2023"]
    assert styled(document, "Subtitle") == ["A simulated journey: 평양 - Хасан"]
    headings = ["Arrival windows", "Charts", "What is taken for granted", HOSTILE]
    assert styled(document, "Heading 1") == headings


def test_texts_are_texts(document):
    """What looks like markup is shown, and what XML cannot hold is U+FFFD."""
    told = styled(document, "Normal")[1]
    assert told.startswith(HOSTILE)
    assert "bell\ufffd null\ufffd turn\ufffd surrogate\ufffd none\ufffd line end" in told


def test_a_warning_says_so(document):
    """Not by its looks alone."""
    assert styled(document, "Note") == ["Note: Two reports contradict each other."]
    looks = document.styles["Note"].element
    assert is_on(looks, "w:pPr/w:pBdr/w:left")


def test_tables_are_tables(document):
    """Every cell is there; the head is repeated, and no row is torn apart."""
    table = document.tables[0]._tbl
    cells = [
        ["".join(cell.xpath(".//w:t/text()")) for cell in row.xpath("w:tc")]
        for row in table.xpath("w:tr")
    ]
    assert cells == [list(row) for row in (WINDOWS.head, *WINDOWS.rows)]
    heads = [is_on(row, "w:trPr/w:tblHeader") for row in table.xpath("w:tr")]
    assert heads == [True] + [False] * 60
    assert all(is_on(row, "w:trPr/w:cantSplit") for row in table.xpath("w:tr"))
    assert document.tables[0].style.name == "Table"


def test_columns_have_their_widths(document):
    """The shares that were asked for, within the margins; figures are aligned to the right."""
    table = document.tables[0]._tbl
    widths = [int(width) for width in table.xpath("w:tblGrid/w:gridCol/@w:w")]
    assert sum(widths) == pytest.approx(Cm(17).twips, abs=6)
    assert widths[0] > widths[3] > widths[2]
    aligned = table.xpath("w:tr[2]/w:tc/w:p/w:pPr[w:jc/@w:val='right']")
    assert len(aligned) == 4


def test_a_row_longer_than_a_page_may_break():
    """Or its end would not be printed."""
    table = Table("Long", ("Text",), (("word " * 1000,),), (False,), (1.0,))
    section = Section("long", "Long", (table,))
    made = docx.Document(BytesIO(docx_of(SHORT._replace(sections=(section,)))))
    rows = made.tables[0]._tbl.xpath("w:tr")
    assert [is_on(row, "w:trPr/w:cantSplit") for row in rows] == [True, False]


def test_captions_are_numbered_by_fields(document):
    """With the results in them, so that they can be read before they are computed anew."""
    assert [each.style.name for each in document.paragraphs].count("Caption") == 4
    body = document.element.body
    codes = [code.split()[:2] for code in body.xpath(".//w:fldSimple/@w:instr")]
    said = list(zip(codes, body.xpath(".//w:fldSimple/w:r/w:t/text()"), strict=True))
    assert said == [
        (["SEQ", "Table"], "1"),
        (["SEQ", "Figure"], "1"),
        (["SEQ", "Figure"], "2"),
        (["SEQ", "Table"], "2"),
    ]


def test_figures_have_alternative_texts(document):
    """And are as wide as the text."""
    shapes = document.inline_shapes
    about = [shape._inline.docPr for shape in shapes]
    assert [each.get("descr") for each in about] == [
        "Figure that shows the way of the train",
        "Figure that shows the speed of the train",
    ]
    assert [each.get("title") for each in about] == ["Train graph", HOSTILE]
    assert len({each.get("id") for each in about}) == 2
    assert all(shape.width == pytest.approx(Cm(17), rel=1e-3) for shape in shapes)
    assert all(shape._inline.get("distL") == "0" for shape in shapes)


def test_a_high_figure_fits_on_a_page():
    """With its caption, and not distorted."""
    report = everything()
    figure = report.sections[1].blocks[0]
    figure.drawing.set_size_inches(4, 12)
    section = report.sections[1]._replace(blocks=(figure,))
    made = docx.Document(BytesIO(docx_of(SHORT._replace(sections=(section,)))))
    (shape,) = made.inline_shapes
    assert shape.height < 0.9 * Cm(25.7)
    assert shape.height / shape.width == pytest.approx(3, rel=0.01)


def test_links_lead_to_the_web_alone(document):
    """In ASCII; anything else is text."""
    items = [each for each in document.paragraphs if each.style.name == "List Bullet"]
    assert [each.text for each in items] == [
        "Departure on Sunday afternoon “Sunday” [reported]",
        "Average speed of 59 km/h [assumed]",
        'Arrival at 하산 “it is "there"” [derived]',
        "A trap [reported]",
        HOSTILE,
        "Elsewhere",
    ]
    links = [link.address for each in items for link in each.hyperlinks]
    assert links == ["https://kcna.kp/en/1?a=b&c=d", "http://example.org/%3Cb%3E?q=%22x%22"]


def test_list_has_bullets(document):
    """Of a list that the document knows."""
    number = document.styles["List Bullet"].element.xpath("w:pPr/w:numPr/w:numId/@w:val")
    known = document.part.numbering_part.element.xpath("w:num/@w:numId")
    assert len(number) == 1
    assert number[0] in known


def test_page_and_language(document):
    """A4 with margins of 2 cm, page numbers, and a language for each script."""
    page = document.sections[0]
    size = (page.page_width, page.page_height, page.left_margin, page.bottom_margin)
    assert [round(each.mm) for each in size] == [210, 297, 20, 20]
    fields = page.footer._element.xpath(".//w:fldSimple/@w:instr")
    assert [each.strip() for each in fields] == ["PAGE", "NUMPAGES"]
    (language,) = document.styles.element.xpath("w:docDefaults//w:lang")
    assert language.get(qn("w:val")) == "en-GB"
    assert language.get(qn("w:eastAsia")) == "ko-KR"
    (fonts,) = document.styles.element.xpath("w:docDefaults//w:rFonts")
    assert fonts.get(qn("w:eastAsia")) == "Malgun Gothic"


def test_properties(document):
    """Nothing of the machine, and no clock."""
    about = document.core_properties
    assert about.title == "Pyongyang to Vostochny, September 2023"
    assert (about.author, about.last_modified_by, about.language) == ("journey", "journey", "en-GB")
    assert about.revision == 1
    assert about.created == about.modified
    assert about.created.year == 2000


def test_same_bytes_twice(content):
    """No clock is read, also not by the archive."""
    assert docx_of(everything()) == content
    with ZipFile(BytesIO(content)) as package:
        assert {part.date_time[0] for part in package.infolist()} == {1980}


def test_template_gives_page_header_and_styles(tmp_path):
    """But none of its text."""
    made = docx.Document(BytesIO(docx_of(SHORT, template(tmp_path))))
    assert [each.text for each in made.paragraphs] == ["Brief", "In short", "It arrives."]
    assert made.sections[0].header.paragraphs[0].text == "The desk"
    assert made.sections[0].page_width.mm == pytest.approx(200, abs=0.1)
    assert made.styles["Title"].font.name == "Georgia"
    assert made.core_properties.title == "Brief"


def test_template_needs_not_all_styles(tmp_path):
    """What it has not is added, the bullets of lists too."""
    made = docx.Document(
        BytesIO(docx_of(everything(), template(tmp_path, without_style("List Bullet"))))
    )
    assert {"List Bullet", "Note", "Table Text", "Table"} <= {each.name for each in made.styles}
    number = made.styles["List Bullet"].element.xpath("w:pPr/w:numPr/w:numId/@w:val")
    numbering = made.part.numbering_part.element
    assert number[0] in numbering.xpath("w:num/@w:numId")
    assert not numbering.xpath("w:num/following-sibling::w:abstractNum")
    base = made.styles["Table Text"].base_style
    assert base.name == "Normal"


def test_template_without_lists(tmp_path):
    """The document is given a part for them."""

    def bare(made):
        made.styles["List Bullet"].delete()
        (key,) = (key for key, to in made.part.rels.items() if to.reltype.endswith("/numbering"))
        del made.part.rels[key]

    made = docx.Document(BytesIO(docx_of(everything(), template(tmp_path, bare))))
    assert made.part.numbering_part.element.xpath("w:num/@w:numId") == ["1"]


def test_template_with_a_style_of_another_type(tmp_path):
    """One line says which, and what to do."""

    def change(made):
        made.styles["Caption"].delete()
        made.styles.add_style("Caption", docx.enum.style.WD_STYLE_TYPE.CHARACTER)

    with pytest.raises(InputError, match=r"house\.docx: its style 'caption' .* rename it$"):
        docx_of(SHORT, template(tmp_path, change))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"<html>"])
def test_template_that_is_none(tmp_path, content):
    """One line, whatever it is."""
    (tmp_path / "x.docx").write_bytes(content)
    with pytest.raises(InputError, match=r"x\.docx: not a DOCX file; expected .*\Z"):
        docx_of(SHORT, tmp_path / "x.docx")


def test_template_that_is_another_archive(tmp_path):
    """Such as a file of a spreadsheet."""
    with ZipFile(tmp_path / "x.docx", "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(InputError, match=r"x\.docx: not a DOCX file"):
        docx_of(SHORT, tmp_path / "x.docx")


def test_template_that_is_not_there(tmp_path):
    """One line too."""
    with pytest.raises(InputError, match=r"x\.docx: No such file"):
        docx_of(SHORT, tmp_path / "x.docx")


def test_missing_library(monkeypatch):
    """One line that names it and how it is installed."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(InputError, match=r"DOCX needs python-docx; .*'journey\[report\]'"):
        docx_of(SHORT)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.long
def test_an_office_opens_it(tmp_path, content):
    """And shows all of it."""
    (tmp_path / "report.docx").write_bytes(content)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = [OFFICE, home, "--headless", "--convert-to", "pdf", "report.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pages = PdfReader(tmp_path / "report.pdf").pages
    told = " ".join(" ".join(page.extract_text() for page in pages).split())
    for text in (
        "Хасан",
        "평양",
        "Halt 59",
        "Figure 2. #import",
        HARM.head[2],
        "Note: Two reports",
    ):
        assert text in told
    assert sum("Local name" in page.extract_text() for page in pages) > 1
