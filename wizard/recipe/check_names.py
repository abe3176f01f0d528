"""Names that the patterns come to: MQ must take them too, and their length shows only now."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq import names
from wizard.mq.objects import Kind
from wizard.recipe.derived import (
    certificate_of,
    channel_of,
    client_certificate_of,
    dead_letter_queue_of,
    listener_of,
    user_of,
)
from wizard.recipe.nodes import Path
from wizard.recipe.subject import Found, Subject

Derived = tuple[Path, str, str, Kind | str]
"""The entry, the field that could give the name, the name that the pattern comes to, and the kind of name."""


def check_derived_names(subject: Subject) -> Iterator[Found]:
    """Each derived name is one that MQ takes; given ones are the schema's business."""
    if subject.gaps.touch("names"):
        return
    for entry, field, name, kind in [*_of_queue_managers(subject), *_of_clients(subject)]:
        if subject.gaps.touch(*entry, field):
            continue
        if wrong := names.problem(kind, name):
            what = f"{field}: the name '{name[:80]}', made by the pattern, cannot be used: {wrong}."
            yield Found(entry, what, f"Give {field} here, or another pattern under names.", key=True)


def _of_queue_managers(subject: Subject) -> Iterator[Derived]:
    recipe = subject.recipe
    for name, manager in recipe.queue_managers.items():
        entry: Path = ("queue_managers", name)
        if manager.dead_letter_queue is None:
            yield entry, "dead_letter_queue", dead_letter_queue_of(recipe, name), Kind.QLOCAL
        if (listener := listener_of(recipe, name)) and manager.listener and not manager.listener.name:
            yield entry, "listener", listener, Kind.LISTENER
        if manager.certificate.label is None:
            yield entry, "certificate", certificate_of(recipe, name), names.LABEL


def _of_clients(subject: Subject) -> Iterator[Derived]:
    recipe = subject.recipe
    for name, client in recipe.clients.items():
        entry: Path = ("clients", name)
        if client.channel is None:
            yield entry, "channel", channel_of(recipe, name, client), Kind.CHANNEL
        if client.user is None:
            yield entry, "user", user_of(recipe, name, client), names.USER
        if client.certificate.label is None and client.tls == "mutual":
            yield entry, "certificate", client_certificate_of(recipe, name, client), names.LABEL
