"""The steps before MQ knows who is there: listener, TLS, the channel and its TLS (facts TLS 5.1, steps 1 to 4)."""

from __future__ import annotations

from wizard.access.passage import Passage
from wizard.access.recalled import Recalled
from wizard.access.values import Compared, Refusal, Shown
from wizard.mq.channel_types import ANSWERING, MESSAGE
from wizard.mq.ciphers import Meeting, compatible
from wizard.mq.dn import DistinguishedName, DnProblem, Pattern
from wizard.mq.objects import MqObject

TLS_REASONS = (2393, 2397)
"""What a C client and a Java client report for a handshake that was refused."""


def listener(passage: Passage) -> Refusal | None:
    """BLOCKADDR, before one byte is read."""
    address = passage.connection.address
    if not passage.guard.chlauth:
        passage.skipped("listener", "CHLAUTH is off: no address is blocked")
        return None
    rule = passage.guard.rules.blocking_address(address)
    if rule is None:
        passage.passed("listener", f"no BLOCKADDR rule covers {address}")
        return None
    compared = (Compared(rule, not rule.warns, f"covers {address}"),)
    if rule.warns:
        passage.passed("listener", f"a BLOCKADDR rule covers {address} and only warns", compared)
        return None
    refusal = Refusal(
        ("AMQ9777",),
        (2059, 2009),
        f"a BLOCKADDR rule covers {address}",
        "Take the address out of ADDRLIST, if it is meant to connect.",
    )
    return passage.refused("listener", refusal, compared)


def handshake(passage: Passage) -> Refusal | None:
    """TLS itself: whether the certificate is good here. It comes before any MQ data."""
    shown = passage.connection.certificate
    if not speaks_tls(passage):
        passage.skipped("TLS", "the partner speaks no TLS")
        return None
    if shown is None:
        passage.passed("TLS", "the handshake works; the partner shows no certificate")
        return None
    if shown.in_date is False:
        why = f"the certificate {shown.subject} is not within its dates"
        return passage.refused("TLS", Refusal(("AMQ9658", "AMQ9633"), TLS_REASONS, why, "Renew it."))
    if shown.trusted is False or _untrusted(passage, shown):
        why = f"nobody whom the key repository trusts issued {shown.subject} (issuer: {shown.issuer or 'not known'})"
        remedy = "Add the issuer's certificate to the key repository, if it is one to trust; then refresh security."
        return passage.refused("TLS", Refusal(("AMQ9633",), TLS_REASONS, why, remedy))
    trust = "" if shown.trusted or passage.guard.signers is not None else "; whether it is trusted was not looked at"
    passage.passed("TLS", f"certificate {shown.subject}, issued by {shown.issuer or 'somebody not named'}{trust}")
    return None


def _untrusted(passage: Passage, shown: Shown) -> bool:
    """Whether the issuer is none of the signers, as far as both are known."""
    signers = passage.guard.signers
    if shown.trusted or signers is None or shown.issuer is None:
        return False
    return not any(_same(shown.issuer, signer) for signer in signers)


def _same(name: DistinguishedName, text: str) -> bool:
    try:
        other = DistinguishedName.parse(text)
    except DnProblem:
        return False
    return sorted(_folded(name)) == sorted(_folded(other))


def _folded(name: DistinguishedName) -> list[tuple[str, str]]:
    return [(keyword, value.casefold()) for keyword, value in name.parts if keyword != "SERIALNUMBER"]


def speaks_tls(passage: Passage) -> bool:
    """Whether the partner begins with TLS; one whose CipherSpec is not given does what the channel asks."""
    if passage.connection.cipher is not None:
        return bool(passage.connection.cipher.strip())
    channel = passage.channel
    return bool(channel and channel.text("SSLCIPH").strip()) or passage.connection.certificate is not None


def definition(passage: Passage) -> Refusal | None:
    """The channel by its name: there, of a fitting type."""
    channel, name = passage.channel, passage.connection.channel
    if channel is None:
        why = f"{passage.guard.name} has no channel {name}"
        remedy = "Define it, or correct the name at the partner; names are case-sensitive."
        return passage.refused("channel", Refusal(("AMQ9519",), (2540,) if passage.client else (), why, remedy))
    kind = channel.text("CHLTYPE")
    if kind not in ANSWERING or passage.client == (kind in MESSAGE):
        why = f"{name} is a {kind}, which is not for {'clients' if passage.client else 'queue managers'}"
        passage.rests_on(Recalled.TLS_MESSAGE)
        return passage.refused("channel", Refusal(("AMQ9502",), (2539,) if passage.client else (), why, ""))
    passage.passed("channel", f"{name} is a {kind}{_attributes(channel)}")
    return None


def _attributes(channel: MqObject) -> str:
    shown = [
        f"{keyword}({channel.text(keyword)})"
        for keyword in ("SSLCIPH", "SSLCAUTH", "SSLPEER", "MCAUSER", "SCYEXIT")
        if channel.text(keyword).strip()
    ]
    return f": {' '.join(shown)}" if shown else ""


def wanted_tls(passage: Passage) -> Refusal | None:
    """SSLCIPH, SSLCAUTH and SSLPEER of the channel against the handshake."""
    channel = passage.channel
    assert channel is not None  # noqa: S101 - the step before has found it
    cipher = channel.text("SSLCIPH").strip()
    if not speaks_tls(passage):
        return _plain(passage, cipher)
    if not cipher:
        why = f"the partner speaks TLS, and {channel.name} has no SSLCIPH"
        passage.rests_on(Recalled.TLS_MESSAGE)
        remedy = "Give both ends the same SSLCIPH."
        return passage.refused("TLS of the channel", Refusal((), (2539, 2393), why, remedy))
    spoken = passage.connection.cipher
    if spoken and compatible(spoken, cipher, tls13=passage.guard.tls13) is Meeting.NO:
        why = f"the partner's {spoken} and SSLCIPH({cipher}) do not meet"
        remedy = "Give both ends the same SSLCIPH; a specific name belongs on the end that calls."
        return passage.refused("TLS of the channel", Refusal(("AMQ9631", "AMQ9616"), TLS_REASONS, why, remedy))
    return _certificate(passage, channel, cipher)


def _plain(passage: Passage, cipher: str) -> Refusal | None:
    if cipher or passage.guard.only_secure:
        wants = f"the channel has SSLCIPH({cipher})" if cipher else "qm.ini has SecureCommsOnly"
        why = f"the partner speaks no TLS, and {wants}"
        if not cipher:
            passage.rests_on(Recalled.TLS_MESSAGE)
        remedy = "Give the partner the same SSLCIPH; MQSERVER cannot carry one, a channel table can."
        return passage.refused("TLS of the channel", Refusal(("AMQ9639",), TLS_REASONS, why, remedy))
    passage.skipped("TLS of the channel", "the channel asks for no TLS")
    return None


def _certificate(passage: Passage, channel: MqObject, cipher: str) -> Refusal | None:
    shown = passage.connection.certificate
    pattern = channel.text("SSLPEER").strip()
    if shown is None and (pattern or channel.text("SSLCAUTH") != "OPTIONAL"):
        wants = "SSLPEER makes one mandatory" if pattern else "SSLCAUTH(REQUIRED) asks for one"
        remedy = "Look at the partner's CERTLABL and whether its key repository holds the key."
        refusal = Refusal(("AMQ9637",), TLS_REASONS, f"the partner shows no certificate, and {wants}", remedy)
        return passage.refused("TLS of the channel", refusal)
    if shown is not None and pattern and not _matches(pattern, shown):
        why = f"{shown.subject} does not match SSLPEER({pattern}) of the channel"
        remedy = "Correct SSLPEER, or let the partner show the right certificate."
        return passage.refused("TLS of the channel", Refusal(("AMQ9636",), TLS_REASONS, why, remedy))
    said = f"{passage.connection.cipher or 'the CipherSpec'} fits SSLCIPH({cipher})"
    passage.passed("TLS of the channel", f"{said}; SSLPEER({pattern}) matches" if pattern else said)
    return None


def _matches(pattern: str, shown: Shown) -> bool:
    try:
        return Pattern.parse(pattern).matches(shown.subject)
    except DnProblem:
        return False
