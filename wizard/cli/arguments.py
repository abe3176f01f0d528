"""The command line: what may be said, and what it means."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from wizard import __version__
from wizard.cli import arguments_access

CONSENTS = ("takeover", "replace", "delete", "interrupt", "wide-rules")

EPILOG = """\
exit status: 0 done, 1 an operation failed, 2 wrong usage or recipe, 3 refused before the start,
4 the proof failed, 5 the person said no, 6 waiting for root, a CA, a partner or another host,
10 changes are pending (--dry-run --exit-code)
"""


def parser() -> argparse.ArgumentParser:
    """The parser for everything behind `mqwizard`."""
    top = argparse.ArgumentParser(
        prog="mqwizard",
        description="Sets up IBM MQ so that the right applications get in over TLS, nobody else does, and proves it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"mqwizard {__version__}")
    _order(top)
    top.add_argument("--dry-run", action="store_true", help="show the plan and touch nothing")
    top.add_argument("--commands", action="store_true", help="show the exact commands below each line of the plan")
    top.add_argument("--exit-code", action="store_true", help="with --dry-run: exit 10 where changes are pending")
    top.add_argument("--plan-out", type=Path, metavar="FILE", help="with --dry-run: write the plan for approval")
    top.add_argument("--apply", type=Path, metavar="FILE", help="carry out an approved plan, and refuse any other")
    top.add_argument("--yes", action="store_true", help="do not ask; what needs a consent still needs --allow")
    top.add_argument("--no-proof", action="store_true", help="do not prove the result")
    top.add_argument("--plain", action="store_true", help="without a recipe: ask line by line, not in a full screen")
    top.add_argument("--ascii", action="store_true", help="without a recipe: draw the full screen in ASCII only")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _recipes(commands)
    commands.add_parser("schema", help="print the JSON Schema of recipes")
    prove = commands.add_parser("prove", help="prove a set-up that a recipe made, without changing it")
    _order(prove, below=True)
    _check(commands)
    _undo(commands)
    _doctor(commands)
    _lint(commands)
    _certs(commands)
    _authority(commands)
    renew = commands.add_parser(
        "renew", help="give certificates new labels in the recipe, so that the next run renews them with overlap"
    )
    renew.add_argument("names", nargs="+", metavar="NAME", help="a queue manager or client of the recipe")
    named = "the recipe file, which is changed"
    renew.add_argument("--recipe", metavar="FILE", default=argparse.SUPPRESS, help=named)
    arguments_access.explain(commands)
    arguments_access.audit(commands)
    arguments_access.diagnose(commands)
    sandbox = commands.add_parser("sandbox", help="make a sandbox and say how to use its commands")
    sandbox.add_argument("folder", type=Path, metavar="DIR", help="the sandbox's folder")
    releases = "the release it simulates: 9.1, 9.2, 9.3, 9.4 or 10.0"
    sandbox.add_argument("--mq-version", metavar="V", default=argparse.SUPPRESS, help=releases)
    return top


def _recipes(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    recipes = commands.add_parser("recipes", help="list the shipped recipes, or print one")
    recipes.add_argument("name", nargs="?", help="print this recipe")


def _check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="report what differs from a recipe, for monitoring",
        epilog="exit status: 0 everything is as the recipe wants it, 10 something differs or drifted",
        argument_default=argparse.SUPPRESS,
    )
    check.add_argument("recipe", metavar="FILE|NAME", help="a recipe file, or the name of a shipped recipe")
    _order(check, below=True)


def _undo(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    undo = commands.add_parser(
        "undo",
        help="take back what a run did",
        epilog="What holds messages, what others changed since and what others depend on stays, and is named.",
        argument_default=argparse.SUPPRESS,
    )
    undo.add_argument(
        "run", nargs="?", default=None, metavar="RUN", help="the number of a run, or all; otherwise the last one"
    )
    _order(undo, below=True)
    undo.add_argument("--dry-run", action="store_true", help="show what would be taken back and touch nothing")
    undo.add_argument("--commands", action="store_true", help="show the exact commands below each line")
    undo.add_argument("--exit-code", action="store_true", help="with --dry-run: exit 10 where something would be done")
    undo.add_argument("--yes", action="store_true", help="do not ask; needed where nobody is there to be asked")


def _doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """What the doctor takes, before or after its name; what is not given keeps its usual value."""
    doctor = commands.add_parser(
        "doctor",
        help="look at this machine, say what is not right and what to do",
        epilog="exit status: 0 where nothing is worse than a note, 1 where there are warnings or problems",
        argument_default=argparse.SUPPRESS,
    )
    doctor.add_argument("--recipe", metavar="FILE|NAME", help="look at what this recipe needs, too")
    doctor.add_argument("--sandbox", nargs="?", const=Path(), type=Path, metavar="DIR", help="look at a sandbox")
    doctor.add_argument("--mq-version", metavar="V", help="the release of the sandbox")
    doctor.add_argument("--installation", metavar="NAME", help="the IBM MQ installation to use, by name or path")
    doctor.add_argument("--host", metavar="NAME", help="the host as the recipe calls it")
    doctor.add_argument("--state", type=Path, metavar="DIR", help="where journals, transcripts and backups are kept")
    doctor.add_argument("--json", action="store_true", help="write JSON lines instead of text")


def _lint(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    lint = commands.add_parser(
        "lint",
        help="find what is wrong with MQSC scripts, without MQ",
        epilog="exit status: 0 clean or notes only, 1 errors or warnings found, 2 a file cannot be read",
    )
    lint.add_argument("files", nargs="*", metavar="FILE", help="an MQSC script, - for standard input")
    lint.add_argument("--rules", action="store_true", help="list the rules, with how bad each finding is")
    lint.add_argument("--once", action="store_true", help="the scripts are run once: say nothing about a second run")
    release = "the queue manager's release: 9.1, 9.2, 9.3, 9.4 or 10.0"
    lint.add_argument("--mq-version", metavar="V", default=argparse.SUPPRESS, help=release)
    lint.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="write JSON lines instead of text")


def _certs(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    certs = commands.add_parser(
        "certs",
        help="show what key repositories hold, who uses it and what ends next; judge certificate files",
        epilog="exit status: 0 nobody has to act; 1 something ended or ends within 30 days, is trusted though nobody "
        "asked for it, or could not be read",
    )
    _order(certs, below=True)
    certs.add_argument("--store", type=Path, default=None, metavar="FILE", help="look into this key repository alone")
    opener = "with --store: the password of a PKCS#12 file that has no stash: env:NAME, file:PATH or prompt"
    certs.add_argument("--password", default="", metavar="REF", help=opener)
    what = certs.add_subparsers(dest="certs", metavar="WHAT")
    lint = what.add_parser(
        "lint",
        help="find what is wrong with certificates, requests and PKCS#12 stores, without MQ",
        epilog="exit status: 0 clean or notes only, 1 errors or warnings found, 2 a file cannot be read",
    )
    forms = "PEM, DER, PKCS#7 or PKCS#12; a chain may lie in several files"
    lint.add_argument("files", nargs="+", metavar="FILE", help=forms)
    reference = "the password of PKCS#12 stores: env:NAME, file:PATH or prompt"
    lint.add_argument("--password", default="", metavar="REF", help=reference)
    lint.add_argument("--cipher", default="", metavar="CIPHERSPEC", help="the CipherSpec that the key must fit")
    lint.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="write JSON lines instead of text")


def _authority(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ca = commands.add_parser(
        "ca",
        help="what the recipe's own certificate authority issued; revoke one; write its revocation list",
        argument_default=argparse.SUPPRESS,
    )
    ca.add_argument("--recipe", metavar="FILE|NAME", help="the recipe whose authority is meant")
    ca.add_argument("--json", action="store_true", help="write JSON lines instead of text")
    what = ca.add_subparsers(dest="ca", metavar="WHAT", required=True)
    what.add_parser("issued", help="list what it issued, the revoked ones too")
    revoke = what.add_parser("revoke", help="put a certificate on the list of the revoked ones")
    revoke.add_argument("serial", metavar="SERIAL", help="its serial number, with or without colons")
    crl = what.add_parser("crl", help="write a new revocation list")
    crl.add_argument("file", type=Path, metavar="FILE", help="where to write it, as PEM")


def _order(to: argparse.ArgumentParser, *, below: bool = False) -> None:
    """What names the work and the place where it is done.

    `below` a command, what is not said there leaves what was said before the command as it is.
    """

    def add(*names: str, **more: Any) -> None:
        to.add_argument(*names, **(more | {"default": argparse.SUPPRESS} if below else more))

    add("--recipe", metavar="FILE|NAME", help="a recipe file, or the name of a shipped recipe")
    add("--sandbox", nargs="?", const=Path(), type=Path, metavar="DIR", help="use simulated MQ commands in DIR")
    add("--mq-version", metavar="V", help="the release of the sandbox, or that a dry run without MQ assumes")
    add("--installation", metavar="NAME", help="the IBM MQ installation to use, by name or path")
    add("--host", metavar="NAME", help="do the part of this host of the recipe")
    add("--state", type=Path, metavar="DIR", help="where journals, transcripts and backups are kept")
    add("--allow", type=_consents, default=(), metavar="KIND,…", help=f"consent to: {', '.join(CONSENTS)}")
    add("--change", default="", metavar="ID", help="the change record that journal and report name")
    add("--json", action="store_true", help="write JSON lines instead of text")
    add("--prove-refusals", action="store_true", help="try refusals on a queue manager that is not ours too")


def _consents(text: str) -> tuple[str, ...]:
    kinds = tuple(filter(None, text.split(",")))
    for kind in kinds:
        if kind not in CONSENTS:
            raise argparse.ArgumentTypeError(f"{kind!r} is none of {', '.join(CONSENTS)}")
    return kinds
