"""The command line of those commands that ask who gets in: explain, audit, diagnose."""

from __future__ import annotations

import argparse
from pathlib import Path


def place(to: argparse.ArgumentParser) -> None:
    """Where it is asked: a recipe, a sandbox, an installation."""
    to.add_argument("--recipe", default=argparse.SUPPRESS, metavar="FILE|NAME", help="the same as naming it")
    to.add_argument(
        "--sandbox", nargs="?", const=Path(), type=Path, default=argparse.SUPPRESS, metavar="DIR", help="ask a sandbox"
    )
    release = "the release of the sandbox, or that is assumed without MQ"
    to.add_argument("--mq-version", default=argparse.SUPPRESS, metavar="V", help=release)
    to.add_argument("--installation", default=argparse.SUPPRESS, metavar="NAME", help="the IBM MQ installation to use")
    to.add_argument("--host", default=argparse.SUPPRESS, metavar="NAME", help="the host as the recipe calls it")
    to.add_argument("--state", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="where journals are kept")
    to.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="write JSON lines instead of text")
    to.add_argument("--queue-manager", metavar="NAME", help="this queue manager: of the recipe, or as it is")


def connection(to: argparse.ArgumentParser) -> None:
    """Who wants in."""
    who = to.add_argument_group("the connection")
    who.add_argument("--client", metavar="NAME", help="this client of the recipe; the options below change it")
    who.add_argument("--channel", metavar="NAME", help="the channel that it asks for")
    who.add_argument("--address", metavar="IP", help="the address that it comes from")
    who.add_argument("--host-name", metavar="NAME", help="the name that the address resolves to")
    who.add_argument("--user", metavar="ID", help="the operating system's user that the client flows")
    who.add_argument("--partner", metavar="QMGR", help="a queue manager of this name connects, not a client")
    who.add_argument("--certificate", type=Path, metavar="FILE", help="the certificate that it shows")
    who.add_argument("--subject", metavar="DN", help="the subject of the certificate that it shows")
    who.add_argument("--issuer", metavar="DN", help="the issuer of that certificate")
    who.add_argument("--no-certificate", action="store_true", help="it shows no certificate")
    who.add_argument("--login", metavar="ID", help="the user that it logs in with")
    who.add_argument("--password", choices=("right", "wrong", "none"), help="the password that comes with it")
    who.add_argument("--cipher", metavar="NAME", help="its CipherSpec; otherwise one that fits the channel")
    who.add_argument("--no-tls", action="store_true", help="it speaks no TLS")
    who.add_argument("--client-mq", metavar="V", help="the client's release; before 8.0 it sends no MQCSP")
    who.add_argument("--exit-user", metavar="ID", help="the user that the security exit sets")
    who.add_argument("--exit-refuses", action="store_true", help="the security exit refuses")


def explain(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Who gets in, and why."""
    to = commands.add_parser(
        "explain",
        help="say who gets in and who does not, and why, step by step",
        epilog="Without a connection: the table of who gets in by which channel. exit status: 0 in, 10 refused.",
    )
    to.add_argument("target", nargs="?", metavar="RECIPE", help="a recipe file, or the name of a shipped recipe")
    place(to)
    connection(to)


def audit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What is not as it should be."""
    to = commands.add_parser(
        "audit",
        help="find rules without use, doors left open, old or plain TLS",
        epilog="exit status: 0 where nothing is worse than a note, 1 where there are warnings or problems",
    )
    to.add_argument("target", nargs="?", metavar="RECIPE", help="a recipe file, or the name of a shipped recipe")
    place(to)


def diagnose(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Why a connection was refused."""
    to = commands.add_parser(
        "diagnose",
        help="say why a connection was refused, and what repairs it",
        epilog="exit status: 0 where one cause remains or nothing is wrong, 1 where several are possible",
    )
    told = "a reason code, a message, an error text, or a file with any of it; - for standard input"
    to.add_argument("evidence", nargs="*", metavar="EVIDENCE", help=told)
    place(to)
    to.add_argument("--got-in", action="store_true", help="the connection below got in, and should not have")
    to.add_argument("--log", action="append", metavar="FILE", help="an error log of the queue manager")
    to.add_argument("--client-log", action="append", metavar="FILE", help="an error log of the client")
    to.add_argument(
        "--try", dest="attempt", action="store_true", help="let the client connect now, and watch both logs"
    )
    connection(to)
