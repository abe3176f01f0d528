"""Scripts in the style of real projects get, command by command, the replies that the facts lead one to expect.

Below each command of a script a comment says which message ids it is answered with.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from mqsc_calls import Machine

from wizard.sandbox import users

SCRIPTS = sorted(Path(__file__).with_name("scripts").glob("*.mqsc"))
EXPECTED = re.compile(r" : \* => (.*)")
REPLY = re.compile(r"(AMQ\d{4}[A-Z]|SANDBOX): ")
ASIDE = ("AMQ8426I", "AMQ8427I")
"""What follows a syntax error and is no reply of its own."""


def replies(printed: str) -> list[tuple[str, str, str]]:
    """Each expectation in the printed text: the command before it, what was expected, what was answered."""
    found, command, answered = [], "", []
    for line in printed.splitlines():
        expectation = EXPECTED.search(line)
        reply = REPLY.match(line)
        if expectation:
            found.append((command, expectation[1].strip(), " ".join(answered)))
            command, answered = "", []
        elif reply and reply[1] not in ASIDE:
            answered.append(reply[1])
        elif re.match(r" {0,5}\d+ : ", line):
            assert not answered, (command, answered)
            command = line
    return found


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path / "box", "9.4")
    # No listener is to run on after the test.
    (made.sandbox.bin / "runmqlsr").write_text("#!/bin/sh\n")
    with users.change(made.folder) as accounts:
        for number, group in enumerate(("apps", "app")):
            accounts.groups[group] = users.Group(group, 7000 + number)
        accounts.users["app"] = users.User("app", 7000, "app")
        accounts.users["app1"] = users.User("app1", 7001, "apps")
    return made


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_every_command_of_a_script_gets_the_reply_that_is_due(machine: Machine, script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    copy = machine.folder / script.name
    copy.write_bytes(text.replace("\n", "\r\n").encode() if ".crlf" in script.name else text.encode())
    printed = machine.run("runmqsc", "-f", str(copy), "QM1").text
    found = replies(printed)
    assert len(found) == text.count("* => ")
    assert [entry for entry in found if entry[1] != entry[2]] == [], printed


def test_a_script_can_be_run_again_where_its_definitions_replace(machine: Machine) -> None:
    for name in ("container-developer", "container-tls", "mft-coordination", "dump"):
        script = Path(__file__).with_name("scripts") / f"{name}.mqsc"
        first = replies(machine.run("runmqsc", "-f", str(script), "QM1").text)
        again = replies(machine.run("runmqsc", "-f", str(script), "QM1").text)
        assert first == again
