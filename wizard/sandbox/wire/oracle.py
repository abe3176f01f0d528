"""What the queue manager and its machine answer about a caller: rules, passwords, privileges, authorities."""

from __future__ import annotations

from wizard.sandbox import users
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.mqsc import oam, rules
from wizard.sandbox.state import State
from wizard.sandbox.wire import addresses, settings
from wizard.sandbox.wire.identity import Caller, Credentials, Rule


class Machine:
    """Answers for one caller of one queue manager; see `identity.Oracle`."""

    def __init__(self, state: State, qmgr: str, caller: Caller, *, ignores_case: bool = False) -> None:
        self._state, self._qmgr, self._caller = state, qmgr, caller
        self._ignores_case = ignores_case
        attributes = settings.of_qmgr(state, qmgr)
        self._has_rules = has_rules(state, qmgr)
        reverse = settings.word(attributes, "REVDNS") != "DISABLED"
        self._host_name = addresses.name_of(state.folder, caller.address) if reverse else None

    def mapping(self, user: str) -> Rule | None:
        """The mapping record for this client user, None when there is none (or CHLAUTH is off)."""
        if not self._has_rules:
            return None
        found = rules.mapping(
            self._state,
            self._qmgr,
            self._caller.channel,
            self._caller.address,
            client_user=user,
            subject=self._caller.active.get("SSLPEER", ""),
            issuer=self._caller.active.get("SSLCERTI", ""),
            host_name=self._host_name,
            ignores_case=self._ignores_case,
        )
        if found is None:
            return None
        return Rule(found.user_source, found.mcauser, found.check_client, found.is_warning)

    def is_blocked(self, user: str) -> bool:
        """Whether BLOCKUSER refuses this user."""
        if not self._has_rules:
            return False
        found = rules.blocked_user(self._state, self._qmgr, self._caller.channel, user)
        return found is not None and not found.is_warning

    def password_fits(self, credentials: Credentials) -> bool:
        """Whether user and password are right, as the operating system sees it; SandboxError for LDAP."""
        if settings.uses_ldap(self._state, self._qmgr):
            raise SandboxError("The sandbox has no LDAP server to ask for a password.", remedy="Use IDPWOS.")
        return users.verify_password(self._state.folder, credentials.user, credentials.password)

    def is_privileged(self, user: str) -> bool:
        """Whether the user is an MQ administrator."""
        return users.read(self._state.folder).is_administrator(user)


def has_rules(state: State, qmgr: str) -> bool:
    """Whether channel authentication records are used at all."""
    return settings.word(settings.of_qmgr(state, qmgr), "CHLAUTH") != "DISABLED"


def is_address_blocked(state: State, qmgr: str, address: str) -> bool:
    """Whether BLOCKADDR refuses this address."""
    found = rules.blocked_address(state, qmgr, address) if has_rules(state, qmgr) else None
    return found is not None and not found.is_warning


def has_authority(state: State, qmgr: str, user: str, target: tuple[str, str], authority: str) -> bool:
    """Whether the user has this authority on an object, given as object type and name."""
    objtype, name = target
    return authority in oam.authorities(state, state.folder, qmgr, objtype, name, user)
