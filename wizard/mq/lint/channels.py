"""Rules about channels: TLS, whom they run as, where their messages wait."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wizard.mq.ciphers import cipher
from wizard.mq.dn import DnProblem, Pattern
from wizard.mq.lint.script import Hit, Script, Thing
from wizard.mq.objects import Kind, MqObject

ADMINISTRATORS = frozenset({"mqm", "qmqm", "musr_mqadmin", "root", "administrator"})
"""Users that may do everything, and what else is often written for them."""

INBOUND = frozenset({"SVRCONN", "RCVR", "RQSTR", "CLUSRCVR"})
LONGEST_USER = 12
"""Characters of a user id on AIX and Linux (facts TLS 5.3)."""

_MISSING_COMMA = re.compile(r"[^,;]\s(CN|OU|O|L|ST|C|DC|UID|T)=")


def locked(channel: Thing) -> bool:
    """Whether MCAUSER is no user, so that nobody gets in without a rule that maps."""
    return channel.text("MCAUSER").startswith("*")


def inbound(script: Script) -> Iterator[Thing]:
    """The channels that partners come in by, as far as the script shows their type."""
    return (channel for channel in script.channels if channel.chltype in INBOUND)


def tls(script: Script) -> Iterator[Hit]:
    """TLS that is off, weak in the long run, or not checked as it looks."""
    for channel in script.channels:
        found = cipher(channel.text("SSLCIPH"))
        if found and not found.weak and not found.alias and not found.forward_secret:
            what = f"{found.name} is not forward-secret: whoever gets the key later reads what was recorded before."
            newer = " or ANY_TLS13_OR_HIGHER" if script.release.tls13 else ""
            yield Hit("forward-secrecy", channel.at("SSLCIPH"), what, f"Use an ECDHE CipherSpec{newer}.")
        if channel.lacks("SSLCIPH"):
            yield from _without_tls(channel)
        elif channel.text("SSLPEER") and channel.text("SSLCAUTH") == "OPTIONAL":
            what = f"SSLCAUTH(OPTIONAL) of {channel.name} does nothing: SSLPEER makes a certificate mandatory."
            yield Hit(
                "optional-and-sslpeer", channel.at("SSLCAUTH"), what, "Say SSLCAUTH(REQUIRED), or take SSLPEER out."
            )


def _without_tls(channel: Thing) -> Iterator[Hit]:
    if channel.text("SSLPEER"):
        what = f"SSLPEER of {channel.name} is ignored while SSLCIPH is blank."
        yield Hit("sslpeer-without-cipher", channel.at("SSLPEER"), what, "Give it an SSLCIPH, or take SSLPEER out.")
    if channel.text("SSLCAUTH") == "REQUIRED" and not channel.name.startswith("SYSTEM."):
        what = f"SSLCAUTH of {channel.name} is ignored while SSLCIPH is blank."
        yield Hit("sslcauth-without-cipher", channel.at("SSLCAUTH"), what, "Give it an SSLCIPH, or take SSLCAUTH out.")
    if channel.whole and channel.chltype not in {"", "AMQP"}:
        what = f"{channel.name} has no SSLCIPH: messages, user ids and passwords cross the network in clear."
        yield Hit("no-tls", channel.line, what, "Give both ends an SSLCIPH.")


def names(script: Script) -> Iterator[Hit]:
    """Patterns of distinguished names that mean something else than it seems."""
    held: list[tuple[MqObject, int]] = [(one.wanted, one.at("SSLPEER")) for one in script.channels]
    held += [(one.wanted, one.line) for one in script.records]
    for wanted, line in held:
        for keyword in ("SSLPEER", "SSLCERTI"):
            yield from _pattern(wanted, keyword, line)
    for channel in script.channels:
        if channel.chltype == "CLUSRCVR" and channel.text("SSLPEER"):
            what = (
                f"SSLPEER of cluster-receiver {channel.name} must match the certificate of every queue manager in it."
            )
            yield Hit(
                "sslpeer-in-cluster", channel.at("SSLPEER"), what, "Use SSLPEERMAP records, one for each partner."
            )


def _pattern(wanted: MqObject, keyword: str, line: int) -> Iterator[Hit]:
    text = wanted.text(keyword)
    try:
        pattern = Pattern.parse(text) if text.strip() else None
    except DnProblem:
        return
    if pattern is None:
        return
    if pattern.pins_serial_number:
        what = f"{keyword} of {wanted.name} names a serial number, which the next certificate does not have."
        yield Hit("serial-number", line, what, "Leave SERIALNUMBER out.")
    if _MISSING_COMMA.search(text):
        yield Hit(
            "missing-comma", line, f"{keyword} of {wanted.name} seems to lack a comma.", "Put commas between its parts."
        )


def users(script: Script) -> Iterator[Hit]:
    """MCAUSER on channels and in records."""
    for channel in script.channels:
        yield from _user(f"channel {channel.name}", channel.text("MCAUSER"), channel.at("MCAUSER"))
    for record in script.records:
        yield from _user(f"the record on {record.profile}", record.wanted.text("MCAUSER").strip(), record.line)
    for channel in inbound(script):
        if channel.lacks("MCAUSER") and not any(record.maps for record in script.covering(channel.name)):
            client = channel.chltype == "SVRCONN"
            runs_as = "whatever user id the client claims" if client else "the user that the channel runs as, mqm"
            what = f"{channel.name} has neither MCAUSER nor a record that maps its partners: they work as {runs_as}."
            remedy = "Say MCAUSER('*NOACCESS') and map each partner with SET CHLAUTH."
            yield Hit("mcauser-blank", channel.at("MCAUSER"), what, remedy)


def _user(whose: str, user: str, line: int) -> Iterator[Hit]:
    bare = user.rpartition("\\")[2].partition("@")[0]
    if bare.casefold() in ADMINISTRATORS:
        what = f"Partners of {whose} work as {user}, who may do everything."
        yield Hit("mcauser-admin", line, what, "Use a user of its own with the few authorities that it needs.")
    elif user == "nobody":
        what = f"MCAUSER('nobody') of {whose} is a real user on AIX and Linux, and in its groups."
        yield Hit("mcauser-nobody", line, what, "Say MCAUSER('*NOACCESS'), which is none.")
    elif len(bare) > LONGEST_USER and not user.startswith("*"):
        what = f"MCAUSER of {whose} has {len(bare)} characters; AIX and Linux take {LONGEST_USER}."
        yield Hit("user-length", line, what, "Use a shorter user id.")


def queues(script: Script) -> Iterator[Hit]:
    """Transmission queues that senders, servers and remote queues need."""
    for thing in (*script.channels, *script.of(Kind.QREMOTE)):
        name = thing.text("XMITQ")
        queue = script.queues.get(name)
        if not name or (thing.wanted.kind is Kind.CHANNEL and thing.chltype not in {"SDR", "SVR"}):
            continue
        called = f"{'channel' if thing.chltype else 'remote queue'} {thing.name}"
        if queue is None and thing.whole and not name.startswith("SYSTEM."):
            what = f"The script does not define {name}, the transmission queue of {called}."
            remedy = f"Add DEFINE QLOCAL({name}) USAGE(XMITQ), unless it is there."
            yield Hit("xmitq-undefined", thing.at("XMITQ"), what, remedy)
        elif queue and queue.whole and queue.text("USAGE") != "XMITQ":
            what = f"{name} is no transmission queue, and {called} needs one."
            yield Hit("xmitq-usage", thing.at("XMITQ"), what, f"Define it with USAGE(XMITQ), in line {queue.line}.")
        elif queue and queue.whole and thing.chltype == "SDR" and queue.text("TRIGGER") != "YES":
            what = f"Nothing starts {thing.name} again by itself: {name} has no TRIGGER."
            remedy = "Add TRIGGER TRIGTYPE(FIRST) INITQ(SYSTEM.CHANNEL.INITQ) to the queue."
            yield Hit("xmitq-trigger", thing.line, what, remedy)


def labels(script: Script) -> Iterator[Hit]:
    """CERTLABL of channels."""
    for channel in script.channels:
        if channel.text("CERTLABL") and channel.chltype in INBOUND:
            what = f"CERTLABL of {channel.name} counts only for partners that send the channel's name in SNI, AMQ9673."
            yield Hit(
                "channel-label", channel.at("CERTLABL"), what, "Use the queue manager's CERTLABL where one will do."
            )


def passwords(script: Script) -> Iterator[Hit]:
    """Passwords asked for over a channel without TLS."""
    for channel in inbound(script):
        if channel.chltype != "SVRCONN" or not channel.lacks("SSLCIPH"):
            continue
        asked = [one for one in script.covering(channel.name) if one.wanted.text("CHCKCLNT") in {"REQUIRED", "REQDADM"}]
        if asked:
            what = (
                f"A record asks for a password on {channel.name}, which has no TLS: it crosses the network unprotected."
            )
            yield Hit("password-in-clear", asked[0].line, what, "Give the channel an SSLCIPH.")


RULES = (tls, names, users, queues, labels, passwords)
