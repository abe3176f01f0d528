"""Judges key repositories: who can read them, can MQ open them, are their certificates there and valid. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.releases import Release
from wizard.plan.facts import CertificateFact
from wizard.run.doctor.findings import Finding, note, ok, problem, warning
from wizard.run.doctor.judge_queue_managers import area
from wizard.run.doctor.known import SOON_DAYS, URGENT_DAYS
from wizard.run.doctor.seen import FolderSeen, QueueManagerSeen, StoreSeen, UserSeen
from wizard.run.doctor.wording import days
from wizard.run.installation import ADMINISTRATORS

ANYBODY = 0o007
GROUP_READS = 0o040
OWNER_READS = 0o400


def store(seen: QueueManagerSeen, release: Release | None, user: UserSeen) -> Iterator[Finding]:
    """The key repository of a queue manager that answered."""
    if seen.own is None:
        return
    here = area(seen.name)
    secured = any(one.cipher for one in seen.channels)
    found = seen.store
    if found is None:
        yield _absent(here, "SSLKEYR is blank.", secured=secured)
        return
    yield from _name(here, found, release)
    if not found.exists:
        yield _absent(here, f"There is no key repository {found.path}, or this user cannot see it.", secured=secured)
        return
    yield from _files(here, found, user)
    yield from _password(here, found)
    if seen.own.text("SSLCRYP"):
        yield note(here, "Keys may be on cryptographic hardware (SSLCRYP), which was not looked into.")
    yield from _contents(here, seen, found)


def _absent(here: str, what: str, *, secured: bool) -> Finding:
    if not secured:
        return ok(here, f"{what} No channel asks for TLS.")
    means = "Channels with a CipherSpec cannot start (AMQ9660)."
    return problem(here, what, means, "Make it: a recipe with tls: mutual or server does.")


def _name(here: str, found: StoreSeen, release: Release | None) -> Iterator[Finding]:
    """An ending in SSLKEYR, before the release that takes one."""
    if release and not release.repository_with_extension and found.keyr.endswith((".kdb", ".p12")):
        yield problem(
            here,
            f"SSLKEYR is {found.keyr}, with an ending.",
            f"IBM MQ {release} adds .kdb itself and looks for {found.path}.",
            f"ALTER QMGR SSLKEYR('{found.keyr[:-4]}'), then REFRESH SECURITY TYPE(SSL)",
        )


def _files(here: str, found: StoreSeen, user: UserSeen) -> Iterator[Finding]:
    """Who can read the files: MQ must, nobody else may. A repository and its stash are the private key."""
    sound = True
    for each in found.files:
        if each.mode & ANYBODY:
            sound = False
            yield problem(
                here,
                f"Everybody on this host can reach {each.path} (mode {each.mode:04o}).",
                "Who has the repository and its stash has the private key.",
                f"chmod 640 {each.path}; where others may have read it, replace the certificate.",
            )
        if not _mq_reads(each, user):
            sound = False
            yield problem(
                here,
                f"MQ cannot read {each.path}: owner {each.uid}, group {each.gid}, mode {each.mode:04o}.",
                "Queue managers run as mqm; TLS channels end with AMQ9660.",
                f"chgrp {ADMINISTRATORS} {each.path}; chmod 640 {each.path}",
            )
    if sound:
        yield ok(here, f"{found.path}: only its owner and the group {ADMINISTRATORS} can read it.")


def _mq_reads(each: FolderSeen, user: UserSeen) -> bool:
    if user.mqm is None:
        return True
    if each.gid == user.mqm and each.mode & GROUP_READS:
        return True
    return each.uid == user.mqm_user and bool(each.mode & OWNER_READS)


def _password(here: str, found: StoreSeen) -> Iterator[Finding]:
    if found.stash:
        yield ok(here, "The password of its key repository is stashed beside it.")
    elif found.password_set:
        yield ok(here, "The password of its key repository is in KEYRPWD.")
    else:
        yield problem(
            here,
            "Nobody has the password of its key repository: no stash file, no KEYRPWD.",
            "The repository cannot be opened; TLS channels end with AMQ9660.",
            f"Stash it: runmqakm -keydb -stashpw -db {found.path}; or, from 9.3 on, ALTER QMGR KEYRPWD.",
        )


def _contents(here: str, seen: QueueManagerSeen, found: StoreSeen) -> Iterator[Finding]:
    if not found.listed:
        if found.trouble:
            remedy = f"By hand: runmqakm -cert -list -db {found.path} -stashed"
            yield problem(here, "Its key repository cannot be opened.", found.trouble, remedy)
        elif found.password_set:
            means = "KEYRPWD shows its password to nobody; a recipe that keeps it lets it be opened."
            yield note(here, "Certificates were not looked at.", means, "Add --recipe FILE.")
        return
    own = seen.own.text("CERTLABL") if seen.own else ""
    label = own or f"ibmwebspheremq{seen.name.lower()}"
    entry = next((one for one in found.certificates if one.label.lower() == label.lower()), None)
    if entry is None or not entry.personal:
        yield from _no_certificate(here, label, entry, seen)
    for one in found.certificates:
        yield from _end(here, one, own=one is entry)


def _no_certificate(here: str, label: str, entry: CertificateFact | None, seen: QueueManagerSeen) -> Iterator[Finding]:
    if not any(one.cipher for one in seen.channels) or (seen.own and seen.own.text("SSLCRYP")):
        yield note(here, f"There is no personal certificate {label}; no channel needs one now.")
    elif entry is None:
        means = "TLS channels that others start cannot: AMQ9637 or AMQ9642."
        remedy = "Receive or import one under that label, or name another: ALTER QMGR CERTLABL, then REFRESH SECURITY."
        yield problem(here, f"There is no certificate {label}, which CERTLABL means.", means, remedy)
    else:
        yield problem(
            here,
            f"The certificate {label} has no private key here.",
            "It was added and not received or imported, so it is a signer only: AMQ9637 or AMQ9642.",
            "Receive it into the repository that holds its request (-cert -receive), or import it with its key.",
        )


def _end(here: str, one: CertificateFact, *, own: bool) -> Iterator[Finding]:
    """Near or past its end. A signer past its end fails everybody it vouches for."""
    if one.days_left is None:
        yield note(here, f"When {one.label} ends could not be read.")
        return
    what = f"{'The certificate' if one.personal else 'The signer'} {one.label} ({one.subject})"
    renew = (
        "Renew it: a new certificate under a new label, CERTLABL, then REFRESH SECURITY TYPE(SSL)."
        if one.personal
        else "Add its successor, then take it out when nobody needs it."
    )
    if one.days_left < 0:
        lost = "Partners refuse it (AMQ9658)." if own else "Certificates that depend on it are refused (AMQ9658)."
        yield (problem if own else warning)(here, f"{what} ended {days(-one.days_left)} ago.", lost, renew)
    elif one.days_left < URGENT_DAYS:
        yield warning(here, f"{what} ends in {days(one.days_left)}.", "After that partners refuse it (AMQ9658).", renew)
    elif one.days_left < SOON_DAYS:
        yield note(here, f"{what} ends in {days(one.days_left)}.", "After that partners refuse it (AMQ9658).", renew)
    else:
        yield ok(here, f"{what} is valid for {days(one.days_left)}.")
