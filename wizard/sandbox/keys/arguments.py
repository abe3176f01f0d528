"""The command line of runmqakm: objects, actions, and exactly the options that are documented for each.

An option that an action does not know, a value that is missing and an option given twice are refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.sandbox.keys.messages import CommandError, failure

# After an option: `?` may be absent, `!` takes no value, `~` takes true or false or nothing.
COMMON = "-type? -fips~"
OPEN = f"-db -pw? -stashed! {COMMON}"
MAKE = "-label -dn -size? -sig_alg? -san_dnsname? -san_ipaddr? -san_emailaddr? -eku? -ca?"

SYNTAX: dict[str, dict[str, str]] = {
    "-keydb": {
        "-create": f"-db -pw? -expire? -stash! -f! -strong! {COMMON}",
        "-changepw": f"-db -pw? -new_pw? -expire? -stash! -strong! {COMMON}",
        "-stashpw": f"-db -pw? {COMMON}",
        "-convert": f"-db -pw? -target -new_format -old_format? -stash! {COMMON}",
        "-delete": f"-db -pw? {COMMON}",
        "-list": "",
    },
    "-cert": {
        "-create": f"{OPEN} {MAKE} -x509version? -expire?",
        "-list": f"{OPEN} -v! -expiry!",
        "-details": f"{OPEN} -label",
        "-delete": f"{OPEN} -label",
        "-validate": f"{OPEN} -label",
        "-modify": f"{OPEN} -label -trust",
        "-rename": f"{OPEN} -label -new_label",
        "-add": f"{OPEN} -file -label? -format? -trust?",
        "-extract": f"{OPEN} -label -target -format?",
        "-import": (
            "-file -pw? -stashed! -target -target_pw? -target_stashed! -target_type? -label? -new_label? " + COMMON
        ),
        "-export": f"{OPEN} -label -target -target_pw? -target_type?",
        "-receive": f"{OPEN} -file -format?",
        "-sign": f"{OPEN} -file -label -target -format? -expire? -sig_alg?",
        "-setdefault": f"{OPEN} -label",
        "-getdefault": OPEN,
    },
    "-certreq": {
        "-create": f"{OPEN} {MAKE} -file",
        "-list": OPEN,
        "-details": f"{OPEN} -label",
        "-delete": f"{OPEN} -label",
        "-extract": f"{OPEN} -label -target",
        "-recreate": f"{OPEN} -label -target -sig_alg?",
    },
}
WHICH = {"all", "personal", "ca"}
"""The words that may follow `-cert -list`."""


@dataclass(frozen=True)
class Options:
    """A command line that fits the syntax; `repr` shows no values, for some are passwords."""

    object: str
    action: str
    which: str
    values: dict[str, str]
    flags: frozenset[str]

    def __repr__(self) -> str:
        return f"Options({self.object} {self.action} {' '.join(sorted({*self.values, *self.flags}))})"

    def get(self, option: str) -> str | None:
        return self.values.get(option)

    def need(self, option: str) -> str:
        """The value of an option that the syntax asks for."""
        return self.values[option]

    def flag(self, option: str) -> bool:
        return option in self.flags


def parse(argv: list[str]) -> Options:
    """Read a command line; raises CommandError, with the usage where the object or the action is unknown."""
    known, action = argv[:1], argv[1:2]
    if not known or known[0] not in SYNTAX:
        raise _with_usage("object", known)
    if not action or action[0] not in SYNTAX[known[0]]:
        raise _with_usage("action", action)
    rest = argv[2:]
    which = "all"
    if (known[0], action[0]) == ("-cert", "-list") and rest and rest[0].lower() in WHICH:
        which, rest = rest[0].lower(), rest[1:]
    values, flags = _options(rest, SYNTAX[known[0]][action[0]].split())
    return Options(known[0], action[0], which, values, flags)


def _options(rest: list[str], syntax: list[str]) -> tuple[dict[str, str], frozenset[str]]:
    plain = {part.rstrip("?!~"): part[-1] for part in syntax}
    values: dict[str, str] = {}
    flags: set[str] = set()
    words = iter(range(len(rest)))
    for place in words:
        option = rest[place]
        if option not in plain:
            raise failure("option", option=option)
        if option in values or option in flags:
            raise failure("option-twice", option=option)
        following = rest[place + 1] if place + 1 < len(rest) else None
        if plain[option] == "!":
            flags.add(option)
        elif plain[option] == "~":
            flags.add(option)
            if following in {"true", "false"}:
                next(words)
        elif following is None or following in plain:
            raise failure("option-no-value", option=option)
        else:
            values[option] = following
            next(words)
    for option, mark in plain.items():
        if mark not in "?!~" and option not in values:
            raise failure("option-missing", option=option)
    return values, frozenset(flags)


def _with_usage(what: str, word: list[str]) -> CommandError:
    error = failure(what, word=word[0] if word else "")
    return CommandError(error.status, *error.lines, *usage())


def usage() -> list[str]:
    """The usage; its form is the sandbox's own, for IBM's was not seen."""
    lines = ["Usage: runmqakm object action options"]
    for name, actions in SYNTAX.items():
        for action, syntax in actions.items():
            parts = [
                part.rstrip("?!~") if part[-1] not in "?!~" else f"[{part.rstrip('?!~')}]" for part in syntax.split()
            ]
            lines.append(" ".join(["  ", name, action, *parts]))
    return lines
