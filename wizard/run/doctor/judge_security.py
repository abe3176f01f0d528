"""Judges how a queue manager lets people in: channel rules, passwords, CipherSpecs, its settings. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.ciphers import cipher
from wizard.mq.ini import setting
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.run.doctor.findings import Finding, note, ok, warning
from wizard.run.doctor.judge_queue_managers import area
from wizard.run.doctor.seen import QueueManagerSeen
from wizard.run.doctor.wording import listed

YES = {"yes", "y", "true", "1"}

WEAKENING = ("AllowWeakCipherSpec", "AllowSSLV3", "AllowTLSV1")
"""Settings of the SSL stanza that let old protocols in again (facts TLS 1.2)."""


def security(seen: QueueManagerSeen, release: Release | None) -> Iterator[Finding]:
    """Everything about the doors of a queue manager that answered."""
    own = seen.own
    if own is None:
        return
    yield _rules(seen, own)
    yield _login(seen, own)
    yield from _adoption(seen)
    yield from _channels(seen)
    yield from _settings(seen, release)
    words = (f"{keyword}({own.text(keyword)})" for keyword in ("SSLFIPS", "SUITEB", "CERTVPOL", "SSLCRLNL", "REVDNS"))
    yield note(area(seen.name), f"Set as: {' '.join(words)}.")


def _rules(seen: QueueManagerSeen, own: MqObject) -> Finding:
    if own.text("CHLAUTH") != "DISABLED":
        return ok(area(seen.name), "Channel rules (CHLAUTH) are applied.")
    return warning(
        area(seen.name),
        "Channel rules are switched off: CHLAUTH(DISABLED).",
        "Rules can be set and shown, and none counts: partners come in as whoever they say they are.",
        f"Look at the rules first, then in runmqsc {seen.name}: ALTER QMGR CHLAUTH(ENABLED)",
    )


def _login(seen: QueueManagerSeen, own: MqObject) -> Finding:
    here, named, found = area(seen.name), own.text("CONNAUTH"), seen.authentication
    if not named:
        return warning(
            here,
            "No password is ever checked: CONNAUTH is blank.",
            "A client that sends a user and a password gets in with any password.",
            "ALTER QMGR CONNAUTH(SYSTEM.DEFAULT.AUTHINFO.IDPWOS), then REFRESH SECURITY TYPE(CONNAUTH)",
        )
    if found is None:
        return warning(
            here,
            f"CONNAUTH names {named}, which could not be shown.",
            "Where it does not exist, no password can be checked.",
            "Name one that exists: DISPLAY AUTHINFO(*)",
        )
    policy = found.text("CHCKCLNT")
    words = f"{named}: CHCKCLNT({policy}) CHCKLOCL({found.text('CHCKLOCL')}) ADOPTCTX({found.text('ADOPTCTX')})"
    if policy == "NONE":
        return warning(
            here,
            f"Clients' passwords are not checked: {words}.",
            "A client that sends a user and a password gets in with any password.",
            f"ALTER AUTHINFO({named}) AUTHTYPE({found.text('AUTHTYPE') or 'IDPWOS'}) CHCKCLNT(REQDADM), "
            "then REFRESH SECURITY TYPE(CONNAUTH)",
        )
    return ok(here, f"Passwords are checked by {words}.")


def _adoption(seen: QueueManagerSeen) -> Iterator[Finding]:
    """Which user wins where a rule and a password name different ones (facts TLS 5.3)."""
    if seen.authentication is None or seen.authentication.text("ADOPTCTX") != "YES" or not seen.settings:
        return
    early = setting(seen.settings, "Channels", "ChlauthEarlyAdopt").casefold() in YES
    if early:
        yield ok(area(seen.name), "The user of a password is known before rules are applied (ChlauthEarlyAdopt).")
    else:
        yield note(
            area(seen.name),
            "ChlauthEarlyAdopt is not set in qm.ini.",
            "Whoever sends a password becomes that user, even where a rule maps another one.",
            "Channels: ChlauthEarlyAdopt=Y in qm.ini, then start the queue manager anew.",
        )


def _channels(seen: QueueManagerSeen) -> Iterator[Finding]:
    here = area(seen.name)
    own = [one for one in seen.channels if not one.name.startswith("SYSTEM.")]
    weak = [f"{one.name} ({one.cipher})" for one in own if (known := cipher(one.cipher)) and known.weak]
    plain = [one.name for one in own if one.type == "SVRCONN" and not one.cipher]
    if weak:
        yield warning(
            here,
            f"Channels with a weak CipherSpec: {listed(weak)}.",
            "What they carry can be read or changed on the way, and newer releases refuse them.",
            "Give both ends of each ANY_TLS12_OR_HIGHER, or a strong CipherSpec that both know.",
        )
    if plain:
        yield note(
            here,
            f"Channels for clients without TLS: {listed(plain)}.",
            "Passwords and messages pass in the clear, or nearly so.",
            "A recipe with tls: server or mutual gives each a CipherSpec.",
        )


def _settings(seen: QueueManagerSeen, release: Release | None) -> Iterator[Finding]:
    here, ini = area(seen.name), seen.settings
    if not ini:
        yield note(here, "Its qm.ini could not be read.", "What stands in it is not judged.")
        return
    allowed = [key for key in WEAKENING if setting(ini, "SSL", key).casefold() not in {"", "no", "n", "false", "0"}]
    if setting(ini, "SSL", "AllowedCipherSpecs").casefold() == "all":
        allowed.append("AllowedCipherSpecs=ALL")
    if allowed:
        yield warning(
            here,
            f"qm.ini lets weak protocols in: {', '.join(allowed)}.",
            "A partner can bring a channel down to a protocol that is broken.",
            "Take it out of the SSL stanza, then start the queue manager anew.",
        )
    if release and release.secure_comms_only:
        if setting(ini, "TCP", "SecureCommsOnly").casefold() in YES:
            yield ok(here, "Channels without TLS are refused as a whole (SecureCommsOnly).")
        else:
            yield note(
                here,
                "Channels without TLS are possible (AMQ9722 at each start).",
                "A channel that is defined without a CipherSpec works.",
                "When all partners use TLS: TCP: SecureCommsOnly=YES in qm.ini, then start it anew.",
            )
    if release and release.tls13 and setting(ini, "SSL", "AllowTLSV13").casefold() not in YES:
        yield note(
            here,
            "TLS 1.3 is not switched on in qm.ini.",
            "It was made by an older release; TLS 1.2 is the newest protocol its channels speak.",
            "SSL: AllowTLSV13=TRUE in qm.ini, then start it anew.",
        )
