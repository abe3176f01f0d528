"""Common mistakes with MQ and TLS that have a name rather than a message (facts TLS 6.1; the first list is from 2007).

Found by words that a person would use; every entry says what it is and what to do today.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.mq.message_type import Meaning


@dataclass(frozen=True)
class Gotcha:
    """A mistake: the words by which it is known, what it is, what to do."""

    name: str
    words: tuple[str, ...]
    meaning: Meaning


def _gotcha(name: str, words: str, what: str, remedy: str) -> Gotcha:
    return Gotcha(name, tuple(words.split("|")), Meaning(what, remedy))


GOTCHAS = (
    _gotcha(
        "certificate not signed",
        "not signed|unsigned certificate",
        "The CA's answer was never received: the subject of the certificate is its issuer still.",
        "Receive the answer into the store that made the request, after the CA's own certificates.",
    ),
    _gotcha(
        "corrupted by file transfer",
        "corrupt|ftp|ascii mode|binary mode",
        "A certificate was changed on its way: PEM goes as text, stores and tables as binary.",
        "Send it again in the right mode, and compare SHA-256 fingerprints on both sides.",
    ),
    _gotcha(
        "no need to restart",
        "restart the queue manager|restart the chinit|restart chinit",
        "A changed key repository takes no restart.",
        "REFRESH SECURITY TYPE(SSL), at a quiet time: TLS channels stop and start.",
    ),
    _gotcha(
        "key repository not found",
        "key.kdb.kdb|repository not found|key repository does not exist",
        "MQ adds .kdb to a name without an ending; before 9.3 also to one with it.",
        "Before 9.3 give the stem; from 9.3 the full name of the file.",
    ),
    _gotcha(
        "wrong type of key repository",
        "wrong type|jks|wrong format",
        "Java reads JKS and PKCS#12, MQ reads CMS and, from 9.3, PKCS#12.",
        "Convert the store, or make one of the right type.",
    ),
    _gotcha(
        "duplicate serial numbers",
        "duplicate serial|same serial",
        "Two certificates of one CA have one serial number, or two CAs have one name.",
        "Issue one of them again with a random serial number; remove the stale CA.",
    ),
    _gotcha(
        "GUI and command line differ",
        "ikeyman|strmqikm|gskit gui",
        "The GUI had other defaults for labels, signatures and the default certificate; it is gone with 9.4.",
        "Use runmqakm, and say every value.",
    ),
    _gotcha(
        "add or receive",
        "add or receive|receive or add|-cert -add",
        "Adding one's own certificate makes it a signer without a key: AMQ9637 at the partner, AMQ9642 here.",
        "Receive the answer to one's own request; add the certificates of others.",
    ),
    _gotcha(
        "makecert",
        "makecert",
        "Windows' test CA makes weak certificates without key usage.",
        "Use a CA of your own with RSA 2048 or more, SHA-256 and key usages.",
    ),
    _gotcha(
        "which tool",
        "gsk6cmd|gsk7cmd|runmqckm|gskcapicmd",
        "The tools changed their names; runmqckm is gone with 9.4.",
        "Use runmqakm; runmqktool from 9.4 for Java's stores.",
    ),
    _gotcha(
        "migration of the Windows store",
        "amqmcert|amqtcert|5.3 to 6.0",
        "Before 6.0 certificates were in Windows' own store.",
        "Import them into a key repository.",
    ),
    _gotcha(
        "password not stashed",
        "not stashed|-stash|no stash",
        "MQ cannot open a key repository whose password it has not: AMQ9660, reason 2381.",
        "Stash it with -keydb -stashpw, or from 9.3 set KEYRPWD; then REFRESH SECURITY TYPE(SSL).",
    ),
    _gotcha(
        "expired certificate",
        "expired",
        "A certificate of the chain is past its end, which may be an intermediate one: AMQ9658, AMQ9633.",
        "Look at the dates of all of them, on both sides.",
    ),
)


def named_in(text: str) -> tuple[Gotcha, ...]:
    """The mistakes that a text speaks of."""
    folded = text.casefold()
    return tuple(one for one in GOTCHAS if one.name in folded or any(word in folded for word in one.words))
