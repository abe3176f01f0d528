"""Tries rows on the real commands of a sandbox (`commands`): texts, exit statuses, what the error log says.

Machines are shared by the rows of one release: the queue manager RUN runs, OLD has ended. A row that needs a machine of
its own says `own: true`; one whose user is not in the group mqm says `outsider: true`.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from machine_calls import Answer, Machine
from refusals_rows import Row, attempts, filled, listed, versions

from wizard.sandbox import installation, qmgrs, users
from wizard.sandbox.commands import crtmqm, strmqm
from wizard.sandbox.recalled import RECALLED, recalled_status

MESSAGE = re.compile(r"^(AMQ\d{4}[A-Z]):", re.MULTILINE)


class Machines:
    """One machine for each release and each kind of invoker, made when first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[tuple[str, bool], Machine] = {}

    def of(self, release: str, *, outsider: bool = False) -> Machine:
        """The shared machine of a release."""
        key = release, outsider
        if key not in self._made:
            self._made[key] = machine(self._folder / f"{release}{'-outsider' if outsider else ''}", release)
            if outsider:
                _leave_mqm(self._made[key])
        return self._made[key]


def machine(folder: Path, release: str) -> Machine:
    """A machine with the queue managers RUN, which runs, and OLD, which has ended."""
    made = Machine(folder, release)
    crtmqm.main(["OLD"], made.folder)
    crtmqm.main(["RUN"], made.folder)
    strmqm.main(["RUN"], made.folder)
    with users.change(made.folder) as accounts:
        accounts.groups["apps"] = users.Group("apps", 7000)
        accounts.users["app1"] = users.User("app1", 7001, "apps")
    return made


def _leave_mqm(made: Machine) -> None:
    with users.change(made.folder) as accounts:
        name = users.invoker()
        accounts.groups["others"] = users.Group("others", 4711)
        accounts.groups["mqm"] = accounts.groups["mqm"]._replace(members=())
        accounts.users[name] = accounts.users[name]._replace(group="others")


def try_commands(row: Row, folder: Path, machines: Machines) -> None:
    """All commands but the last must succeed; the last prints and ends as the row expects."""
    for number, (how, expect) in enumerate(attempts(row)):
        for release in versions(row):
            made = machines.of(release, outsider=how.get("outsider", False))
            if how.get("own"):
                made = machine(folder / f"{number}-{release}", release)
            inserts = {"folder": str(made.folder), "address": made.sandbox.address, "tmp": str(folder)}
            _try(made, filled(how, **inserts), filled(expect, **inserts))


def _try(made: Machine, how: dict[str, Any], expect: dict[str, Any]) -> None:
    *before, last = listed(how["commands"])
    for name, text in how.get("files", {}).items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    for command in before:
        answer = _run(made, how, command)
        assert answer.status == 0, (command, answer)
    logs = _logs(made)
    before_texts = {log: log.read_text() for log in logs}
    with _given(how.get("given", ""), made):
        answer = _run(made, how, last)
    _check(answer, expect)
    if "log" in expect:
        fresh = "".join(log.read_text()[len(before_texts.get(log, "")) :] for log in _logs(made))
        assert MESSAGE.findall(fresh) == listed(expect["log"]), fresh
    for path in listed(expect.get("files")):
        assert Path(path).exists(), path
    for path in listed(expect.get("no_files")):
        assert not Path(path).exists(), path
    for path, text in expect.get("contains", {}).items():
        assert text in Path(path).read_text(encoding="utf-8"), Path(path).read_text(encoding="utf-8")


def _logs(made: Machine) -> list[Path]:
    return sorted(made.folder.glob("var/mqm/**/errors/AMQERR01.LOG"))


def _run(made: Machine, how: dict[str, Any], command: Any) -> Answer:
    text, stdin = (command["run"], command.get("stdin", "")) if isinstance(command, dict) else (command, "")
    environment = {str(name): str(value) for name, value in how.get("environment", {}).items()}
    words = shlex.split(text)
    return made.run(str(made.sandbox.bin / words[0]), *words[1:], stdin=stdin, **environment)


def _check(answer: Answer, expect: dict[str, Any]) -> None:
    printed = answer.out + answer.err
    if "status" in expect:
        wanted = expect["status"]
        assert answer.status == (recalled_status(wanted) if isinstance(wanted, str) else wanted), answer
    keys = listed(expect.get("recalled"))
    for key in keys:
        value = RECALLED[key].value
        if isinstance(value, int):
            assert answer.status == value, answer
        else:
            wanted = value.partition("{")[0].rstrip("\n")
            assert wanted in printed, answer
    for wanted in listed(expect.get("holds")):
        assert wanted in printed, answer
    for unwanted in listed(expect.get("lacks")):
        assert unwanted not in printed, answer
    if "all" in expect:
        assert printed == expect["all"]
    if "lines" in expect:
        for wanted in listed(expect["lines"]):
            assert wanted in printed.splitlines(), printed
    if "matches" in expect:
        assert re.search(expect["matches"], printed, re.MULTILINE), printed


@contextlib.contextmanager
def _given(what: str, made: Machine) -> Iterator[None]:
    """The state of a machine that no command leaves behind."""
    with contextlib.ExitStack() as held:
        state = made.state()
        held.callback(state.close)
        kind, _, name = what.partition(" ")
        if kind == "creating":
            made.add_qmgr(name, qmgrs.BEING_CREATED)
            directory = installation.qmgr_path(made.folder, name)
            directory.mkdir()
            held.callback(directory.rmdir)
            held.callback(state.db.execute, "DELETE FROM qmgr WHERE name = ?", (name,))
            held.enter_context(installation.locked(directory))
        elif kind == "status":
            name, _, status = name.partition("=")
            old = state.db.execute("SELECT status FROM qmgr WHERE name = ?", (name,)).fetchone()["status"]
            qmgrs.set_status(state, name, status)
            held.callback(qmgrs.set_status, state, name, old)
            held.enter_context(installation.locked(installation.qmgr_path(made.folder, name)))
        elif kind == "no-log":
            active = installation.log_path(made.folder, name) / "active"
            active.rename(active.with_name("away"))
            held.callback(active.with_name("away").rename, active)
        elif kind == "busy":
            held.enter_context(socket.create_server((made.sandbox.address, int(name))))
        yield
