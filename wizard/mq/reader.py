"""Reads MQSC scripts: what people have in files, what dmpmqcfg writes, what `mqsc` writes.

Accepts comments (also inside a continued command), `+` and `-` at a line's end, `;` at a command's end, LF
and CRLF, any case, IBM's short forms (DEF QL), quoted values with doubled quotes. It stops at END, QUIT or
EXIT. Nothing is raised: what cannot be read comes back in its place as a problem with its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wizard.errors import Problem
from wizard.mq.attribute_tables import SUBTYPE_KEYWORDS, attribute, canonical_keyword, flag
from wizard.mq.attribute_type import Type
from wizard.mq.attribute_values import normalise
from wizard.mq.objects import Kind, MqObject, Value

ReadProblem = Problem

LONGEST_LINE = 2048
"""Characters that runmqsc takes in one line (facts commands 2.3)."""

_VERBS = {
    "ALT": "ALTER",
    "DEF": "DEFINE",
    "DIS": "DISPLAY",
    "DISP": "DISPLAY",
    "REF": "REFRESH",
    "STA": "START",
}
_OBJECTS = {
    "CHL": "CHANNEL",
    "CHS": "CHSTATUS",
    "LSTR": "LISTENER",
    "NL": "NAMELIST",
    "PRO": "PROCESS",
    "Q": "QUEUE",
    "QA": "QALIAS",
    "QL": "QLOCAL",
    "QM": "QMODEL",
    "QR": "QREMOTE",
    "QS": "QSTATUS",
}
_OPTIONS = frozenset(
    {
        "REPLACE",
        "NOREPLACE",
        "LIKE",
        "FORCE",
        "NOFORCE",
        "ACTION",
        "AUTHRMV",
        "CMDSCOPE",
        "QSGDISP",
        "IGNSTATE",
    }
)
"""Parameters that say how a command works and are no attributes."""

_END = frozenset({"END", "QUIT", "EXIT"})
_BLANK = re.compile(r"[ \t]*")
_WORD = re.compile(r"[^\s'\"(),;]+")


@dataclass(frozen=True)
class MqscCommand:
    """One command: words in capitals and without short forms, values as written but for the folding of
    unquoted ones.

    `line` is where it begins, counted from 1; `text` is the command on one line. A list is a tuple of its
    elements; a keyword without parentheses has the value None.
    """

    verb: str
    object: str
    name: str
    parameters: tuple[tuple[str, Value | None], ...]
    line: int
    text: str

    def value(self, keyword: str) -> Value | None:
        """The value of a parameter, None where it has none or is not there."""
        return dict(self.parameters).get(keyword)

    def has(self, keyword: str) -> bool:
        """Whether the parameter is there, with or without a value."""
        return any(named == keyword for named, _ in self.parameters)


class _UnreadableError(Exception):
    """What is wrong with one command, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def read(text: str, source: str) -> list[MqscCommand | ReadProblem]:
    """The commands of a script in their order, with a problem in the place of each that cannot be read."""
    found: list[MqscCommand | ReadProblem] = []
    for line, command, too_long in _logical_lines(text):
        if too_long:
            what = f"A line of this command is longer than {LONGEST_LINE} characters."
            found.append(Problem(source, too_long, 1, what, "Continue it on the next line with +."))
            continue
        try:
            parsed = _command(command, line)
        except _UnreadableError as wrong:
            found.append(Problem(source, line, 1, wrong.what, wrong.remedy))
            continue
        if parsed.verb in _END:
            break
        found.append(parsed)
    return found


def _logical_lines(text: str) -> list[tuple[int, str, int]]:
    """The commands, each with the line that it begins on and the first of its lines that is too long, or 0."""
    found: list[tuple[int, str, int]] = []
    begun, joined, too_long = 0, "", 0
    continues = ""
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.removesuffix("\r")
        bare = line.strip()
        if not bare or bare.startswith("*"):
            continue
        begun = begun or number
        too_long = too_long or (number if len(line) > LONGEST_LINE else 0)
        piece = line.lstrip() if continues != "-" else line
        ended = piece.rstrip()
        continues = ended[-1] if ended[-1:] in ("+", "-") else ""
        joined += ended[:-1] if continues else ended
        if not continues:
            found.append((begun, joined, too_long))
            begun, joined, too_long = 0, "", 0
    if begun:
        found.append((begun, joined, too_long))
    return found


class _Scanner:
    """Walks through one command."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip_blanks(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    @property
    def ended(self) -> bool:
        self.skip_blanks()
        return self.at >= len(self.text)

    @property
    def next(self) -> str:
        return self.text[self.at : self.at + 1]

    def word(self) -> str:
        self.skip_blanks()
        match = _WORD.match(self.text, self.at)
        if match is None:
            raise _UnreadableError(
                f"A word is expected at {self.text[self.at : self.at + 20]!r}.",
                "Check the quotes and parentheses before it.",
            )
        self.at = match.end()
        return match.group().upper()

    def value(self) -> Value | None:
        """The value in parentheses that follows, or None."""
        before = self.at
        self.skip_blanks()
        if self.next != "(":
            self.at = before
            return None
        self.at += 1
        elements = [self._element()]
        while self.next == ",":
            self.at += 1
            elements.append(self._element())
        if self.next != ")":
            raise _UnreadableError(f"A parenthesis is not closed in {self.text!r}.", "Add the ) after the value.")
        self.at += 1
        return elements[0] if len(elements) == 1 else tuple(elements)

    def _element(self) -> str:
        self.skip_blanks()
        element = self._quoted() if self.next == "'" else self._unquoted()
        self.skip_blanks()
        if self.next not in (",", ")", ""):
            raise _UnreadableError(
                f"{self.text[self.at : self.at + 20]!r} follows a value without a comma.",
                "Put single quotes around a value with blanks, and double a quote inside one.",
            )
        return element

    def _quoted(self) -> str:
        taken = []
        self.at += 1
        while True:
            end = self.text.find("'", self.at)
            if end < 0:
                raise _UnreadableError(
                    f"A quote is not closed in {self.text!r}.", "Close it, and double a quote inside a value."
                )
            taken.append(self.text[self.at : end])
            self.at = end + 1
            if self.next != "'":
                return "".join(taken)
            taken.append("'")
            self.at += 1

    def _unquoted(self) -> str:
        """An unquoted element, folded to capitals; parentheses inside it are balanced."""
        begin, depth = self.at, 0
        while self.at < len(self.text):
            character = self.next
            if depth == 0 and character in " \t,)'":
                break
            depth += (character == "(") - (character == ")")
            self.at += 1
        return self.text[begin : self.at].upper()


def _command(text: str, line: int) -> MqscCommand:
    scanner = _Scanner(text)
    first = scanner.word()
    verb = _VERBS.get(first, first)
    if verb in _END:
        return MqscCommand(verb, "", "", (), line, text)
    kind = "" if scanner.ended or scanner.next == ";" else scanner.word()
    named = scanner.value()
    parameters = _parameters(scanner)
    name = "" if named is None else named if isinstance(named, str) else ",".join(named)
    return MqscCommand(verb, _OBJECTS.get(kind, kind), name, parameters, line, text)


def _parameters(scanner: _Scanner) -> tuple[tuple[str, Value | None], ...]:
    found: dict[str, Value | None] = {}
    while not scanner.ended:
        if scanner.next == ";":
            if scanner.text[scanner.at + 1 :].strip():
                raise _UnreadableError("Something follows the ; that ends the command.", "Begin it on a new line.")
            break
        keyword = canonical_keyword(scanner.word())
        if keyword in found:
            raise _UnreadableError(f"{keyword} stands twice.", "MQ refuses a repeated keyword; keep one.")
        found[keyword] = scanner.value()
    return tuple(found.items())


def to_object(command: MqscCommand) -> MqObject | None:
    """The object that a DEFINE, ALTER or SET command speaks of, with the attributes it names.

    For SET AUTHREC the authorities are those of AUTHADD. None where the command is another, or speaks of
    something that is no kind of object here.
    """
    if command.verb not in {"DEFINE", "ALTER", "SET"} or command.object not in set(Kind):
        return None
    kind = Kind(command.object)
    if kind is Kind.AUTHREC:
        return _authority_record(command)
    subtype = command.value(SUBTYPE_KEYWORDS.get(kind, ""))
    chltype = subtype if isinstance(subtype, str) else ""
    values: dict[str, Value] = {}
    for written, given in command.parameters:
        if written in _OPTIONS:
            continue
        keyword, value = (written, given) if given is not None else flag(written) or (written, "YES")
        values[keyword] = _whole(kind, keyword, value, chltype)
    return MqObject(kind, command.name, values)


def _whole(kind: Kind, keyword: str, value: Value, chltype: str) -> Value:
    """The value in its normal form; one quoted text of a list attribute is one element, whatever it holds."""
    found = attribute(kind, keyword, chltype)
    if found and found.type is Type.LIST and isinstance(value, str) and not found.choices:
        return (value,) if value.strip(" ") else ()
    return normalise(kind, keyword, value, chltype)


def _authority_record(command: MqscCommand) -> MqObject:
    values = dict(command.parameters)
    entity_type = "GROUP" if "GROUP" in values else "PRINCIPAL"
    object_type = values.get("OBJTYPE") or ""
    profile = "SELF" if object_type == "QMGR" else values.get("PROFILE") or command.name
    given: dict[str, Value] = {
        "OBJTYPE": object_type,
        "ENTTYPE": entity_type,
        "ENTITY": values.get(entity_type) or "",
        "AUTHLIST": values.get("AUTHADD") or (),
    }
    attributes = {keyword: normalise(Kind.AUTHREC, keyword, value) for keyword, value in given.items()}
    return MqObject(Kind.AUTHREC, profile if isinstance(profile, str) else ",".join(profile), attributes)
