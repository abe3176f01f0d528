"""Several queue managers at once: one runmqsc each, one thread, one selector.

Used by the facts, which ask all queue managers of a recipe together, and by `execute` where independent
operations fall on several of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from wizard.run.feed import AHEAD, Feed
from wizard.run.mqsc_command import Command, Reply
from wizard.run.session import MqscSession
from wizard.run.turn import turn


def ask(
    sessions: Mapping[str, MqscSession],
    commands: Mapping[str, Iterable[Command]],
    heard: Mapping[str, Callable[[Reply], None]] | None = None,
) -> dict[str, list[Reply]]:
    """Every reply of each queue manager, in order, all asked at the same time; raises as `converse` does.

    The functions in `heard` are told of each reply as it comes.
    """
    replies: dict[str, list[Reply]] = {name: [] for name in commands}
    for name, reply in converse(sessions, commands):
        replies[name].append(reply)
        if heard and name in heard:
            heard[name](reply)
    return replies


def converse(
    sessions: Mapping[str, MqscSession],
    commands: Mapping[str, Iterable[Command]],
    *,
    ahead: int = AHEAD,
    until: Callable[[str, Reply], bool] | None = None,
) -> Iterator[tuple[str, Reply]]:
    """Send each queue manager its commands, all at the same time; gives queue manager and reply as they come.

    Sessions that have just been started come up side by side too. After a reply for which `until` is true
    that queue manager gets no more. Where a session breaks, no other gets more either; what they still
    answer is given, then the first failure is raised: OperationFailed where a session did not come up, else
    ConnectionLost.
    """
    feeds = {
        name: Feed(sessions[name], wanted, ahead=ahead, until=_bound(until, name)) for name, wanted in commands.items()
    }
    while busy := [feed.session for feed in feeds.values() if feed.busy]:
        turn(busy)
        for name, feed in feeds.items():
            for reply in feed.replies():
                yield name, reply
        if any(feed.session.failure is not None for feed in feeds.values()):
            for feed in feeds.values():
                feed.stop()
    for feed in feeds.values():
        feed.check()


def _bound(until: Callable[[str, Reply], bool] | None, name: str) -> Callable[[Reply], bool] | None:
    if until is None:
        return None
    return lambda reply: until(name, reply)
