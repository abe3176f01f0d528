"""The steps that rules, exits and authorities decide: mapping, exit, BLOCKUSER, connect (facts TLS 5.1, 8 to 14)."""

from __future__ import annotations

from dataclasses import replace

from wizard.access.guard import Standing
from wizard.access.passage import Passage
from wizard.access.recalled import Recalled
from wizard.access.rulebook import Choice
from wizard.access.rules import MAPPINGS, Rule, RuleType
from wizard.access.steps_login import NOT_AUTHORIZED
from wizard.access.values import Compared, Question, Refusal
from wizard.mq.channel_types import MESSAGE
from wizard.mq.chlauth import PRIVILEGED

CHANNEL_USER = "mqm"


def first_exit(passage: Passage) -> Refusal | None:
    """The security exit at negotiation, when no rule has been looked at yet."""
    title = "security exit, negotiation"
    name = _exit_name(passage)
    if not name:
        passage.skipped(title, "the channel has no SCYEXIT")
        return None
    if passage.connection.exit and passage.connection.exit.refuses:
        refusal = Refusal(("AMQ9536", "AMQ9503"), (2063,), f"the exit {name} refuses", "See the exit's own log.")
        return passage.refused(title, refusal)
    given = "as the answer given says" if passage.connection.exit else "taken for granted: no answer of it was given"
    passage.passed(title, f"the exit {name} agrees, {given}")
    return None


def parameters_exit(passage: Passage) -> Refusal | None:
    """The security exit with MQXR_SEC_PARMS, which sees the MQCSP and may set the user."""
    title = "security exit, parameters"
    name, answer = _exit_name(passage), passage.connection.exit
    if not name:
        passage.skipped(title, "the channel has no SCYEXIT")
    elif answer and answer.user:
        passage.user = answer.user
        passage.rests_on(Recalled.EXIT)
        passage.passed(title, f"the exit {name} sets user {answer.user}")
    else:
        passage.passed(title, f"the exit {name} changes nothing")
    return None


def _exit_name(passage: Passage) -> str:
    return passage.channel.text("SCYEXIT").strip() if passage.channel else ""


def mapping(passage: Passage) -> Refusal | None:
    """The one mapping rule that decides, if CHLAUTH is on."""
    title = "channel rules"
    if not passage.guard.chlauth:
        passage.user = _unmapped(passage)
        passage.skipped(title, f"CHLAUTH is off: no rule is looked at; {_runs(passage)}")
        return None
    choice = _chosen(passage)
    compared = _compared(passage, choice)
    passage.rule = rule = choice.rule
    if rule is None:
        passage.user = _unmapped(passage)
        passage.passed(title, f"no rule fits, and none means let in; {_runs(passage)}", compared)
        return None
    if any(one.effect != rule.effect for one in choice.others):
        passage.rests_on(*(one.precedence.basis for one in choice.rivals if one.rule.effect != rule.effect))
    if rule.refuses and not (passage.connection.exit and passage.connection.exit.user and _exit_name(passage)):
        refusal = Refusal(
            ("AMQ9777",),
            NOT_AUTHORIZED if passage.client else (),
            f"{named(rule)} fits and says NOACCESS",
            f"If this partner is meant to get in, give it a rule on {passage.connection.channel} that comes before.",
        )
        return passage.refused(title, refusal, compared)
    passage.user = _mapped(passage, rule)
    passage.passed(title, f"{named(rule)} is used; {_runs(passage)}", compared)
    return None


def _chosen(passage: Passage) -> Choice:
    """The rule that is used, or the one that the reading puts in its place."""
    choice = passage.guard.rules.choose(passage.connection.channel, passage.partner())
    forced = passage.reading.rule
    if forced is not None and forced in choice.others and choice.rule is not None:
        return Choice(forced, (choice.rule, *(one for one in choice.others if one is not forced)))
    for rival in choice.unsettled:
        what = f"which rule comes first, {named(choice.rule)} or {named(rival.rule)}" if choice.rule else ""
        passage.questions.append(Question(what, replace(passage.reading, rule=rival.rule)))
    return choice


def _compared(passage: Passage, choice: Choice) -> tuple[Compared, ...]:
    """Every rule whose profile covers the channel: used, behind the used one, or not fitting, each with why."""
    if not passage.detailed:
        return ()
    partner = passage.partner()
    behind = {id(one.rule): one.precedence for one in choice.rivals}
    found = []
    for rule in passage.guard.rules.covering(passage.connection.channel):
        if rule is choice.rule:
            found.append(Compared(rule, used=True, why="fits, and no rule that fits comes before it"))
        elif id(rule) in behind:
            precedence = behind[id(rule)]
            known = "; the facts leave this open" if precedence.unsettled else ""
            found.append(
                Compared(rule, used=False, why=f"fits too, but the other comes first: {precedence.why}{known}")
            )
        else:
            found.append(Compared(rule, used=False, why=rule.mismatch(partner)))
    return tuple(sorted(found, key=lambda one: not one.used))


def named(rule: Rule) -> str:
    """The rule as it stands, short."""
    keys = [
        f"{keyword}('{rule.record.text(keyword)}')"
        for keyword in ("SSLPEER", "SSLCERTI", "CLNTUSER", "QMNAME", "ADDRESS", "USERLIST", "ADDRLIST")
        if rule.record.text(keyword)
    ]
    effect = f"USERSRC({rule.source})" if rule.type in MAPPINGS else ""
    user = f"MCAUSER('{rule.user}')" if rule.user else ""
    warn = "WARN(YES)" if rule.warns else ""
    words = (f"CHLAUTH('{rule.profile}')", f"TYPE({rule.type})", *keys, effect, user, warn)
    return " ".join(word for word in words if word)


def _mapped(passage: Passage, rule: Rule) -> str:
    if rule.source == "MAP":
        return rule.user
    if rule.source == "NOACCESS":
        passage.rests_on(Recalled.WARNED)
    return _unmapped(passage)


def _unmapped(passage: Passage) -> str:
    """The user where no rule gives one: the adopted one, then MCAUSER of the channel, then the flowed one."""
    own = passage.channel.text("MCAUSER").strip() if passage.channel else ""
    if passage.adopted:
        if own:
            passage.rests_on(Recalled.ADOPTED)
        return passage.authenticated
    if own:
        return own
    if passage.client:
        return passage.flowed
    passage.rests_on(Recalled.CHANNEL_USER)
    return CHANNEL_USER


def _runs(passage: Passage) -> str:
    return f"the user is {passage.user or '(blank)'}"


def blocking(passage: Passage) -> Refusal | None:
    """BLOCKUSER: the list with the best profile, against the user that results."""
    title = "blocked users"
    if not passage.guard.chlauth:
        passage.skipped(title, "CHLAUTH is off: no user is blocked")
        return None
    lists = passage.guard.rules.block_lists(passage.connection.channel)
    if not lists:
        passage.passed(title, "no BLOCKUSER rule covers the channel")
        return None
    first, *behind = lists
    hit = _hit(passage, first)
    if behind and any(bool(_hit(passage, one)) != bool(hit) for one in behind):
        passage.rests_on(Recalled.BLOCK_PROFILE)
    compared = (
        Compared(first, used=bool(hit), why=hit or f"does not list {passage.user}"),
        *(Compared(one, used=False, why=f"the list on {first.profile} takes its place") for one in behind),
    )
    if not hit or first.warns:
        passage.passed(title, f"{named(first)} {'only warns' if hit else f'does not list {passage.user}'}", compared)
        return None
    remedy = "Let a rule map the partner to a user that is not privileged."
    refusal = Refusal(("AMQ9776",), NOT_AUTHORIZED, f"{named(first)}: {hit}", remedy)
    return passage.refused(title, refusal, compared)


def _hit(passage: Passage, rule: Rule) -> str:
    """Why a list blocks the user; empty where it does not."""
    if rule.type is not RuleType.BLOCKUSER:
        return ""
    if passage.user in rule.users:
        return f"it lists {passage.user}"
    if PRIVILEGED in rule.users and passage.privileged(passage.user):
        standing = passage.guard.users.standing(passage.user)
        if standing is Standing.UNKNOWN_USER:
            return f"{passage.user or 'a blank user'} does not exist there, which counts as privileged"
        return f"{passage.user} administers MQ"
    return ""


def authority(passage: Passage) -> Refusal | None:
    """CONNECT on the queue manager, for clients."""
    title, user = "authority", passage.user
    rights = passage.guard.rights(user)
    standing = passage.guard.users.standing(user)
    if passage.channel is not None and passage.channel.text("CHLTYPE") in MESSAGE:
        known = "" if rights is None else f": {'; '.join(map(str, rights)) or 'none, so that every message is refused'}"
        passage.passed(title, f"the channel puts messages as {user}{known}")
        return None
    if standing is Standing.PRIVILEGED:
        passage.passed(title, f"{user} administers MQ and may do everything")
        return None
    if standing is Standing.UNKNOWN_USER:
        why = f"user {user or '(blank)'} does not exist on the queue manager's system"
        refusal = Refusal(("AMQ8077",), NOT_AUTHORIZED, why, "Create the user, or map the partner to one that exists.")
        return passage.refused(title, refusal)
    if rights is None:
        passage.skipped(title, f"the authorities of {user} were not looked at")
        return None
    if not any(one.object_type == "QMGR" and "CONNECT" in one.words for one in rights):
        why = f"{user} has no authority to connect"
        refusal = Refusal(("AMQ8077",), NOT_AUTHORIZED, why, f"Grant CONNECT on {passage.guard.name} to its group.")
        return passage.refused(title, refusal)
    passage.passed(title, f"{user} may: {'; '.join(map(str, rights))}")
    return None
