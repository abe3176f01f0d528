"""Which names MQ takes: length and characters for each kind of thing that has a name.

Names of MQ objects are case-sensitive and consist of letters, digits and `. / _ %` (facts commands 0).
Users are limited to 12 characters on AIX and Linux (facts TLS 5.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wizard.mq.objects import Kind

USER = "USER"
GROUP = "GROUP"
CLUSTER = "CLUSTER"
LABEL = "LABEL"

_OBJECT_CHARACTERS = "letters, digits and . / _ %"
_OBJECT = re.compile(r"[A-Za-z0-9./_%]", re.ASCII)
_PROFILE = re.compile(r"[A-Za-z0-9./_%*?]", re.ASCII)
_PERSON = re.compile(r"[A-Za-z0-9._-]", re.ASCII)
_ANY = re.compile(r"[^\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class _Rule:
    """How long a name may be, what each of its characters must match, and both in words."""

    called: str
    length: int
    characters: re.Pattern[str] = _OBJECT
    allowed: str = _OBJECT_CHARACTERS


_RULES = {
    Kind.QMGR: _Rule("a queue manager name", 48),
    Kind.QLOCAL: _Rule("a queue name", 48),
    Kind.QREMOTE: _Rule("a queue name", 48),
    Kind.QALIAS: _Rule("a queue name", 48),
    Kind.QMODEL: _Rule("a queue name", 48),
    Kind.CHANNEL: _Rule("a channel name", 20),
    Kind.LISTENER: _Rule("a listener name", 48),
    Kind.AUTHINFO: _Rule("the name of an authentication information object", 48),
    Kind.NAMELIST: _Rule("a namelist name", 48),
    Kind.TOPIC: _Rule("a topic object name", 48),
    Kind.PROCESS: _Rule("a process name", 48),
    Kind.SERVICE: _Rule("a service name", 48),
    Kind.SUB: _Rule("a subscription name", 10240, _ANY, "anything but control characters"),
    Kind.COMMINFO: _Rule("the name of a communication information object", 48),
    Kind.CHLAUTH: _Rule(
        "a channel profile", 20, re.compile(r"[A-Za-z0-9./_%*]", re.ASCII), f"{_OBJECT_CHARACTERS}, and * for any"
    ),
    Kind.AUTHREC: _Rule("an object profile", 48, _PROFILE, f"{_OBJECT_CHARACTERS}, and * ** ? for any"),
    USER: _Rule("a user id", 12, _PERSON, "letters, digits and . _ -"),
    GROUP: _Rule("a group name", 32, _PERSON, "letters, digits and . _ -"),
    CLUSTER: _Rule("a cluster name", 48),
    LABEL: _Rule("a certificate label", 64, _ANY, "anything but control characters"),
}


def longest(kind: Kind | str) -> int:
    """How many characters a name of this kind has at most; `kind` may also be USER, GROUP, CLUSTER or
    LABEL.
    """
    return _RULES[kind].length


def problem(kind: Kind | str, name: str) -> str | None:
    """What is wrong with a name, or None; `kind` may also be USER, GROUP, CLUSTER or LABEL.

    The channel name of a cluster channel may hold +QMNAME+, which is judged by its own letters.
    """
    rule = _RULES[kind]
    if not name:
        return f"empty; {rule.called} has at least one character"
    if kind == Kind.CHANNEL:
        name = name.replace("+QMNAME+", "QMNAME")
    refused = next((character for character in name if not rule.characters.fullmatch(character)), "")
    if refused:
        shown = "a blank" if refused == " " else repr(refused)
        return f"{shown} is not allowed; {rule.called} has {rule.allowed}"
    if len(name) > rule.length:
        return f"{len(name)} characters; {rule.called} has at most {rule.length}"
    if kind in (USER, GROUP) and not (name[0].isalpha() or name[0] == "_"):
        return f"begins with {name[0]!r}; {rule.called} begins with a letter"
    return None


def allowed(kind: Kind | str) -> str:
    """Length and characters of such a name in words, for a help line."""
    rule = _RULES[kind]
    return f"{rule.called}: at most {rule.length} characters, {rule.allowed}"
