"""The checks between steps: a listener that really runs, a file that is as narrow as planned, a store that holds a
label.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping

from wizard.errors import OperationFailed
from wizard.mq.display import blocks, objects
from wizard.mq.objects import Kind
from wizard.mq.quoting import quote
from wizard.plan.steps import Check, FileSecured, Gone, HoldsNothing, Later, ListenerRuns, Stopped, StoreHolds
from wizard.run import files
from wizard.run.call import Finished
from wizard.run.dspmq import listed
from wizard.run.labels import store_entries
from wizard.run.machine import PASSWORD_PROMPT, Machine, Request
from wizard.run.needs import Need, Questions
from wizard.run.session import Reply

Answers = Generator[Need, list[Reply] | Finished, None]
Text = Callable[[str | Later], Generator[Need, list[Reply] | Finished, str]]

LISTENER_SECONDS = 15.0
LISTENER_PAUSE = 0.05


def check(step: Check, machine: Machine, text: Text) -> Answers:
    """Carry out one check. Raises OperationFailed saying what was found instead."""
    if isinstance(step.what, ListenerRuns):
        yield from _listener(step.what)
    elif isinstance(step.what, FileSecured):
        path = yield from text(step.what.path)
        files.verify(machine.path(path), mode=step.what.mode, group=machine.mqm)
    elif isinstance(step.what, Stopped):
        yield from _stopped(step.what)
    elif isinstance(step.what, Gone):
        yield from _gone(step.what)
    elif isinstance(step.what, HoldsNothing):
        yield from _empty(step.what)
    else:
        yield from _store(step.what, machine, text)


def _stopped(wanted: Stopped) -> Answers:
    """Ask until nothing runs under that name."""
    deadline = time.monotonic() + LISTENER_SECONDS
    while time.monotonic() < deadline:
        replies = yield Questions(wanted.queue_manager, (f"DISPLAY {wanted.status}({quote(wanted.name)}) STATUS",))
        assert isinstance(replies, list)  # noqa: S101 - questions are answered by replies
        if not any(block.attributes.get("STATUS") for block in blocks(replies[0].text.splitlines())):
            return
        time.sleep(LISTENER_PAUSE)
    raise OperationFailed(
        f"{wanted.name} of {wanted.queue_manager} was told to stop but still runs.",
        "What runs cannot be deleted.",
        f"DISPLAY {wanted.status}({wanted.name}) shows who holds it; run again once it has ended.",
    )


def _empty(wanted: HoldsNothing) -> Answers:
    """Look once more: a message may have come since the plan was made."""
    replies = yield Questions(wanted.queue_manager, ("DISPLAY QLOCAL(*) CURDEPTH",))
    assert isinstance(replies, list)  # noqa: S101 - questions are answered by replies
    found = objects(replies[0].text.splitlines(), Kind.QLOCAL)
    held = [one.name for one in found if one.text("CURDEPTH") != "0" and wanted.counts(one.name)]
    if held or not found:
        raise OperationFailed(
            f"{wanted.queue_manager} holds messages by now: {', '.join(held) or 'its queues are not known'}.",
            "A queue manager that holds messages is never deleted.",
            "Let applications get them, or undo again: it is left then.",
        )


def _gone(wanted: Gone) -> Answers:
    """That dltmqm says all went well is no proof: what it left would count as ours no longer."""
    finished = yield Request(("dspmq", "-x", "-o", "all"))
    assert isinstance(finished, Finished)  # noqa: S101 - requests are answered by their end
    if wanted.queue_manager in {one.name for one in listed(finished)}:
        raise OperationFailed(
            f"Queue manager {wanted.queue_manager} was deleted but is still there.",
            "dltmqm ended well and did not do its work.",
            f"Run `dltmqm {wanted.queue_manager}` by hand and see what it says, then undo again.",
        )


def _listener(wanted: ListenerRuns) -> Answers:
    """Ask until it runs: START LISTENER is accepted even where the port cannot be had (facts 1.5)."""
    deadline = time.monotonic() + LISTENER_SECONDS
    while time.monotonic() < deadline:
        replies = yield Questions(wanted.queue_manager, (f"DISPLAY LSSTATUS({wanted.listener}) STATUS PORT",))
        if isinstance(replies, list) and any(
            block.attributes.get("STATUS") == "RUNNING" for block in blocks(replies[0].text.splitlines())
        ):
            return
        time.sleep(LISTENER_PAUSE)
    raise OperationFailed(
        f"Listener {wanted.listener} of {wanted.queue_manager} was started but does not run.",
        "Nobody can connect. Most often its port is taken, or its address is not this host's.",
        "Look for AMQ9218E in the queue manager's AMQERR01.LOG, free the port or choose another, and run again.",
    )


def _store(wanted: StoreHolds, machine: Machine, text: Text) -> Answers:
    path = yield from text(wanted.path)
    if wanted.by_hand:
        _own_store(wanted, machine, path)
        return
    password = machine.keyring.secret(wanted.password) if wanted.password else None
    words = ("-pw", "-") if password else ("-stashed",)
    prompts = ((PASSWORD_PROMPT, password),) if password else ()
    finished = yield Request(("runmqakm", "-cert", "-list", "-db", path, *words), prompts=prompts)
    assert isinstance(finished, Finished)  # noqa: S101 - requests are answered by their end
    _listed(wanted, path, {one.label.lower(): one.personal for one in store_entries(finished.output)}, finished.shown)


def _own_store(wanted: StoreHolds, machine: Machine, path: str) -> None:
    """The same check of a store that mqwizard writes itself."""
    from wizard.pki.store import read_pkcs12

    assert wanted.password is not None  # noqa: S101 - a store of our own is never stashed
    password = machine.keyring.secret(wanted.password).reveal()
    entries = read_pkcs12(machine.path(path).read_bytes(), password, own=True)
    _listed(wanted, path, {one.label.lower(): one.personal for one in entries}, "")


def _listed(wanted: StoreHolds, path: str, personal: Mapping[str, bool], shown: str) -> None:
    """That a label stands there in its role; `personal` says of each label whether it is a personal certificate."""
    if personal.get(wanted.label.lower()) is not wanted.personal:
        role = "personal certificate" if wanted.personal else "signer"
        raise OperationFailed(
            f"{path} does not list {wanted.label} as {role} after it was put there.",
            shown.strip(),
            "Run again; if it stays, look at the store with runmqakm -cert -list.",
        )


def ssl_folder(queue_manager: str, reply: Reply) -> str:
    """The folder of the store that a queue manager names."""
    found = [str(block.attributes.get("SSLKEYR", "")) for block in blocks(reply.text.splitlines())]
    folder = found[0].rpartition("/")[0] if found else ""
    if not folder:
        raise OperationFailed(
            f"{queue_manager} names no key repository.",
            "DISPLAY QMGR SSLKEYR is blank, so its ssl folder is not known.",
            "Give the recipe a key_repository path.",
        )
    return folder
