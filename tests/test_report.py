"""What a report says: the same as every other output, in words, tables and figures."""

from __future__ import annotations

import re
import sys

import pytest
from docx import Document
from pypdf import PdfReader

import journey
from journey.cli import run
from journey.errors import OutputError
from journey.report import FORMATS, find, report_of, write_report
from journey.report.blocks import Figure, Items, Paragraph, Table, unbroken
from journey.report.plain import plain_text
from journey.report.summary import summary_of
from journey.sightings.checked import Checked
from tests.conftest import make_scenario
from tests.report_blocks import everything
from tests.test_report_html import Reader, spaced

SECTIONS = [
    *("map", "windows", "graph", "speed", "what-if", "evidence", "claims", "destinations"),
    *("assumptions", "method", "unshown", "sources", "made"),
]


def blocks(report, kind):
    """All blocks of a kind."""
    return [each for part in report.sections for each in part.blocks if isinstance(each, kind)]


def section(report, id_):
    """One of its parts."""
    return next(each for each in report.sections if each.id == id_)


@pytest.fixture(scope="module")
def found(network):
    """What is found of the bundled scenario."""
    return find(journey.load_scenario("vostochny-2023"), network)


@pytest.fixture(scope="module")
def report(found):
    """The bundled report."""
    return report_of(found)


@pytest.fixture(scope="module")
def written(report, tmp_path_factory):
    """The bundled report in every format."""
    folder = tmp_path_factory.mktemp("report")
    return {name: write_report(report, folder / f"brief{end}") for name, end in FORMATS.items()}


def test_every_part_is_there(report):
    """In order; none is empty."""
    assert [each.id for each in report.sections] == SECTIONS
    assert all(each.blocks for each in report.sections)
    assert all(each.rows for each in blocks(report, Table))
    assert all(each.items for each in blocks(report, Items))
    assert all(each.text.strip() for each in blocks(report, Paragraph))


def test_tables_are_whole(report):
    """As many cells in each row as there are columns, and none of them empty."""
    for table in blocks(report, Table):
        width = len(table.head)
        assert {len(row) for row in table.rows} == {width}
        assert len(table.figures) == len(table.widths) == width
        assert sum(table.widths) == pytest.approx(1)
        assert all(cell for row in table.rows for cell in row)


def test_the_summary_can_be_quoted(report, found):
    """When it arrives in both views, what contradicts that, what this is not."""
    said = [each.text for each in report.summary]
    windows = found.view.ensemble.windows()
    when = windows.in_words("Vostochny").replace("September (", "September 2023 (")
    assert (
        said[0] == f"Worked out from the reports, the train arrives at Vostochny Cosmodrome {when}."
    )
    assert said[2].endswith("; assuming 59 km/h and no long halt.")
    assert said[-1].startswith(
        "This is a simulation from published, dated reports and stated assumptions: 13 reports "
        "taken in (5 with less than an even chance of being right). It is not a live position"
    )
    assert next(each.text for each in report.summary if each.warning).startswith(
        "Reports contradict the headline: "
    )
    assert "It is not a live position and follows nobody." in said[-1]


def test_the_windows_are_those_of_the_ensemble(report, found):
    """In the local clock with its offset, and in UTC, as `journey windows` has them."""
    table = next(each for each in section(report, "windows").blocks if isinstance(each, Table))
    row = next(row for row in table.rows if row[1] == "Khasan (Хасан), arrive")
    assert row == (
        *("857.9", "Khasan (Хасан), arrive"),
        *map(unbroken, ("Tue 12 Sep 05:55", "Tue 12 Sep 06:00", "Tue 12 Sep 06:05")),
        "UTC+10",
        "Mon 19:55-20:05",
    )
    assert len(table.rows) == len(found.principal)


def test_every_report_has_a_verdict(report, found):
    """With its probability of being right as the map has it, and a reason."""
    table = next(each for each in section(report, "evidence").blocks if isinstance(each, Table))
    assert len(table.rows) == len(found.view.ensemble.evidence.taken)
    assert {row[4] for row in table.rows} == {"consistent", "contradicted"}
    kcna = next(row for row in table.rows if "05:55 to 06:05" in row[0])
    assert kcna[:2] == (
        "Khasan: arrive Tue 12 Sep 2023 05:55 to 06:05 (UTC+10)",
        "KCNA, trust 85 %",
    )
    right = {each.sighting.said: each.right for each in found.view.ensemble.evidence.taken}
    for each in found.checked.reports:
        assert each.report.right == pytest.approx(right[each.report.sighting.said], abs=1e-9)


def test_what_is_varied_is_told(report):
    """The headline as it stands, and speeds by stands where the gauge changes."""
    table = next(each for each in section(report, "what-if").blocks if isinstance(each, Table))
    assert table.head[:2] == ("Speed, km/h", "Halt at Khasan, h:mm")
    assert table.rows[0] == (
        *("as it stands", "as it stands"),
        *map(unbroken, ("Tue 12 Sep 07:18", "Tue 12 Sep 10:18", "Tue 12 Sep 13:18", "0 min")),
    )
    assert len(table.rows) == 1 + 5 * 4


def test_figures_say_what_they_show(report):
    """Captions, and alternatives with numbers; ids of letters and hyphens."""
    figures = blocks(report, Figure)
    assert [each.id for each in figures] == ["way", "windows", "train-graph", "speed", "what-if"]
    assert all(re.search(r"\d", each.alternative) for each in figures)
    assert len({each.caption for each in figures}) == len(figures)


def test_sources_are_linked(report):
    """Each with its publisher, and licences with theirs."""
    (sources,) = section(report, "sources").blocks
    assert any(each.url and each.text.startswith("RIA") for each in sources.items)
    (made,) = section(report, "made").blocks
    assert any("OpenStreetMap" in each.text for each in made.items)


def texts_of(path, name):
    """All text of a written report, with single spaces."""
    if name == "docx":
        document = Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return spaced(" ".join([*(each.text for each in document.paragraphs), *cells]))
    if name == "pdf":
        return spaced(" ".join(page.extract_text() for page in PdfReader(path).pages))
    text = path.read_text(encoding="utf-8")
    return spaced(re.sub(r"\\(.)", r"\1", text) if name == "md" else Reader(text).text)


def close(text):
    """Text without spaces, as a line may end anywhere."""
    return "".join(plain_text(text).split())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_the_same(report, written, name):
    """Summary, headings, captions, notes, and every row of every table, number by number."""
    said = close(texts_of(written[name], name))
    wanted = [each.text for each in report.summary]
    wanted += [each.heading for each in report.sections]
    wanted += [each.caption for each in blocks(report, Table) + blocks(report, Figure)]
    wanted += [each.note for each in blocks(report, Table)]
    wanted += [item.text for items in blocks(report, Items) for item in items.items]
    for table in blocks(report, Table):
        # Lines of a printed page run across its columns.
        wanted += [cell for row in table.rows for cell in row] if name == "pdf" else []
        wanted += ["".join(row) for row in table.rows] if name != "pdf" else []
    if name == "md":
        said = said.replace("|", "")
    if name == "pdf":
        # A word may be divided at the end of a line.
        said, wanted = said.replace("-", ""), [each.replace("-", "") for each in wanted]
    for text in wanted:
        assert close(text) in said


def test_a_report_of_little_has_no_empty_part(fork):
    """Without reports, headline, halts and claims there is nothing to say of them."""
    scenario = make_scenario("west", "east")
    report = report_of(find(scenario, fork, draws=100))
    left_out = {"evidence", "claims", "destinations", "sources"}
    assert [each.id for each in report.sections] == [x for x in SECTIONS if x not in left_out]
    assert len(report.summary) == 2
    table = next(each for each in section(report, "what-if").blocks if isinstance(each, Table))
    assert table.head[0] == "Speed, km/h"
    assert len(table.rows) == 6


def test_a_way_there_and_back_is_told_in_its_order(network):
    """The second time at a place is another one; no stand is asked of where it passes twice."""
    way = ("Khasan", "Ussuriysk", "Vladivostok", "Ussuriysk", "Khabarovsk I")
    found = find(make_scenario(*way), network, draws=100)
    said = [each.text for each in report_of(found).summary]
    assert [each.split(" between ")[0].split(" at ")[0] for each in said[1:4]] == [
        *("It passes Ussuriysk", "It passes Vladivostok", "It passes Ussuriysk")
    ]
    assert said[1] != said[3]
    there_and_back = find(make_scenario("Rajin", "Khasan", "Rajin"), network, draws=100)
    assert [axis.name for axis in there_and_back.study.grid.axes] == ["speed_kmh"]


def test_what_no_sheet_has_room_for_is_told_by_the_table_alone(fork):
    """Three axes, or one case, make no chart."""
    for asked, rows in (
        ({"speed": {None: "40, 50", "KP": "60"}, "stop": {"Junction": "0, 1:00"}}, 5),
        ({"speed": "50"}, 2),
    ):
        report = report_of(find(make_scenario("west", "east"), fork, draws=100, **asked))
        _, table = section(report, "what-if").blocks
        assert len(table.rows) == rows


def test_a_report_that_cannot_be_right_is_warned_of(network):
    """And not counted among those that the windows rest on."""
    nothing = Checked(None, (), (), (), (), ())
    scenario = journey.load_scenario("vladivostok-2023")
    summary = summary_of(find(scenario, network, draws=1_000, await_checked=lambda: nothing))
    warned = [each.text for each in summary if each.warning]
    assert any(each.startswith("One report cannot be right on this way") for each in warned)
    assert "given the 12 reports" in summary[0].text


def test_what_is_asked_takes_the_place_of_the_own_question(fork):
    """Speeds by country, and no stand."""
    asked = find(make_scenario("west", "east"), fork, draws=100, speed={"KP": "30, 60"})
    what_if = section(report_of(asked), "what-if")
    table = next(each for each in what_if.blocks if isinstance(each, Table))
    assert table.head[0] == "Speed KP, km/h"
    assert [row[0] for row in table.rows] == ["as it stands", "30", "60"]


TOML = """
name = "A short one"
route = ["Khasan", "Ussuriysk"]
[depart]
earliest = 2023-09-12T08:00:00+10:00
latest = 2023-09-12T09:00:00+10:00
[speed]
default = "40..60"
"""


def test_the_command_writes_a_report(tmp_path, capsys, monkeypatch):
    """Into the folder of outputs, and prints its path."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.toml").write_text(TOML, encoding="utf-8")
    assert run(["report", "short.toml", "--draws", "100", "--to", "fragment"]) == 0
    told = capsys.readouterr()
    assert told.out == "output/short-report.fragment.html\n"
    assert "A short one: report written to" in told.err
    assert (tmp_path / told.out.strip()).stat().st_size > 100_000


@pytest.mark.parametrize(("name", "module"), [("docx", "docx"), ("pdf", "typst")])
def test_a_missing_library_is_one_line(name, module, monkeypatch, capsys):
    """Named, with the command that brings it, before anything is computed."""
    monkeypatch.setitem(sys.modules, module, None)
    assert run(["report", "--to", name]) == 2
    told = capsys.readouterr().err
    assert "python -m pip install 'journey[report]'" in told
    assert told.count("\n") == 1


def test_a_place_that_cannot_be_written_is_one_line(tmp_path):
    """And what stood there before still does."""
    (tmp_path / "file").write_text("before", encoding="utf-8")
    for name in FORMATS:
        with pytest.raises(
            OutputError, match=r"(is not a folder|not a directory); choose another place"
        ):
            write_report(everything(), tmp_path / "file" / "report", to=name)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "doc"], "--to 'doc': expected one of html, fragment, md, docx, pdf"),
        (["-o", "report.rtf"], "report.rtf: expected a name that ends in .html, .fragment.html"),
        (["--stop", "6:00"], "--stop '6:00': expected PLACE=VALUES"),
        (["--stop", "=6:00"], "expected a place before the values"),
        (["nowhere"], "nowhere"),
        (["--to", "pdf", "-o", "brief.docx"], "its ending says docx, --to pdf"),
        (["--to", "pdf", "--template", "a.html"], "a.html: expected a file that ends in .typ"),
        (["--template", "a.html"], "a.html: no such file"),
        (["--speed", "1..200/1"], "200 cases; expected 60 at most in a report"),
    ],
)
def test_what_cannot_be_is_one_line(arguments, said, capsys):
    """Before anything is computed."""
    assert run(["report", *arguments]) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.count("\n") == 1
    assert told.out == ""
