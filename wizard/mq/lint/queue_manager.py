"""Rules about ALTER QMGR, connection authentication, the key repository, and the refreshes that all of it needs."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.lint.script import Hit, Script, Thing
from wizard.mq.objects import Kind

DEFAULT_LABEL = "ibmwebspheremq"
_REFRESHED = ("SSLKEYR", "KEYRPWD", "CERTLABL", "SSLCRLNL", "SSLCRYP", "SSLFIPS", "SUITEB", "CERTVPOL")
"""What takes effect with REFRESH SECURITY TYPE(SSL) (facts TLS 2.5)."""

_PASSWORD_TYPES = frozenset({"IDPWOS", "IDPWLDAP"})
_NO_STORE = (".sth", ".rdb", ".crl", ".jks", ".pem", ".arm")


def switched_off(script: Script) -> Iterator[Hit]:
    """Protection that a queue manager has by default and the script takes away."""
    own = script.queue_manager
    if own is None:
        return
    if own.text("CHLAUTH") == "DISABLED":
        what = "CHLAUTH(DISABLED): no channel authentication record is applied, whatever is set."
        yield Hit("chlauth-off", own.at("CHLAUTH"), what, "Leave it ENABLED and let partners in by records.")
    if "CONNAUTH" in own.wanted.attributes and not own.text("CONNAUTH"):
        what = "CONNAUTH is blank: no password is ever checked."
        yield Hit("connauth-off", own.at("CONNAUTH"), what, "Name an AUTHINFO object of type IDPWOS or IDPWLDAP.")
    if own.text("CHAD") == "ENABLED":
        what = "CHAD(ENABLED): MQ defines a channel for whoever asks for one."
        yield Hit("automatic-channels", own.at("CHAD"), what, "Leave it DISABLED.")
    if own.text("LOGGEREV") == "ENABLED":
        what = "LOGGEREV(ENABLED) is refused where the log is circular: AMQ8518."
        yield Hit("logger-events", own.at("LOGGEREV"), what, "Use it with a linear log only.")


def references(script: Script) -> Iterator[Hit]:
    """Objects that ALTER QMGR names and the script does not define."""
    own = script.queue_manager
    if own is None:
        return
    for keyword in ("DEADQ", "DEFXMITQ"):
        name = own.text(keyword)
        if name and not name.startswith("SYSTEM.") and "+" not in name and name not in script.queues:
            what = f"The script does not define {name}, which {keyword} names; MQ does not look whether it is there."
            yield Hit("queue-undefined", own.at(keyword), what, f"Add DEFINE QLOCAL({name}), unless it is there.")
    name = own.text("CONNAUTH")
    defined = {thing.name for thing in script.of(Kind.AUTHINFO)}
    if name and not name.startswith("SYSTEM.") and name not in defined:
        what = f"The script does not define {name}, which CONNAUTH names; without it nobody can connect."
        yield Hit("authinfo-undefined", own.at("CONNAUTH"), what, f"Add DEFINE AUTHINFO({name}), unless it is there.")


def passwords(script: Script) -> Iterator[Hit]:
    """How AUTHINFO objects ask for passwords."""
    asking = [record for record in script.records if record.wanted.text("CHCKCLNT") in {"REQUIRED", "REQDADM"}]
    for info in script.of(Kind.AUTHINFO):
        if info.text("CHCKLOCL") in {"REQUIRED", "REQDADM"}:
            what = f"CHCKLOCL({info.text('CHCKLOCL')}) of {info.name} locks administrators out of a plain runmqsc."
            yield Hit(
                "local-password", info.at("CHCKLOCL"), what, "Say CHCKLOCL(OPTIONAL), or use runmqsc -u from then on."
            )
        if info.text("CHCKCLNT") == "NONE" and info.text("AUTHTYPE") in _PASSWORD_TYPES:
            what = f"CHCKCLNT(NONE) of {info.name}: no client's password is checked."
            yield Hit("no-password-check", info.at("CHCKCLNT"), what, "Say CHCKCLNT(REQDADM) or more.")
            if asking:
                what = f"The record asks for a password, and {info.name} says CHCKCLNT(NONE): the client gets 2063."
                yield Hit("password-contradiction", asking[0].line, what, "Say CHCKCLNT(OPTIONAL) or more in AUTHINFO.")


def refreshes(script: Script) -> Iterator[Hit]:
    """Changes that nothing puts into effect."""
    wanted: dict[str, tuple[int, str]] = {}
    for one in script.statements:
        if one.is_("REFRESH", "SECURITY"):
            wanted.pop(one.text("TYPE") or "AUTHSERV", None)
        elif one.is_("ALTER", "QMGR"):
            changed = [keyword for keyword in _REFRESHED if one.command.has(keyword)]
            if changed:
                wanted.setdefault("SSL", (one.line, changed[0]))
            if one.command.has("CONNAUTH"):
                wanted.setdefault("CONNAUTH", (one.line, "CONNAUTH"))
        elif one.command.object == "AUTHINFO" and one.text("AUTHTYPE") in _PASSWORD_TYPES and one.wanted:
            wanted.setdefault("CONNAUTH", (one.line, f"AUTHINFO({one.command.name})"))
    for kind, (line, named) in wanted.items():
        what = f"{named} takes effect with REFRESH SECURITY TYPE({kind}), which does not follow."
        quiet = ", at a quiet time: it stops TLS channels" if kind == "SSL" else ""
        yield Hit(f"refresh-{kind.lower()}", line, what, f"Add it at the end{quiet}.")


def key_repository(script: Script) -> Iterator[Hit]:
    """SSLKEYR by the rules of the release, and the order of INITKEY and KEYRPWD (facts TLS 2.2, 2.3)."""
    own = script.queue_manager
    if own is None:
        return
    yield from _name(script, own)
    altered = [one for one in script.statements if one.is_("ALTER", "QMGR")]
    password = max((one.line for one in altered if one.command.has("KEYRPWD")), default=0)
    key = max((one.line for one in altered if one.command.has("INITKEY")), default=0)
    if password and key > password:
        what = "INITKEY comes after KEYRPWD, which was encrypted with another key and cannot be read any more."
        yield Hit("initial-key-late", key, what, "Set INITKEY first, then KEYRPWD.")
    elif password and not key:
        what = "KEYRPWD is encrypted with the initial key that all installations share unless INITKEY is set before it."
        yield Hit("initial-key", password, what, "Set INITKEY first where that has not been done.")


def _name(script: Script, own: Thing) -> Iterator[Hit]:
    name = own.text("SSLKEYR")
    if not name:
        return
    line, ending = own.at("SSLKEYR"), _ending(name)
    if ending in _NO_STORE:
        yield Hit(
            "key-repository", line, f"SSLKEYR names a {ending} file, which is no key repository.", "Name the store."
        )
    elif ending and not script.release.repository_with_extension:
        what = f"Before 9.3 MQ adds .kdb itself and looks for {name.rpartition('/')[2]}.kdb."
        remedy = "Leave .kdb out." if ending == ".kdb" else "Use a CMS store and its name without .kdb."
        yield Hit("key-repository", line, what, remedy)
    elif not ending and script.release.pkcs12_repository:
        what = f"Without an ending MQ takes {name.rpartition('/')[2]}.kdb, also where a .p12 stands beside it."
        yield Hit("key-repository-stem", line, what, "Give the full name of the file, such as key.p12.")


def _ending(name: str) -> str:
    last = name.replace("\\", "/").rpartition("/")[2]
    return f".{last.rpartition('.')[2].lower()}" if "." in last else ""


def labels(script: Script) -> Iterator[Hit]:
    """CERTLABL of the queue manager, and what it looks for without one."""
    own = script.queue_manager
    if own is None:
        return
    label = own.text("CERTLABL")
    if label.lower().startswith(DEFAULT_LABEL) and label != label.lower():
        what = f"A label that begins with {DEFAULT_LABEL} must be in small letters."
        yield Hit("label-case", own.at("CERTLABL"), what, "Write it in small letters, here and in the store.")
    if own.text("SSLKEYR") and "CERTLABL" not in own.wanted.attributes:
        what = f"Without CERTLABL the queue manager looks for {DEFAULT_LABEL} and its name in small letters."
        yield Hit("label-default", own.at("SSLKEYR"), what, "Set CERTLABL to the label that the certificate has.")


RULES = (switched_off, references, passwords, refreshes, key_repository, labels)
