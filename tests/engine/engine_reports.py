"""What tests read from finished runs: the proof's checks, the journal, what is on the queue manager and on disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine_support import Ended, Place

from wizard.mq.releases import Release
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Client, Tls, Topology, Trust

Record = dict[str, Any]
MakePlace = Callable[..., Place]

QUICK = """\
mqwizard: 1
organization: Example
trust: {kind: ca, key: ec-p256}
certificates: {key: ec-p256}
"""
"""The head of a recipe whose keys are made in no time."""

ONE_CLIENT = f"""\
{QUICK}
queue_managers:
  QM1: {{listener: 1414, queues: [Q1]}}
clients:
  app1:
    connects_to: QM1
    queues: {{Q1: [put, get]}}
"""

PROVEN = {"on the wire", "asked of MQ"}

LADDER = ["address", "listener", "TLS", "certificate", "rules", "login", "rights", "authority", "message"]

EVERY = {"other channel", "wrong queue", "says it is mqm"}
ENCRYPTED = {"no TLS", "another queue manager", "TLS 1.1 and older", "weak CipherSpec"}
CERTIFICATE = {"no certificate", "unknown CA", "another issuer"}
OWN_CA = {"expired", "wrong name"}
PASSWORD = {"no password", "wrong password", "unknown user"}


def must_be_refused(client: Client, trust: Trust) -> set[str]:
    """Every reverse case that must be tried for a client; written apart from the table that the proof uses."""
    wanted = set(EVERY)
    if client.tls is not Tls.NONE:
        wanted |= ENCRYPTED
    if client.tls is Tls.MUTUAL:
        wanted |= CERTIFICATE | (OWN_CA if trust is Trust.CA else set())
    if client.tls is Tls.SERVER:
        wanted |= PASSWORD
    if client.addresses:
        wanted.add("wrong address")
    return wanted


def topology_of(recipe: str, release: str = "9.4") -> Topology:
    """What a recipe's text implies."""
    return build(read_recipe(recipe, source="r.yaml"), Release.parse(release))


def records(lines: str) -> list[Record]:
    """JSON lines; anything else among them fails the test."""
    return [json.loads(line) for line in lines.splitlines()]


def report(place: Place) -> tuple[list[Record], Record]:
    """The checks and the summary of the last report, which must be there as Markdown and as JSON lines."""
    written = sorted((place.folder / "proof").glob("*.json"))[-1]
    *checks, summary = records(written.read_text(encoding="utf-8"))
    markdown = written.with_suffix(".md").read_text(encoding="utf-8")
    assert markdown.startswith("# Proof of ")
    assert {check["type"] for check in checks} == {"check"}
    assert all(f"| {check['name']} |" in markdown for check in checks)
    assert summary["type"] == "summary"
    return checks, summary


def assert_proven(place: Place, ended: Ended, topology: Topology) -> None:
    """The run did everything, and each client has a whole ladder and every reverse case, each really made."""
    assert ended.status == 0, ended.said
    checks, summary = report(place)
    assert summary["failed"] == 0
    assert {check["client"] for check in checks} == {client.name for client in topology.clients}
    for client in topology.clients:
        own = [check for check in checks if check["client"] == client.name]
        plain = client.tls is Tls.NONE
        wanted = [rung for rung in LADDER if not (plain and rung in {"TLS", "certificate"})]
        assert [check["name"] for check in own if not check["reverse"]] == wanted
        tried = {check["name"] for check in own if check["reverse"] and check["verdict"] != "not tried"}
        assert tried == must_be_refused(client, topology.trust)
        for check in own:
            if check["verdict"] == "not tried":
                assert check["reverse"] and check["detail"], check
            else:
                assert (check["verdict"], check["how"] in PROVEN) == ("ok", True), check


def plan(place: Place, *more: str) -> list[Record]:
    """Every operation that a dry run plans."""
    ended = place.run("--dry-run", "--json", *more)
    assert ended.status == 0, ended.said
    return [one for one in records(ended.out) if one["type"] == "operation"]


def pending(planned: list[Record]) -> list[Record]:
    """The operations that would do something, or that somebody must allow first."""
    return [one for one in planned if one["state"] != "keep"]


def operations(place: Place) -> list[str]:
    """The operations that the last run began, by their ids."""
    last = sorted((place.state / "journals").glob("*/*.jsonl"))[-1]
    return [line["id"] for line in records(last.read_text(encoding="utf-8")) if line["type"] == "begin"]


def definitions(place: Place, queue_manager: str = "QM1") -> str:
    """Everything that dmpmqcfg shows, without its comments, which hold the time."""
    dumped = place.command("dmpmqcfg", "-m", queue_manager, "-a")
    return "\n".join(line for line in dumped.splitlines() if not line.startswith("*"))


def files(folder: Path, *, times: bool = False) -> dict[str, str]:
    """Every file and folder below one: mode and content, or mode, size and time of the last change."""
    found = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        content = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}" if times else _digest(path)
        found[str(path.relative_to(folder))] = f"{status.st_mode:o} {content}"
    return found


def made(place: Place) -> dict[str, str]:
    """Everything that a run made beside the recipe and in the queue managers' folders, without logs and reports."""
    kept = {}
    for folder in (*(place.folder / name for name in ("ca", "kits", "exchange")), place.sandbox / "var/mqm/qmgrs"):
        kept |= {f"{folder}/{name}": seen for name, seen in files(folder).items() if "/errors" not in name}
    return kept


def assert_nothing_to_do(place: Place) -> None:
    """A further run says so, begins no operation, and leaves everything as it was."""
    before = definitions(place), made(place)
    again = place.run("--no-proof")
    assert again.status == 0, again.said
    assert "Nothing to do" in again.out
    assert operations(place) == []
    assert (definitions(place), made(place)) == before


def _digest(path: Path) -> str:
    if path.is_symlink():
        return str(path.readlink())
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
