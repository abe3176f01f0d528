"""`mqwizard ca`: what the recipe's own authority issued, to revoke one of them, and to write the revocation list."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from wizard.cli.output import asking, result, say
from wizard.errors import UsageError

if TYPE_CHECKING:
    from wizard.pki.ca import Issued

SHUT_OUT = (
    "Nobody is shut out yet: write the list (mqwizard ca crl FILE), publish it by LDAP, and name that server in the "
    "recipe (objects: AUTHINFO with AUTHTYPE CRLLDAP, a NAMELIST, and SSLCRLNL). Sooner: take its rule out."
)
"""MQ reads revocation lists from LDAP, or over HTTP where a certificate names a distribution point (facts tls 2.7)."""


def authority(options: argparse.Namespace) -> int:
    """Carry out what is asked of the CA. Raises what opening it raises."""
    from wizard.engine.authority import issued, revoke, write_crl
    from wizard.run.transcript import now

    if options.recipe is None:
        raise UsageError("No recipe was named.", remedy="Name the one whose CA is meant with --recipe.")
    if options.ca == "issued":
        lines = [json.dumps(record(one)) if options.json else _line(one) for one in issued(options.recipe, asking())]
        result("\n".join(lines) if lines else "Nothing was issued yet.")
    elif options.ca == "revoke":
        revoke(options.recipe, options.serial, now(), asking())
        say(f"Revoked: {options.serial}. {SHUT_OUT}")
    else:
        write_crl(options.recipe, options.file, now(), asking())
        say(f"The revocation list is {options.file}. Write it anew before 30 days are over.")
    return 0


def record(one: Issued) -> dict[str, object]:
    """A certificate that the CA issued, as JSON."""
    return {
        "v": 1,
        "type": "issued",
        "serial": one.serial,
        "subject": one.subject,
        "not_after": one.not_after.isoformat(),
        "fingerprint": one.fingerprint,
        "revoked_at": one.revoked_at.isoformat() if one.revoked_at else "",
        "test": one.test,
    }


def _line(one: Issued) -> str:
    state = f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else f"until {one.not_after:%Y-%m-%d}"
    proof = "  for a proof" if one.test else ""
    return f"{one.serial}  {state}  {one.subject}{proof}"
