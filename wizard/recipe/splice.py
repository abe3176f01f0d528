"""Single splices into the text of a recipe: one value put at a path, one key or item taken out.

The editor decides what to change and proves the result; here is only where the bytes go. Everything is found by the
spans of the nodes, so each splice reads the text anew.
"""

from __future__ import annotations

from wizard.recipe import render
from wizard.recipe.compose import compose
from wizard.recipe.nodes import Entry, Mapping, Node, Path, Plain, Scalar, Sequence, step

_STEP = 2


class NotInPlaceError(Exception):
    """The text is written so that this place cannot be changed alone."""


def put(text: str, path: Path, value: Plain) -> str:
    """The text with a value at a path, which may be new; what is missing on the way is made."""
    root = compose(text, "")
    node: Node = root
    holder: tuple[Node, Node] = (root, root)
    """The collection that holds `node`, and the key or item that `node` stands at."""
    for depth, part in enumerate(path):
        found = step(node, part)
        if found is None or (isinstance(found, Entry) and found.merged):
            return _add(text, node, holder, part, _nested(path[depth + 1 :], value))
        at = found.key if isinstance(found, Entry) else found
        holder, node = (node, at), found.value if isinstance(found, Entry) else found
    return _replace(text, node, holder, value)


def put_key(text: str, path: Path, name: str) -> str:
    """The text with another key where one stands: a key of a mapping, or a name in a list of names."""
    node: Node = compose(text, "")
    flow = False
    for depth, part in enumerate(path):
        found = step(node, part)
        if found is None or (isinstance(found, Entry) and found.merged):
            raise NotInPlaceError
        flow = isinstance(node, Mapping | Sequence) and node.flow
        at = found.key if isinstance(found, Entry) else found
        if depth + 1 == len(path):
            if not isinstance(at, Scalar) or at.alias:
                raise NotInPlaceError
            return text[: at.start] + render.scalar(name, flow=flow, style=at.style) + text[_end(text, at) :]
        node = found.value if isinstance(found, Entry) else found
    raise NotInPlaceError


def _nested(path: Path, value: Plain) -> Plain:
    for part in reversed(path):
        value = [value] if isinstance(part, int) else {part: value}
    return value


def _replace(text: str, node: Node, holder: tuple[Node, Node], value: Plain) -> str:
    """Another value where one stands: a scalar in its own quotes, a collection on the line."""
    if isinstance(node, Scalar) and node.nothing and not isinstance(value, str):
        return _fill(text, node, holder, value)
    style = node.style if isinstance(node, Scalar) else ""
    flow = _in_flow(holder)
    written = render.scalar(value, flow=flow, style=style) if isinstance(value, str) else render.flow(value)
    blank = " " if isinstance(node, Scalar) and node.nothing else ""
    return text[: node.start] + blank + written + text[_end(text, node) :]


def _fill(text: str, node: Scalar, holder: tuple[Node, Node], value: Plain) -> str:
    """A collection where a key stands alone, in lines below it, or in braces where the key stands in braces."""
    parent, key = holder
    if _in_flow(holder) or not isinstance(parent, Mapping):
        return text[: node.start] + " " + render.flow(value) + text[node.start :]
    lines = render.entry("", value)
    if len(lines) == 1:
        return text[: node.start] + " " + render.flow(value) + text[node.start :]
    return _insert_lines(text, node.start, lines[1:], key.column - 1)


def _add(text: str, node: Node, holder: tuple[Node, Node], part: str | int, value: Plain) -> str:
    """A new key of a mapping or a new last item of a list."""
    if isinstance(node, Scalar) and node.nothing:
        return _fill(text, node, holder, [value] if isinstance(part, int) else {part: value})
    if isinstance(node, Mapping) and isinstance(part, str) and not node.alias:
        if not node.flow:
            return _insert_lines(text, _end(text, node), render.entry(part, value), node.indent - 1)
        written = f"{render.scalar(part, flow=True)}: {render.flow(value)}"
        last = [entry.value for entry in node.entries.values() if not entry.merged][-1:]
        return _insert_flow(text, node, last, written)
    if isinstance(node, Sequence) and part == len(node.items) and not node.alias:
        if not node.flow:
            return _insert_lines(text, _end(text, node), render.listed(value), node.column - 1)
        return _insert_flow(text, node, node.items[-1:], render.flow(value))
    raise NotInPlaceError


def _insert_flow(text: str, node: Node, last: list[Node], written: str) -> str:
    """A further entry before the closing bracket or brace, after the last one and its comma."""
    close = node.end - 1
    if not last:
        return text[:close] + written + text[close:]
    end = last[0].end
    if isinstance(last[0], Scalar) and last[0].nothing:
        end = close
    elif "," in text[end:close]:
        end = text.index(",", end) + 1
        return text[:end] + f" {written}" + text[end:]
    return text[:end] + f", {written}" + text[end:]


def _insert_lines(text: str, after: int, lines: list[str], indent: int) -> str:
    """Lines below the line in which something ends, so that a comment on that line stays on it."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    at = text.find("\n", after)
    at = len(text) if at < 0 else at
    if text[at - 1 : at] == "\r":
        at -= 1
    block = "".join(f"{line_end}{' ' * indent}{line}" for line in lines)
    return text[:at] + block + text[at:]


def drop(text: str, path: Path) -> str:
    """The text without the key or item at a path."""
    node: Node = compose(text, "")
    for part in path[:-1]:
        found = step(node, part)
        if found is None or (isinstance(found, Entry) and found.merged):
            raise NotInPlaceError
        node = found.value if isinstance(found, Entry) else found
    starts, ends, index = _spans(text, node, path[-1])
    if isinstance(node, Mapping | Sequence) and node.flow:
        return _drop_flow(text, starts, ends, index)
    start, end = starts[index], ends[index]
    line_start = text.rfind("\n", 0, start) + 1
    if text[line_start:start].strip():
        return _drop_first(text, starts, end, index)
    line_end = text.find("\n", end)
    return text[:line_start] + (text[line_end + 1 :] if line_end >= 0 else "")


def _spans(text: str, node: Node, part: str | int) -> tuple[list[int], list[int], int]:
    """Where the entries of a collection start and end, and which of them is meant."""
    if isinstance(node, Mapping) and part in node.entries and not node.entries[str(part)].merged:
        own = {key: entry for key, entry in node.entries.items() if not entry.merged}
        ends = [_end(text, entry.value) for entry in own.values()]
        return [entry.key.start for entry in own.values()], ends, list(own).index(str(part))
    if isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
        starts = [item.start if node.flow else text.rfind("-", 0, item.start) for item in node.items]
        return starts, [_end(text, item) for item in node.items], part
    raise NotInPlaceError


def _drop_flow(text: str, starts: list[int], ends: list[int], index: int) -> str:
    if index + 1 < len(starts):
        return text[: starts[index]] + text[starts[index + 1] :]
    if index:
        return text[: ends[index - 1]] + text[ends[index] :]
    behind = text[ends[0] :]
    return text[: starts[0]] + (behind.lstrip()[1:] if behind.lstrip().startswith(",") else behind)


def _drop_first(text: str, starts: list[int], end: int, index: int) -> str:
    """The first key of a mapping that is an item of a list: the next one takes its place on the line of the hyphen."""
    if index + 1 == len(starts):
        return text[: starts[index]] + "{}" + text[end:]
    return text[: starts[index]] + text[starts[index + 1] :]


def _in_flow(holder: tuple[Node, Node]) -> bool:
    return isinstance(holder[0], Mapping | Sequence) and holder[0].flow


def _end(text: str, node: Node) -> int:
    """Where a node's own characters end; a block scalar's span goes on over the empty lines behind it."""
    return len(text[: node.end].rstrip("\r\n \t")) if node.end > node.start else node.end
