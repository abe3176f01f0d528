"""Handshakes that a listener must refuse: old protocols and weak ciphers.

A refusal proves something only where this host could have spoken what was refused, so that is tried first, in memory,
between two ends of our own.
"""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.proof.wire import handshake

ANONYMOUS = "AECDH-AES128-SHA:@SECLEVEL=0"
"""A suite without a certificate, with which two ends of our own meet under an old protocol."""

EVERYTHING = "ALL:@SECLEVEL=0"
WEAK = "aNULL:eNULL:EXPORT:RC4:DES:3DES:MD5:@SECLEVEL=0"
WEAK_AMONG_US = "AECDH-NULL-SHA:@SECLEVEL=0"
ROUNDS = 10


@dataclass(frozen=True)
class Trial:
    """What is tried: its name, the protocol, the suites offered, and those by which two ends of our own meet."""

    name: str
    version: ssl.TLSVersion
    ciphers: str
    among_us: str


OLD_PROTOCOLS = (
    Trial("TLS 1.1", ssl.TLSVersion.TLSv1_1, EVERYTHING, ANONYMOUS),
    Trial("TLS 1.0", ssl.TLSVersion.TLSv1, EVERYTHING, ANONYMOUS),
)
WEAK_CIPHERS = (Trial("weak suites", ssl.TLSVersion.TLSv1_2, WEAK, WEAK_AMONG_US),)


@dataclass(frozen=True)
class Found:
    """Which trials were made, and what of them the listener accepted."""

    tried: tuple[str, ...]
    accepted: tuple[str, ...]


def offered(trials: tuple[Trial, ...], address: str, port: int, channel: str) -> Found:
    """Make every trial that this host can speak."""
    possible = [trial for trial in trials if speaks(trial)]
    accepted = []
    for trial in possible:
        found = handshake(_context(ssl.PROTOCOL_TLS_CLIENT, trial.version, trial.ciphers), address, port, channel)
        if not found.error:
            accepted.append(f"{found.protocol} {found.cipher}")
    return Found(tuple(trial.name for trial in possible), tuple(accepted))


def speaks(trial: Trial) -> bool:
    """Whether this host's OpenSSL can do such a handshake at all."""
    try:
        client = _context(ssl.PROTOCOL_TLS_CLIENT, trial.version, trial.among_us)
        server = _context(ssl.PROTOCOL_TLS_SERVER, trial.version, trial.among_us)
        return all(_meet(client, server))
    except (ssl.SSLError, ValueError):
        return False


def _meet(client: ssl.SSLContext, server: ssl.SSLContext) -> Iterator[bool]:
    """Whether each end finishes a handshake with the other, in memory."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [client.wrap_bio(back, there), server.wrap_bio(there, back, server_side=True)]
    finished: set[int] = set()
    for _ in range(ROUNDS):
        for number, end in enumerate(ends):
            try:
                end.do_handshake()
                finished.add(number)
            except ssl.SSLWantReadError:
                continue
    return (number in finished for number in range(len(ends)))


def _context(side: int, version: ssl.TLSVersion, ciphers: str) -> ssl.SSLContext:
    context = ssl.SSLContext(side)
    if side == ssl.PROTOCOL_TLS_CLIENT:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    context.set_ciphers(ciphers)
    with warnings.catch_warnings():
        # Asking for an old protocol is the very point here.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = version
        context.maximum_version = version
    return context
