"""What the programs of a kit do, and how texts are written in their languages."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from wizard.topology.values import Client, Tls

MESSAGE = "sent by the program in the kit of "


@dataclass(frozen=True)
class Work:
    """The queue of a program, and what it may do with it."""

    queue: str
    puts: bool
    gets: bool


def work_of(client: Client) -> Work:
    """The first queue that the client may both put to and get from, else its first one.

    A program gets only what it put itself, so that it gets nothing where it may not put.
    """
    granted = [(queue, {word.upper() for word in words}) for queue, words in client.queues]
    both = next((queue for queue, words in granted if {"PUT", "GET"} <= words), "")
    if both:
        return Work(both, puts=True, gets=True)
    puts = next((queue for queue, words in granted if "PUT" in words), "")
    return Work(puts, puts=bool(puts), gets=False)


def logs_in(client: Client) -> bool:
    """Whether the program gives a user and a password, which it reads from MQ_PASSWORD."""
    return client.tls is Tls.SERVER


def literal(text: str) -> str:
    """A text as Java, C#, Go, JavaScript, Python and C write it: escaped, in ASCII, in double quotes.

    C takes no \\u escape for ASCII characters and no names of this kind hold others.
    """
    return json.dumps(text)


def filled(template: str, client: Client, **more: str) -> str:
    """A template with the client's names in the place of @QUEUE_MANAGER@, @QUEUE@, @MESSAGE@ and @USER@."""
    work = work_of(client)
    values = {
        "QUEUE_MANAGER": literal(client.queue_manager),
        "QUEUE": literal(work.queue),
        "MESSAGE": literal(MESSAGE + client.name),
        "USER": literal(client.account.user),
        **more,
    }
    return re.sub(r"@([A-Z_]+)@", lambda found: values[found[1]], template)
