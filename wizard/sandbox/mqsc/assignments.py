"""Reads the attributes that a DEFINE or ALTER gives."""

from __future__ import annotations

from wizard.sandbox.mqsc.attributes import Attribute, Table
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError
from wizard.sandbox.mqsc.syntax import Word
from wizard.sandbox.mqsc.values import Stored, read


def assignments(context: Context, table: Table, parameters: Parameters) -> dict[str, Stored]:
    """Every remaining parameter as an attribute; refuses one that is unknown or cannot be set."""
    given: dict[str, Stored] = {}
    for keyword, word in parameters:
        attribute = table.get(keyword)
        if attribute is not None and attribute.can_be_set and attribute.type != "flag":
            given[keyword] = read(context, attribute, word)
        else:
            given.update(_switch(table, attribute, word))
        parameters.take(keyword)
    return given


def _switch(table: Table, attribute: Attribute | None, word: Word) -> dict[str, Stored]:
    """A bare word such as SHARE or NOSHARE."""
    if attribute is not None and word.values is None:
        if attribute.type == "flag":
            return {attribute.keyword: "YES"}
        if attribute.type == "negative" and attribute.words[0] in table:
            return {attribute.words[0]: "NO"}
    raise SyntaxRefusedError(word.end)
