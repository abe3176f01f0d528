"""Reads MQSC scripts: what people have in files, what dmpmqcfg writes, what `mqsc` writes.

Accepts comments (also inside a continued command), `+` and `-` at a line's end, `;` at a command's end, LF and CRLF,
any case, IBM's short forms (DEF QL), quoted values with doubled quotes. It stops at END, QUIT or EXIT. Nothing is
raised: what cannot be read comes back in its place as a problem with its line, which never repeats the text: it may
hold a secret.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from wizard.errors import Problem
from wizard.mq.attribute_tables import FLAGS, LISTS, SUBTYPE_KEYWORDS, attribute, canonical_keyword, flag
from wizard.mq.attribute_type import Type
from wizard.mq.attribute_values import normalise
from wizard.mq.mqsc_scanner import Scanner, UnreadableError
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
    "QC": "QCLUSTER",
    "QL": "QLOCAL",
    "QM": "QMODEL",
    "QR": "QREMOTE",
    "QS": "QSTATUS",
    "SBS": "SBSTATUS",
    "SEC": "SECURITY",
    "TPS": "TPSTATUS",
}
OPTIONS = frozenset(
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
_SWITCHES = FLAGS | {"REPLACE", "FORCE", "PURGE"}
"""The keywords that have a NO form, which counts as the same keyword."""
_LISTED = LISTS | {"AUTHADD", "AUTHRMV", "GROUP", "PRINCIPAL", "WHERE"}
"""The keywords whose elements may have blanks alone between them."""


@dataclass(frozen=True)
class MqscCommand:
    """One command: words in capitals and without short forms, values as written but for the folding of unquoted ones.

    `line` is where it begins, counted from 1; `text` is the command on one line. A list is a tuple of its elements; a
    keyword without parentheses has the value None. `written` is what stands between the parentheses of each keyword,
    letter by letter; the name has the keyword "". What a script says may be a secret, so that nothing of it shows in
    the command's repr.
    """

    verb: str
    object: str
    name: str
    parameters: tuple[tuple[str, Value | None], ...] = field(repr=False)
    line: int
    text: str = field(repr=False)
    written: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)

    def value(self, keyword: str) -> Value | None:
        """The value of a parameter, None where it has none or is not there."""
        return dict(self.parameters).get(keyword)

    def has(self, keyword: str) -> bool:
        """Whether the parameter is there, with or without a value."""
        return any(named == keyword for named, _ in self.parameters)


def read(text: str, source: str) -> list[MqscCommand | ReadProblem]:
    """The commands of a script in their order, with a problem in the place of each that cannot be read."""
    found: list[MqscCommand | ReadProblem] = []
    for line, command, too_long in logical_lines(text):
        if too_long:
            what = f"A line of this command is longer than {LONGEST_LINE} characters."
            found.append(Problem(source, too_long, 1, what, "Continue it on the next line with +."))
            continue
        try:
            parsed = _command(command, line)
        except UnreadableError as wrong:
            found.append(Problem(source, line, 1, wrong.what, wrong.remedy))
            continue
        if parsed.verb in _END:
            break
        found.append(parsed)
    return found


_NOTHING = " \t,;"
"""Characters of which alone no command consists."""


class LogicalLine(NamedTuple):
    """One command in one line: the line that it begins on, and the first of its lines that is too long, or 0."""

    line: int
    text: str
    too_long: int = 0

    @property
    def ends(self) -> bool:
        """Whether runmqsc reads nothing after it."""
        word = self.text.split(maxsplit=1)[:1]
        return bool(word) and word[0].upper().rstrip(";") in _END


def logical_lines(text: str) -> Iterator[LogicalLine]:
    """The commands of a script, also those behind END, each on one line; comments and blank lines are gone."""
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
            if joined.strip(_NOTHING):
                yield LogicalLine(begun, joined, too_long)
            begun, joined, too_long = 0, "", 0
    if joined.strip(_NOTHING):
        yield LogicalLine(begun, joined, too_long)


def _command(text: str, line: int) -> MqscCommand:
    scanner = Scanner(text)
    first = scanner.word()
    verb = _VERBS.get(first, first)
    if verb in _END:
        return MqscCommand(verb, "", "", (), line, text)
    kind = "" if scanner.ended or scanner.next == ";" else scanner.word()
    behind = scanner.at
    named = scanner.value()
    name_written = _between(text[behind : scanner.at])
    parameters, written = _parameters(scanner)
    name = "" if named is None else named if isinstance(named, str) else ",".join(named)
    if named is not None:
        written = (("", name_written), *written)
    return MqscCommand(verb, _OBJECTS.get(kind, kind), name, parameters, line, text, written)


_Pairs = tuple[tuple[str, Value | None], ...]


def _parameters(scanner: Scanner) -> tuple[_Pairs, tuple[tuple[str, str], ...]]:
    found: dict[str, Value | None] = {}
    written: dict[str, str] = {}
    seen: set[str] = set()
    while not scanner.ended:
        if scanner.next == ";":
            if scanner.text[scanner.at + 1 :].strip():
                raise UnreadableError("Something follows the ; that ends the command.", "Begin it on a new line.")
            break
        keyword = canonical_keyword(scanner.word())
        once = keyword[2:] if keyword.startswith("NO") and keyword[2:] in _SWITCHES else keyword
        if once in seen:
            raise UnreadableError(f"{once} stands twice.", "MQ refuses a repeated keyword; keep one.")
        seen.add(once)
        behind = scanner.at
        found[keyword] = scanner.value(listed=keyword in _LISTED)
        if found[keyword] is not None:
            written[keyword] = _between(scanner.text[behind : scanner.at])
    return tuple(found.items()), tuple(written.items())


def _between(text: str) -> str:
    """What stands between the outermost parentheses."""
    return text.partition("(")[2].rpartition(")")[0]


def secret_keywords(command: MqscCommand) -> tuple[str, ...]:
    """The parameters of a command that hold a secret in plain text, which a script must not."""
    if command.object not in set(Kind):
        return ()
    rows = [attribute(Kind(command.object), keyword) for keyword, value in command.parameters if value]
    return tuple(row.keyword for row in rows if row is not None and row.secret)


def to_object(command: MqscCommand) -> MqObject | None:
    """The object that a DEFINE, ALTER or SET command speaks of, with the attributes it names.

    Secrets are left out; `secret_keywords` names them. For SET AUTHREC the authorities are those of AUTHADD. None
    where the command is another, or speaks of something that is no kind of object here.
    """
    if command.verb not in {"DEFINE", "ALTER", "SET"} or command.object not in set(Kind):
        return None
    kind = Kind(command.object)
    if kind is Kind.AUTHREC:
        return _authority_record(command)
    subtype = command.value(SUBTYPE_KEYWORDS.get(kind, ""))
    chltype = subtype if isinstance(subtype, str) else ""
    values: dict[str, Value] = {}
    left_out = OPTIONS.union(secret_keywords(command))
    for written, given in command.parameters:
        if written in left_out:
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
