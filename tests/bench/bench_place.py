"""A place to measure in: a folder of its own with a sandbox, gone without a trace afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench_process import Took, took

PYTHON = Path(sys.executable)
MQWIZARD = PYTHON.with_name("mqwizard")


def plain_environment() -> dict[str, str]:
    """The environment of a person who set nothing for Python, so that compiled modules are kept and used."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "MQ", "SANDBOX_"))}
    return {**kept, "LC_ALL": "C.UTF-8"}


class Place:
    """One folder with recipes, state and a sandbox."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sandbox = folder / "sandbox"
        self.environment: Mapping[str, str] = plain_environment()
        self.in_sandbox = {
            **self.environment,
            "PATH": os.pathsep.join((str(self.sandbox / "bin"), self.environment.get("PATH", os.defpath))),
        }

    def write(self, name: str, text: str) -> Path:
        """A file of the place."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def mqwizard(self, *words: str | Path) -> Took:
        """One process of mqwizard in this folder."""
        return took((MQWIZARD, *words), environment=self.environment, folder=self.folder)

    def carried_out(self, recipe: str) -> Took:
        """A recipe carried out in the sandbox, without the proof."""
        words = ("--recipe", recipe, "--sandbox", self.sandbox, "--state", self.folder / "state", "--yes", "--no-proof")
        return self.mqwizard(*words)

    def command(self, *words: str | Path, stdin: Path | None = None) -> Took:
        """One process of a simulated command, as a shell script would start it."""
        program = self.sandbox / "bin" / str(words[0])
        return took((program, *words[1:]), environment=self.in_sandbox, folder=self.folder, stdin=stdin)

    def script(self, path: Path) -> Took:
        """A shell script that uses the simulated commands."""
        return took(("/bin/sh", "-e", path), environment=self.in_sandbox, folder=self.folder)

    def end(self) -> None:
        """End every queue manager, which ends its listeners."""
        for found in (self.sandbox / "var" / "mqm" / "qmgrs").glob("*"):
            name = found.name.replace("!", ".").replace("&", "/")
            program = self.sandbox / "bin" / "endmqm"
            subprocess.run([program, "-i", name], env=self.in_sandbox, capture_output=True, check=False)


@contextmanager
def place() -> Iterator[Place]:
    """A place with an empty sandbox; its queue managers are ended and its folder is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="mqwizard-bench-"))
    made = Place(folder)
    try:
        made.mqwizard("sandbox", made.sandbox)
        yield made
    finally:
        made.end()
        shutil.rmtree(folder, ignore_errors=True)
