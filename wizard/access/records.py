"""Answers, access tables and their differences as JSON objects; the contract is docs/json.md."""

from __future__ import annotations

from typing import Any

from wizard.access.table import Cell, Difference
from wizard.access.values import Alternative, Answer, Connection, End, Step

VERSION = 1


def answer_record(answer: Answer, runcheck: dict[str, Any] | None = None) -> dict[str, Any]:
    """One answer with all of its steps; `runcheck` is MQ's own answer beside it."""
    return {
        "v": VERSION,
        "type": "answer",
        "queue_manager": answer.queue_manager,
        "connection": connection_record(answer.connection),
        "steps": [step_record(number, step) for number, step in enumerate(answer.steps, 1)],
        "end": end_record(answer.end),
        "alternatives": [_alternative(one) for one in answer.alternatives],
        "changes": [_alternative(one) for one in answer.changes],
        "recalled": [str(fact) for fact in answer.recalled],
        "runcheck": runcheck,
    }


def connection_record(connection: Connection) -> dict[str, Any]:
    """Who wants in; a password is never part of it, only whether one comes."""
    shown = connection.certificate
    return {
        "channel": connection.channel,
        "address": connection.address,
        "host_name": connection.host_name,
        "user": connection.user,
        "queue_manager": connection.queue_manager,
        "subject": str(shown.subject) if shown else "",
        "issuer": str(shown.issuer) if shown and shown.issuer else "",
        "cipher": connection.cipher,
        "login": connection.login,
        "password": connection.password.value,
    }


def step_record(number: int, step: Step) -> dict[str, Any]:
    """One step; `user` is the user after it."""
    return {
        "number": number,
        "title": step.title,
        "verdict": step.verdict.value,
        "said": step.said,
        "user": step.user,
        "rules": [{"rule": one.rule.command, "used": one.used, "why": one.why} for one in step.compared],
    }


def end_record(end: End) -> dict[str, Any]:
    """What it comes to."""
    refusal = end.refusal
    return {
        "inside": end.inside,
        "user": end.user,
        "rights": None if end.rights is None else [str(right) for right in end.rights],
        "messages": list(refusal.messages) if refusal else [],
        "reasons": list(refusal.reasons) if refusal else [],
        "why": refusal.why if refusal else "",
        "remedy": refusal.remedy if refusal else "",
    }


def _alternative(one: Alternative) -> dict[str, Any]:
    return {"depends": one.depends, "end": end_record(one.end)}


def cell_record(cell: Cell) -> dict[str, Any]:
    """One place of the access table."""
    return {
        "v": VERSION,
        "type": "access",
        "queue_manager": cell.queue_manager,
        "who": cell.who,
        "kind": cell.kind.value,
        "channel": cell.channel,
        "inside": cell.end.inside,
        "user": cell.end.user,
        "why": cell.end.refusal.why if cell.end.refusal else "",
    }


def difference_record(one: Difference) -> dict[str, Any]:
    """One door that a change opens, closes, or leads elsewhere."""
    return {
        "v": VERSION,
        "type": "difference",
        "queue_manager": one.after.queue_manager,
        "who": one.after.who,
        "channel": one.after.channel,
        "effect": one.effect.value,
        "before": one.before.sentence if one.before else "",
        "after": one.after.end.sentence,
    }
