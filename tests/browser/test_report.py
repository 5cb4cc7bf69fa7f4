"""The report as a page: nothing runs over, nothing is asked of a network, axe finds nothing."""

from __future__ import annotations

import pytest

import journey
from journey.report import find, report_of, write_report
from tests.browser.test_accessible import violations
from tests.report_blocks import everything

pytestmark = pytest.mark.browser

WIDTHS = [360, 900, 1440]
LEGIBLE_PX = 544
_RUNS_OVER = """() => {
    const width = document.documentElement.clientWidth;
    const scrolled = (each) => each.closest('.journey-scroll') !== null;
    return [...document.querySelectorAll('.journey-report *')]
        .filter((each) => !scrolled(each) && each.getBoundingClientRect().right > width + 1)
        .map((each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`);
}"""
_IMAGES = """() => [...document.querySelectorAll('img')]
    .map((each) => [each.complete, each.naturalWidth, each.getBoundingClientRect().width,
        each.parentElement.clientWidth])"""


@pytest.fixture(scope="module")
def bundled(network, tmp_path_factory):
    """A report of a bundled scenario without reports, which is soon made."""
    scenario = journey.load_scenario("vladivostok-2023")
    found = find(journey.views.with_reports(scenario, ()), network, draws=1_000)
    return write_report(report_of(found), tmp_path_factory.mktemp("page") / "report.html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A report with everything in it, and texts that would do harm in a careless writer."""
    return write_report(everything(), tmp_path_factory.mktemp("hostile") / "report.html")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_runs_over(visit, bundled, hostile, width):
    """On phones tables and pictures scroll by themselves, and stay legible."""
    for path in (bundled, hostile):
        seen = visit(path, viewport={"width": width, "height": 800})
        assert seen.page.evaluate(_RUNS_OVER) == []
        for complete, natural, shown, room in seen.page.evaluate(_IMAGES):
            assert complete
            assert natural > 0
            assert shown == pytest.approx(max(room, LEGIBLE_PX), abs=1)
        assert seen.requests == seen.complaints == []


def test_axe_finds_nothing_serious(visit, bundled):
    """Headings, tables, regions that scroll, contrast."""
    assert violations(visit(bundled, viewport={"width": 900, "height": 800}).page) == []


def test_a_fragment_stands_in_any_page(visit, tmp_path):
    """With the styles of that page around it unchanged."""
    part = write_report(everything(), tmp_path / "part.fragment.html").read_text(encoding="utf-8")
    page = tmp_path / "host.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title>Host</title><p id=before>Before</p>{part}"
        "<p id=after>After</p>",
        encoding="utf-8",
    )
    seen = visit(page, viewport={"width": 700, "height": 800})
    sizes = (
        "() => ['before', 'after'].map((id) => getComputedStyle(document.getElementById(id)).font)"
    )
    before, after = seen.page.evaluate(sizes)
    assert before == after
    assert seen.page.evaluate(_RUNS_OVER) == []
    assert seen.complaints == []
