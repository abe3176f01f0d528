"""What runmqsc adds to a syntax error: the list of commands, or the syntax of the command (facts 2.6).

That the list comes after a wrong verb is documented; the layout of the syntax is recalled.
"""

from __future__ import annotations

from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.verbs import NOUN_SYNONYMS, VERB_SYNONYMS, nouns_of


def commands_hint(verb: str = "") -> tuple[str, ...]:
    """All verbs, or what the verb can be followed by."""
    names = [f"{verb} {noun}" for noun in nouns_of(verb)] if verb else sorted({*VERB_SYNONYMS.values(), "END"})
    return (message("syntax.commands"), *(f"    {name}" for name in names))


def syntax_hint(text: str) -> tuple[str, ...]:
    """The syntax of a command whose verb and noun are right."""
    words = text.upper().replace("(", " ").split()[:2]
    if len(words) < 2:
        return ()
    verb, noun = VERB_SYNONYMS.get(words[0], ""), NOUN_SYNONYMS.get(words[1], words[1])
    if not verb or noun not in nouns_of(verb):
        return ()
    return (message("syntax.command"), f"    {verb} {noun} ...")
