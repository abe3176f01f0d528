"""What a listener reads of a queue manager: attributes, qm.ini, connection authentication."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wizard.sandbox import installation, qmgrs
from wizard.sandbox.state import Attributes, State
from wizard.sandbox.wire import ciphers, identity, ini


def word(attributes: Mapping[str, Any], keyword: str) -> str:
    """An attribute as one text; a list with commas, and an absent one empty."""
    value = attributes.get(keyword, "")
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return str(value).strip()


def number(attributes: Mapping[str, Any], keyword: str, default: int) -> int:
    """A number among the attributes."""
    text = word(attributes, keyword)
    return int(text) if text.isascii() and text.isdigit() else default


def of_qmgr(state: State, qmgr: str) -> Attributes:
    """The attributes of the queue manager itself."""
    return next((attributes for _, _, attributes in state.objects(qmgr, "QMGR")), {})


def qm_ini(state: State, qmgr: str) -> ini.Ini:
    """The queue manager's qm.ini."""
    row = state.qmgr(qmgr)
    return ini.read(qmgrs.data_directory(state, row) / "qm.ini") if row is not None else {}


def only_secure(state: State, settings: ini.Ini) -> bool:
    """Whether qm.ini refuses every channel without TLS: SecureCommsOnly, from 9.3 (facts TLS 1.3)."""
    wanted = ini.flag(settings.get("tcp", {}).get("securecommsonly", ""), default=False)
    return wanted and installation.at_least(state.meta("version"), "9.3")


def ignores_user_case(state: State, settings: ini.Ini) -> bool:
    """Whether CLNTUSER of a USERMAP fits in whatever case: ChlauthIgnoreUserCase, from 9.2 (facts TLS 4.6)."""
    wanted = ini.flag(settings.get("channels", {}).get("chlauthignoreusercase", ""), default=False)
    return wanted and installation.at_least(state.meta("version"), "9.2")


def uses_ldap(state: State, qmgr: str) -> bool:
    """Whether CONNAUTH names an LDAP server."""
    name = word(of_qmgr(state, qmgr), "CONNAUTH")
    found = state.object(qmgr, "AUTHINFO", name) if name else None
    return found is not None and word(found[1], "AUTHTYPE") == "IDPWLDAP"


def cipher_policy(state: State, qmgr: str, settings: ini.Ini) -> ciphers.Policy:
    """Which CipherSpecs the queue manager takes part in (facts TLS 1.3)."""
    attributes, ssl = of_qmgr(state, qmgr), settings.get("ssl", {})
    release = installation.numbers(state.meta("version"))
    return ciphers.Policy(
        tls13=release >= ciphers.TLS13_FROM and ini.flag(ssl.get("allowtlsv13", ""), default=True),
        fips=word(attributes, "SSLFIPS") == "YES",
        suite_b=tuple(level for level in word(attributes, "SUITEB").split(",") if level not in ("", "NONE")),
        allowed=ciphers.allowed(ssl.get("allowedcipherspecs", "")) if release >= ciphers.ALLOWED_FROM else (),
    )


def checks_extended_key_usage(state: State, qmgr: str, settings: ini.Ini) -> bool:
    """Whether extended key usage counts: from 9.4.5, at RFC 5280 level, unless switched off (facts
    TLS 7.5).
    """
    if not installation.at_least(state.meta("version"), "9.4.5"):
        return False
    strict = word(of_qmgr(state, qmgr), "CERTVPOL") == "RFC5280"
    return strict and ini.flag(settings.get("ssl", {}).get("rfc5280ekuchecks", ""), default=True)


def minimum_rsa_key_size(version: str, ssl: Mapping[str, str]) -> int:
    """The bits that an RSA key must have, 0 for any: MinimumRSAKeySize, from 9.2 (facts TLS 1.3)."""
    text = ssl.get("minimumrsakeysize", "")
    return int(text) if text.isascii() and text.isdigit() and installation.at_least(version, "9.2") else 0


def connection_authentication(state: State, qmgr: str, settings: ini.Ini) -> identity.Policy:
    """CONNAUTH and its AUTHINFO object; no object, no checks."""
    name = word(of_qmgr(state, qmgr), "CONNAUTH")
    found = state.object(qmgr, "AUTHINFO", name) if name else None
    if found is None:
        return identity.Policy()
    _, attributes = found
    return identity.Policy(
        authinfo=name,
        check=word(attributes, "CHCKCLNT") or "NONE",
        adopt=word(attributes, "ADOPTCTX") == "YES",
        early_adopt=ini.flag(settings.get("channels", {}).get("chlauthearlyadopt", ""), default=False),
        delay=number(attributes, "FAILDLAY", 0),
    )
