"""The command that lets a shell complete the others."""

from __future__ import annotations

from typing import Literal

from journey.cli.options import app


@app.command
def completion(shell: Literal["bash", "zsh", "fish"]) -> None:
    """Print a script with which a shell completes commands, options and files.

    Nothing is written anywhere. Bash takes it by: source <(journey completion bash)

    Fish takes it by: journey completion fish | source

    Zsh wants it as a file _journey in a folder of its $fpath.

    Example: journey completion bash

    Parameters
    ----------
    shell
        bash, zsh or fish.
    """
    script = app.generate_completion(shell=shell)
    if shell == "bash":
        # A scenario may be a file, and of that the script knows nothing.
        script = script.replace("complete -F ", "complete -o default -F ")
    print(script.rstrip("\n"))
