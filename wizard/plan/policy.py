"""What a queue manager that is not ours has settled for everybody, and why a plan cannot go against it.

Read from QMGR, AUTHINFO and qm.ini before rules are planned; mqwizard changes none of these.
"""

from __future__ import annotations

from wizard.plan.operations import Operation, State
from wizard.plan.scene import Scene
from wizard.topology.values import Tls


def policy_refusals(scene: Scene) -> list[Operation]:
    """Each reason why the clients of the recipe could not get in as planned; none on a queue manager of ours."""
    if not scene.wanted.adopted or not scene.wanted.channels:
        return []
    reasons = [*_rules_off(scene), *_directory(scene), *_password_for_all(scene), *_late_adoption(scene)]
    return [scene.operation(State.REFUSE, what, scene.address("policy", what), reason) for what, reason in reasons]


def _rules_off(scene: Scene) -> list[tuple[str, str]]:
    own = scene.fact.own if scene.fact else None
    if own is None or own.text("CHLAUTH") != "DISABLED":
        return []
    reason = (
        "CHLAUTH is DISABLED, so no rule would let anybody in or keep anybody out; enabling it applies every rule "
        "that is there to everybody: look at DISPLAY CHLAUTH(*), then ALTER QMGR CHLAUTH(ENABLED)"
    )
    return [("channel authentication", reason)]


def _directory(scene: Scene) -> list[tuple[str, str]]:
    if scene.fact is None or scene.fact.login.kind != "IDPWLDAP":
        return []
    reason = "users and rights come from LDAP (AUTHINFO IDPWLDAP), which is not part of this version"
    return [("users", reason)]


def _password_for_all(scene: Scene) -> list[tuple[str, str]]:
    """CHCKCLNT(REQUIRED) wants a password of certificate clients too (facts tls 5.3)."""
    if scene.fact is None or scene.fact.login.check_client != "REQUIRED":
        return []
    silent = [one.name for one in scene.topology.clients_of(scene.name) if one.tls is not Tls.SERVER]
    if not silent:
        return []
    reason = (
        f"its AUTHINFO says CHCKCLNT(REQUIRED), so {', '.join(silent)} would need a password too: use tls: server, "
        "or let the queue manager ask for one where a rule says so (CHCKCLNT(REQDADM))"
    )
    return [("connection authentication", reason)]


def _late_adoption(scene: Scene) -> list[tuple[str, str]]:
    """Without early adoption a USERMAP is compared with the asserted user, not the one that gave a password."""
    late = scene.fact is not None and scene.fact.login.early_adopt is False
    names = [one.name for one in scene.topology.clients_of(scene.name) if one.tls is Tls.SERVER]
    if not late or not names:
        return []
    reason = (
        f"qm.ini says ChlauthEarlyAdopt=N, so a rule sees the user that {', '.join(names)} asserts, not the one whose "
        "password is checked: set ChlauthEarlyAdopt=Y and restart it, or use tls: mutual"
    )
    return [("connection authentication", reason)]
