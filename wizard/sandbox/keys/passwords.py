"""Where runmqakm takes passwords from, and which ones it takes for a new repository.

A password stands after -pw, or in the stash file with -stashed; without either the command asks for it
without echo. `-pw -` reads one line of standard input. The asking, its texts and `-pw -` are recalled; with
SANDBOX_NO_PW_STDIN=1 in the environment `-` is an ordinary password, as it would be if `-pw -` did not
exist.
"""

from __future__ import annotations

import getpass
import os
import re
import sys
from collections import Counter
from pathlib import Path

from wizard.sandbox.keys import files
from wizard.sandbox.keys.arguments import Options
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.keys.store import stash_path
from wizard.sandbox.recalled import recalled, recalled_status

NO_STANDARD_INPUT = "SANDBOX_NO_PW_STDIN"
STRONG_LENGTH = 14


def password(options: Options, path: Path, *, prefix: str = "-", stashed: str = "-stashed") -> str:
    """The password of the existing repository at `path`; `prefix` is `-` or `-target_`. Raises CommandError."""
    option = f"{prefix}pw"
    if options.flag(stashed):
        if options.get(option) is not None:
            raise failure("both-passwords", first=option, second=stashed)
        return _stashed(path)
    text = _given(options, option)
    if not text.isprintable():  # also what is no UTF-8 on the command line
        raise failure("password", path=path)
    return text


def new_password(options: Options, option: str = "-pw") -> str:
    """The password of a new repository, checked: -strong, length, printable ASCII. Raises CommandError."""
    text = _given(options, option)
    if not recalled_status("keys.password.minimum") <= len(text) <= files.LONGEST_PASSWORD:
        raise failure("password-length")
    if not all(" " <= character <= "~" for character in text):
        raise failure("password-characters")
    if options.flag("-strong") and not is_strong(text):
        raise failure("password-weak")
    return text


def is_strong(text: str) -> bool:
    """IBM's rule for -strong: 14 or more, all kinds, no character more than 3 times or thrice in a row."""
    kinds = all(re.search(kind, text) for kind in ("[a-z]", "[A-Z]", "[0-9*$#% ]"))
    often = Counter(text).most_common(1)
    return (
        len(text) >= STRONG_LENGTH
        and kinds
        and all(" " <= character <= "~" for character in text)
        and often[0][1] <= 3
        and re.search(r"(.)\1\1", text) is None
    )


def _given(options: Options, option: str) -> str:
    text = options.get(option)
    if text is None:
        return _asked(option)
    if text == "-" and not os.environ.get(NO_STANDARD_INPUT):
        return _asked(option) if sys.stdin.isatty() else _line()
    return text


def _asked(option: str) -> str:
    """Ask at the terminal without echo; without a terminal one line of standard input (recalled)."""
    prompt = recalled(f"keys.prompt.{option[1:]}")
    if not sys.stdin.isatty():
        sys.stdout.write(prompt)
        sys.stdout.flush()
        return _line()
    try:
        return getpass.getpass(prompt)
    except EOFError:
        return ""


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _stashed(path: Path) -> str:
    stash = stash_path(path)
    try:
        return files.unstash(stash.read_bytes())
    except (OSError, files.DamagedError) as error:
        raise failure("stash", path=stash) from error
