"""Which effects an operation has: read from the steps that it consists of, so that what is done is what is noted.

`Operation.former` holds the objects as they were before; what stands there neither counts as not having been there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from wizard.mq import chlauth
from wizard.mq.attributes import SUBTYPE_KEYWORDS
from wizard.mq.authority import expand
from wizard.mq.objects import Kind, MqObject, Value
from wizard.mq.reader import MqscCommand, read, secret_keywords, to_object
from wizard.mq.secret_text import SecretRef
from wizard.plan.effects import (
    Effect,
    Ended,
    EntrySet,
    FileSet,
    ObjectSet,
    QueueManagerMade,
    RightsSet,
    SecretSet,
    Started,
    Stays,
    key_of,
    merged,
)
from wizard.plan.keytool import StoreTool, beside
from wizard.plan.operations import Operation, State
from wizard.plan.steps import (
    Check,
    Command,
    CreateAuthority,
    CreateClientStore,
    ExtractCertificate,
    KeyWork,
    Later,
    MakeKey,
    Mqsc,
    ReceiveCertificate,
    RequestCertificate,
    SignRequest,
    Step,
    StoreHolds,
    WriteFile,
    shown,
)

ACCOUNT_COMMANDS = frozenset({"useradd", "groupadd", "usermod"})
KEPT = "kept:"


def effects_of(operation: Operation) -> tuple[Effect, ...]:
    """Everything that the operation does, one effect for each thing, in the order of its steps."""
    found: dict[tuple[str, ...], Effect] = {}
    steps = [(step, _commands(step)) for step in operation.steps]
    stopped = {
        command.name: step.queue_manager
        for step, commands in steps
        if isinstance(step, Mqsc)
        for command in commands
        if (command.verb, command.object) == ("STOP", Kind.LISTENER)
    }
    running = {command.name for _, commands in steps for command in commands if command.verb == "START"}
    for step, commands in steps:
        for effect in _effects(operation, step, commands):
            if isinstance(effect, Started) and effect.listener in stopped:
                continue
            key = key_of(effect)
            found[key] = merged(found[key], effect) if key in found else effect
    # After what brings the listener back, since undo goes through a resource's effects in this order.
    ended = [Ended(queue_manager, name) for name, queue_manager in stopped.items() if name not in running]
    return (*found.values(), *ended)


def _effects(operation: Operation, step: Step, commands: Iterable[MqscCommand]) -> Iterator[Effect]:
    if isinstance(step, Mqsc):
        for command in commands:
            yield from _of_command(operation, step.queue_manager, command)
    elif isinstance(step, Command):
        yield from _of_program(step)
    elif isinstance(step, WriteFile):
        yield FileSet(step.path)
    elif isinstance(step, MakeKey):
        yield from _of_key_work(step.work)
    elif isinstance(step, Check) and isinstance(step.what, StoreHolds):
        replaced = operation.state is not State.CREATE
        held = step.what
        yield EntrySet(held.path, held.label, held.password, there=replaced, by_hand=held.by_hand)


def _commands(step: Step) -> list[MqscCommand]:
    if not isinstance(step, Mqsc):
        return []
    return [one for one in read("\n".join(step.lines()), "a step") if isinstance(one, MqscCommand)]


def _of_command(operation: Operation, queue_manager: str, command: MqscCommand) -> Iterator[Effect]:
    wanted = to_object(command)
    if command.verb == "START" and command.object == Kind.LISTENER:
        yield Started(queue_manager, command.name)
    elif command.verb == "DELETE" and command.object in set(Kind):
        yield from _deleted(operation, queue_manager, command)
    elif wanted is None:
        return
    elif wanted.kind is Kind.AUTHREC:
        yield _rights(operation, queue_manager, command, wanted)
    elif wanted.kind is Kind.CHLAUTH:
        yield _rule(operation, queue_manager, command, wanted)
    else:
        named = wanted if wanted.kind is not Kind.QMGR else MqObject(Kind.QMGR, queue_manager, wanted.attributes)
        yield from _definition(operation, queue_manager, command, named)


def _definition(operation: Operation, queue_manager: str, command: MqscCommand, wanted: MqObject) -> Iterator[Effect]:
    """DEFINE or ALTER; what is secret is named apart, since nobody can read it back."""
    former = _former(operation, wanted)
    secret = secret_keywords(command)
    if secret:
        blank = tuple(one for one in secret if former and one in former.attributes and not former.text(one).strip())
        yield SecretSet(queue_manager, MqObject(wanted.kind, wanted.name, _sort(wanted)), secret, blank)
    if command.verb == "DEFINE":
        yield ObjectSet(queue_manager, former if command.has("REPLACE") else None, wanted)
    elif set(wanted.attributes) - set(_sort(wanted)):
        yield ObjectSet(queue_manager, _old_values(operation, wanted, former), wanted)


def _old_values(operation: Operation, wanted: MqObject, former: MqObject | None) -> MqObject:
    """The values before of what an ALTER names; an attribute whose value is not known is not there."""
    olds: dict[str, Value] = {change.attribute: change.old for change in operation.changes}
    known: Mapping[str, Value] = former.attributes if former else olds
    values = {keyword: known[keyword] for keyword in wanted.attributes if keyword in known}
    return MqObject(wanted.kind, wanted.name, {**values, **_sort(wanted)})


def _sort(wanted: MqObject) -> dict[str, Value]:
    """The keyword that says of which sub-type an object is, and that ALTER wants named."""
    keyword = SUBTYPE_KEYWORDS.get(wanted.kind, "")
    return {keyword: wanted.attributes[keyword]} if keyword in wanted.attributes else {}


def _rule(operation: Operation, queue_manager: str, command: MqscCommand, wanted: MqObject) -> ObjectSet:
    kept = {keyword: value for keyword, value in wanted.attributes.items() if keyword != "ACTION"}
    rule = MqObject(Kind.CHLAUTH, wanted.name, kept)
    former = _former(operation, rule)
    if str(command.value("ACTION")).startswith("REMOVE"):
        return ObjectSet(queue_manager, former or rule, None)
    return ObjectSet(queue_manager, former, rule)


def _deleted(operation: Operation, queue_manager: str, command: MqscCommand) -> Iterator[Effect]:
    kind = Kind(command.object)
    if kind is Kind.AUTHREC:
        record = to_object(replace(command, verb="SET"))
        former = _former(operation, record) if record else None
        if record and former:
            yield RightsSet(queue_manager, _without_list(record), (), _words(former), there=True)
        return
    is_client = command.value("CHLTABLE") == "CLNTTBL"
    gone = MqObject(kind, command.name, {"CHLTYPE": "CLNTCONN"} if is_client else {})
    olds: dict[str, Value] = {one.attribute: one.old for one in operation.changes if one.old}
    yield ObjectSet(queue_manager, _former(operation, gone) or MqObject(kind, command.name, olds), None)


def _rights(operation: Operation, queue_manager: str, command: MqscCommand, wanted: MqObject) -> RightsSet:
    former = _former(operation, wanted)
    had = set(_words(former)) if former else set[str]()
    taken = command.value("AUTHRMV") or ()
    removed = set(expand(wanted.text("OBJTYPE"), (taken,) if isinstance(taken, str) else taken))
    added = set(expand(wanted.text("OBJTYPE"), _words(wanted)))
    return RightsSet(
        queue_manager,
        _without_list(wanted),
        added=tuple(sorted(added - had)),
        removed=tuple(sorted(removed & had)),
        there=former is not None,
    )


def _without_list(record: MqObject) -> MqObject:
    kept = {keyword: value for keyword, value in record.attributes.items() if keyword != "AUTHLIST"}
    return MqObject(Kind.AUTHREC, record.name, kept)


def _words(record: MqObject) -> tuple[str, ...]:
    found = record.attributes.get("AUTHLIST", ())
    return (found,) if isinstance(found, str) else found


def _former(operation: Operation, wanted: MqObject) -> MqObject | None:
    """The object as it was, where the operation knows it."""
    for one in operation.former:
        if one.kind is Kind.CHLAUTH and wanted.kind is Kind.CHLAUTH:
            if chlauth.identity(one) == chlauth.identity(wanted):
                return one
        elif one.key == wanted.key or one.kind is wanted.kind is Kind.QMGR:
            return one
    return None


def _of_program(step: Command) -> Iterator[Effect]:
    program, *words = step.argv
    if program == "crtmqm":
        yield QueueManagerMade(str(words[-1]))
    elif program in ACCOUNT_COMMANDS:
        yield Stays("users and groups are for root to remove")
    elif program == "runmqakm":
        yield from _of_key_tool(step, words)
    elif program == "cp":
        yield FileSet(words[-1])
    elif program in {"chgrp", "chmod"}:
        yield from (FileSet(word, key=True) for word in words[1:])
    elif program == "runmqsc" and "MQCHLTAB" in step.environment:
        yield FileSet(f"{shown(step.environment['MQCHLLIB'])}/{shown(step.environment['MQCHLTAB'])}")


def _of_key_tool(step: Command, words: list[str | Later]) -> Iterator[Effect]:
    options = dict(pairwise(words))
    files = () if "-import" in words else ("-target", *(("-file",) if "-certreq" in words else ()))
    for target in files:
        if target in options:
            yield FileSet(options[target])
    if "-extract" not in words:
        is_stashed = bool({"-stash", "-stashed", "-target_stashed"} & {shown(word) for word in words})
        path = options["-target"] if "-import" in words else options["-db"]
        store_type = "cms" if shown(path).endswith(".kdb") else "pkcs12"
        yield from (FileSet(one, key=True) for one in StoreTool(path, store_type, SecretRef(""), is_stashed).files())
        yield from _passwords(answer for answer in step.answers if isinstance(answer, SecretRef))


def _of_key_work(work: KeyWork) -> Iterator[Effect]:
    if isinstance(work, CreateAuthority):
        yield Stays(f"certificates that it issued depend on it; its folder is {work.folder}")
    elif isinstance(work, (SignRequest, ExtractCertificate)):
        yield FileSet(work.target)
    else:
        yield FileSet(work.path, key=True)
        yield from _passwords([work.password])
        if isinstance(work, CreateClientStore):
            yield FileSet(beside(work.path, ".key"), key=True)  # where the key is until the store holds it
            yield FileSet(work.public)
        elif isinstance(work, (RequestCertificate, ReceiveCertificate)):
            yield FileSet(beside(work.path, ".key"), key=True)
        if isinstance(work, RequestCertificate):
            yield FileSet(work.target)


def _passwords(references: Iterable[SecretRef]) -> Iterator[Effect]:
    """The files in which passwords made here are kept."""
    for reference in references:
        if reference.name.startswith(KEPT):
            yield FileSet(reference.name.removeprefix(KEPT), key=True, secret=True)
