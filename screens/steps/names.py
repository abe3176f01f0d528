"""What the certificates are called, with the distinguished names and the rules that follow."""

from __future__ import annotations

from textual.app import ComposeResult

from screens import asked
from screens.diagram import Part
from screens.step import Seen, Step
from wizard.mq.objects import MqObject
from wizard.topology.values import Topology


class NamesStep(Step):
    """Organization and unit; the names of the certificates are shown as they will be."""

    part = Part.NAMES

    def questions(self) -> ComposeResult:
        yield from self.rows(asked.certificate_names(self.held))

    def summary(self, seen: Seen) -> str:
        topology = seen.preview.topology
        return "\n".join(names_and_rules(topology)) if topology else ""


def names_and_rules(topology: Topology) -> list[str]:
    """Each certificate with its distinguished name, each channel's rule in words."""
    named = [(one.name, one.identity) for one in topology.queue_managers]
    named += [(one.name, one.identity) for one in topology.clients]
    width = max((len(name) for name, _identity in named), default=0)
    lines = ["Certificates"]
    lines += [f"  {name:<{width}}  {identity.subject}" for name, identity in named if identity]
    lines += ["", "Who gets in"]
    for client in topology.clients:
        for rule in topology.queue_manager(client.queue_manager).rules:
            if rule.name == client.channel and rule.text("MCAUSER") == client.account.user:
                lines.append(f"  {client.channel}, as user {client.account.user}")
                lines += [f"    {line}" for line in rule_lines(rule)]
    return lines


def rule_lines(rule: MqObject) -> list[str]:
    """What a rule asks of who comes, in words."""
    who = rule.text("SSLPEER") or (f"signs on as {rule.text('CLNTUSER')}" if rule.text("CLNTUSER") else "")
    issued = f"issued by {rule.text('SSLCERTI')}" if rule.text("SSLCERTI") else ""
    where = f"from {rule.text('ADDRESS')}" if rule.text("ADDRESS") else ""
    return [*filter(None, (who, issued, where))]
