"""Which channel authentication record decides about a partner (facts 4.1 to 4.4).

The sandbox's own evaluation, used by RUNCHECK and by listeners. The order between rules is recalled, not documented:
channel profile, then kind of identity, then how specific the identity is, then how specific the address is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from wizard.sandbox import users
from wizard.sandbox.mqsc import addresses, dn
from wizard.sandbox.state import State

IDENTITY_RANK = {"SSLPEERMAP": 0, "USERMAP": 1, "QMGRMAP": 1, "ADDRESSMAP": 2}
ADMINISTRATORS = "*MQADMIN"


class Rule(NamedTuple):
    """One record: its profile, its TYPE, and its attributes by MQSC keyword."""

    profile: str
    type: str
    attributes: dict[str, Any]

    def text(self, keyword: str) -> str:
        """A scalar attribute, empty when the record has none."""
        return str(self.attributes.get(keyword, ""))

    @property
    def user_source(self) -> str:
        """MAP, NOACCESS or CHANNEL; empty for BLOCKUSER and BLOCKADDR."""
        return self.text("USERSRC")

    @property
    def mcauser(self) -> str:
        return self.text("MCAUSER")

    @property
    def check_client(self) -> str:
        """CHCKCLNT: ASQMGR where the record does not say."""
        return self.text("CHCKCLNT") or "ASQMGR"

    @property
    def is_warning(self) -> bool:
        """WARN(YES): what the rule would block is let through and logged."""
        return self.text("WARN") == "YES"

    @property
    def users(self) -> list[str]:
        return list(self.attributes.get("USERLIST", ()))

    @property
    def addresses(self) -> list[str]:
        return list(self.attributes.get("ADDRLIST", ()))


class Partner(NamedTuple):
    """Who wants in: a client says `client_user`, a queue manager `qmname`; the names are those of its certificate.

    `ignores_case` is ChlauthIgnoreUserCase of qm.ini.
    """

    address: str
    client_user: str | None = None
    qmname: str | None = None
    subject: str = ""
    issuer: str = ""
    host_name: str | None = None
    ignores_case: bool = False


def records(state: State, qmgr: str) -> list[Rule]:
    """All records of a queue manager."""
    return [Rule(profile, kind, attributes) for _, profile, kind, attributes in state.chlauth(qmgr)]


def mapping(  # noqa: PLR0913 - what is known of a partner
    state: State,
    qmgr: str,
    channel: str,
    address: str,
    *,
    client_user: str | None = None,
    qmname: str | None = None,
    subject: str = "",
    issuer: str = "",
    host_name: str | None = None,
    ignores_case: bool = False,
) -> Rule | None:
    """The one mapping record that is used for a partner, or None when none fits: then the channel decides.

    `client_user` for a SVRCONN, `qmname` for a message channel; `host_name` only where REVDNS is on. Says nothing about
    whether CHLAUTH is enabled.
    """
    partner = Partner(address, client_user, qmname, subject, issuer, host_name, ignores_case)
    fitting = [
        (_rank(rule), number, rule)
        for number, rule in enumerate(records(state, qmgr))
        if rule.type in IDENTITY_RANK and profile_matches(rule.profile, channel) and _fits(rule, partner)
    ]
    return min(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def blocked_address(state: State, qmgr: str, address: str) -> Rule | None:
    """The BLOCKADDR record that stops an address at the listener."""
    for rule in records(state, qmgr):
        if rule.type == "BLOCKADDR" and any(_is_address(listed, address) for listed in rule.addresses):
            return rule
    return None


def blocked_user(state: State, qmgr: str, channel: str, user: str) -> Rule | None:
    """The BLOCKUSER record that stops the final user of a SVRCONN; only the best fitting profile counts."""
    fitting = [
        rule for rule in records(state, qmgr) if rule.type == "BLOCKUSER" and profile_matches(rule.profile, channel)
    ]
    if not fitting:
        return None
    best = min(fitting, key=lambda rule: profile_rank(rule.profile))
    for listed in best.users:
        if listed == user or (listed == ADMINISTRATORS and is_privileged(state, user)):
            return best
    return None


def is_privileged(state: State, user: str) -> bool:
    """Whether *MQADMIN means this user: in group mqm, blank, or unknown to the machine (facts 4.2)."""
    accounts = users.read(state.folder)
    return not user.strip() or user not in accounts.users or accounts.is_administrator(user)


def profile_matches(profile: str, channel: str) -> bool:
    """Whether a channel profile, in which `*` stands for any characters, covers a channel."""
    if "*" not in profile:
        return profile == channel
    return re.fullmatch(".*".join(map(re.escape, profile.split("*"))), channel) is not None


def profile_rank(profile: str) -> tuple[int, int, int]:
    """Exact before generic; among generics the one with more literal characters from the left."""
    if "*" not in profile:
        return 0, 0, 0
    return 1, -profile.index("*"), -len(profile.replace("*", ""))


def _fits(rule: Rule, partner: Partner) -> bool:
    if not _fits_identity(rule, partner):
        return False
    restrictor = rule.text("ADDRESS")
    if not restrictor:
        return True
    if addresses.is_ip_pattern(restrictor):
        return _is_address(restrictor, partner.address)
    return partner.host_name is not None and host_matches(restrictor, partner.host_name)


def _fits_identity(rule: Rule, partner: Partner) -> bool:
    if rule.type == "USERMAP":
        wanted, found = rule.text("CLNTUSER"), partner.client_user
        if found is None:
            return False
        return wanted == found or (partner.ignores_case and wanted.casefold() == found.casefold())
    if rule.type == "QMGRMAP":
        return partner.qmname is not None and profile_matches(rule.text("QMNAME"), partner.qmname)
    if rule.type == "SSLPEERMAP":
        if not partner.subject or not dn.matches(dn.pattern(rule.text("SSLPEER")), partner.subject):
            return False
        issuer = rule.text("SSLCERTI")
        return not issuer or dn.matches(dn.pattern(issuer), partner.issuer)
    return True


def _is_address(restrictor: str, address: str) -> bool:
    return any(pattern.matches(address) for pattern in addresses.pattern(restrictor))


def host_matches(restrictor: str, host: str) -> bool:
    """Whether a host name pattern covers a host, whatever the case."""
    wanted = ".*".join(map(re.escape, restrictor.casefold().split("*")))
    return re.fullmatch(wanted, host.casefold().rstrip(".")) is not None


def _rank(rule: Rule) -> tuple[Any, ...]:
    return profile_rank(rule.profile), IDENTITY_RANK[rule.type], tuple(_identity_rank(rule)), _address_rank(rule)


def _identity_rank(rule: Rule) -> Iterator[Any]:
    if rule.type == "SSLPEERMAP":
        yield dn.rank(dn.pattern(rule.text("SSLPEER")))
        issuer = rule.text("SSLCERTI")
        yield (0, dn.rank(dn.pattern(issuer))) if issuer else (1, ())
    elif rule.type == "QMGRMAP":
        yield profile_rank(rule.text("QMNAME"))


def _address_rank(rule: Rule) -> tuple[int, tuple[int, ...]]:
    """With an address before without one; numeric before host name, narrower before wider."""
    restrictor = rule.text("ADDRESS")
    if not restrictor:
        return 3, ()
    if not addresses.is_ip_pattern(restrictor):
        return 2, profile_rank(restrictor)
    if restrictor == "*":
        return 2, (9,)
    width = addresses.pattern(restrictor)[0].width
    return 0, (sum(amount > 0 for amount in width), *width)
