"""Small fake programs for the tests of `wizard.run`, and a driver that finds them first."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wizard.run.driver import Driver
from wizard.run.secrets import SecretStore
from wizard.run.transcript import Transcript

PLANTED = "Pl4nted-s3cret'word"

RUNMQSC = '''
"""Answers MQSC as runmqsc does under -e: a prompt after the banner and after each reply."""
import os
import sys

PROMPT = os.environ["MQPROMPT"]
NAME = sys.argv[-1]


def say(text):
    data = text.encode()
    while data:
        data = data[os.write(1, data):]


def commands():
    command = ""
    for line in iter(sys.stdin.readline, ""):
        line = line.rstrip("\\n")
        assert len(line.encode()) <= 2000, "a line is too long"
        if line.endswith("+"):
            command += line[:-1]
        elif line.endswith("-"):
            command += line[:-1]
        else:
            yield command + line
            command = ""


def ended(status=0):
    say("No commands have a syntax error.\\n")
    sys.exit(status)


def serve(answer):
    say(f"5724-H72 (C) Copyright IBM Corp. 1994, 2024.\\nStarting MQSC for queue manager {NAME}.\\n\\n\\n{PROMPT}")
    for number, command in enumerate(commands(), 1):
        if command == "END":
            ended()
        say(answer(number, command) + PROMPT)
    ended()


'''


class Fakes:
    """A folder of fake programs, and everything to run them with."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin of fakes"
        self.bin.mkdir()
        self.folder = folder
        self.started: list[tuple[int, int | None, tuple[str, ...]]] = []
        self.store = SecretStore(environment={"STORE_PW": PLANTED})
        self.planted = self.store.resolve("env:STORE_PW")
        self.transcript = Transcript(folder / "transcripts" / "run.txt", redact=self.store.redact)
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        self.driver = Driver(
            {"PATH": path, "LANG": "de_DE.UTF-8", "LANGUAGE": "de"},
            transcript=self.transcript,
            secrets=self.store,
            started=lambda *process: self.started.append(process),
        )

    def add(self, name: str, body: str) -> str:
        """A program with this Python text; returns its path."""
        path = self.bin / name
        path.write_text(f"#!{sys.executable} -ISu\n{body}", encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    def add_runmqsc(self, answer: str = "serve(lambda number, command: f'AMQ8006I: {command}\\n')") -> None:
        """A runmqsc; `answer` is Python text that ends in a call of `serve`."""
        self.add("runmqsc", RUNMQSC + answer)

    def told(self) -> str:
        """What the transcript holds so far."""
        assert self.transcript.path is not None
        return self.transcript.path.read_text(encoding="utf-8")


@pytest.fixture
def fakes(tmp_path: Path) -> Fakes:
    return Fakes(tmp_path)


@pytest.fixture
def pipe(tmp_path: Path) -> Callable[[str], Path]:
    """Makes named pipes, on which a test and a fake program wait for each other."""

    def make(name: str) -> Path:
        path = tmp_path / name
        os.mkfifo(path)
        return path

    return make
