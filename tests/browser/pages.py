"""Pages of a browser that is cut off from every network, and what they do on their own."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DESKTOP = {"width": 1280, "height": 800}
_PATIENCE_MS = 8_000


@dataclass
class Visit:
    """A page under test and what it did on its own since its file was opened."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Write down requests, console messages and errors from now on."""
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)

    def open(self, path: Path, viewport: dict[str, int]) -> Visit:
        """Load a file into a window of a size."""
        self.page.set_viewport_size(viewport)
        self.page.goto(path.as_uri())
        self.requests = [url for url in self.requests if url != path.as_uri()]
        self.requests = [url for url in self.requests if not url.startswith("data:")]
        return self

    def leave(self) -> Visit:
        """Leave the file, and forget what it did."""
        self.page.goto("about:blank")
        self.requests, self.complaints = [], []
        return self

    def _refuse(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


class Lending:
    """Pages without network, lent to one test after another: new ones take three times as long.

    Nothing passes from file to file. A page has one borrower at a time, its context is never
    online, and the map keeps nothing in the browser.
    """

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._free: defaultdict[tuple[Any, ...], list[Visit]] = defaultdict(list)

    @contextmanager
    def lent(self) -> Iterator[Callable[..., Visit]]:
        """Give a function that opens files, and take back the pages it opened them in."""
        taken = []

        def open_file(path: Path, viewport: dict[str, int] = DESKTOP, **options: Any) -> Visit:
            free = self._free[tuple(sorted(options.items()))]
            seen = free.pop() if free else self._new(options)
            taken.append((free, seen))
            return seen.open(path, viewport)

        yield open_file
        for free, seen in taken:
            free.append(seen.leave())

    def _new(self, options: dict[str, Any]) -> Visit:
        context = self._browser.new_context(offline=True, **options)
        context.set_default_timeout(_PATIENCE_MS)
        return Visit(context.new_page())
