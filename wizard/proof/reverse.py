"""The reverse cases: each is tried as the table says, and must lead to what the table says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.plan.raising import NO_CERTIFICATE
from wizard.proof import weak
from wizard.proof.attempt import put
from wizard.proof.cases import Case, Row, absent, rows
from wizard.proof.errorlog import About
from wizard.proof.ladder import cannot_connect
from wizard.proof.setting import Admission, Setting
from wizard.proof.stage import anonymous, plain, throw_away_kit
from wizard.proof.values import HELD_BACK, Check, How, Verdict
from wizard.run.keys import opened_authority
from wizard.run.secrets import Secret
from wizard.run.transcript import now
from wizard.topology.values import Client, Identity, Tls

if TYPE_CHECKING:
    from wizard.pki.values import Certificate, Entry

STRANGER = "CN=mqwizard stranger,OU=nobody,O=nowhere"
UNKNOWN_USER = "mqwnobody"
OTHER_CHANNEL = "SYSTEM.DEF.SVRCONN"
ADMINISTRATOR = "mqm"

WITHOUT_STORE = frozenset({Case.NO_TLS, Case.OTHER_CHANNEL, Case.WRONG_QUEUE})
"""The cases on the wire that need no key repository of their own."""

WITHOUT_CERTIFICATE = frozenset({Case.NO_CERTIFICATE, Case.ANOTHER_ISSUER})
"""The cases of clients whom only the demand of a certificate refuses."""

Kit = tuple[Client, "list[Entry] | None"]


class ReverseCases:
    """Tries every reverse case of one client."""

    def __init__(self, setting: Setting, local: str) -> None:
        """`local` is the address under which the queue manager sees this host."""
        self._setting = setting
        self._local = local

    def all(self) -> Iterator[Check]:
        """A check for each case of the table, and a word on each that does not exist here."""
        client, trust = self._setting.client, self._setting.topology.trust
        for row in rows(client, trust):
            yield self._one(row)
        for row, why in absent(client, trust):
            yield self._not_tried(row, why, How.NOT_POSSIBLE)

    def _one(self, row: Row) -> Check:
        if row.case in WITHOUT_CERTIFICATE and self._setting.client.channel in self._open_channels:
            why = "who comes without a certificate is let in until the clients have moved"
            return self._not_tried(row, why, How.NOT_POSSIBLE)
        if row.how is How.ASKED:
            return self._asked(row)
        if not self._setting.made_here and not self._setting.prove_refusals:
            return self._not_tried(row, HELD_BACK, row.how)
        if row.case in {Case.OLD_PROTOCOL, Case.WEAK_CIPHER}:
            return self._weak(row)
        if row.sandbox_only and not self._setting.machine.sandboxed:
            return self._not_tried(row, "it could lock a real user's account", How.NOT_POSSIBLE)
        impossible = cannot_connect(self._setting, self._local)
        if impossible:
            return self._not_tried(row, impossible, How.NOT_POSSIBLE)
        if self._setting.stores_closed and row.case not in WITHOUT_STORE:
            why = "runmqakm takes a password only on its command line here, so no CMS store can be made for it"
            return self._not_tried(row, why, How.NOT_POSSIBLE)
        return self._on_the_wire(row)

    @property
    def _open_channels(self) -> set[str]:
        """The channels that take certificates and do not demand them yet."""
        return {one.channel for one in self._setting.queue_manager.closings if one.way == NO_CERTIFICATE}

    def _not_tried(self, row: Row, why: str, how: How) -> Check:
        return self._check(row, why, how, Verdict.NOT_TRIED)

    def _check(self, row: Row, detail: str, how: How, verdict: Verdict, *, cause: str = "") -> Check:
        return Check(
            client=self._setting.client.name,
            queue_manager=self._setting.queue_manager.name,
            name=row.case.value,
            detail=detail,
            how=how,
            verdict=verdict,
            reverse=True,
            expected=_expected(row),
            cause=cause,
            remedy="Do not let this go into service: run `DISPLAY CHLAUTH(*)` and the plan again." if cause else "",
        )

    def _on_the_wire(self, row: Row) -> Check:
        """Try to put a message as the table says. It must not work, and both ends must say the expected."""
        setting = self._setting
        kit, password = self._kit(row.case)
        queue = setting.stage.closed_queue if row.case is Case.WRONG_QUEUE else setting.stage.open_queue
        log = setting.log(self._about(row.case))
        attempt = put(setting.machine, setting.target(kit, queue, password=password), "this must not arrive")
        attempt = replace(attempt, messages=log.messages(row.messages))
        right_reason = attempt.reason in row.reasons
        right_message = not row.messages or bool(row.messages.intersection(attempt.messages))
        if right_reason and right_message:
            said = sorted(row.messages.intersection(attempt.messages))
            detail = ", ".join([*said, f"client {attempt.reason}"])
            return self._check(row, detail, How.WIRE, Verdict.OK)
        return self._check(row, attempt.seen, How.WIRE, Verdict.FAILED, cause=f"expected {_expected(row)}")

    def _about(self, case: Case) -> About:
        """What the queue manager's messages on a case name."""
        client = self._setting.client
        names = {
            Case.OTHER_CHANNEL: {OTHER_CHANNEL},
            Case.WRONG_QUEUE: {self._setting.stage.closed_queue},
            Case.UNKNOWN_USER: {client.channel, UNKNOWN_USER},
            Case.WRONG_PASSWORD: {client.channel, client.account.user},
        }
        return About(frozenset(names.get(case, {client.channel})), self._local)

    def _kit(self, case: Case) -> tuple[Path, Secret | None]:
        """The kit with which a case is tried, and the password that is typed."""
        setting, client = self._setting, self._setting.client
        if case is Case.WRONG_QUEUE:
            return setting.kit, setting.password
        passwords: Mapping[Case, Secret | None] = {
            Case.NO_PASSWORD: None,
            Case.WRONG_PASSWORD: Secret("not-the-password"),
            Case.UNKNOWN_USER: Secret("nobodys-password"),
            Case.UNKNOWN_QUEUE_MANAGER: setting.password,
        }
        makers: Mapping[Case, Callable[[], Kit]] = {
            Case.NO_TLS: lambda: (plain(client, client.channel), None),
            Case.OTHER_CHANNEL: lambda: (plain(client, OTHER_CHANNEL), None),
            Case.NO_CERTIFICATE: lambda: (anonymous(client), self._signers()),
            Case.UNKNOWN_CA: lambda: (client, [self._foreign(), *self._signers()]),
            Case.EXPIRED: lambda: (client, [self._test_certificate(self._subject, days=-1), *self._signers()]),
            Case.WRONG_NAME: lambda: (client, [self._test_certificate(STRANGER, days=1), *self._signers()]),
            Case.UNKNOWN_QUEUE_MANAGER: lambda: (anonymous(client), self._other_trust()),
            Case.NO_PASSWORD: lambda: (_without_login(client), self._signers()),
            Case.WRONG_PASSWORD: lambda: (client, self._signers()),
            Case.UNKNOWN_USER: lambda: (_as_user(client, UNKNOWN_USER), self._signers()),
        }
        made, entries = makers[case]()
        kit = throw_away_kit(setting.machine, setting.stage, setting.topology, made, case.value, entries)
        return kit, passwords.get(case)

    @property
    def _subject(self) -> str:
        return self._own.subject

    @property
    def _own(self) -> Identity:
        own = self._setting.client.identity
        assert own is not None  # noqa: S101 - the table has these cases for certificate clients only
        return own

    def _signers(self) -> list[Entry]:
        """Whom the client really trusts, from its kit."""
        from wizard.pki.values import Entry

        kit, signers = self._setting.kit, self._setting.client.signers
        return [Entry(signer.label, (kit / signer.copy).read_bytes(), (), None) for signer in signers]

    def _entry(self, certificate: Certificate, key_pem: bytes) -> Entry:
        from wizard.pki.values import Entry

        return Entry(self._own.label, certificate.pem, (), key_pem)

    def _foreign(self) -> Entry:
        """The client's own name, signed by itself, so that nobody here vouches for it."""
        from wizard.pki.certificates import self_signed
        from wizard.pki.keys import key_to_pem, make_key
        from wizard.pki.values import KeyKind

        key = make_key(KeyKind(self._own.key))
        return self._entry(self_signed(self._subject, key, now=now(), days=1), key_to_pem(key, None))

    def _test_certificate(self, subject: str, *, days: int) -> Entry:
        """A short-lived certificate of the CA that we hold; with negative days one that ended so long ago."""
        from wizard.pki.keys import key_to_pem, make_key
        from wizard.pki.values import KeyKind

        own = self._setting.topology.authority
        assert own is not None  # noqa: S101 - the table has these cases for our own CA only
        authority = opened_authority(self._setting.machine, own.folder, own.passphrase)
        key = make_key(KeyKind(self._own.key))
        starts = now() - timedelta(days=2) if days < 0 else now() - timedelta(hours=1)
        certificate = authority.issue_for_test(subject, key, not_before=starts, not_after=now() + timedelta(days=days))
        return self._entry(certificate, key_to_pem(key, None))

    def _other_trust(self) -> list[Entry]:
        """Trust in somebody who did not issue the queue manager's certificate, and in nobody else."""
        from wizard.pki.certificates import self_signed
        from wizard.pki.keys import make_key
        from wizard.pki.values import Entry, KeyKind

        other = self_signed(STRANGER, make_key(KeyKind.EC_P256), now=now(), days=1, ca=True)
        return [Entry("somebody-else", other.pem, (), None)]

    def _weak(self, row: Row) -> Check:
        setting = self._setting
        trials = weak.OLD_PROTOCOLS if row.case is Case.OLD_PROTOCOL else weak.WEAK_CIPHERS
        port, channel = setting.queue_manager.port, setting.client.channel
        found = weak.offered(trials, setting.address(), port, channel)
        if not found.tried:
            return self._not_tried(row, "the OpenSSL of this host cannot speak it", How.NOT_POSSIBLE)
        if found.accepted:
            detail = f"accepts {', '.join(found.accepted)}"
            return self._check(row, detail, How.WIRE, Verdict.FAILED, cause="it is accepted")
        return self._check(row, f"{', '.join(found.tried)} refused in the handshake", How.WIRE, Verdict.OK)

    def _asked(self, row: Row) -> Check:
        """Cases that cannot be tried from here are put to the queue manager as a question."""
        setting, client = self._setting, self._setting.client
        if row.case is Case.WRONG_ADDRESS:
            return self._asked_of_strangers(row)
        address, user, issuer = setting.example_address(self._local), client.account.user, ""
        who = f"issued by {STRANGER}"
        if row.case is Case.ADMINISTRATOR:
            who = user = ADMINISTRATOR
        else:
            issuer = STRANGER
        return self._answered(row, who, setting.runcheck(address, user=user, issuer=issuer))

    def _asked_of_strangers(self, row: Row) -> Check:
        """Every address that could be tried, until one is let in."""
        setting, told = self._setting, ""
        strangers = setting.strangers()
        for address in strangers:
            found = setting.runcheck(address, user=setting.client.account.user)
            if not found.refused:
                return self._answered(row, f"from {address}", found)
            told = f"from {', '.join(strangers)}"
        if not strangers:
            why = "the address rule covers every address that could be tried"
            return self._not_tried(row, why, How.NOT_POSSIBLE)
        return self._check(row, f"{told}: no access", How.ASKED, Verdict.OK)

    def _answered(self, row: Row, who: str, found: Admission) -> Check:
        """The check that the queue manager's answer makes."""
        client = self._setting.client
        harmless = row.case is Case.ADMINISTRATOR and found.user == client.account.user
        if found.refused or harmless:
            detail = f"{who}: in, as {found.user}" if harmless else f"{who}: no access"
            return self._check(row, detail, How.ASKED, Verdict.OK)
        seen = f"in, as {found.user}" if found.user else found.said
        cause = "no rule refuses it" if found.user else "it is not refused"
        return self._check(row, f"{who}: {seen}", How.ASKED, Verdict.FAILED, cause=cause)


def _expected(row: Row) -> str:
    """What must be seen, in words."""
    if row.case is Case.ADMINISTRATOR:
        return "in as the mapped user, or no access"
    messages = " or ".join(sorted(row.messages))
    reasons = " or ".join(map(str, sorted(row.reasons)))
    client = f"client {reasons}" if reasons else "no access" if row.how is How.ASKED else "refused"
    return f"{messages}, {client}" if messages else client


def _without_login(client: Client) -> Client:
    """The same client without a user to log in with, so that no password is asked for."""
    return replace(anonymous(client), tls=Tls.MUTUAL)


def _as_user(client: Client, user: str) -> Client:
    return replace(client, account=replace(client.account, user=user))
