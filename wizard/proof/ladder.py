"""The ladder: each rung stands on the one below, and the first that breaks names the cause.

Address → listener → TLS → certificate → channel rules → connection authentication → rights → authority → message.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator

from wizard.errors import MqWizardError
from wizard.mq.display import Block, blocks
from wizard.mq.dn import DistinguishedName
from wizard.mq.quoting import quote
from wizard.plan.stores import same_subject
from wizard.proof import wire
from wizard.proof.attempt import Attempt, get, put
from wizard.proof.errorlog import About
from wizard.proof.setting import Setting
from wizard.proof.values import Check, How, Verdict
from wizard.run.transcript import now
from wizard.topology.values import Tls


class Ladder:
    """Climbs the ladder for one client. What a rung finds out, the next ones use."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._address = ""
        self._local = ""
        self._offer = wire.Offer()
        self._text = f"mqwizard proof {secrets.token_hex(8)}"
        self._received: Attempt | None = None

    def climb(self) -> Iterator[Check]:
        """Each rung's check, up to the first that breaks."""
        rungs: list[Callable[[], Check]] = [self._reach, self._listens]
        if self._setting.client.tls is not Tls.NONE:
            rungs += [self._tls, self._certificate]
        rungs += [self._rules, self._login, *([self._rights] if self._setting.client.queues else [])]
        rungs += [self._authority, self._message]
        for rung in rungs:
            check = rung()
            yield check
            if check.verdict is Verdict.FAILED:
                return

    @property
    def local_address(self) -> str:
        """The address under which the queue manager sees this host."""
        return self._local

    def _check(self, name: str, detail: str, how: How) -> Check:
        return self._setting.check(name, detail, how, Verdict.OK)

    def _broken(self, name: str, detail: str, how: How, *, cause: str, remedy: str) -> Check:
        return self._setting.check(name, detail, how, Verdict.FAILED, cause=cause, remedy=remedy)

    def _reach(self) -> Check:
        manager = self._setting.queue_manager
        where = f"{manager.address}:{manager.port}"
        try:
            self._address = self._setting.address()
            self._local = wire.connect(self._address, manager.port, self._setting.machine.listen_address)
        except (OSError, MqWizardError) as error:
            return self._broken(
                "address",
                where,
                How.WIRE,
                cause=f"nobody answers: {error}",
                remedy="Look at the listener, the recipe's address, and any firewall between.",
            )
        return self._check("address", f"{where} answers", How.WIRE)

    def _listens(self) -> Check:
        manager = self._setting.queue_manager
        name = manager.listener.name if manager.listener else ""
        if not name:
            return self._setting.check("listener", "not the recipe's", How.NOT_POSSIBLE, Verdict.NOT_TRIED)
        replies = self._setting.machine.ask({manager.name: [f"DISPLAY LSSTATUS({name}) STATUS PORT"]})
        reply = replies[manager.name][0]
        if "STATUS(RUNNING)" in reply.text:
            return self._check("listener", f"{name} of {manager.name} runs", How.ASKED)
        return self._broken(
            "listener",
            name,
            How.ASKED,
            cause=f"{manager.name} does not run it: {reply.shown.strip()}",
            remedy=f"START LISTENER({name}), then look for AMQ9218E in the error log.",
        )

    def _tls(self) -> Check:
        setting = self._setting
        port, channel = setting.queue_manager.port, setting.client.channel
        self._offer = wire.offer(self._address, port, channel, None)
        if self._offer.error:
            return self._broken(
                "TLS",
                "no handshake",
                How.WIRE,
                cause=self._offer.error,
                remedy="Look at SSLKEYR, CERTLABL and the error log (AMQ9657, AMQ9660), then refresh security.",
            )
        return self._check("TLS", f"{self._offer.protocol}, {self._offer.cipher}", How.WIRE)

    def _certificate(self) -> Check:
        """The queue manager's certificate, verified by what the client trusts."""
        from wizard.pki.certificates import read_certificates

        setting = self._setting
        verified = wire.offer(self._address, setting.queue_manager.port, setting.client.channel, setting.trusted_pem())
        shown = read_certificates(self._offer.certificate)[0]
        wanted = setting.queue_manager.identity
        left = (shown.not_after - now()).days
        detail = f"{shown.subject}, trusted by {setting.client.name}, {left} days left"
        if verified.error:
            return self._broken(
                "certificate",
                shown.subject,
                How.WIRE,
                cause=f"the kit of {setting.client.name} does not trust it: {verified.error}",
                remedy="Add the signer to the kit: run the same recipe again.",
            )
        if wanted and not same_subject(shown.subject, wanted.subject):
            return self._broken(
                "certificate",
                shown.subject,
                How.WIRE,
                cause=f"{wanted.subject} was expected",
                remedy="Look at CERTLABL and REFRESH SECURITY TYPE(SSL).",
            )
        return self._check("certificate", detail, How.WIRE)

    def _rules(self) -> Check:
        setting, client = self._setting, self._setting.client
        address = setting.example_address(self._local)
        found = setting.runcheck(address, user=client.account.user)
        user = found.user
        if user != client.account.user:
            return self._broken(
                "rules",
                f"{client.name} from {address}",
                How.ASKED,
                cause=f"it comes in as {user}" if user else f"it is refused: {found.said}",
                remedy="Run the recipe again; a rule added by hand may stand before ours (DISPLAY CHLAUTH).",
            )
        own = client.identity
        who = f"CN={DistinguishedName.parse(own.subject).common_name}" if own else client.name
        return self._check("rules", f"{who} from {address} comes in as {user}", How.ASKED)

    def _login(self) -> Check:
        """What the queue manager says it asks of this client: its policy, and what the client's own rule adds."""
        policy, rule = self._policy(), self._rule_policy()
        asked = policy if rule in {"", "ASQMGR"} else rule
        words = f"CHCKCLNT({rule or 'ASQMGR'}) on its rule, {policy or 'NONE'} on {self._setting.queue_manager.name}"
        if self._setting.client.tls is Tls.SERVER:
            return self._password_asked(words, required=asked == "REQUIRED" and policy not in {"", "NONE"})
        if asked == "REQUIRED":
            return self._broken(
                "login",
                words,
                How.ASKED,
                cause="a certificate does not stand for a password there (facts: CHCKCLNT(REQUIRED) still wants one)",
                remedy="Set CHCKCLNT(REQDADM) on the queue manager's AUTHINFO, or give the client a password.",
            )
        return self._check("login", f"{words}: no password needed", How.ASKED)

    def _password_asked(self, words: str, *, required: bool) -> Check:
        """A client without a certificate is known by its password alone, so one must be asked for."""
        user = self._setting.client.account.user
        if required:
            return self._check("login", f"{words}: {user} needs its password", How.ASKED)
        return self._broken(
            "login",
            words,
            How.ASKED,
            cause=f"no password is asked for, and it is all that tells {user} from others",
            remedy="Run the recipe again for CHCKCLNT(REQUIRED) on the rule; CONNAUTH must name an AUTHINFO object "
            "that checks passwords.",
        )

    def _policy(self) -> str:
        """CHCKCLNT of the queue manager's connection authentication; empty where there is none."""
        name = self._shown("DISPLAY QMGR CONNAUTH", "CONNAUTH")
        return self._shown(f"DISPLAY AUTHINFO({quote(name)}) CHCKCLNT", "CHCKCLNT") if name else ""

    def _rule_policy(self) -> str:
        """CHCKCLNT of the rule that lets the client in."""
        channel = self._setting.client.channel
        wanted = {"MUTUAL": "SSLPEERMAP", "SERVER": "USERMAP"}.get(self._setting.client.tls.name, "ADDRESSMAP")
        found = self._blocks(f"DISPLAY CHLAUTH({quote(channel)}) TYPE({wanted}) ALL")
        user = self._setting.client.account.user
        return next(
            (str(one.attributes.get("CHCKCLNT", "")) for one in found if one.attributes.get("MCAUSER") == user), ""
        )

    def _shown(self, command: str, keyword: str) -> str:
        found = self._blocks(command)
        return str(found[0].attributes.get(keyword, "")) if found else ""

    def _blocks(self, command: str) -> list[Block]:
        name = self._setting.queue_manager.name
        return blocks(self._setting.machine.ask({name: [command]})[name][0].text.splitlines())

    def _rights(self) -> Check:
        """What MQ says the user may do, by whichever group, with the recipe's own queues: the proof touches none."""
        client, name = self._setting.client, self._setting.queue_manager.name
        who = f"DISPLAY ENTAUTH PRINCIPAL({quote(client.account.user)}) OBJTYPE(QUEUE)"
        commands = [f"{who} OBJNAME({quote(queue)})" for queue, _ in client.queues]
        missing, said = [], []
        for (queue, words), reply in zip(client.queues, self._setting.machine.ask({name: commands})[name], strict=True):
            found = [one.attributes.get("AUTHLIST", ()) for one in blocks(reply.text.splitlines())]
            granted = {word for listed in found for word in ([listed] if isinstance(listed, str) else listed)}
            missing += [f"{word.lower()} on {queue}" for word in words if word not in granted]
            said.append(f"{queue}: {', '.join(word.lower() for word in words)}")
        if missing:
            return self._broken(
                "rights",
                client.account.user,
                How.ASKED,
                cause=f"{client.account.user} may not {', '.join(missing)}",
                remedy="Run the recipe again. After a change of the user's groups: REFRESH SECURITY(*).",
            )
        return self._check("rights", f"{client.account.user}, {'; '.join(said)}", How.ASKED)

    def _authority(self) -> Check:
        """One message put and one got, with sample programs and kit; the next rung looks at what came."""
        setting, client = self._setting, self._setting.client
        impossible = cannot_connect(setting, self._local)
        if impossible:
            return setting.check("authority", impossible, How.NOT_POSSIBLE, Verdict.NOT_TRIED)
        target = setting.target(setting.kit, setting.stage.open_queue, password=setting.password)
        names = {client.channel, client.account.user, setting.stage.open_queue}
        log = setting.log(About(frozenset(names), self._local))
        sent = put(setting.machine, target, self._text)
        if not sent.worked:
            return self._no_message("put", sent, log.messages(frozenset()))
        self._received = get(setting.machine, target)
        if not self._received.worked:
            return self._no_message("get", self._received, log.messages(frozenset()))
        return self._check("authority", f"{client.account.user} may put to and get from the proof queue", How.WIRE)

    def _message(self) -> Check:
        """The message that came is the one that went."""
        if self._received is None:
            why = cannot_connect(self._setting, self._local)
            return self._setting.check("message", why, How.NOT_POSSIBLE, Verdict.NOT_TRIED)
        if f"message <{self._text}>" in self._received.output:
            return self._check("message", "one put, the same one got", How.WIRE)
        return self._no_message("get", self._received, ())

    def _no_message(self, verb: str, attempt: Attempt, messages: tuple[str, ...]) -> Check:
        told = ", ".join((*dict.fromkeys(messages), f"client {attempt.reason}" if attempt.reason else ""))
        return self._broken(
            "message",
            f"{verb} on the proof queue",
            How.WIRE,
            cause=f"{attempt.call or 'the sample program'}: {told or attempt.output.strip()[-300:]}",
            remedy="The queue manager's AMQERR01.LOG says why; the rungs above it are sound.",
        )


def cannot_connect(setting: Setting, local: str) -> str:
    """Why no connection as this client can be made from here; empty where one can."""
    client = setting.client
    if not setting.machine.installation.has("amqsputc"):
        return "the sample program amqsputc is not installed here"
    if client.host:
        return f"its key is on {client.host}"
    if not setting.accepted_from(local):
        return f"it is accepted from {', '.join(client.addresses)}, and this host is {local}"
    if client.tls is Tls.SERVER and setting.password is None:
        return f"no password was given for {client.account.user} (recipe: password: env:NAME)"
    return ""
