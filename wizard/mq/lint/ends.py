"""Rules about two ends of a channel in one script: CipherSpecs that meet, clusters that are joined over TLS."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.ciphers import Meeting, cipher, compatible
from wizard.mq.lint.script import Hit, Script, Thing

_CALLS = frozenset({"SDR", "CLUSSDR", "CLNTCONN", "SVR"})
_ANSWERS = frozenset({"SVRCONN", "RCVR", "CLUSRCVR", "RQSTR"})


def two_ends(script: Script) -> Iterator[Hit]:
    """A caller and an answerer of one name; the specific CipherSpec belongs to the caller (facts TLS 1.4)."""
    answering = {channel.name: channel for channel in script.channels if channel.chltype in _ANSWERS}
    for caller in script.channels:
        answerer = answering.get(caller.name)
        if caller.chltype in _CALLS and answerer is not None and caller.whole and answerer.whole:
            yield from _pair(script, caller, answerer)


def _pair(script: Script, caller: Thing, answerer: Thing) -> Iterator[Hit]:
    one, other = caller.text("SSLCIPH"), answerer.text("SSLCIPH")
    line = max(caller.at("SSLCIPH"), answerer.at("SSLCIPH"))
    if bool(one) != bool(other):
        what = f"Only one end of {caller.name} has an SSLCIPH: they do not meet: AMQ9639, AMQ9641."
        yield Hit("cipher-mismatch", line, what, "Give both ends the same.")
        return
    first, second = cipher(one), cipher(other)
    if first is None or second is None or first.weak or second.weak:
        return
    meeting = compatible(one, other, tls13=script.release.tls13)
    if meeting is Meeting.YES:
        return
    if first.alias and not second.alias:
        what = f"{caller.name}: the caller says {one} and the answerer {other}, which meet only by luck: AMQ9631."
        remedy = "Use the same on both ends, or the specific CipherSpec on the caller and the alias on the answerer."
        yield Hit("one-sided-alias", line, what, remedy)
    else:
        what = f"{caller.name}: the caller says {one} and the answerer {other}, which do not meet: AMQ9631."
        yield Hit("cipher-mismatch", line, what, "Use the same on both ends.")


def clusters(script: Script) -> Iterator[Hit]:
    """A cluster-sender without the TLS that the cluster uses: the first contact is made with what it says."""
    secured = {
        channel.text("CLUSTER"): channel
        for channel in script.channels
        if channel.chltype == "CLUSRCVR" and channel.text("SSLCIPH") and channel.text("CLUSTER")
    }
    for channel in script.channels:
        receiver = secured.get(channel.text("CLUSTER"))
        if channel.chltype == "CLUSSDR" and channel.lacks("SSLCIPH") and receiver is not None:
            what = f"Cluster-sender {channel.name} has no SSLCIPH, and {receiver.name} of its cluster has one."
            yield Hit(
                "cluster-sender-plain",
                channel.line,
                what,
                f"Say SSLCIPH({receiver.text('SSLCIPH')}): the first contact is made with it.",
            )


RULES = (two_ends, clusters)
