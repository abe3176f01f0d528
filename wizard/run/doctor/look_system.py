"""Looks at the session: who runs this, in which groups, language, limits, which commands of the system are there."""

from __future__ import annotations

import os
import resource
from collections.abc import Mapping

from wizard.run.doctor.asking import hear
from wizard.run.doctor.seen import SystemSeen, UserSeen
from wizard.run.driver import Driver
from wizard.run.installation import ADMINISTRATORS
from wizard.run.journal import who

ENGLISH = {"c.utf8", "c.utf-8"}
"""The locale in which the driver runs commands, as `locale -a` may write it."""

NEEDED = ("getent", "id")


def user(driver: Driver) -> UserSeen:
    """Who runs this, and whether the group mqm is there and reaches this session."""
    name = str(who(os.environ)["user"])
    if driver.find("getent") is None:
        return UserSeen(name, root=os.geteuid() == 0, trouble="getent was not found, so the group mqm cannot be seen.")
    group, administrator, own = hear(
        driver,
        ("getent", "group", ADMINISTRATORS),
        ("getent", "passwd", ADMINISTRATORS),
        ("getent", "passwd", name),
    )
    entry = _entry(group.output, ADMINISTRATORS)
    number = _number(entry, 2)
    members = entry[3].split(",") if len(entry) > 3 else []
    return UserSeen(
        name,
        root=os.geteuid() == 0,
        mqm=number,
        mqm_user=_number(_entry(administrator.output, ADMINISTRATORS), 2),
        member=number is not None and (name in members or _number(_entry(own.output, name), 3) == number),
        active=number is not None and number in {*os.getgroups(), os.getegid()},
    )


def _entry(output: str, name: str) -> list[str]:
    """The fields of a database's line of that name; none where it is not among them."""
    return next((line.split(":") for line in output.splitlines() if line.partition(":")[0] == name), [])


def _number(fields: list[str], place: int) -> int | None:
    return int(fields[place]) if len(fields) > place and fields[place].isdigit() else None


def system(driver: Driver, environment: Mapping[str, str]) -> SystemSeen:
    """The session's language, its limits, and the commands of the system that mqwizard needs."""
    language = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")
    return SystemSeen(
        language=language,
        english_utf8=_english(driver),
        open_files=_limit(resource.RLIMIT_NOFILE),
        processes=_limit(resource.RLIMIT_NPROC),
        commands_missing=tuple(command for command in NEEDED if driver.find(command) is None),
    )


def _english(driver: Driver) -> bool | None:
    if driver.find("locale") is None:
        return None
    (answer,) = hear(driver, ("locale", "-a"))
    return None if answer.trouble else bool(ENGLISH & {line.strip().lower() for line in answer.output.splitlines()})


def _limit(which: int) -> tuple[int | None, int | None]:
    soft, hard = (None if value == resource.RLIM_INFINITY else value for value in resource.getrlimit(which))
    return soft, hard
