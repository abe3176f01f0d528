"""The page docs/json.md against the records that are written: every field, its type, every word that it may hold."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from wizard.access.diagnosis import diagnose
from wizard.access.evidence import read_evidence
from wizard.access.flaws import Flaw, Gravity
from wizard.access.records import answer_record, cell_record, difference_record
from wizard.access.table import Cell, Difference, Effect, Who
from wizard.access.values import Answer, Connection, End
from wizard.cli import authority, certs, lint
from wizard.cli.audit import audit_summary, flaw_record
from wizard.cli.certs_held import records as held_records
from wizard.cli.diagnose import diagnosis_record
from wizard.engine.apply import event_record
from wizard.engine.audit import Audit
from wizard.engine.diagnose import Diagnosed
from wizard.mq.lint import LintFinding
from wizard.mq.lint import Severity as ScriptSeverity
from wizard.pki import findings as certificate_findings
from wizard.pki.ca import Issued
from wizard.plan.facts import CertificateFact
from wizard.plan.held import Held, Inventory, Role
from wizard.plan.operations import Change, Consent, Operation, Plan, State
from wizard.plan.records import operation_record, plan_records
from wizard.plan.steps import WriteFile
from wizard.proof.report import check_record, proof_records
from wizard.proof.values import Check, How, Proof, Verdict
from wizard.run.doctor.findings import Finding, Severity
from wizard.run.doctor.report import finding_record, report_records

PAGE = Path(__file__).parents[2] / "docs" / "json.md"

OPERATION = Operation("QM1", State.CHANGE, "queue Q1", "QM1/queue/Q1", changes=(Change("A", "1", "2"),))
PLAN = Plan("title", (replace(OPERATION, steps=(WriteFile("a", "b"),)),))
CHECK = Check("app1", "QM1", "TLS", "TLS 1.3", How.WIRE, Verdict.OK)
SCRIPT_FINDING = LintFinding(ScriptSeverity.ERROR, "a.mqsc", 1, "rule", "what", "remedy")
FINDING = Finding("MQ", Severity.OK, "it is there")
WRONG = certificate_findings.error(certificate_findings.Rule.EXPIRED, "it is old", "Renew it.")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HELD = held_records(Inventory((Held("QM1", "key.p12", Role.PERSONAL, CertificateFact("qm1", personal=True)),)))
CELL = Cell("QM1", "app1", Who.CLIENT, "C", End("app1"))
FLAW = Flaw("QM1", Gravity.NOTE, "rule", "C", "what")

RECORDS: Mapping[str, dict[str, Any]] = {
    "operation": operation_record(PLAN.operations[0]),
    "change": operation_record(PLAN.operations[0])["changes"][0],
    "file": operation_record(PLAN.operations[0])["files"][0],
    "summary of a plan": json.loads(list(plan_records(PLAN))[-1]),
    "event": json.loads(event_record("done", id="a b", resource="b", position=1, total=2)),
    "check": check_record(CHECK),
    "summary of a proof": json.loads(list(proof_records(Proof("r", "h", "now", (CHECK,)), {"user": "u"}))[-1]),
    "finding": finding_record(FINDING),
    "finding in a script": lint.lint_record(SCRIPT_FINDING),
    "summary of scripts": lint.lint_summary(1, "9.4.0.0", Counter({ScriptSeverity.ERROR: 1})),
    "summary of findings": json.loads(list(report_records("title", [FINDING]))[-1]),
    "finding of an audit": flaw_record(FLAW),
    "summary of an audit": audit_summary(Audit("title", (FLAW,))),
    "diagnosis": diagnosis_record(Diagnosed("title", diagnose(read_evidence("AMQ9791")))),
    "access": cell_record(CELL),
    "difference": difference_record(Difference(Effect.OPENS, None, CELL)),
    "answer": answer_record(Answer("QM1", Connection("C", "10.0.0.1"), (), End("app1"))),
    "finding in a certificate file": certs.lint_record("a.pem", WRONG),
    "certificate": HELD[0],
    "issued": authority.record(Issued("05", "CN=a", NOON, NOON, "AB", "cd")),
    "summary of certificates": HELD[1],
    "summary of certificate files": certs.lint_summary(1, Counter([WRONG.severity])),
}

TYPES = {
    "number": int,
    "text": str,
    "text or null": (str, type(None)),
    "number or null": (int, type(None)),
    "true or false": bool,
    "object": dict,
    "true, false or null": (bool, type(None)),
    "object or null": (dict, type(None)),
    "list of objects": list,
    "list of texts": list,
    "list of [changes](#change)": list,
    "list of [files](#file)": list,
}

WORDS = {
    ("operation", "state"): State,
    ("operation", "consent"): Consent,
    ("access", "kind"): Who,
    ("finding of an audit", "severity"): Gravity,
    ("difference", "effect"): Effect,
    ("check", "how"): How,
    ("check", "verdict"): Verdict,
    ("finding", "severity"): Severity,
    ("certificate", "role"): Role,
    ("finding in a certificate file", "severity"): certificate_findings.Severity,
    ("finding in a certificate file", "rule"): certificate_findings.Rule,
    ("finding in a script", "severity"): ScriptSeverity,
}


def tables() -> dict[str, dict[str, tuple[str, str]]]:
    """Heading → field → its type and its meaning, as the page has them."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for section in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        heading, _, rest = section.partition("\n")
        rows = re.findall(r"^\| `([a-z_]+)` \| (.+?) \| (.+) \|$", rest, flags=re.MULTILINE)
        found[heading] = {field: (kind, meaning) for field, kind, meaning in rows}
    return found


def test_the_page_has_a_section_for_every_record() -> None:
    assert set(tables()) == set(RECORDS)


@pytest.mark.parametrize("heading", RECORDS)
def test_the_page_names_the_fields_of_a_record_in_their_order(heading: str) -> None:
    assert list(tables()[heading]) == list(RECORDS[heading])


@pytest.mark.parametrize("heading", RECORDS)
def test_each_field_has_the_type_that_the_page_says(heading: str) -> None:
    for field, (kind, _) in tables()[heading].items():
        assert isinstance(RECORDS[heading][field], TYPES[kind]), (heading, field)
        assert isinstance(RECORDS[heading][field], bool) == (kind == "true or false"), (heading, field)


@pytest.mark.parametrize(("heading", "field"), WORDS)
def test_the_page_lists_every_word_that_a_field_may_hold(heading: str, field: str) -> None:
    _, meaning = tables()[heading][field]
    assert re.findall("`([^`]+)`", meaning) == [word.value for word in WORDS[heading, field]]


def test_the_version_of_every_record_is_the_pages() -> None:
    for heading, record in RECORDS.items():
        if heading not in {"change", "file"}:
            assert record["v"] == int(tables()[heading]["v"][1])
            assert record["type"] == tables()[heading]["type"][1].strip("`")
