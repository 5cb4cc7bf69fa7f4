"""How soon the page of the bundled journey is there, how soon it answers, and how large it is.

``python -m tests.benchmarks.bench_page`` prints medians over several fresh contexts of a headless
Chromium without a network; ``--help`` lists the flags. Times are those of this machine: run it on
one that does nothing else.
"""

# ruff: noqa: T201 - it prints a table

from __future__ import annotations

import argparse
import gzip
import re
import tempfile
from pathlib import Path
from statistics import median

import numpy as np
from playwright.sync_api import sync_playwright

from tests.browser.bundled import open_tab, saved_in
from tests.browser.conftest import launched

CONTEXTS = 7
STEPS = 40
WINDOW = {"width": 1280, "height": 800}
TABS = ("windows", "whatif", "evidence")

WATCH = """(() => {
    let made;
    Object.defineProperty(window, 'journeyPage', {configurable: true, get: () => made, set(run) {
        made = (...given) => {
            window.began = performance.now();
            const page = run(...given);
            window.ended = performance.now();
            requestAnimationFrame(() => setTimeout(() => { window.shown = performance.now(); }));
            return page;
        };
    }});
})()"""
"""Writes down when the page's script began and ended, and when the frame after it was drawn."""
LOADED = """() => ({
    began: window.began, ended: window.ended, shown: window.shown,
    painted: performance.getEntriesByName('first-contentful-paint').map(one => one.startTime)[0],
})"""
MOVE = """async ([name, values]) => {
    const slider = document.querySelector(name), container = document.querySelector('.folium-map');
    const laid = [], drawn = [];
    for (const value of values) {
        slider.value = value;
        const began = performance.now();
        slider.dispatchEvent(new Event('input', {bubbles: true}));
        container.getBoundingClientRect();
        laid.push(performance.now() - began);
        await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
        drawn.push(performance.now() - began);
    }
    return {laid, drawn};
}"""
SPEED = '[data-question="speed-RU"] input[type="range"]'


def loaded_ms(page, path):
    """Open the page, and tell when its script ended, and when all of it was to be seen, ms."""
    page.add_init_script(WATCH)
    page.goto(path.as_uri())
    page.wait_for_function("() => window.shown && performance.getEntriesByType('paint').length")
    told = page.evaluate(LOADED)
    return {
        "first paint": told["painted"],
        "script begins": told["began"],
        "script ends": told["ended"],
        "all layers to be seen": max(told["shown"], told["painted"]),
    }


def steps_ms(page):
    """Move the sliders of a speed, with each tab open, and of the time, ms for each step."""
    found = {}
    speeds = [30 + step for step in range(STEPS)]
    for name in TABS:
        open_tab(page, name)
        found[f"speed, {name} open"] = page.evaluate(MOVE, [SPEED, speeds])
    slider = page.locator(".journey-time")
    least, most = (int(slider.get_attribute(name)) for name in ("min", "max"))
    moments = np.linspace(least, most, STEPS).round().astype(int).tolist()
    found["time"] = page.evaluate(MOVE, [".journey-time", moments])
    return found


def measured(path, contexts):
    """Times of loading, and of steps, each in fresh contexts."""
    loads, moves = [], []
    with sync_playwright() as driver:
        browser = launched(driver.chromium)
        for _ in range(contexts):
            context = browser.new_context(offline=True, viewport=WINDOW)
            page = context.new_page()
            loads.append(loaded_ms(page, path))
            moves.append(steps_ms(page))
            context.close()
        browser.close()
    return loads, moves


def print_times(loads, moves):
    """Print the medians, and of steps what one in twenty takes longer than."""
    print(f"Loading, median of {len(loads)}")
    for name in loads[0]:
        print(f"  {name:28} {median(each[name] for each in loads):8.0f} ms")
    print("A step of a slider: median and 95 %, until laid out; median until drawn")
    for name in moves[0]:
        laid, drawn = (
            np.concatenate([each[name][kind] for each in moves]) for kind in ("laid", "drawn")
        )
        most = np.quantile(laid, 0.95)
        print(f"  {name:28} {np.median(laid):8.1f} ms {most:8.1f} ms {np.median(drawn):8.1f} ms")


def print_sizes(path):
    """Print how large the page and its parts are, as they are and compressed."""
    text = path.read_text(encoding="utf-8")
    data = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    leaflet = [each for each in scripts if "Leaflet 1." in each]
    own = [each for each in scripts if each not in leaflet]
    parts = {
        "page": [text],
        "data for its scripts": data,
        "Leaflet": leaflet,
        "its own scripts": own,
        "styles": styles,
        "text and drawing": [re.sub(r"<(script|style).*?</\1>", "", text, flags=re.DOTALL)],
    }
    print("Bytes, and compressed by gzip")
    for name, each in parts.items():
        raw = "".join(each).encode()
        print(f"  {name:28} {len(raw):10,} {len(gzip.compress(raw, 9, mtime=0)):10,}")


def main():
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contexts", type=int, default=CONTEXTS, help="how often it is opened")
    parser.add_argument("--page", type=Path, help="a page in the place of the bundled journey's")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.page.resolve() if asked.page else saved_in(Path(folder))
        print_times(*measured(path, asked.contexts))
        print_sizes(path)


if __name__ == "__main__":
    main()
