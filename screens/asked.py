"""The questions of the steps, as values: for the full screen and for plain prompts alike.

What a question means comes from the recipe's own declaration of the field, unless a step has better words for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from screens.choice import Choice
from wizard.mq import names as mq_names
from wizard.mq.objects import Kind
from wizard.recipe.answers import answer, as_grants, as_names, call, give, names, spelled
from wizard.recipe.fields import help_line
from wizard.recipe.nodes import Path, Plain


def as_text(line: str) -> Plain:
    """A typed line as a recipe's text; an empty one is no answer."""
    return line.strip() or None


@dataclass(frozen=True)
class Asked:
    """A question of a step: the path in the recipe that answers it, and how it is asked.

    `names` says that the answer is the name of the entry at the path, not a value. With `options` it is chosen, and
    `usual` is what no answer means.
    """

    path: Path
    label: str
    note: str = ""
    help: str = ""
    names: bool = False
    options: tuple[Choice, ...] = ()
    usual: str = ""
    write: Callable[[str], Plain] = field(default=as_text, compare=False)

    @property
    def explanation(self) -> str:
        """What the help line says."""
        return self.help or help_line(self.path)

    def read(self, held: Plain) -> str:
        """The present answer in one line."""
        return str(self.path[-1]) if self.names else spelled(answer(held, self.path))


def spliced(text: str, question: Asked, line: str) -> str:
    """The text with an answer in it; a name that is empty is none. RecipeError where that cannot be done in place."""
    if not question.names:
        return give(text, question.path, question.write(line))
    return call(text, question.path, line.strip()) if line.strip() else text


def queue_manager(held: Plain, name: str) -> list[Asked]:
    """Name and queues of a queue manager."""
    path: Path = ("queue_managers", name)
    allowed = mq_names.allowed(Kind.QMGR)

    def queues(line: str) -> Plain:
        """The queues as the recipe writes them; those that have attributes keep them."""
        wanted = as_names(line)
        present = answer(held, (*path, "queues"))
        if isinstance(present, dict):
            return {str(one): present.get(str(one)) for one in wanted}
        return wanted or None

    return [
        Asked(path, "Name", names=True, help=f"{allowed[:1].upper()}{allowed[1:]}."),
        Asked((*path, "queues"), "Queues to make", note="Local queues, with commas between them.", write=queues),
    ]


def listener(_held: Plain, name: str) -> list[Asked]:
    """Port and address of a queue manager."""
    path: Path = ("queue_managers", name)
    return [
        Asked((*path, "listener", "port"), "Port", note="1414 is the one that IBM MQ uses by custom."),
        Asked((*path, "address"), "Address", note="Host name or IP address that applications use."),
    ]


def application(held: Plain, name: str) -> list[Asked]:
    """One application: its names, its user, what it may do."""
    path: Path = ("clients", name)
    several = len(names(held, "queue_managers")) > 1
    return [
        Asked(path, "Application", names=True, help=APPLICATION),
        *([Asked((*path, "connects_to"), "Connects to")] if several else []),
        Asked((*path, "queues"), "May use queues", help=GRANTS, write=lambda line: as_grants(line) or None),
        Asked((*path, "channel"), "Channel"),
        Asked((*path, "user"), "Runs as user"),
        Asked((*path, "certificate", "name"), "Certificate name"),
    ]


def security(_held: Plain, name: str) -> list[Asked]:
    """How an application and its queue manager know each other, and where it may connect from."""
    path: Path = ("clients", name)
    return [
        Asked((*path, "tls"), "Security", options=LEVELS, usual="mutual"),
        Asked((*path, "address"), "May connect from", help=FROM, write=_addresses),
    ]


def trust(_held: Plain, _name: str = "") -> list[Asked]:
    """Who vouches for certificates."""
    return [
        Asked(("trust", "kind"), "Trust", options=KINDS, usual="ca"),
        Asked(("trust", "name"), "Own CA's name", help=CA_NAME),
    ]


def certificate_names(_held: Plain, _name: str = "") -> list[Asked]:
    """What certificates are called."""
    return [
        Asked(("organization",), "Organization"),
        Asked(("organizational_unit",), "Unit"),
        Asked(("country",), "Country", help="Two letters, such as DE; empty leaves it out."),
    ]


def _addresses(line: str) -> Plain:
    """One address as a text, several as a list."""
    several = as_names(line)
    return several[0] if len(several) == 1 else several or None


LEVELS = (
    Choice(
        "mutual",
        "Two-way TLS: both show a certificate",
        "Keeps out who reads the network, a false queue manager, and an application without its key.",
    ),
    Choice(
        "server",
        "One-way TLS: the queue manager shows a certificate",
        "Keeps out who reads the network and a false queue manager; the application signs on with a password.",
    ),
    Choice(
        "none",
        "No TLS",
        "Keeps out other addresses only. Whoever sees the network can read and change messages.",
    ),
)

KINDS = (
    Choice(
        "ca",
        "An own small CA",
        "Made here, its key encrypted. A further application is one more certificate; nothing else changes.",
    ),
    Choice(
        "self-signed",
        "Each certificate vouches for itself",
        "Quick for one application; each further one costs a new signer and a refresh of TLS security.",
    ),
    Choice(
        "external",
        "A CA elsewhere",
        "By request and answer: requests go out, and once the answers lie in the exchange folder, the work goes on.",
    ),
)

APPLICATION = "Its channel, user and certificate are called after it, unless you say otherwise below."
GRANTS = "Queues with what it may do, such as Q1 put get, Q2 browse; a queue alone means put and get."
FROM = "Addresses it may connect from, such as 10.1.2.* or a host name; empty means anywhere. Needed without TLS."
CA_NAME = "The common name of the own CA; empty means the organization's name and MQ CA."
