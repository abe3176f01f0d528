"""Reads the case files: a recipe, the machine it meets, and the plan that must come of it.

about      one sentence: what somebody relies on
recipe     a recipe's text, or the name of a shipped one
release    of IBM MQ; 9.4 where nothing is said
after      a recipe that was carried out before: its text, a shipped name, or `same`; nothing where it is absent
opened     `yes`: the recipe was carried out without any consent after that
forget     `all`: no journal knows what is there, so nothing is ours; or a list of resources
machine    what else is true; see `_MACHINE`
allowed    the consents that were given
plan       every operation but those that keep what is there, a line each: `state resource: reason`;
           one that shows a change by hand has `drift` before its reason
kept       resources that must be kept
commands   resource → its exact commands
says       texts that must stand in the plan
silent     texts that must not
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from plan_machine import Machine, QueueManager, Store, type_into
from ruamel.yaml import YAML

import recipes
from wizard.kits.files import kit_files
from wizard.mq.releases import Release
from wizard.plan.build import build_plan
from wizard.plan.facts import AuthorityFact, CertificateFact, Instance, UserFact
from wizard.plan.older_stores import as_made
from wizard.plan.operations import Consent, Operation, Plan, State
from wizard.plan.raising import raised
from wizard.plan.reissuing import reissued
from wizard.plan.text import command_lines
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Topology

CASES = Path(__file__).parent / "cases"
_KEYS = {
    "about",
    "recipe",
    "release",
    "after",
    "opened",
    "forget",
    "machine",
    "allowed",
    "plan",
    "kept",
    "commands",
    "says",
    "silent",
}


def read_case(path: Path) -> dict[str, Any]:
    case = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    assert set(case) <= _KEYS, f"{path.name}: {set(case) - _KEYS} means nothing"
    assert {"about", "recipe", "plan"} <= set(case), f"{path.name} lacks about, recipe or plan"
    return case


@cache
def topology_of(recipe: str, release: Release) -> Topology:
    """Of a recipe's text, or of a shipped recipe."""
    text = recipe if "\n" in recipe else recipes.text(recipe)
    return build(read_recipe(text, source="case.yaml"), release)


def plan_of(topology: Topology, machine: Machine, *allowed: Consent) -> Plan:
    facts = machine.facts()
    topology = as_made(topology, facts)
    topology = raised(reissued(topology, facts, allowed), facts, allowed)
    kits = {client.name: kit_files(topology, client) for client in topology.clients}
    return build_plan(topology, facts, kits, name="case", allowed=frozenset(allowed))


def plan_of_case(case: dict[str, Any]) -> Plan:
    release = Release.parse(case.get("release", "9.4"))
    topology = topology_of(case["recipe"], release)
    return plan_of(topology, machine_of(case, topology, release), *map(Consent, case.get("allowed", ())))


def machine_of(case: dict[str, Any], topology: Topology, release: Release) -> Machine:
    machine = Machine(release)
    before = case.get("after")
    if before:
        carried_out(machine, topology_of(case["recipe"] if before == "same" else before, release))
    want_stores(machine, topology)
    if case.get("opened") == "yes":
        machine.do(plan_of(topology, machine))
    _forget(machine, case.get("forget", ()))
    for key, value in case.get("machine", {}).items():
        _MACHINE[key](machine, value)
    return machine


def carried_out(machine: Machine, topology: Topology) -> None:
    """Everything that the topology wants is made, with every consent; users are made by root first."""
    want_stores(machine, topology)
    machine.do(plan_of(topology, machine, *Consent))


def want_stores(machine: Machine, topology: Topology) -> None:
    """Say which file the key repository of each queue manager is, as `run` does before it looks."""
    for wanted in topology.queue_managers:
        if wanted.repository:
            folder = wanted.repository.folder or f"/var/mqm/qmgrs/{wanted.name}/ssl"
            machine.store_paths[wanted.name] = f"{folder}/{wanted.repository.file_name}"


def _forget(machine: Machine, resources: str | list[str]) -> None:
    if resources == "all":
        machine.set_values.clear()
        machine.made.clear()
        machine.owed.clear()
        return
    for resource in resources:
        assert machine.set_values.pop(resource, None) is not None, f"{resource} was not ours"
        machine.made.discard(resource)


def _queue_managers(machine: Machine, said: dict[str, dict[str, Any] | None]) -> None:
    for name, about in said.items():
        known = machine.queue_managers.setdefault(name, QueueManager(name))
        for key, value in (about or {}).items():
            match key:
                case "status":
                    known.status = value
                case "typed by hand":
                    type_into(machine, name, value)
                case "listening":
                    known.listening = set(value)
                case "security policy":
                    known.security_policy = value
                case "depths":
                    known.depths = value
                case "connected":
                    known.instances = tuple(Instance(**one) for one in value)
                case "TLS channels":
                    known.tls_channels = tuple(value)
                case _:
                    raise AssertionError(f"queue managers: {key} means nothing")


def _stores(machine: Machine, said: dict[str, dict[str, Any] | None]) -> None:
    """Queue manager or client → what its key repository is like; nothing at all where it is gone."""
    for owner, about in said.items():
        path = machine.store_paths.get(owner) or f"kits/{owner}/{owner}.p12"
        if about is None:
            machine.stores.pop(path)
            continue
        store = machine.stores.setdefault(path, Store())
        for key, value in about.items():
            match key:
                case "usable":
                    store.usable = value == "yes"
                case "mode":
                    store.mode = int(value, 8)
                case "group":
                    store.group = value
                case "requests":
                    store.requests = value
                case _:
                    _entries(store, key, value)


def _entries(store: Store, key: str, value: Any) -> None:
    match key:
        case "without":
            for label in value:
                del store.entries[label]
        case "signers":
            for label, subject in value.items():
                store.entries[label] = CertificateFact(label, personal=False, subject=subject)
        case "personal":
            for label, details in value.items():
                known = store.entries.get(label, CertificateFact(label, personal=True))
                store.entries[label] = replace(known, **{word: _typed(word, details[word]) for word in details})
        case _:
            raise AssertionError(f"key repositories: {key} means nothing")


def _typed(word: str, value: str) -> str | int:
    return int(value) if word == "days_left" else value


def _users(machine: Machine, said: dict[str, list[str]]) -> None:
    """User → its groups, the primary one first; an empty list is a user who is gone."""
    for name, groups in said.items():
        for members in machine.groups.values():
            members.discard(name)
        machine.users.pop(name, None)
        if groups:
            machine.users[name] = UserFact(name, groups[0], frozenset(groups))
        for group in groups:
            machine.groups.setdefault(group, set()).add(name)


def _groups(machine: Machine, said: dict[str, list[str]]) -> None:
    for name, members in said.items():
        machine.groups[name] = set(members)


def _ports(machine: Machine, said: dict[str, str]) -> None:
    for place, holder in said.items():
        address, _, port = place.rpartition(":")
        machine.busy_ports[address, int(port)] = holder


def _kits(machine: Machine, said: dict[str, dict[str, str | None]]) -> None:
    """Client → file → its content; a file without content is gone."""
    for client, files in said.items():
        for name, content in files.items():
            if content is None:
                del machine.kits[client][name]
            else:
                machine.kits.setdefault(client, {})[name] = content


def _authority(machine: Machine, said: dict[str, Any]) -> None:
    machine.authority = AuthorityFact(**{word: _typed(word, value) for word, value in said.items()})


def _exchange(machine: Machine, said: dict[str, str | None]) -> None:
    for name, subject in said.items():
        if subject is None:
            del machine.exchange[name]
        else:
            machine.exchange[name] = subject


def _memory(machine: Machine, said: dict[str, Any]) -> None:
    machine.owed |= set(said.get("owed", ()))
    machine.begun |= set(said.get("begun", ()))
    machine.set_values |= said.get("set", {})
    machine.made -= set(said.get("not made", ()))


def _root(machine: Machine, said: str) -> None:
    machine.plays_root = said == "yes"


_MACHINE = {
    "queue managers": _queue_managers,
    "key repositories": _stores,
    "users": _users,
    "groups": _groups,
    "busy ports": _ports,
    "kits": _kits,
    "authority": _authority,
    "exchange": _exchange,
    "memory": _memory,
    "plays root": _root,
}


def line_of(operation: Operation) -> str:
    """An operation as case files write it."""
    mark = "drift: " if operation.drift else ""
    return f"{operation.state} {operation.resource}: {mark}{operation.reason}".strip()


def lines_of(plan: Plan) -> list[str]:
    """Every operation that does not simply keep what is there."""
    return [line_of(one) for one in plan.operations if one.state is not State.KEEP or one.drift]


def commands_of(plan: Plan, resource: str) -> str:
    """The commands of a resource; how long a file is, the golden plans say."""
    found = [one for one in plan.operations if one.resource == resource]
    lines = "".join(f"{line}\n" for one in found for line in command_lines(one))
    return re.sub(r"\d+ bytes", "… bytes", lines)


def rewritten(text: str, plan: Plan) -> str:
    """A case file's text with the plan and the commands as they are now; everything else stays."""
    text = re.sub(r"^plan:.*?(?=^\S|\Z)", lambda _: f"plan:{_block(lines_of(plan), 2)}", text, flags=re.M | re.S)
    head, found, rest = text.partition("\ncommands:\n")
    section = re.match(r"(?:^  .*\n)*", rest, flags=re.M)
    assert section is not None
    blocks = re.sub(
        r"^  (\S.*?): *(?:\||\"\").*?(?=^  \S|\Z)",
        lambda known: f"  {known[1]}:{_block(commands_of(plan, known[1]).splitlines(), 4)}",
        section[0],
        flags=re.M | re.S,
    )
    return head + found + blocks + rest[section.end() :]


def _block(lines: list[str], indent: int) -> str:
    return " |\n" + "".join(f"{' ' * indent}{line}\n" for line in lines) if lines else ' ""\n'
