"""TLS that is old, absent or about to end: CipherSpecs, plain channels, certificates, signers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.access.flaws import Flaw, Gravity, Held
from wizard.access.guard import Guard
from wizard.mq.ciphers import problem, replacement
from wizard.mq.dn import same_pattern
from wizard.mq.mqsc import alter
from wizard.mq.objects import Kind, MqObject

URGENT_DAYS = 14
SOON_DAYS = 60


def flaws(guard: Guard, held: Sequence[Held]) -> Iterator[Flaw]:
    """Every flaw of TLS."""
    own = [one for one in guard.channels.values() if not one.name.startswith("SYSTEM.")]
    for channel in own:
        yield from _cipher(guard, channel)
    yield from _only_secure(guard, own)
    for certificate in held:
        yield from _end(guard, certificate)
    yield from _signers(guard, held)


def _cipher(guard: Guard, channel: MqObject) -> Iterator[Flaw]:
    name, kind = channel.text("SSLCIPH").strip(), channel.text("CHLTYPE")
    instead = replacement(guard.release)
    commands = (
        alter(Kind.CHANNEL, channel.name, {"SSLCIPH": instead}, chltype=kind),
        "REFRESH SECURITY TYPE(SSL)",
    )
    if not name:
        what = f"{channel.name} has no SSLCIPH."
        means = (
            "Messages, user ids and passwords cross the network in clear, and an address is all that tells partners."
        )
        remedy = f"Give both ends SSLCIPH({instead}) and SSLCAUTH(REQUIRED)."
        yield Flaw(guard.name, Gravity.WARNING, "plain-channel", channel.name, what, means, remedy)
        if channel.text("SSLPEER").strip():
            what = f"SSLPEER of {channel.name} is ignored, as SSLCIPH is blank."
            yield Flaw(guard.name, Gravity.WARNING, "sslpeer-ignored", channel.name, what, "", remedy)
        return
    wrong = problem(name, guard.release)
    if wrong is not None:
        means = "The channel does not start unless somebody switched the CipherSpec on again."
        yield Flaw(
            guard.name,
            Gravity.PROBLEM,
            "old-cipher",
            channel.name,
            f"{channel.name}: {wrong.what}",
            means,
            wrong.remedy,
            commands,
        )


def _only_secure(guard: Guard, own: Sequence[MqObject]) -> Iterator[Flaw]:
    """SecureCommsOnly, where nothing plain is left that it would stop."""
    every = bool(own) and all(one.text("SSLCIPH").strip() for one in own)
    if every and guard.release.secure_comms_only and not guard.only_secure:
        what = "Every channel has TLS, and a plain one could still be defined and used."
        remedy = "Add SecureCommsOnly=YES to the TCP stanza of qm.ini, and restart the queue manager."
        commands = ("TCP:", "   SecureCommsOnly=YES")
        yield Flaw(guard.name, Gravity.NOTE, "secure-comms-only", "queue manager", what, "", remedy, commands)


def _end(guard: Guard, held: Held) -> Iterator[Flaw]:
    if held.days_left is None or held.days_left >= SOON_DAYS:
        return
    what_is_it = "certificate" if held.personal else "signer"
    ends = f"ended {-held.days_left} days ago" if held.days_left < 0 else f"ends in {held.days_left} days"
    gravity = Gravity.PROBLEM if held.days_left < 0 else Gravity.WARNING
    if held.days_left >= URGENT_DAYS:
        gravity = Gravity.NOTE
    means = "Partners refuse it from then on: AMQ9658, reason 2393."
    remedy = (
        "Renew it: a new certificate under a new label, CERTLABL, then REFRESH SECURITY TYPE(SSL)."
        if held.personal
        else "Add its successor, then take it out when nobody needs it."
    )
    yield Flaw(
        guard.name,
        gravity,
        "certificate-ends",
        held.label,
        f"The {what_is_it} {held.label} ({held.subject}) {ends}.",
        means,
        remedy,
    )


def _signers(guard: Guard, held: Sequence[Held]) -> Iterator[Flaw]:
    """Several CAs, or a CA beside self-signed partners: whoever any of them vouches for gets past TLS."""
    trusted = [one for one in held if not one.personal]
    roots = {one.subject for one in trusted if same_pattern(one.subject, one.issuer) or one.subject == one.issuer}
    if len(roots) > 1:
        named = "; ".join(sorted(roots))
        what = f"The key repository trusts {len(roots)} certificates that vouch for themselves: {named}."
        means = "A certificate of any of them gets past TLS; only SSLPEER, SSLPEERMAP and SSLCERTI tell them apart."
        remedy = "Keep those that partners need, and name the issuer in every rule."
        yield Flaw(guard.name, Gravity.NOTE, "several-signers", "key repository", what, means, remedy)
