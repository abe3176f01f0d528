"""Tries rows on runmqsc in this process: single commands (`mqsc`) and whole sessions (`session`)."""

from __future__ import annotations

import atexit
import copy
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from mqsc_calls import NAME, QueueManager
from refusals_rows import Row, attempts, listed, versions

from wizard.sandbox import launch
from wizard.sandbox.mqsc import memory
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.engine import Reply
from wizard.sandbox.recalled import RECALLED, Recalled, recalled

SENTINEL = "AMQ0001{letter}: as the table of recalled facts says"
SYNTAX = "AMQ8405I: Syntax error detected at or near end of command segment below:-"


@cache
def _pristine(release: str) -> QueueManager:
    made = QueueManager(Path(tempfile.mkdtemp(prefix="refusals-")), release)
    atexit.register(shutil.rmtree, made.folder)
    made.add_user("app1", "apps")
    return made


def queue_manager(release: str, how: dict[str, Any]) -> QueueManager:
    """A running queue manager on a machine with the user app1 in the group apps; its state is in memory, and new."""
    made = copy.copy(_pristine(release))
    made.state = memory.copy(made.state)
    made.context = Context(made.state, NAME)
    made.write_ini(how.get("ini", ""))
    kind, _, name = how.get("given", "").partition(" ")
    if kind == "running":
        made.state.db.execute("INSERT INTO lsstatus VALUES ('QM1', ?, ?, '{}')", (name, os.getpid()))
    elif kind == "open":
        made.state.db.execute("INSERT INTO handle VALUES ('QM1', ?, ?, 'INPUT')", (name, os.getpid()))
    return made


def try_commands(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """All commands but the last must succeed, and the last is answered as the row expects."""
    monkeypatch.setattr(launch, "listener", lambda *_: None)
    key = row.expect.get("recalled", "")
    if key:
        expected = _patched(key, monkeypatch)
    for how, expect in attempts(row):
        for release in versions(row):
            qm = queue_manager(release, how)
            reply = _last(qm, listed(how["mqsc"]))
            _check(reply, {**expect, "reply": expected} if key else expect)
        if "since" in expect:
            later = queue_manager(str(expect["since"]), how)
            reply = _last(later, listed(how["mqsc"]))
            assert not reply.failed and not reply.syntax_error, reply.lines


def _patched(key: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a recalled reply another text, which must then be the one that is answered."""
    old = RECALLED[key]
    if not str(old.value).startswith("AMQ"):
        return ""
    text = SENTINEL.format(letter=str(old.value)[7])
    monkeypatch.setitem(RECALLED, key, Recalled(text, old.why))
    return text


def _last(qm: QueueManager, commands: list[str]) -> Reply:
    *before, last = commands
    qm.done(*before)
    return qm.run(last)


def _check(reply: Reply, expect: dict[str, Any]) -> None:
    lines = reply.lines
    if "syntax" in expect:
        assert reply.syntax_error, lines
        assert lines[0] == SYNTAX
        if isinstance(expect["syntax"], str):
            assert lines[1] == expect["syntax"]
    elif expect.get("refused"):
        assert reply.failed or reply.syntax_error, lines
    elif expect.get("taken"):
        assert not reply.failed and not reply.syntax_error, lines
    elif "reply" in expect:
        assert lines[0].startswith(expect["reply"]), lines
        fails = lines[0][7] != "I" or expect.get("fails", False)
        assert (reply.failed, reply.syntax_error) == (fails, False), lines
    text = "\n".join(lines)
    for wanted in listed(expect.get("lines")):
        assert wanted in lines, text
    for wanted in listed(expect.get("holds")):
        assert wanted in text
    for unwanted in listed(expect.get("lacks")):
        assert unwanted not in text


def try_session(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script is printed and ends as the row expects."""
    monkeypatch.setattr(launch, "listener", lambda *_: None)
    for how, expect in attempts(row):
        for name, value in how.get("environment", {}).items():
            monkeypatch.setenv(name, value)
        qm = queue_manager(versions(row)[0], how)
        if how.get("ended"):
            qm.state.db.execute("UPDATE qmgr SET status = 'Ended immediately'")
        done = qm.script(how["session"], is_echoing=how.get("echo", True), is_rehearsal=how.get("verify", False))
        if "status" in expect:
            assert done.status == expect["status"], done.text
        named = [recalled(key) for key in listed(expect.get("recalled"))]
        for wanted in [*listed(expect.get("lines")), *named]:
            assert wanted in done.lines, done.text
        for wanted in listed(expect.get("holds")):
            assert wanted in done.text
        for unwanted in listed(expect.get("lacks")):
            assert unwanted not in done.text
        if "all" in expect:
            assert done.text == expect["all"]
        if "summary" in expect:
            assert done.lines[-3:] == expect["summary"]
