"""The kinds of text that stand in a recipe, each checked once, here.

Every scalar of a recipe arrives as text. A kind takes it, gives it its type, or raises UnfitError with a remedy.
Names follow MQ's own rules, from `wizard.mq.names`. A secret is never repeated in what is said about it.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from wizard.errors import UsageError
from wizard.mq import names
from wizard.mq.objects import Kind
from wizard.mq.releases import NEWEST_LONG_TERM, OLDEST, Release
from wizard.recipe.model import UnfitError
from wizard.recipe.patterns import NAMES, SUBJECT, fill, unknown_placeholder

_NUMBER = re.compile(r"0|[1-9][0-9]{0,11}")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_ENTRY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,254}")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def _number(value: object) -> object:
    """Digits as a number; 0640, +1 or 1e3 are no numbers of a recipe."""
    if not isinstance(value, str):
        return value
    if _NUMBER.fullmatch(value) is None:
        raise UnfitError(f"'{value[:40]}' is not a whole number.", "Write digits only, without a leading 0.")
    return int(value)


def _line(value: str) -> str:
    if not value.strip():
        raise UnfitError("The text is empty.")
    if "\n" in value or "\t" in value:
        raise UnfitError("The text must stand on one line.")
    return value


def _country(value: str) -> str:
    if re.fullmatch("[A-Z]{2}", value) is None:
        raise UnfitError(f"'{value[:40]}' is not a country code.", "Write two capital letters, such as GB.")
    return value


def _entry_name(value: str) -> str:
    """A name that is also the name of a folder."""
    if _ENTRY.fullmatch(value) is None:
        raise UnfitError(
            f"'{value[:40]}' cannot name an entry.",
            "Letters, digits, dot, underscore and hyphen are allowed, at most 64; it begins with a letter or digit.",
        )
    return value


def _network_address(value: str) -> str:
    """A host name or an IP address, as a client writes it into CONNAME."""
    if ":" in value:
        from ipaddress import AddressValueError, IPv6Address

        try:
            IPv6Address(value)
        except AddressValueError:
            raise UnfitError(f"'{value[:60]}' is not an address.", "The port stands under `listener`.") from None
        return value
    if len(value) > 253 or _HOST.fullmatch(value) is None:
        raise UnfitError(f"'{value[:60]}' is not a host name or IP address.")
    numbers = value.split(".")
    if all(part.isdigit() for part in numbers) and (len(numbers) != 4 or any(int(part) > 255 for part in numbers)):
        raise UnfitError(f"'{value[:60]}' is not an IP address.", "It has four numbers from 0 to 255.")
    return value


def refuse_literal_secret(value: str) -> str:
    """The reference to a secret; UnfitError, without the value, for anything that is none."""
    kind, _, rest = value.partition(":")
    if value == "prompt" or (kind == "env" and _VARIABLE.fullmatch(rest)):
        return value
    if kind == "file" and rest:
        _relative_path(rest)
        return value
    raise UnfitError(
        "A secret cannot stand in a recipe.",
        "Name where it is: env:NAME for an environment variable, file:PATH for a file beside the recipe, or prompt.",
    )


def _store_password(value: str) -> str:
    return value if value == "stash" else refuse_literal_secret(value)


def _relative_path(value: str) -> str:
    """A path that stays inside the recipe's folder."""
    _line(value)
    parts = PurePosixPath(value.replace("\\", "/")).parts
    if value.startswith(("/", "\\", "~")) or _DRIVE.match(value) or ".." in parts or not parts:
        raise UnfitError(
            f"'{value[:60]}' lies outside the recipe's folder.", "Write a path below it, without .. and without ~."
        )
    return value


def _mq_path(value: str) -> str:
    """A folder of MQ's own, which lies where the machine has room for it."""
    _line(value)
    if not (value.startswith("/") or _DRIVE.match(value)) or ".." in PurePosixPath(value.replace("\\", "/")).parts:
        raise UnfitError(
            f"'{value[:60]}' is not a full path.", "Begin it with / (or a drive letter) and leave out .. ."
        )
    return value


def _release(value: str) -> str:
    if re.fullmatch(r"\d{1,2}\.\d(\.\d{1,2}){0,2}", value, re.ASCII) is None:
        raise UnfitError(f"'{value[:40]}' is not a release of MQ.", "Write it like 9.4 or 9.4.0.5.")
    if Release.parse(value) < OLDEST:
        raise UnfitError(f"MQ {value} is older than mqwizard knows.", "Releases from 9.1 on are known.")
    return value


def _fingerprint(value: str) -> str:
    digits = value.replace(":", "").replace(" ", "").upper()
    if re.fullmatch(r"[0-9A-F]{64}", digits) is None:
        raise UnfitError(
            f"'{value[:40]}' is no SHA-256 fingerprint.", "It has 64 hexadecimal digits, with or without colons."
        )
    return ":".join(digits[at : at + 2] for at in range(0, 64, 2))


def _name_pattern(value: str) -> str:
    _line(value)
    return _known_placeholders(value, NAMES)


def _known_placeholders(value: str, known: tuple[str, ...]) -> str:
    unknown = unknown_placeholder(value, known)
    if unknown is not None:
        braces = ", ".join("{" + word + "}" for word in known)
        raise UnfitError(f"{{{unknown[:40]}}} stands for nothing.", f"Known: {braces}.")
    return value


def _distinguished_name(value: str) -> str:
    """A distinguished name that still is one when its placeholders are filled in."""
    from wizard.mq.dn import DistinguishedName, DnProblem

    _line(value)
    _known_placeholders(value, SUBJECT)
    try:
        DistinguishedName.parse(fill(value, "x", "x", organization="x", organizational_unit="x"))
    except DnProblem as wrong:
        raise UnfitError(f"{wrong.what}.", wrong.remedy) from None
    return value


def _address(value: str) -> str:
    """What the ADDRESS of a channel authentication record takes."""
    from wizard.mq.addresses import address_problem

    if wrong := address_problem(value):
        raise UnfitError(f"{wrong.what}.", wrong.remedy)
    return value


def _cipher(value: str) -> str:
    from wizard.mq import ciphers

    if wrong := ciphers.problem(value, NEWEST_LONG_TERM):
        raise UnfitError(wrong.what, wrong.remedy)
    return value


def _right(value: str) -> str:
    """What a client may do with a queue, in the words of setmqaut."""
    from wizard.mq.authority import authorities

    try:
        authorities("QUEUE", [value])
    except UsageError as wrong:
        raise UnfitError(f"{wrong.what}.", wrong.remedy) from None
    return value


def _listen_address(value: str) -> str:
    return value if value == "*" else _network_address(value)


def _mq_name(kind: Kind | str) -> AfterValidator:
    def check(value: str) -> str:
        if wrong := names.problem(kind, value):
            raise UnfitError(f"'{value[:60]}' cannot be used: {wrong}.")
        return value

    return AfterValidator(check)


Line = Annotated[str, Field(max_length=256), AfterValidator(_line)]
Count = Annotated[int, Field(ge=0, le=999_999_999), BeforeValidator(_number)]
Port = Annotated[int, Field(ge=1, le=65_535), BeforeValidator(_number)]
Days = Annotated[int, Field(ge=1, le=36_500), BeforeValidator(_number)]
LogPages = Annotated[int, Field(ge=64, le=65_535), BeforeValidator(_number)]
LogFiles = Annotated[int, Field(ge=1, le=510), BeforeValidator(_number)]
CountryCode = Annotated[str, AfterValidator(_country)]
ClientName = Annotated[str, AfterValidator(_entry_name)]
HostName = Annotated[str, AfterValidator(_entry_name)]
NetworkAddress = Annotated[str, AfterValidator(_network_address)]
ListenAddress = Annotated[str, AfterValidator(_listen_address)]
AddressPattern = Annotated[str, AfterValidator(_address)]
Secret = Annotated[str, AfterValidator(refuse_literal_secret)]
StorePassword = Annotated[str, AfterValidator(_store_password)]
RelativePath = Annotated[str, AfterValidator(_relative_path)]
MqPath = Annotated[str, AfterValidator(_mq_path)]
ReleaseText = Annotated[str, AfterValidator(_release)]
NamePattern = Annotated[str, AfterValidator(_name_pattern)]
DistinguishedNamePattern = Annotated[str, AfterValidator(_distinguished_name)]
CipherName = Annotated[str, AfterValidator(_cipher)]
Fingerprint = Annotated[str, AfterValidator(_fingerprint)]
Right = Annotated[str, AfterValidator(_right)]
QueueManagerName = Annotated[str, _mq_name(Kind.QMGR)]
QueueName = Annotated[str, _mq_name(Kind.QLOCAL)]
ChannelName = Annotated[str, _mq_name(Kind.CHANNEL)]
ListenerName = Annotated[str, _mq_name(Kind.LISTENER)]
UserName = Annotated[str, _mq_name(names.USER)]
GroupName = Annotated[str, _mq_name(names.GROUP)]
Label = Annotated[str, _mq_name(names.LABEL)]
