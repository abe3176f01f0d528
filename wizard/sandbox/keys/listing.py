"""The output of `-cert -list` and `-certreq -list`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, tzinfo

from wizard.sandbox.keys.entries import Entry
from wizard.sandbox.keys.names import text_of
from wizard.sandbox.keys.requests import Request
from wizard.sandbox.recalled import recalled

PLAIN = re.compile(r"[\w.,=+/:@%-]+")
ZONE: tzinfo | None = None
"""The time zone of dates; none is the machine's."""

LEGEND = "* default, - personal, ! trusted, # secret key"


def quoted(label: str) -> str:
    """A label as listed: in double quotes when it holds a blank (seen) or another special character (recalled)."""
    return label if PLAIN.fullmatch(label) else f'"{label}"'


def certificates(entries: Iterable[Entry], which: str, *, verbose: bool = False, expiry: bool = False) -> list[str]:
    """The list; `which` is all, personal or ca; `expiry` adds the dates in a form that is recalled."""
    wanted = [one for one in entries if which == "all" or one.personal == (which == "personal")]
    if not wanted:
        return ["No certificates were found."]
    lines = ["Certificates found", LEGEND]
    for entry in wanted:
        line = f"{_marker(entry)}\t{quoted(entry.label)}"
        if verbose:
            names = entry.certificate.subject, entry.certificate.issuer
            line += "".join(f"  {text_of(name)}" for name in names)
        lines.append(line)
        if expiry:
            dates = entry.certificate.not_valid_before_utc, entry.certificate.not_valid_after_utc
            lines += [f"\t    Not Before : {date(dates[0])}", f"\t    Not After : {date(dates[1])}"]
    return lines


def _marker(entry: Entry) -> str:
    if entry.personal:
        return "-"
    return "!" if entry.trusted else ""


def requests(waiting: Iterable[Request]) -> list[str]:
    """The list of pending requests."""
    labels = [f"\t{quoted(request.label)}" for request in waiting]
    return ["Certificates requests found", *labels] if labels else [recalled("keys.no-requests")]


def date(moment: datetime) -> str:
    """`December 29, 2018 12:00:00 AM GMT+00:00`: the form seen in an American locale, in local time."""
    local = moment.astimezone(ZONE)
    offset = local.strftime("%z")
    hour = local.hour % 12 or 12
    clock = f"{hour}:{local:%M:%S} {'PM' if local.hour >= 12 else 'AM'}"
    return f"{local:%B} {local.day}, {local.year} {clock} GMT{offset[:3]}:{offset[3:5]}"
