"""YAML text as nodes that know their place: every scalar stays the text that was written.

The reader types these nodes with the schema, the editor splices by their spans. Nothing is constructed, no tag is
followed, and a hostile text is refused early: size, depth, scalar length and the number of nodes have bounds, and what
an alias or a merge key stands for counts as if it were written out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Plain = str | list["Plain"] | dict[str, "Plain"] | None
"""What a node holds: a text, a list, a mapping, or nothing (an empty value)."""

Path = tuple[str | int, ...]


@dataclass(slots=True, eq=False)
class Node:
    """A piece of the text: where it is (line and column from 1, span as indexes) and how many nodes it stands for."""

    line: int
    column: int
    start: int
    end: int
    size: int = 1
    alias: bool = False


@dataclass(slots=True, eq=False)
class Scalar(Node):
    """A text; `style` is empty for a plain one, else its quote or its block indicator."""

    text: str = ""
    style: str = ""

    @property
    def nothing(self) -> bool:
        """Whether no value is written at all."""
        return not self.text and not self.style


@dataclass(slots=True, eq=False)
class Sequence(Node):
    """A list; `flow` says that it stands in brackets."""

    items: list[Node] = field(default_factory=list)
    flow: bool = False


@dataclass(slots=True, eq=False)
class Entry:
    """A key and its value; `merged` says that it came in through a merge key."""

    key: Scalar
    value: Node
    merged: bool = False


@dataclass(slots=True, eq=False)
class Mapping(Node):
    """Keys and values in the order of the text; `flow` says that it stands in braces, `indent` is its keys' column."""

    entries: dict[str, Entry] = field(default_factory=dict)
    flow: bool = False
    indent: int = 0


def plain(node: Node) -> Plain:
    """What a node holds, without places."""
    if isinstance(node, Scalar):
        return None if node.nothing else node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Mapping)  # noqa: S101 - the three kinds of node are all there are
    return {key: plain(entry.value) for key, entry in node.entries.items()}


def step(node: Node, part: str | int) -> Entry | Node | None:
    """The entry or item of a collection that one part of a path names, None where there is none.

    A text names an item of a list by its value, because the short form of a mapping is a list of its keys.
    """
    if isinstance(node, Mapping):
        return node.entries.get(str(part))
    if not isinstance(node, Sequence):
        return None
    if isinstance(part, int):
        return node.items[part] if 0 <= part < len(node.items) else None
    return next((item for item in node.items if isinstance(item, Scalar) and item.text == part), None)


def place(root: Node, path: Path, *, key: bool = False) -> tuple[int, int]:
    """Line and column of what a path means: a scalar's value, a collection's key, with `key` always the key.

    A part that the text does not spell out (a short form, a default) is passed over, so that the place is that of the
    nearest thing written.
    """
    node, spot = root, (root.line, root.column)
    for part in path:
        found = step(node, part)
        if isinstance(found, Entry):
            node = found.value
            at: Node = found.key if key or not isinstance(node, Scalar) or node.nothing else node
            spot = (at.line, at.column)
        elif found is not None:
            node = found
            spot = (node.line, node.column)
    return spot
