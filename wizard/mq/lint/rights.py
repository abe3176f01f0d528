"""Rules about authority records: rights that are too wide, or go to somebody else than it seems."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.lint.channels import ADMINISTRATORS
from wizard.mq.lint.script import Hit, Script, Statement

_WIDE = frozenset({"ALL", "ALLADM", "ALLMQI"})
_EVERYTHING = frozenset({"*", "**"})
_MESSAGES = frozenset({"GET", "PUT", "BROWSE", "PASSALL", "SETALL", "SETID", "PASSID"})
_WITH_ALL = {
    "ALL": "changing and deleting",
    "ALLADM": "changing and deleting",
    "ALLMQI": "posing as another user with SETALL",
}


def grants(script: Script) -> Iterator[Hit]:
    """What SET AUTHREC gives."""
    for one in script.statements:
        if one.is_("SET", "AUTHREC") and one.command.has("AUTHADD"):
            yield from _grant(one)


def _grant(one: Statement) -> Iterator[Hit]:
    given = set(_words(one, "AUTHADD"))
    profile = one.text("PROFILE")
    entities = {entity.casefold() for keyword in ("GROUP", "PRINCIPAL") for entity in _words(one, keyword)}
    for entity in sorted(entities & ADMINISTRATORS):
        what = f"{entity} may do everything already; giving it rights changes nothing."
        yield Hit("grant-to-admins", one.line, what, "Give them to the group of the application.")
    for word in sorted(given & _WIDE) if entities - ADMINISTRATORS else ():
        what = f"AUTHADD({word}) gives more than an application needs, {_WITH_ALL[word]} for one."
        yield Hit("grant-all", one.line, what, "Name the authorities, such as CONNECT, INQ or PUT, GET.")
    if (
        profile in _EVERYTHING
        and entities - ADMINISTRATORS
        and one.text("OBJTYPE") == "QUEUE"
        and given & (_MESSAGES | _WIDE)
    ):
        what = "PROFILE(**) covers every queue, those of MQ itself too."
        yield Hit("grant-everywhere", one.line, what, "Name the queue, or a pattern of the application's own.")
    if one.command.has("PRINCIPAL"):
        what = "On AIX and Linux a right of a principal goes to its primary group, and so to all its members."
        yield Hit("principal", one.line, what, "Use GROUP, unless the queue manager has SecurityPolicy=User.")


def _words(one: Statement, keyword: str) -> tuple[str, ...]:
    value = one.command.value(keyword) or ()
    return (value,) if isinstance(value, str) else value


RULES = (grants,)
