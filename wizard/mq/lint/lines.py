"""Rules about the lines of a script: what runmqsc makes of line ends, tabs, marks and END."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wizard.mq.lint.script import Hit, Script
from wizard.mq.reader import logical_lines

PORTABLE = 72
"""Columns of a line that z/OS reads, too (facts commands 2.3)."""

MARK = "\ufeff"
NOT_DECODED = "\ufffd"
_CLOSE = re.compile(r"\)\w")
_QUOTED = re.compile(r"'(?:[^']|'')*'?")


def marks(script: Script) -> Iterator[Hit]:
    """Bytes that are no text of MQSC."""
    if script.text.startswith(MARK):
        what = "The script begins with a byte order mark, which runmqsc takes for the beginning of the first command."
        yield Hit("byte-order-mark", 1, what, "Save it as UTF-8 without a mark.")
    for number, line in enumerate(script.text.split("\n"), start=1):
        if NOT_DECODED in line:
            what = "A character is not UTF-8; what MQ makes of it depends on the locale."
            yield Hit("encoding", number, what, "Save the script as UTF-8.")
            return


def line_ends(script: Script) -> Iterator[Hit]:
    """Tabs at the end of a line, and a script that ends inside a command."""
    continued = 0
    for number, raw in enumerate(script.text.split("\n"), start=1):
        line = raw.removesuffix("\r")
        bare = line.strip()
        if not bare or bare.startswith("*"):
            continue
        if line.rstrip(" ").endswith("\t"):
            goes_on = f", so the {bare[-1]} before it does not continue the command" if bare[-1] in "+-" else ""
            yield Hit("tab-at-end", number, f"The line ends in a tab{goes_on}.", "Take the tab out.")
        continued = number if bare[-1] in "+-" else 0
    if continued:
        what = "The command goes on in a next line, and there is none."
        yield Hit("open-end", continued, what, "Finish the command, or take the continuation sign out.")


def columns(script: Script) -> Iterator[Hit]:
    """The first line that is too wide for z/OS."""
    for number, line in enumerate(script.text.split("\n"), start=1):
        if len(line.rstrip()) > PORTABLE:
            what = f"The line is wider than {PORTABLE} columns, which is as far as z/OS reads."
            yield Hit("columns", number, what, "Continue it with + where the script goes there, too.")
            return


def early_end(script: Script) -> Iterator[Hit]:
    """Commands behind END, QUIT or EXIT."""
    end = 0
    for found in logical_lines(script.text):
        if end:
            what = f"END in line {end} ends the script, so this command and all behind it are never run."
            yield Hit("early-end", found.line, what, "Take the END out, or move it to the end.")
            return
        end = found.line if found.ends else 0


def run_together(script: Script) -> Iterator[Hit]:
    """Parameters without a blank between them, which a + without a blank before it makes."""
    for one in script.statements:
        outside = _QUOTED.sub("''", one.command.text)
        if not _CLOSE.search(outside):
            continue
        depth = 0
        for index, character in enumerate(outside):
            depth += (character == "(") - (character == ")")
            if character == ")" and depth == 0 and outside[index + 1 : index + 2].isalnum():
                what = "A parameter follows the one before it without a blank, which MQ refuses."
                yield Hit("missing-blank", one.line, what, "Put a blank between them, or before the + of the line.")
                break


RULES = (marks, line_ends, columns, early_end, run_together)
