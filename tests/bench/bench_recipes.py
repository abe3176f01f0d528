"""The recipes that are measured."""

from __future__ import annotations

from collections.abc import Iterable

HEAD = "mqwizard: 1\norganization: Example\ntrust: ca\n"


def one_client_each(numbers: Iterable[int], *, queues: int = 1) -> str:
    """A queue manager for each number, each with a listener, queues and one client with a certificate."""
    wanted = list(numbers)
    names = ", ".join(f"Q{number}" for number in range(1, queues + 1))
    managers = [f"  QM{one}:\n    listener: {1500 + one}\n    queues: [{names}]\n" for one in wanted]
    clients = [f"  app{one}:\n    connects_to: QM{one}\n    queues: {{Q1: [put, get]}}\n" for one in wanted]
    return HEAD + "queue_managers:\n" + "".join(managers) + "clients:\n" + "".join(clients)


def many_queues(queue_manager: str, number: int) -> str:
    """One queue manager with nothing but local queues."""
    named = [f"      - {name}\n" for name in queue_names(number)]
    return f"mqwizard: 1\nqueue_managers:\n  {queue_manager}:\n    queues:\n" + "".join(named)


def queue_names(number: int) -> list[str]:
    """The names of the queues."""
    return [f"APP.QUEUE.{one:05}" for one in range(1, number + 1)]


def definitions(number: int) -> str:
    """The MQSC that defines the same queues, as mqwizard sends it."""
    return "".join(f"DEFINE QLOCAL({name})\n" for name in queue_names(number))
