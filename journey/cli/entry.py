"""Running the command line: exit statuses, and one line for each error."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from cyclopts import CycloptsError

# A command is known once its module is loaded.
from journey.cli import (  # noqa: F401
    check,
    completion,
    export,
    journeys,
    networks,
    railways,
    reach,
    report,
    whatif,
)
from journey.cli.options import app
from journey.errors import JourneyError
from journey.terminal import abandon_stdout, fail

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG_USAGE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    Exit status 0: done; 2: wrong usage or input; 3: no route; 130: interrupted.
    """
    # Names are in three scripts, whatever the machine's locale can write.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit status."""
    try:
        app(
            list(arguments),
            exit_on_error=False,
            print_error=False,
            result_action="return_value",
        )
        if sys.stdout is not None:
            sys.stdout.flush()
    except JourneyError as error:
        return fail(str(error), error.exit_status)
    except CycloptsError as error:
        return fail(f"{error} (journey --help says more)", WRONG_USAGE)
    except KeyboardInterrupt as stop:
        return fail(f"interrupted; {str(stop) or 'nothing was written'}", INTERRUPTED)
    except BrokenPipeError:
        # The reader (such as head) has what it wants.
        abandon_stdout()
    except OSError as error:
        abandon_stdout()
        return fail(f"cannot write the output: {error.strerror or error}", WRONG_USAGE)
    except MemoryError:
        return fail("not enough memory; ask for fewer --draws", WRONG_USAGE)
    return 0
