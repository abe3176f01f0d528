"""The set-up as a picture in text: who connects, over what, to what; the part that is being asked about stands out.

That part is framed double and named below. Pure: topology in, lines out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wizard.topology.values import Client, QueueManager, Signer, Tls, Topology, Trust


class Part(StrEnum):
    """What a step asks about."""

    NOTHING = ""
    QUEUE_MANAGER = "the queue manager"
    LISTENER = "the listener"
    APPLICATION = "the application"
    CHANNEL = "the channel"
    TRUST = "who vouches for certificates"
    NAMES = "the certificates"


@dataclass(frozen=True)
class Strokes:
    """The characters of a frame: corners from the top left clockwise, horizontal, vertical, and its joints."""

    corners: str
    across: str
    down: str
    left: str
    right: str


SINGLE, DOUBLE = Strokes("┌┐┘└", "─", "│", "┤", "├"), Strokes("╔╗╝╚", "═", "║", "╢", "╟")
ASCII_SINGLE, ASCII_DOUBLE = Strokes("++++", "-", "|", "+", "+"), Strokes("####", "=", "#", "#", "#")

TLS_WORDS = {Tls.NONE: "no TLS", Tls.SERVER: "one-way TLS", Tls.MUTUAL: "two-way TLS"}

NARROWEST = 8


@dataclass(frozen=True)
class Box:
    """A frame with lines of text, `stressed` where it is asked about."""

    lines: tuple[str, ...]
    stressed: bool = False


def diagram(
    topology: Topology,
    part: Part,
    *,
    client: str = "",
    queue_manager: str = "",
    width: int = 76,
    ascii_only: bool = False,
) -> list[str]:
    """The lines of the picture, none wider than `width`. Without names the first client is shown, with its server."""
    shown = next((one for one in topology.clients if one.name == client), next(iter(topology.clients), None))
    if queue_manager and shown and shown.queue_manager != queue_manager:
        shown = next(iter(topology.clients_of(queue_manager)), None)
    name = shown.queue_manager if shown else queue_manager or next((one.name for one in topology.queue_managers), "")
    server = next((one for one in topology.queue_managers if one.name == name), None)
    if server is None:
        return []
    stressed = {Part.NAMES: {Part.APPLICATION, Part.QUEUE_MANAGER}}.get(part, {part})
    boxes = [_server(topology, server, stressed=bool(stressed & {Part.QUEUE_MANAGER, Part.LISTENER}))]
    if shown:
        link = Box((shown.channel, TLS_WORDS[shown.tls]), Part.CHANNEL in stressed)
        boxes = [_client(topology, shown, stressed=Part.APPLICATION in stressed), link, *boxes]
    lines = _side_by_side(boxes, width, ascii_only=ascii_only)
    lines += _below(topology, shown, stressed=Part.TRUST in stressed, width=width, ascii_only=ascii_only)
    others = len(topology.clients) - 1
    if others > 0:
        lines.append(f"and {others} more application{'s' if others > 1 else ''}"[:width])
    if part:
        lines.append(f"you are here: {part}"[:width])
    return lines


def _client(topology: Topology, client: Client, *, stressed: bool) -> Box:
    lines = [client.name]
    if client.identity:
        lines.append(f"key {client.identity.label}")
    if client.tls is not Tls.NONE and client.signers:
        lines.append(_trusts(topology, client.signers))
    return Box((*lines, f"as {client.account.user}"), stressed)


def _server(topology: Topology, server: QueueManager, *, stressed: bool) -> Box:
    port = f"  :{server.port}" if server.listener else ""
    lines = [f"{server.name}{port}"]
    if server.identity:
        lines.append(f"key {server.identity.label}")
    if server.signers:
        lines.append(_trusts(topology, server.signers))
    names = [one.name for one in server.queues if one.name != server.dead_letter_queue]
    if names:
        lines.append(f"{', '.join(names[:2])}{' +' + str(len(names) - 2) if len(names) > 2 else ''}")
    return Box(tuple(lines), stressed)


def _trusts(topology: Topology, signers: tuple[Signer, ...]) -> str:
    """Whom a store trusts: the own CA, which is drawn below, or the first of others."""
    if topology.authority and len(signers) == 1:
        return "trusts the CA"
    return f"trusts {signers[0].label}{f' +{len(signers) - 1}' if len(signers) > 1 else ''}"


def _below(topology: Topology, client: Client | None, *, stressed: bool, width: int, ascii_only: bool) -> list[str]:
    """Who vouches: the own CA in a frame of its own; what self-signed means, in words."""
    if client is None or client.tls is Tls.NONE:
        return []
    if topology.authority:
        box = Box((f"{topology.authority.name} signs the certificates",), stressed)
    elif topology.trust is Trust.SELF_SIGNED:
        box = Box(("each certificate vouches for itself",), stressed)
    else:
        box = Box(("a CA elsewhere signs the certificates",), stressed)
    return _framed(box, min(len(box.lines[0]), width - 4), 1, ascii_only=ascii_only)


def _side_by_side(boxes: list[Box], width: int, *, ascii_only: bool) -> list[str]:
    """Frames in a row, joined by a line at the height of their second line of text, with an arrow to the last."""
    joint = 3
    room = width - (len(boxes) - 1) * joint - 4 * len(boxes)
    inner = [max(NARROWEST, *(len(line) for line in box.lines)) for box in boxes]
    while sum(inner) > room and max(inner) > NARROWEST:
        inner[inner.index(max(inner))] -= 1
    height = max(len(box.lines) for box in boxes)
    drawn = [_framed(box, size, height, ascii_only=ascii_only) for box, size in zip(boxes, inner, strict=True)]
    across, arrow = ("-", ">") if ascii_only else ("─", "▸")
    rows = []
    for number, parts in enumerate(zip(*drawn, strict=True)):
        pieces = list(parts)
        if number == 2 and len(pieces) > 1:
            for place in range(len(pieces)):
                strokes = _strokes(stressed=boxes[place].stressed, ascii_only=ascii_only)
                left, right = (strokes.left if place else strokes.down), strokes.right
                last = place == len(pieces) - 1
                pieces[place] = (
                    f"{strokes.down if last else left}{pieces[place][1:-1]}{strokes.down if last else right}"
                )
            links = [across * joint] * (len(pieces) - 2) + [across * (joint - 1) + arrow]
        else:
            links = [" " * joint] * (len(pieces) - 1)
        rows.append("".join(piece + link for piece, link in zip(pieces, [*links, ""], strict=True)).rstrip())
    return rows


def _framed(box: Box, inner: int, height: int, *, ascii_only: bool) -> list[str]:
    strokes = _strokes(stressed=box.stressed, ascii_only=ascii_only)
    more = "~" if ascii_only else "…"
    texts = [line if len(line) <= inner else line[: inner - 1] + more for line in box.lines]
    texts += [""] * (height - len(texts))
    a, b, c, d = list(strokes.corners)
    middle = [f"{strokes.down} {text:<{inner}} {strokes.down}" for text in texts]
    return [a + strokes.across * (inner + 2) + b, *middle, d + strokes.across * (inner + 2) + c]


def _strokes(*, stressed: bool, ascii_only: bool) -> Strokes:
    if ascii_only:
        return ASCII_DOUBLE if stressed else ASCII_SINGLE
    return DOUBLE if stressed else SINGLE
