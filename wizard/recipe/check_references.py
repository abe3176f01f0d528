"""References of a recipe: what an entry names must be there, and no two things may want the same place."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.recipe.derived import channel_of, dead_letter_queue_of
from wizard.recipe.nodes import Path
from wizard.recipe.schema import Recipe
from wizard.recipe.subject import Found, Subject

_QUEUES = ("QLOCAL", "QREMOTE", "QALIAS", "QMODEL")


def check_references(subject: Subject) -> Iterator[Found]:
    """References of queue managers, channels and clients."""
    recipe = subject.recipe
    queue_managers, hosts = dict.fromkeys(subject.names("queue_managers")), dict.fromkeys(subject.names("hosts"))
    wanted: list[tuple[Path, str | None, dict[str, None], str]] = []
    for name, manager in recipe.queue_managers.items():
        wanted.append((("queue_managers", name, "host"), manager.host, hosts, "hosts"))
    for name, channel in recipe.channels.items():
        wanted.append((("channels", name, "queue_manager"), channel.queue_manager, queue_managers, "queue_managers"))
    for name, client in recipe.clients.items():
        wanted.append((("clients", name, "connects_to"), client.connects_to, queue_managers, "queue_managers"))
        wanted.append((("clients", name, "host"), client.host, hosts, "hosts"))
    for path, target, known, section in wanted:
        if target is not None and target not in known:
            yield subject.unknown(path, target, known, f"{path[-1]}: '{target}' does not stand under {section}.")


def check_grants(subject: Subject) -> Iterator[Found]:
    """Each queue that a client is granted is defined on its queue manager, or said to exist.

    Queues of MQ itself (SYSTEM.) exist; where MQSC files are taken in, they may define any other.
    """
    if subject.recipe.mqsc:
        return
    known = {name: queues_of(subject.recipe, name) for name in subject.recipe.queue_managers}
    for name, client in subject.recipe.clients.items():
        manager = client.connects_to
        if manager not in known or _queues_unclear(subject, manager):
            continue
        for queue in client.queues:
            if queue not in known[manager] and not queue.startswith("SYSTEM."):
                what = f"Queue {queue} is not defined on {manager}."
                otherwise = f"Add it to the queues of {manager}, or to existing_queues."
                remedy = subject.remedies.nearest(queue, known[manager], otherwise)
                yield Found(("clients", name, "queues", queue), what, remedy, key=True)


def queues_of(recipe: Recipe, name: str) -> dict[str, None]:
    """The queues that the recipe knows on a queue manager, in its order."""
    manager = recipe.queue_managers[name]
    objects = [queue for kind, named in manager.objects.items() if kind in _QUEUES for queue in named]
    return dict.fromkeys([*manager.queues, *manager.existing_queues, *objects, dead_letter_queue_of(recipe, name)])


def _queues_unclear(subject: Subject, manager: str) -> bool:
    keys = ("queues", "existing_queues", "objects", "dead_letter_queue")
    return any(subject.gaps.touch("queue_managers", manager, key) for key in keys)


def check_channels(subject: Subject) -> Iterator[Found]:
    """A shared channel is on the queue manager of its clients, and somebody uses it."""
    recipe = subject.recipe
    used: set[str] = set()
    for name, client in recipe.clients.items():
        channel = channel_of(recipe, name, client)
        shared = recipe.channels.get(channel)
        used.add(channel)
        if shared and shared.queue_manager and shared.queue_manager != client.connects_to:
            what = f"Channel {channel} is on {shared.queue_manager}, and {name} connects to {client.connects_to}."
            remedy = "Name another channel, or leave queue_manager out of the channel."
            yield Found(("clients", name, "channel"), what, remedy)
    if subject.gaps.touch("clients") or subject.gaps.touch("names"):
        return
    for name, entry in recipe.channels.items():
        if name not in used and not entry.queue_manager:
            yield Found(
                ("channels", name), f"No client uses channel {name}.", "Name it in a client, or take it out.", key=True
            )


def check_ports(subject: Subject) -> Iterator[Found]:
    """No two listeners of one machine want the same port and address."""
    taken: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for name, manager in subject.recipe.queue_managers.items():
        path = ("queue_managers", name, "listener")
        if manager.listener is None or subject.gaps.touch(*path) or subject.gaps.touch(*path[:2], "host"):
            continue
        others = taken.setdefault((manager.host or "", manager.listener.port), [])
        address = manager.listener.address
        for other, its_address in others:
            if "*" in (address, its_address) or address == its_address:
                what = f"{other} listens on port {manager.listener.port} already."
                yield Found((*path, "port"), what, "Give one of them another port, address or host.")
                break
        others.append((name, address))
