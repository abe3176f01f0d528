"""What stands above every step: the title, where the work is done, and the steps with the present one marked.

Plain values: the flow makes a heading for each screen that it shows.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from screens.marks import Marks

if TYPE_CHECKING:
    from wizard.engine.request import Request


@dataclass(frozen=True)
class Stop:
    """One step as the rail shows it; a step that was `seen` can be gone to."""

    id: str
    title: str
    seen: bool = False


@dataclass(frozen=True)
class Heading:
    """The title on the left, the mode word on the right, the stops of the rail and the id of the present one."""

    title: str
    mode: str
    stops: tuple[Stop, ...] = ()
    here: str = ""

    def at(self, here: str) -> Heading:
        """The same heading at another stop, which counts as seen from now on."""
        stops = tuple(replace(stop, seen=stop.seen or stop.id == here) for stop in self.stops)
        return replace(self, here=here, stops=stops)


def mode_word(request: Request, *, dry: bool = False) -> str:
    """Where the work is done, in the words of the header: practice, a dry run, or the host."""
    if request.sandbox is not None:
        return "practice (sandbox)"
    if dry:
        return "dry run"
    return request.host or socket.gethostname()


def rail(heading: Heading, marks: Marks, width: int) -> Content:
    """The stops in one line of at most `width` cells; what does not fit is cut to its number, far stops first."""
    stops = heading.stops
    present = next((index for index, stop in enumerate(stops) if stop.id == heading.here), -1)
    spelled = set(range(len(stops)))
    by_distance = sorted(spelled, key=lambda index: (-abs(index - present), index))
    for index in by_distance:
        if _length(stops, spelled) <= width or index == present:
            break
        spelled.discard(index)
    parts = [_stop(stop, index, present, marks, spelled=index in spelled) for index, stop in enumerate(stops)]
    return Content("  ").join(parts)


def _length(stops: Sequence[Stop], spelled: set[int]) -> int:
    words = sum(len(stop.title) + 1 for index, stop in enumerate(stops) if index in spelled)
    return words + sum(2 + len(str(index + 1)) + 2 for index in range(len(stops)))


def _stop(stop: Stop, index: int, present: int, marks: Marks, *, spelled: bool) -> Content:
    """A mark, the number, and the words where there is room; stops that were seen can be clicked."""
    words = f"{index + 1} {stop.title}" if spelled else str(index + 1)
    if index == present:
        return Content.assemble((f"{marks.here} {words}", "bold $primary"))
    if not stop.seen:
        return Content.assemble((f"  {words}", "$text-muted"))
    click = Style.from_meta({"@click": f"screen.go({stop.id!r})"})
    mark = marks.done if index < present else " "
    return Content.assemble((f"{mark} ", "$text-success"), (words, click))
