"""`mqwizard explain`: who gets in and why, of a recipe as planned or of a queue manager as it is."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from wizard.access.records import answer_record, cell_record, difference_record
from wizard.access.table import table_text
from wizard.access.text import answer_text
from wizard.access.values import Connection, Exit, Password, Shown
from wizard.cli.order import request_of
from wizard.cli.output import result, say
from wizard.engine.explain import Runcheck, Scene, client_of, explained, run_checked, scene
from wizard.errors import UsageError
from wizard.mq.addresses import numbers_of
from wizard.mq.dn import DistinguishedName
from wizard.mq.releases import Release

REFUSED = 10
"""Exit status where the connection would be refused, for scripts that ask; the table as such is never a refusal."""


def explain(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """Show the access table, or the steps of one connection; 0 where it gets in, 10 where it is refused."""
    options.recipe = options.target or options.recipe
    if not options.recipe and not options.queue_manager:
        raise UsageError(
            "Neither a recipe nor a queue manager was named.", "", "Name a recipe, or --queue-manager and its name."
        )
    request = request_of(options, arguments)
    users = [one for one in (options.user, options.login, options.exit_user) if one]
    with scene(request, options.queue_manager or "", users) as found:
        connection = described(options, found)
        if connection is None:
            _show_table(found, as_json=options.json)
            return 0
        answer = explained(found, connection)
        checked = run_checked(found, connection)
        if options.json:
            result(json.dumps(answer_record(answer, _checked_record(checked)), ensure_ascii=False))
        else:
            result(answer_text(answer) + _checked_text(checked))
    return 0 if answer.end.inside else REFUSED


def _show_table(found: Scene, *, as_json: bool) -> None:
    if as_json:
        records = [*map(cell_record, found.table), *map(difference_record, found.changes)]
        result("\n".join(json.dumps(one, ensure_ascii=False) for one in records))
        return
    state = "as planned" if found.ready else "as it is"
    result(f"Who gets in at {found.guard.name}, {state}\n\n{table_text(found.table, found.changes)}")
    for wrong in found.guard.rules.invalid:
        say(str(wrong))


def described(options: argparse.Namespace, found: Scene) -> Connection | None:
    """The connection that the options describe; None where they describe none."""
    if options.address and not numbers_of(options.address):
        what = f"{options.address!r} is not an IP address."
        raise UsageError(what, "MQ sees the address first.", "Give it, and the name behind it by --host-name.")
    start = client_of(found, options.client) if options.client else None
    given = (options.channel, options.address, options.user, options.partner, options.subject, options.certificate)
    if start is None and not any(given):
        return None
    if start is None:
        start = Connection(options.channel or _only_channel(found), options.address or "192.0.2.77")
    changed: dict[str, Any] = {
        "channel": options.channel,
        "address": options.address,
        "host_name": options.host_name,
        "user": options.user,
        "queue_manager": options.partner,
        "certificate": _certificate(options),
        "cipher": "" if options.no_tls else options.cipher,
        "login": options.login,
        "password": Password(options.password) if options.password else Password.RIGHT if options.login else None,
        "exit": Exit(options.exit_refuses, options.exit_user or "") if _exit_given(options) else None,
        "old": True if options.client_mq and Release.parse(options.client_mq) < Release(8, 0) else None,
    }
    made = replace(start, **{name: value for name, value in changed.items() if value is not None})
    return replace(made, certificate=None) if options.no_tls or options.no_certificate else made


def _exit_given(options: argparse.Namespace) -> bool:
    return bool(options.exit_refuses or options.exit_user)


def _only_channel(found: Scene) -> str:
    if len(found.channels) != 1:
        raise UsageError("No channel was named.", "", f"Say --channel and one of: {', '.join(found.channels)}.")
    return found.channels[0]


def _certificate(options: argparse.Namespace) -> Shown | None:
    if options.certificate:
        return _from_file(options.certificate)
    if not options.subject:
        return None
    issuer = DistinguishedName.parse(options.issuer) if options.issuer else None
    return Shown(DistinguishedName.parse(options.subject), issuer)


def _from_file(path: Path) -> Shown:
    from wizard.pki.reading import read_certificates
    from wizard.run.transcript import now

    try:
        first = read_certificates(path.read_bytes())[0]
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", remedy="Name a certificate file.") from error
    in_date = first.not_before <= now() <= first.not_after
    subject = DistinguishedName.parse(first.ssl_peer)
    return Shown(subject, DistinguishedName.parse(first.issuer), in_date=in_date, key_type=first.key_type)


def _checked_text(checked: Runcheck | None) -> str:
    if checked is None:
        return ""
    if checked.agree:
        return f"\nMQ says the same (RUNCHECK): {checked.theirs.sentence}.\n"
    return (
        "\nMQ says something else (RUNCHECK)\n"
        f"  MQ:       {checked.theirs.sentence} ({checked.said})\n  mqwizard: {checked.ours.sentence}\n"
        "  RUNCHECK looks at channel rules and blocked users alone, of the queue manager as it is.\n"
    )


def _checked_record(checked: Runcheck | None) -> dict[str, Any] | None:
    if checked is None:
        return None
    return {
        "said": checked.said,
        "theirs": checked.theirs.sentence,
        "ours": checked.ours.sentence,
        "agree": checked.agree,
    }
