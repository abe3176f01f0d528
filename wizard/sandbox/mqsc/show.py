"""DISPLAY of objects: queues, channels, listeners and the rest (facts 2.6, 2.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wizard.sandbox.mqsc import selection, usage
from wizard.sandbox.mqsc.attributes import Table
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.kinds import AUTHINFO_TYPES, CHANNEL_TYPES, KINDS, QUEUE_KINDS
from wizard.sandbox.mqsc.layout import Pair, block
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError, failed, not_simulated
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.values import object_name, only
from wizard.sandbox.mqsc.verbs import NOUN_SYNONYMS
from wizard.sandbox.state import Attributes

MASK = "********"
"""How a password that is set is shown (facts, TLS 2.3: recalled)."""


class Found(NamedTuple):
    """One object as it is shown; `leading` are the attributes that come first, always."""

    name: str
    leading: list[Pair]
    table: Table
    attributes: Attributes


def objects(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY of one object, or of all that fit a generic name, which shows only the first attributes of each."""
    noun = NOUN_SYNONYMS.get(parameters.noun.keyword, parameters.noun.keyword)
    if noun == "SUB" and parameters.noun.values is None:
        raise not_simulated("DISPLAY SUB by SUBID")
    word = selection.name_word(parameters)
    longest = 20 if noun == "CHANNEL" else 48
    name = only(word).text if noun == "SUB" else object_name(word, longest, generic=True)
    wanted_type = _type_filter(noun, parameters)
    tables = [context.table(kind, subtype) for kind, subtype in _tables(noun)]
    known = {keyword for table in tables for keyword in table} | {"TYPE", "CHLTYPE", "AUTHTYPE"}
    condition = selection.condition(parameters, known | {"NAME", noun, "QUEUE"})
    names = selection.requested(parameters, known, {"CLUSINFO": ()})
    if names is not None and not names and not name.endswith("*"):
        names = None
    found = [
        item
        for item in _search(context, noun, name)
        if (not wanted_type or wanted_type == _type_of(item))
        and (condition is None or condition.holds(_everything(item)))
    ]
    if not found:
        raise failed("object.unknown", name=name)
    replies = "queue" if noun == "QUEUE" else KINDS[noun].replies
    lines: list[str] = []
    for item in found:
        lines += block(message(f"{replies}.shown"), [*item.leading, *pairs(item.table, item.attributes, names)])
    return lines


def pairs(table: Table, attributes: Attributes, names: Iterable[str] | None) -> Iterator[Pair]:
    """The attributes to show, in table order: those named, or all for None."""
    for keyword, attribute in table.items():
        if names is not None and keyword not in names and attribute.type != "negative":
            continue
        value = attributes.get(keyword, attribute.default)
        if attribute.type == "flag":
            if value == "YES":
                yield keyword, None
        elif attribute.type == "bare":
            yield keyword, None
        elif attribute.type == "negative":
            flag = attribute.words[0]
            if attributes.get(flag) == "NO" and (names is None or flag in names):
                yield keyword, None
        elif attribute.type == "secret":
            yield keyword, MASK if value else ""
        else:
            yield keyword, value


def _tables(noun: str) -> list[tuple[str, str]]:
    if noun == "QUEUE":
        return [(kind, "") for kind in QUEUE_KINDS]
    if noun == "CHANNEL":
        return [(noun, kind) for kind in CHANNEL_TYPES]
    if noun == "AUTHINFO":
        return [(noun, kind) for kind in AUTHINFO_TYPES]
    return [(noun, "")]


def _type_filter(noun: str, parameters: Parameters) -> str:
    """The value of TYPE, CHLTYPE or AUTHTYPE when it selects objects."""
    values: tuple[str, ...]
    if noun in ("QUEUE", *QUEUE_KINDS):
        keyword, values = "TYPE", QUEUE_KINDS
    elif noun == "CHANNEL":
        keyword, values = ("CHLTYPE" if "CHLTYPE" in parameters else "TYPE"), CHANNEL_TYPES
    elif noun == "AUTHINFO":
        keyword, values = "AUTHTYPE", AUTHINFO_TYPES
    elif noun == "TOPIC":
        keyword, values = "TYPE", ("LOCAL", "CLUSTER")
    elif noun == "SUB":
        keyword, values = "SUBTYPE", ("USER", "ADMIN", "API", "PROXY")
    else:
        return ""
    word = parameters.take(keyword)
    if word is None or word.values is None:
        return ""
    text = only(word).text
    if text not in (*values, "ALL", "QUEUE"):
        raise SyntaxRefusedError(word.value_end)
    return "" if text in ("ALL", "QUEUE", "USER") else text


def _search(context: Context, noun: str, name: str) -> Iterator[Found]:
    """The objects whose names fit; client-connection channels come after all others (facts 2.7)."""
    if noun == "CHANNEL":
        spaces = ["CHANNEL", "CLNTCONN"]
    else:
        spaces = ["QUEUE"] if noun in ("QUEUE", *QUEUE_KINDS) else [KINDS[noun].space]
    for space in spaces:
        for found, kind, attributes in _rows(context, space, name):
            if noun in QUEUE_KINDS and kind != noun:
                continue
            yield _found(context, space, found, kind, attributes)


def _rows(context: Context, space: str, name: str) -> list[tuple[str, str, Attributes]]:
    if not name.endswith("*"):
        one = context.state.object(context.qmgr, space, name)
        return [(name, *one)] if one else []
    return [row for row in context.state.objects(context.qmgr, space) if selection.matches(name, row[0])]


def _found(context: Context, space: str, name: str, kind: str, attributes: Attributes) -> Found:
    if space == "QUEUE":
        if kind == "QLOCAL":
            readers, writers = usage.open_counts(context, name)
            attributes["IPPROCS"], attributes["OPPROCS"] = str(readers), str(writers)
            attributes["CURDEPTH"] = str(usage.depth(context, name))
        return Found(name, [("QUEUE", name), ("TYPE", kind)], context.table(kind), attributes)
    if space in ("CHANNEL", "CLNTCONN"):
        subtype = str(attributes["CHLTYPE"])
        leading: list[Pair] = [("CHANNEL", name), ("CHLTYPE", subtype)]
        return Found(name, leading, context.table("CHANNEL", subtype), attributes)
    if space == "AUTHINFO":
        return Found(name, [("AUTHINFO", name), ("AUTHTYPE", kind)], context.table("AUTHINFO", kind), attributes)
    if space == "NAMELIST":
        attributes["NAMCOUNT"] = str(len(attributes["NAMES"]))
    table = context.table(kind)
    leading = [(kind, name)]
    second = {"LISTENER": "CONTROL", "TOPIC": "TYPE", "SERVICE": "CONTROL", "COMMINFO": "TYPE"}.get(kind)
    if second:
        leading.append((second, str(attributes[second])))
        table = {keyword: attribute for keyword, attribute in table.items() if keyword != second}
    return Found(name, leading, table, attributes)


def _type_of(item: Found) -> str:
    if "SUBTYPE" in item.attributes:
        return str(item.attributes["SUBTYPE"])
    value = item.leading[1][1] if len(item.leading) > 1 else ""
    return str(value)


def _everything(item: Found) -> Attributes:
    """What a WHERE may ask about."""
    leading = dict(item.leading)
    defaults = {keyword: attribute.default for keyword, attribute in item.table.items()}
    return {**defaults, **item.attributes, **leading, "NAME": item.name}
