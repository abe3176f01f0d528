"""The page for a partner without mqwizard: at most eight commands on each platform, from the key to the certificate.

The RACDCERT operands are those of RACF; they and the way through IBM i's Digital Certificate Manager are recalled.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable

from wizard.mq.dn import DistinguishedName
from wizard.topology.values import Client, Identity

PARTNER_PAGE = "PARTNER.md"
MOST_COMMANDS = 8

_DIGEST = "openssl pkey -pubin -outform DER | openssl dgst -sha256"
_SIZES = {"rsa-2048": 2048, "rsa-3072": 3072, "rsa-4096": 4096, "ec-p256": 256, "ec-p384": 384, "ec-p521": 521}
_SIGNATURES = {"ec-p256": "EC_ecdsa_with_SHA256", "ec-p384": "EC_ecdsa_with_SHA384", "ec-p521": "EC_ecdsa_with_SHA512"}
_RACF_WORDS = {"CN": "CN", "T": "T", "OU": "OU", "O": "O", "L": "L", "ST": "SP", "C": "C"}
"""Attribute → its word in SUBJECTSDN; RACF takes no others."""


def partner_page(client: Client) -> str:
    """Markdown: what to make, what to send, what to compare, what to take in; a list of commands for each platform."""
    identity = client.identity
    assert identity is not None  # noqa: S101 - only a client with a certificate has this page
    parts = [
        f"# The certificate of {client.name}",
        f"{client.host} makes the private key and keeps it. Only its request comes to us; only certificates go back.",
        f"1. Make key and request: subject `{identity.subject}`, label `{identity.label}`.\n"
        f"2. Send us `{client.name}.csr`, as text.\n"
        "3. Read us the SHA-256 of its public key by phone; we compare it with what arrived.\n"
        f"4. We send `{client.certificate_copy}` and {_copies(client)}: add the CA first, then receive yours.",
        "The SHA-256 of the public key, wherever there is OpenSSL:",
        _block([f"openssl req -in {client.name}.csr -noout -pubkey | {_DIGEST}"]),
        "While a command runs, others on its host can read its arguments: make the store where nobody else is.",
    ]
    for name, commands in platforms(client).items():
        parts += [f"## {name}", _block(commands)]
    parts += ["## IBM i", _ibm_i(client, identity)]
    return "\n\n".join(parts) + "\n"


def platforms(client: Client) -> dict[str, list[str]]:
    """Platform → its commands."""
    identity = client.identity
    assert identity is not None  # noqa: S101 - callers have looked
    return {
        "Linux and AIX": _akm(client, identity, shlex.quote),
        "Windows": _akm(client, identity, _in_windows),
        "z/OS": _racf(client, identity),
    }


def _copies(client: Client) -> str:
    return ", ".join(f"`{one.copy}`" for one in client.signers)


def _block(lines: list[str]) -> str:
    return "\n".join(["```", *lines, "```"])


def _in_windows(text: str) -> str:
    """An argument for cmd.exe; a plain one stands as it is."""
    plain = all(one.isalnum() or one in "._-" for one in text)
    escaped = text.replace('"', '\\"')
    return text if plain else f'"{escaped}"'


def _akm(client: Client, identity: Identity, quoted: Callable[[str], str]) -> list[str]:
    """runmqakm; the password is given once, and stashed."""
    kind = "pkcs12" if client.release.pkcs12_repository else "cms"
    store = quoted(client.store.rpartition("/")[2])
    label, request = quoted(identity.label), quoted(f"{client.name}.csr")
    signature = _SIGNATURES.get(identity.key, "SHA256WithRSA")
    opened = f"-db {store} -stashed"
    return [
        f"runmqakm -keydb -create -db {store} -type {kind} -strong -stash -pw YOUR-PASSWORD",
        f"runmqakm -certreq -create {opened} -label {label} -dn {quoted(identity.subject)} "
        f"-size {_SIZES[identity.key]} -sig_alg {signature} -file {request}",
        *(
            f"runmqakm -cert -add {opened} -label {quoted(one.label)} -file {quoted(one.copy)}"
            for one in client.signers
        ),
        f"runmqakm -cert -receive {opened} -file {client.certificate_copy}",
        f"runmqakm -cert -validate {opened} -label {label}",
    ]


def _racf(client: Client, identity: Identity) -> list[str]:
    """RACDCERT; KEYUSAGE(HANDSHAKE) is what CSQX642E asks for (facts tls 6.1), and PERSONAL what CSQX645E does."""
    user = client.account.user.upper()
    words = DistinguishedName.parse(identity.subject).parts
    subject = " ".join(f"{_RACF_WORDS[key]}({_quoted(value)})" for key, value in words if key in _RACF_WORDS)
    kind = "NISTECC " if identity.key.startswith("ec") else ""
    label, ring = _quoted(identity.label), f"{client.name.upper()[:30]}.RING"
    authorities = [
        line
        for one in client.signers
        for line in (
            f"RACDCERT CERTAUTH ADD('{user}.CA.PEM') WITHLABEL({_quoted(one.label)}) TRUST",
            f"RACDCERT ID({user}) CONNECT(CERTAUTH LABEL({_quoted(one.label)}) RING({ring}) USAGE(CERTAUTH))",
        )
    ]
    return [
        f"RACDCERT ID({user}) GENCERT SUBJECTSDN({subject}) WITHLABEL({label}) {kind}SIZE({_SIZES[identity.key]}) "
        "KEYUSAGE(HANDSHAKE)",
        f"RACDCERT ID({user}) GENREQ(LABEL({label})) DSN('{user}.CSR')",
        f"RACDCERT ID({user}) ADDRING({ring})",
        *authorities,
        f"RACDCERT ID({user}) ADD('{user}.CERT.PEM') WITHLABEL({label}) TRUST",
        f"RACDCERT ID({user}) CONNECT(ID({user}) LABEL({label}) RING({ring}) USAGE(PERSONAL) DEFAULT)",
        "SETROPTS RACLIST(DIGTCERT DIGTRING) REFRESH",
    ]


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _ibm_i(client: Client, identity: Identity) -> str:
    """No commands: certificates are kept by the Digital Certificate Manager."""
    return (
        "In the Digital Certificate Manager (recalled):\n\n"
        "1. Create a certificate store for the application, or open its own.\n"
        f"2. Create a certificate in it by another CA: label `{identity.label}`, subject `{identity.subject}`; keep "
        f"the request as `{client.name}.csr`.\n"
        f"3. Import {_copies(client)} as CA certificate.\n"
        f"4. Import `{client.certificate_copy}` as server or client certificate, and assign it to the application."
    )
