"""Chains of certificates: which one issued which, by name and by signature.

Used by `lint`, by kits and by the plan's rules: SSLCERTI names the issuing CA, which is the certificate right
above, not the root.
"""

from __future__ import annotations

from collections.abc import Sequence

from wizard.pki.describe import issued_by
from wizard.pki.reading import load_certificate
from wizard.pki.values import Certificate

_LONGEST = 10


def follow(certificate: Certificate, others: Sequence[Certificate]) -> tuple[Certificate, ...]:
    """The certificate and those above it, as far as they are among the others; the root last."""
    way = [certificate]
    while not way[-1].self_signed and len(way) < _LONGEST:
        above = _issuer(way[-1], others)
        if above is None or above in way:
            break
        way.append(above)
    return tuple(way)


def order_chain(certificates: Sequence[Certificate]) -> tuple[Certificate, ...]:
    """The longest chain among the certificates: the one nobody was issued by first, the root last.

    Certificates that belong to no such chain are left out.
    """
    ways = [follow(one, certificates) for one in certificates]
    return max(ways, key=len, default=())


def issuing_ca(chain: Sequence[Certificate]) -> Certificate | None:
    """The certificate that issued the first of these, itself when self-signed; None when it is not there."""
    if not chain:
        return None
    return chain[0] if chain[0].self_signed else _issuer(chain[0], chain[1:])


def _issuer(certificate: Certificate, others: Sequence[Certificate]) -> Certificate | None:
    named = [one for one in others if one.subject == certificate.issuer]
    if not named:
        return None
    issued = load_certificate(certificate.pem)
    return next((one for one in named if issued_by(issued, load_certificate(one.pem))), None)
