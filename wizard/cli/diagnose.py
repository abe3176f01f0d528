"""`mqwizard diagnose`: why a connection was refused, or why one got in that should not have."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from wizard.access.cause_values import Suspect
from wizard.access.records import answer_record
from wizard.access.text import answer_text
from wizard.cli.explain import described
from wizard.cli.order import request_of
from wizard.cli.output import result
from wizard.engine.diagnose import LARGEST, Diagnosed, Failure, diagnosed, repair_lines
from wizard.engine.explain import scene
from wizard.engine.let_in import let_in
from wizard.engine.scripts import STANDARD_INPUT
from wizard.errors import UsageError

UNKNOWN_EXIT = 1
WIDTH = 110


def diagnose(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Show the cause and its repair; 0 where one cause remains or nothing is wrong, 1 where several are possible."""
    if options.got_in:
        return _got_in(options, arguments)
    words = options.evidence
    failure = Failure(
        texts=tuple(_given(word) for word in words),
        server_logs=tuple(_file(name) for name in options.log or ()),
        client_logs=tuple(_file(name) for name in options.client_log or ()),
        client=options.client or "",
        attempt=options.attempt,
    )
    found = diagnosed(request_of(options, arguments), options.queue_manager or "", failure)
    if options.json:
        result(json.dumps(diagnosis_record(found), ensure_ascii=False))
    else:
        result("\n".join(_lines(found)))
    return 0 if found.connected or found.diagnosis.cause or nothing(found) else UNKNOWN_EXIT


def _got_in(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Why a connection gets in that should not, and what closes the door; 0 where it does not get in."""
    with scene(request_of(options, arguments), options.queue_manager or "") as found:
        connection = described(options, found)
        if connection is None:
            raise UsageError("No connection was described.", "", "Say --channel, --address, --user and so on.")
        why = let_in(found, connection)
    if options.json:
        result(json.dumps(answer_record(why.answer), ensure_ascii=False))
        return UNKNOWN_EXIT if why.answer.end.inside else 0
    result(answer_text(why.answer))
    if not why.answer.end.inside:
        result("It does not get in as it is.")
        return 0
    result("What is wrong\n" + "\n".join(line for flaw in why.flaws for line in _wrapped(flaw.what, "  ")))
    how = f"Run the recipe: mqwizard --recipe {options.recipe}" if why.plan else "Decide, then type"
    result("\nWhat closes the door\n" + "\n".join([f"  {how}", *(f"    {line}" for line in why.repair)]))
    return UNKNOWN_EXIT


def nothing(found: Diagnosed) -> bool:
    """Whether nothing was seen and nothing is wrong here."""
    return not found.diagnosis.symptoms and not found.diagnosis.others


def _given(word: str) -> str:
    """The content of a file of that name, or the words themselves."""
    if word == STANDARD_INPUT or ("\n" not in word and len(word) < 1000 and Path(word).is_file()):
        return _file(word)
    return word


def _file(name: str) -> str:
    import sys

    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(LARGEST).decode("utf-8", errors="replace")
        with Path(name).open("rb") as file:
            file.seek(max(0, Path(name).stat().st_size - LARGEST))
            return file.read(LARGEST).decode("utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.", remedy="Name a log, or - for input.") from error


def _lines(found: Diagnosed) -> Iterator[str]:
    yield f"Diagnosis: {found.title}"
    if found.tried:
        yield f"Tried: {found.tried}"
    if found.diagnosis.symptoms:
        yield ""
        yield "What was seen"
        yield from (line for one in found.diagnosis.symptoms for line in _wrapped(one, "  "))
    yield ""
    if found.connected:
        yield "The client connects. What follows is not as the recipe wants it, and does not keep it out."
    cause = found.diagnosis.cause
    if cause is None:
        yield "No single cause is sure." if found.diagnosis.others else "Nothing here explains a refusal."
    else:
        sure = "" if cause.confirmed else ", the only one that fits; nothing here confirms it"
        yield from _wrapped(f"Cause: {cause.cause.what} ({cause.cause.side}{sure})", "")
        yield from (line for one in cause.seen for line in _wrapped(f"Seen: {one.what}", "  "))
        yield ""
        yield "Repair"
        yield from (f"  {line}" for line in repair_lines(found))
    yield from _rest(found)


def _rest(found: Diagnosed) -> Iterator[str]:
    if found.diagnosis.others:
        yield ""
        yield "Also so here" if found.diagnosis.cause else "Possible"
        for one in found.diagnosis.others:
            yield from _wrapped(f"{one.cause.what} ({one.cause.side}) {one.cause.remedy}", "  ")
    if found.diagnosis.missing:
        yield ""
        yield "What would tell"
        yield from (line for one in found.diagnosis.missing for line in _wrapped(one, "  "))


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def diagnosis_record(found: Diagnosed) -> dict[str, Any]:
    """The diagnosis as the contract names its fields."""
    cause = found.diagnosis.cause
    return {
        "v": 1,
        "type": "diagnosis",
        "title": found.title,
        "symptoms": list(found.diagnosis.symptoms),
        "connected": found.connected,
        "cause": _suspect(cause) if cause else None,
        "others": [_suspect(one) for one in found.diagnosis.others],
        "missing": list(found.diagnosis.missing),
        "repair": list(repair_lines(found)),
        "plan": bool(found.planned),
    }


def _suspect(one: Suspect) -> dict[str, Any]:
    return {
        "key": one.cause.key,
        "what": one.cause.what,
        "side": one.cause.side.value,
        "confirmed": one.confirmed,
        "seen": [seen.what for seen in one.seen],
        "remedy": one.cause.remedy,
    }
