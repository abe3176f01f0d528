"""MQ's reason codes that a connection can end with: their names and what they mean here.

Names: the header cmqc; where each comes from: facts TLS 6.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """A reason code, its name without MQRC_, what it means."""

    code: int
    name: str
    what: str


def _table(*rows: tuple[int, str, str]) -> dict[int, Reason]:
    return {code: Reason(code, name, what) for code, name, what in rows}


REASONS = _table(
    (2009, "CONNECTION_BROKEN", "The connection broke: a blocked address, TLS on one side only, or the partner ended."),
    (2035, "NOT_AUTHORIZED", "The queue manager refused the user: by a channel rule, a password, or an authority."),
    (2058, "Q_MGR_NAME_ERROR", "The client found no channel for a queue manager of that name, or no channel table."),
    (2059, "Q_MGR_NOT_AVAILABLE", "Nobody answers as that queue manager: listener, queue manager, blocked address."),
    (2063, "SECURITY_ERROR", "A rule and connection authentication contradict each other, or an exit refused."),
    (2085, "UNKNOWN_OBJECT_NAME", "The queue manager has no queue of that name; the connection itself works."),
    (2371, "CHANNEL_SSL_ERROR", "An event: a TLS channel could not be established."),
    (2381, "KEY_REPOSITORY_ERROR", "The key repository cannot be opened: name, password or permission."),
    (2382, "CRYPTO_HARDWARE_ERROR", "The cryptographic hardware cannot be used."),
    (
        2391,
        "SSL_ALREADY_INITIALIZED",
        "The process has TLS set up already; the second connection's settings are ignored.",
    ),
    (2392, "SSL_CONFIG_ERROR", "TLS settings come from two places and do not agree."),
    (
        2393,
        "SSL_INITIALIZATION_ERROR",
        "The TLS handshake was refused; the error log of the side that refuses says why.",
    ),
    (2396, "SSL_NOT_ALLOWED", "TLS was asked for where it is not possible: local bindings, or no TCP."),
    (2397, "JSSE_ERROR", "TLS failed in Java; the nested exception says why."),
    (2398, "SSL_PEER_NAME_MISMATCH", "The queue manager's certificate does not match the client's SSLPEER."),
    (2399, "SSL_PEER_NAME_ERROR", "SSLPEER at the client is not valid."),
    (
        2400,
        "UNSUPPORTED_CIPHER_SUITE",
        "Java does not know the CipherSuite by this name, or its JRE has it switched off.",
    ),
    (2401, "SSL_CERTIFICATE_REVOKED", "The certificate has been revoked."),
    (2402, "SSL_CERT_STORE_ERROR", "The servers with revocation lists cannot be searched."),
    (2409, "SSL_KEY_RESET_ERROR", "The secret key could not be renegotiated."),
    (2537, "CHANNEL_NOT_AVAILABLE", "The channel is stopped, or has all the instances that it may have."),
    (2538, "HOST_NOT_AVAILABLE", "The host does not answer at that port: name, port, listener, firewall."),
    (
        2539,
        "CHANNEL_CONFIG_ERROR",
        "The two ends of the channel do not fit: TLS at the client only, or another attribute.",
    ),
    (2540, "UNKNOWN_CHANNEL_NAME", "The queue manager has no channel of that name; names are case-sensitive."),
    (2552, "CHANNEL_SSL_WARNING", "An event: a TLS channel was established with a warning."),
    (2591, "CIPHER_SPEC_NOT_SUITE_B", "The CipherSpec is not one of Suite B."),
    (2592, "SUITE_B_ERROR", "The Suite B setting is not valid."),
    (2593, "CERT_VAL_POLICY_ERROR", "The certificate validation policy is not valid."),
    (2594, "PASSWORD_PROTECTION_ERROR", "The password could not be protected on its way."),
    (2595, "CSP_ERROR", "The connection security parameters are not valid."),
    (2596, "CERT_LABEL_NOT_ALLOWED", "A certificate label is not possible in this environment."),
    (2600, "CCDT_URL_ERROR", "The address of the channel table is not valid."),
    (2603, "OUTBOUND_SNI_NOT_VALID", "OutboundSNI is not CHANNEL, HOSTNAME or *."),
    (2604, "HTTPS_KEYSTORE_ERROR", "The key store for HTTPS cannot be used."),
)
"""By code."""

BY_NAME = {reason.name: reason for reason in REASONS.values()}
