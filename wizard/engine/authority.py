"""The own certificate authority of a recipe, without a run: what it issued, what is revoked, its revocation list.

Needs no MQ. The CA's folder is the recipe's; only its list grows, and only by what a person orders.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.prepare import ASSUMED_RELEASE
from wizard.engine.scripts import recipe_scripts
from wizard.engine.source import find_source
from wizard.errors import Refused
from wizard.mq.releases import Release
from wizard.run.files import write_file
from wizard.run.keyring import Keyring
from wizard.topology.build import build

if TYPE_CHECKING:
    from wizard.pki.ca import CertificateAuthority, Issued


def issued(recipe: str, ask: Callable[[str], str] | None) -> list[Issued]:
    """Every certificate that the recipe's CA issued, those of proofs and the revoked ones too.

    Raises Refused where the recipe has no CA of its own, AuthorityError where its folder cannot be used.
    """
    return _opened(recipe, ask).issued()


def revoke(recipe: str, serial: str, moment: datetime, ask: Callable[[str], str] | None) -> None:
    """Put a certificate on the list of the revoked ones. It takes effect with the next revocation list."""
    _opened(recipe, ask).revoke(serial, moment)


def write_crl(recipe: str, target: Path, moment: datetime, ask: Callable[[str], str] | None) -> None:
    """Write a new revocation list, as PEM for everybody, in place of an older one."""
    write_file(target, _opened(recipe, ask).crl(moment), mode=0o644, replace=True)


def _opened(wanted: str, ask: Callable[[str], str] | None) -> CertificateAuthority:
    from wizard.pki.ca import CertificateAuthority

    source = find_source(wanted)
    recipe = source.read()
    topology = build(recipe, Release.parse(ASSUMED_RELEASE), recipe_scripts(recipe, source.base))
    own = topology.authority
    if own is None:
        raise Refused(
            f"{wanted} has no certificate authority of its own.",
            f"It says trust: {recipe.trust.kind}, or has no client with TLS.",
            "Revoke where the certificate was issued.",
        )
    folder = source.base / own.folder
    if CertificateAuthority.exists(folder) == "absent":
        raise Refused(f"There is no certificate authority in {folder} yet.", remedy="Run the recipe first.")
    keyring = Keyring(environment=os.environ, base=source.base, ask=ask)
    return CertificateAuthority.open(folder, keyring.secret(own.passphrase).reveal())
