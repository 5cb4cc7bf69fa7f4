"""The packages that only some parts need, asked for where they are missing."""

from __future__ import annotations

from importlib.util import find_spec

from journey.errors import InputError

REPORT = "report"


def need(module: str, package: str, format_name: str, extra: str = REPORT) -> None:
    """See to it that an optional package is there.

    Parameters
    ----------
    module : str
        The name it is imported by.
    package : str
        The name it is installed by.
    format_name : str
        What needs it, such as ``"PDF"``.
    extra : str
        The group of packages that brings it.

    Raises
    ------
    InputError
        If it is not installed; the message says how to.
    """
    if not is_there(module):
        install = f"python -m pip install 'journey[{extra}]'"
        raise InputError(f"{format_name} needs {package}; {install}")


def is_there(module: str) -> bool:
    """Whether a module can be imported."""
    try:
        return find_spec(module) is not None
    except ValueError:
        # Python's sign for a module that may not be imported.
        return False
