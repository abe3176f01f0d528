"""mqcertck: looks for what is wrong with a queue manager's TLS set-up.

Checks that the key repository opens for a queue manager, and that the certificate of CERTLABL is in it with
its key, its chain, and within its dates. Which checks the real command makes, and their texts, are recalled.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.sandbox import installation, users
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.mqsc import secrets
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

if TYPE_CHECKING:
    from wizard.sandbox.keys.store import Store

RULE = "+" + "-" * 65


def main(argv: list[str], folder: Path) -> int:
    """Check the queue manager that is named; raises SandboxError for the options of the client checks."""
    if len(argv) != 1 or argv[0].startswith("-"):
        if len(argv) > 1:
            raise SandboxError("The sandbox's mqcertck takes a queue manager name and nothing else.")
        sys.stdout.write("Usage: mqcertck QMgrName\n")
        return recalled_status("mqcertck.rc.invalid")
    state = State(folder)
    try:
        sys.stdout.write(f"{installation.copyright_line(state.meta('version'))}\n")
        if state.qmgr(argv[0]) is None:
            sys.stdout.write("AMQ7048E: The queue manager name is either not valid or not known.\n")
            return recalled_status("mqcertck.rc.invalid")
        problems = _problems(state, argv[0])
    finally:
        state.close()
    title = f"| {recalled('mqcertck.header')}"
    body = problems or [recalled("mqcertck.sound")]
    sys.stdout.write("\n".join([RULE, title, RULE, *(f"| {line}" for line in body), RULE]) + "\n")
    return recalled_status("mqcertck.rc.problem") if problems else 0


def _problems(state: State, qmgr: str) -> list[str]:
    from wizard.sandbox.keys.store import StoreError, open_store

    attributes = next((found for _, _, found in state.objects(qmgr, "QMGR")), {})
    value = str(attributes.get("SSLKEYR", "")).strip()
    label = str(attributes.get("CERTLABL", "")).strip() or f"ibmwebspheremq{qmgr}".lower()
    if not value:
        return ["SSLKEYR is blank: the queue manager has no key repository."]
    group = users.read(state.folder).groups.get(users.ADMINISTRATORS)
    try:
        store = open_store(
            value,
            password=secrets.key_repository_password(state, qmgr) or None,
            folder=state.folder,
            version=state.meta("version"),
            readable_by=group.gid if group is not None else None,
        )
    except StoreError as error:
        return [f"{error.problem.message}: {error.path} cannot be used: {error.detail}."]
    return _certificate_problems(store, label)


def _certificate_problems(store: Store, label: str) -> list[str]:
    from wizard.sandbox.keys.validation import problem

    own = next((entry for entry in store.entries if entry.label == label), None)
    if own is None:
        return [f"No certificate with the label '{label}' is in {store.path}."]
    if own.key is None:
        return [f"The certificate '{label}' in {store.path} has no private key."]
    wrong = problem(own.certificate, store.entries)
    return [] if wrong is None else [f"The certificate '{label}' is not valid:", *wrong.lines]
