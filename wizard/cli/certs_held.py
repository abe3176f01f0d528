"""`mqwizard certs`: what the key repositories hold, who uses it, what ends next; fit for a monitoring job."""

from __future__ import annotations

import argparse
import json
from itertools import groupby

from wizard.cli.order import request_of
from wizard.cli.output import asking, result, say
from wizard.errors import UsageError
from wizard.plan.held import Held, Inventory, Role
from wizard.plan.stores import days_left

CARE_EXIT = 1
"""Exit status where something ended, ends soon, is trusted unasked, or could not be read."""


def show(options: argparse.Namespace, arguments: tuple[str, ...]) -> int:
    """List every certificate; 0 where nobody has to do anything about one."""
    from wizard.engine import certs_held

    request = request_of(options, arguments)
    if options.store:
        found = certs_held.of_store(options.store, request, options.password, asking())
    elif options.recipe is None:
        raise UsageError(
            "Neither a recipe nor a key repository was named.",
            remedy="Add --recipe FILE or --store FILE; `mqwizard certs lint FILE` judges files.",
        )
    else:
        found = certs_held.of_recipe(request)
    if options.json:
        result("\n".join(json.dumps(one, ensure_ascii=False) for one in records(found)))
    else:
        result("\n".join(_lines(found)))
        say(_summary(found))
    return CARE_EXIT if found.needs_care else 0


def records(found: Inventory) -> list[dict[str, object]]:
    """The certificates, then a summary, as JSON."""
    following = found.next_to_end
    summary: dict[str, object] = {
        "v": 1,
        "type": "summary",
        "certificates": len(found.held),
        "ended": sum(one.ended for one in found.held),
        "ending": sum(one.ends_soon for one in found.held),
        "unexpected": sum(not one.expected for one in found.held),
        "unread": [f"{owner}: {why}" for owner, why in found.unread],
        "next": f"{following.owner} {following.fact.label}" if following else "",
    }
    return [*(_record(one) for one in found.held), summary]


def _record(one: Held) -> dict[str, object]:
    return {
        "v": 1,
        "type": "certificate",
        "owner": one.owner,
        "store": one.store,
        "label": one.fact.label,
        "role": one.role.value,
        "subject": one.fact.subject,
        "issuer": one.fact.issuer,
        "key": one.fact.key,
        "fingerprint": one.fact.fingerprint,
        "days_left": one.fact.days_left,
        "used_by": list(one.used_by),
        "expected": one.expected,
        "removal": one.removal,
    }


def _lines(found: Inventory) -> list[str]:
    lines: list[str] = []
    for (owner, store), held in groupby(found.held, key=lambda one: (one.owner, one.store)):
        lines += ([""] if lines else []) + [f"{owner}: {store}"]
        for one in held:
            lines += _of_one(one)
    for owner, why in found.unread:
        lines += ([""] if lines else []) + [f"{owner}: {why}"]
    return lines or ["There is no certificate."]


def _of_one(one: Held) -> list[str]:
    fact = one.fact
    mark = "!" if one.needs_care else " "
    about = "  ".join(filter(None, [fact.subject, fact.key, days_left(fact.days_left)]))
    lines = [f"{mark} {fact.label:<20} {one.role:<9} {about}"]
    if fact.issuer and fact.issuer != fact.subject:
        lines.append(f"{'':<32} issued by {fact.issuer}")
    if one.used_by:
        lines.append(f"{'':<32} used by {', '.join(one.used_by)}")
    if not one.expected:
        unasked = "nobody asked for it: whoever it vouches for passes TLS" if one.role is Role.SIGNER else "not in use"
        lines.append(f"{'':<32} {unasked}")
    if one.removal:
        lines.append(f"{'':<32} to take it out: {one.removal}")
    return lines


def _summary(found: Inventory) -> str:
    count = len(found.held)
    said = "One certificate." if count == 1 else f"{count} certificates."
    following = found.next_to_end
    if following:
        fact = following.fact
        said += f" Next to end: {fact.label} of {following.owner}, {days_left(fact.days_left)}."
    return said
