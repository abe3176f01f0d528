"""From YAML text to nodes, within bounds.

The reader and the editor call `compose`. It builds on the parser's events, follows no tag and raises RecipeError with
everything that is wrong with the text as YAML. ruamel.yaml is loaded by the first call, not by the import.
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, Any

from wizard.errors import Problem, RecipeError
from wizard.recipe.nodes import Entry, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from ruamel.yaml.error import StringMark

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_ALIASES = 100
MAX_NODES = 100_000
MAX_SCALAR = 20_000
MAX_PROBLEMS = 100

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]|\r(?!\n)")
_HIDDEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?<=.)\ufeff", re.DOTALL)
_ENDLESS_TAG = re.compile(r"!\S{1000}")
"""The scanner's time grows with the square of a tag's length."""

_MERGE = "<<"


def compose(text: str, source: str) -> Mapping:
    """The text's only document, which must be a mapping.

    Raises RecipeError with every problem found; behind a break of YAML's own rules the rest stays unread.
    """
    refuse_characters(text, source)
    composer = _Composer(text, source)
    root = composer.run()
    if isinstance(root, Mapping) and not composer.problems:
        return root
    raise RecipeError(composer.problems)


def refuse_characters(text: str, source: str) -> None:
    """Raise RecipeError where a text is too long or holds what no recipe holds, before any parser sees it."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise RecipeError([Problem(source, 0, 0, f"The recipe is longer than {MAX_BYTES:,} bytes.")])
    if found := _CONTROL.search(text):
        what = f"The character U+{ord(found.group()):04X} cannot stand in a recipe."
        remedy = "Save the file as UTF-8." if found.group() >= "\ud800" else "Take it out."
    elif found := _HIDDEN.search(text):
        what = f"The character U+{ord(found.group()):04X} makes a text look like another one."
        remedy = "Take it out."
    elif found := _ENDLESS_TAG.search(text):
        what, remedy = "A recipe has no tags.", "Take out the word with the exclamation mark."
    else:
        return
    line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
    raise RecipeError([Problem(source, line, column, what, remedy)])


class _StopReadingError(Exception):
    """The rest of the text is not worth reading."""


class _Composer:
    """Builds the nodes of one text from the parser's events and counts what the bounds limit."""

    def __init__(self, text: str, source: str) -> None:
        self.text = text
        self.source = source
        self.problems: list[Problem] = []
        self.anchors: dict[str, Node] = {}
        self.open: list[tuple[Mapping | Sequence, str | None]] = []
        """The collections that have begun and not ended, each with its anchor."""
        self.keys: list[Scalar | None] = []
        """For each open collection the key that waits for its value."""
        self.root: Node | None = None
        self.nodes = 0
        self.aliases = 0

    def run(self) -> Node | None:
        """The document's node; where it is empty or broken the problems say so."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        mark: StringMark | None = None
        try:
            for event in YAML(typ="safe", pure=True).parse(self.text):
                mark = event.end_mark
                self._take(event)
        except _StopReadingError:
            return None
        except MarkedYAMLError as error:
            self._broken(error.problem or "", error.problem_mark or error.context_mark or mark)
        except (YAMLError, ValueError, OverflowError):
            # The scanner takes \UFFFFFFFF for an escape and only then finds that there is no such character.
            self._broken("behind this place stands no character", mark)
        if self.root is None and not self.problems:
            self._problem(1, 1, "The recipe is empty.", "Begin with `mqwizard: 1`.")
        elif isinstance(self.root, Sequence | Scalar) and not self.problems:
            self._report(self.root, "A recipe consists of keys with values.", "Begin with `mqwizard: 1`.")
        return self.root

    def _take(self, event: Any) -> None:
        """Add what one event brings; the library gives its events no types."""
        match type(event).__name__:
            case "ScalarEvent":
                self._scalar(event)
            case "AliasEvent":
                self._alias(event)
            case "MappingStartEvent":
                self._begin(Mapping(*_span(event), flow=bool(event.flow_style)), event)
            case "SequenceStartEvent":
                self._begin(Sequence(*_span(event), flow=bool(event.flow_style)), event)
            case "MappingEndEvent" | "SequenceEndEvent":
                self._end(event)
            case "DocumentStartEvent":
                self._document(event)

    def _document(self, event: Any) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if self.root is not None:
            self._problem(line, column, "A second document begins here.", "A file holds one recipe.")
            raise _StopReadingError
        version = getattr(event, "version", None)
        if event.tags or (version is not None and tuple(version) != (1, 2)):
            self._problem(line, column, "A recipe is YAML 1.2 without directives.", "Take out the lines with %.")
            raise _StopReadingError

    def _scalar(self, event: Any) -> None:
        node = Scalar(*_span(event), text=event.value, style=event.style or "")
        self._refuse_tag(event, node)
        if len(node.text) > MAX_SCALAR:
            self._report(node, f"A text of {len(node.text):,} characters is longer than any in MQ.")
        elif found := _CONTROL.search(node.text.replace("\n", "")):  # a carriage return is lone in every case
            self._report(node, f"The text holds the character U+{ord(found.group()):04X}.", "Take it out.")
        self._count(node, 1)
        self._add(node, event.anchor)

    def _alias(self, event: Any) -> None:
        target = self.anchors.get(event.anchor)
        self.aliases += 1
        if target is None:
            self._problem(*_span(event)[:2], f"*{event.anchor} stands for nothing above it.")
            raise _StopReadingError
        node = copy(target)
        node.line, node.column, node.start, node.end = _span(event)
        node.alias = True
        if self.aliases > MAX_ALIASES:
            self._report(node, f"More than {MAX_ALIASES} aliases.", "Write the values out.")
            raise _StopReadingError
        self._count(node, node.size)
        self._add(node, None)

    def _begin(self, node: Mapping | Sequence, event: Any) -> None:
        self._refuse_tag(event, node)
        self._count(node, 1)
        if len(self.open) >= MAX_DEPTH:
            self._report(node, f"Nested deeper than {MAX_DEPTH} levels.")
            raise _StopReadingError
        self.open.append((node, event.anchor))
        self.keys.append(None)

    def _end(self, event: Any) -> None:
        node, anchor = self.open.pop()
        self.keys.pop()
        if node.flow:
            node.end = event.end_mark.index
        self._add(node, anchor)

    def _add(self, node: Node, anchor: str | None) -> None:
        """Put a complete node where it belongs: the root, an item, a key, or the value of the key that waits."""
        if anchor is not None:
            self.anchors[anchor] = node
        if not self.open:
            self.root = node
            return
        parent = self.open[-1][0]
        if isinstance(parent, Sequence):
            parent.size += node.size
            parent.end = node.end
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = key = self._key(node)
            parent.indent = parent.indent or key.column
            return
        self.keys[-1] = None
        parent.size += node.size + 1
        self._pair(parent, key, node)

    def _key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            self._report(node, "A list or mapping cannot be a key.")
            raise _StopReadingError
        if not node.text:
            self._report(node, "A key is missing here.")
        return node

    def _pair(self, parent: Mapping, key: Scalar, value: Node) -> None:
        if isinstance(value, Scalar) and value.nothing and (colon := self.text.find(":", key.end)) >= 0:
            value.start = value.end = colon + 1  # the parser sees an empty value only at the next token
        parent.end = value.end
        if key.text == _MERGE and not key.style:
            self._merge(parent, key, value)
            return
        known = parent.entries.get(key.text)
        if known is not None and not known.merged:
            what = f"'{shown(key.text)}' stands twice, first in line {known.key.line}."
            self._report(key, what, "Keep one of them.")
            return
        parent.entries[key.text] = Entry(key, value)

    def _merge(self, parent: Mapping, key: Scalar, value: Node) -> None:
        for source in value.items if isinstance(value, Sequence) else [value]:
            if not isinstance(source, Mapping):
                self._report(key, "Only a mapping can be merged in.")
                continue
            for name, entry in source.entries.items():
                if name not in parent.entries:
                    self._count(entry.value, entry.value.size + 1)
                    parent.entries[name] = Entry(entry.key, entry.value, merged=True)

    def _count(self, node: Node, nodes: int) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            self._report(node, f"The recipe holds more than {MAX_NODES:,} values, aliases written out.")
            raise _StopReadingError

    def _refuse_tag(self, event: Any, node: Node) -> None:
        if event.ctag is not None:
            self._report(node, "A recipe has no tags.", "Take out the word with the exclamation mark.")

    def _broken(self, problem: str, mark: StringMark | None) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        if "\\t" in problem:
            self._problem(line, column, "A tab stands where YAML takes only blanks.", "Use blanks.")
            return
        self._problem(line, column, f"This is not YAML: {problem.removeprefix('while ')[:200]}.")

    def _report(self, node: Node, what: str, remedy: str = "") -> None:
        self._problem(node.line, node.column, what, remedy)

    def _problem(self, line: int, column: int, what: str, remedy: str = "") -> None:
        self.problems.append(Problem(self.source, line, column, what, remedy))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _StopReadingError


def shown(text: str, length: int = 60) -> str:
    """A text of the recipe as a message shows it: on one line and not longer than a line."""
    line = text.replace("\n", " ").replace("\t", " ")
    return line if len(line) <= length else line[: length - 1] + "…"


def _span(event: Any) -> tuple[int, int, int, int]:
    start, end = event.start_mark, event.end_mark
    return start.line + 1, start.column + 1, start.index, end.index
