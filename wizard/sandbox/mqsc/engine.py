"""Carries out one MQSC command: finds what it is, runs it, and turns every refusal into MQ's reply.

Used by the runmqsc session, by -n and by tests.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.hints import commands_hint, syntax_hint
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import (
    CommandFailedError,
    ConnectionBrokenError,
    SyntaxRefusedError,
    not_simulated,
)
from wizard.sandbox.mqsc.syntax import Command, parse
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.verbs import HANDLERS, NOUN_SYNONYMS, UNSIMULATED, VERB_SYNONYMS, nouns_of

Handler = Callable[[Context, Parameters], list[str]]


class Reply(NamedTuple):
    """What runmqsc prints for a command, and how the command counts in the summary."""

    lines: list[str]
    failed: bool = False
    syntax_error: bool = False


_loaded: dict[tuple[str, str], Handler] = {}


def execute(context: Context, text: str) -> Reply:
    """Carry out one command; raises ConnectionBrokenError when the queue manager has gone."""
    try:
        command = parse(text)
    except SyntaxRefusedError as refusal:
        # Seen: where the text cannot be read at all, the segment stands alone.
        return Reply([message("syntax.error"), text[: refusal.end].lstrip(), ""], syntax_error=True)
    try:
        verb, noun = _names(command)
        _check_connection(context)
        handler = _handler(verb, noun)
        return Reply(handler(context, Parameters(command)))
    except SyntaxRefusedError as refusal:
        return Reply(_syntax_error(text, refusal), syntax_error=True)
    except CommandFailedError as failure:
        return Reply(list(failure.lines), failed=True)


def _names(command: Command) -> tuple[str, str]:
    """The full verb and noun; a wrong one is a syntax error with MQ's list of the right ones."""
    words = command.words
    verb = VERB_SYNONYMS.get(words[0].keyword, words[0].keyword)
    if verb not in VERB_SYNONYMS.values() or words[0].values is not None:
        raise SyntaxRefusedError(words[0].end, commands_hint())
    if len(words) < 2:
        raise SyntaxRefusedError(words[0].end, commands_hint(verb))
    noun = NOUN_SYNONYMS.get(words[1].keyword, words[1].keyword)
    if noun not in nouns_of(verb):
        raise SyntaxRefusedError(words[1].end, commands_hint(verb))
    return verb, noun


def _handler(verb: str, noun: str) -> Handler:
    found = _loaded.get((verb, noun))
    if found is None:
        if noun in UNSIMULATED.get(verb, ()):
            raise not_simulated(f"{verb} {noun}")
        module, _, name = HANDLERS[verb, noun].partition(":")
        found = getattr(import_module(f"wizard.sandbox.mqsc.{module}"), name)
        _loaded[verb, noun] = found
    return found


def _check_connection(context: Context) -> None:
    if context.client_table is not None:
        return
    row = context.state.db.execute("SELECT status FROM qmgr WHERE name = ?", (context.qmgr,)).fetchone()
    if row is None or row["status"] != "Running":
        raise ConnectionBrokenError(context.qmgr)


def _syntax_error(text: str, refusal: SyntaxRefusedError) -> list[str]:
    hint = refusal.hint or syntax_hint(text)
    return [message("syntax.error"), text[: refusal.end].lstrip(), "", *hint]
