"""Breaks one MQSC command into the lines that are sent, so that no line is too long for runmqsc or a
terminal.

A terminal cuts a line at 4,095 bytes without a word and runmqsc takes 2,048 characters. Between words a
line ends in `+` and the next begins at its first character that is no blank; inside a word or a quoted
value it ends in `-` and the next begins at once (facts commands 2.3). A line never begins with `*`, which
would make it a comment, and a value is never broken beside a blank where that can be avoided, so that
nothing depends on whether blanks beside a break are kept.
"""

from __future__ import annotations

from wizard.mq.quoting import UnquotableValue

LIMIT = 2000
"""Bytes of UTF-8 in one line."""


def physical_lines(command: str, limit: int = LIMIT) -> list[str]:
    """The lines of one command, each of at most `limit` bytes of UTF-8; read again they give the same command.

    A limit below 16 is taken as 16. Raises UnquotableValue for a value of nothing but stars and blanks that is longer
    than a line.
    """
    lines = []
    rest, size = command, max(limit, 16)
    while len(rest.encode()) > size:
        line, rest = _first_line(rest, size)
        lines.append(line)
    return [*lines, rest]


def _first_line(rest: str, limit: int) -> tuple[str, str]:
    """The first line, with its continuation sign, and what is left."""
    longest = _characters_in(rest, limit - 2)
    between = _break_between_words(rest, longest)
    if between:
        return f"{rest[:between]} +", rest[between:].lstrip(" ")
    within = _break_within(rest, longest)
    return f"{rest[:within]}-", rest[within:]


def _characters_in(text: str, size: int) -> int:
    """How many characters of the text fit into so many bytes."""
    used = 0
    for index, character in enumerate(text):
        used += len(character.encode())
        if used > size:
            return index
    return len(text)


def _break_between_words(text: str, longest: int) -> int:
    """The last blank, outside quotes, before which a line may end; 0 where there is none."""
    found = 0
    quoted = False
    for index, character in enumerate(text[: longest + 1]):
        if character == "'":
            quoted = not quoted
        elif character == " " and not quoted and text[index + 1 : index + 2] not in ("*", " ", ""):
            found = index
    return found


def _break_within(text: str, longest: int) -> int:
    """The last place at which a value may be broken: not beside a blank, a quote or a sign, and not before
    `*`.
    """
    for index in range(longest, 0, -1):
        before, after = text[index - 1], text[index]
        if before not in " '+-\t" and after not in " '*\t":
            return index
    return _last_resort(text, longest)


def _last_resort(text: str, longest: int) -> int:
    """Where a value is blanks, quotes or signs for a whole line: anywhere that the next line is not taken for a
    comment.
    """
    for index in range(longest, 0, -1):
        if not text[index:].lstrip(" ").startswith("*"):
            return index
    raise UnquotableValue(
        "A value is too long for one line and cannot be broken",
        "Each of its lines would begin with *, which MQSC takes for a comment.",
        "Shorten the value, or put other characters between its stars.",
    )
