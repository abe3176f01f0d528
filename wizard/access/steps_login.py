"""The steps around user and password: MQCSP, early adoption, the check, adoption (facts TLS 5.1, steps 6 to 11)."""

from __future__ import annotations

from dataclasses import replace

from wizard.access.passage import LONGEST_USER, Passage
from wizard.access.recalled import Recalled
from wizard.access.values import Password, Question, Refusal

NOT_AUTHORIZED = (2035,)
FAILED_CHECK = ("AMQ5534", "AMQ5542", "AMQ9557")
NO_PASSWORD = ("AMQ5540", "AMQ5542", "AMQ9557")


def credentials(passage: Passage) -> Refusal | None:
    """The MQCSP: sent by the client, or made from its user and password."""
    wanted = passage.connection
    passage.login = wanted.login
    if not wanted.login:
        passage.passed("user and password", f"none are sent; the client flows its user {wanted.user or '(blank)'}")
    elif wanted.password is Password.NONE:
        passage.passed("user and password", f"user {wanted.login} comes without a password, which authenticates nobody")
    elif wanted.old:
        passage.passed("user and password", f"the client sends no MQCSP: one is made from user {wanted.login}")
    else:
        passage.passed("user and password", f"user {wanted.login} and a password come in the MQCSP")
    return None


def adopts_early(passage: Passage) -> bool:
    """Whether the password is checked before mapping; where qm.ini was not read, the likelier way, and noted."""
    login = passage.guard.login
    if not login.adopt:
        return False
    if passage.reading.early_adopt is not None:
        return passage.reading.early_adopt
    if login.early_adopt is not None:
        return login.early_adopt
    likely = passage.guard.release.early_adopt_at_creation
    what = "whether qm.ini has ChlauthEarlyAdopt=Y"
    if not any(one.what == what for one in passage.questions) and passage.login:
        passage.questions.append(Question(what, replace(passage.reading, early_adopt=not likely)))
    return likely


def early(passage: Passage) -> Refusal | None:
    """With ADOPTCTX(YES) and ChlauthEarlyAdopt=Y the user of the MQCSP is known before the rules are looked at."""
    title = "early adoption"
    if not adopts_early(passage):
        why = "ADOPTCTX(NO)" if not passage.guard.login.adopt else "ChlauthEarlyAdopt=N"
        passage.skipped(title, f"{why}: rules see the user that the client flows")
        return None
    if passage.password is Password.NONE or passage.guard.login.check == "NONE":
        passage.skipped(title, "no password is there to check")
        return None
    if passage.password is Password.WRONG:
        return passage.refused(title, _wrong(passage))
    passage.authenticated = passage.user = passage.login[:LONGEST_USER]
    passage.adopted = True
    passage.passed(title, f"the password of {passage.login} is right: rules see user {passage.user}")
    return None


def _wrong(passage: Passage) -> Refusal:
    why = f"the password of {passage.login} is wrong, and a wrong one is never let through"
    return Refusal(FAILED_CHECK, NOT_AUTHORIZED, why, "Send the right one, or none where none is asked for.")


def authentication(passage: Passage) -> Refusal | None:
    """Connection authentication: CHCKCLNT of the AUTHINFO that CONNAUTH names."""
    title, login = "connection authentication", passage.guard.login
    if passage.authenticated:
        passage.passed(title, f"{passage.authenticated} has been checked already")
        return None
    if login.check == "NONE":
        why = f"{login.name} has CHCKCLNT(NONE)" if login.name else "CONNAUTH names no AUTHINFO object"
        passage.skipped(title, f"{why}: no password is checked")
        return None
    asked = f"CHCKCLNT({login.check}) of {login.name or 'the AUTHINFO object'}"
    if passage.password is Password.WRONG:
        return passage.refused(title, _wrong(passage))
    if passage.password is Password.RIGHT:
        passage.authenticated = passage.login[:LONGEST_USER]
        passage.passed(title, f"{asked}: the password of {passage.login} is right")
        return None
    if _required(passage):
        why = f"{asked} asks {passage.user or 'a blank user'} for a password, and none came"
        remedy = "Let the client send user and password, or map it to a user that is not privileged."
        if login.check == "REQUIRED":
            remedy = "Let the client send user and password; a certificate does not stand for them."
        return passage.refused(title, Refusal(NO_PASSWORD, NOT_AUTHORIZED, why, remedy))
    passage.passed(title, f"{asked}: {passage.user or 'a blank user'} needs no password")
    return None


def _required(passage: Passage) -> bool:
    check = passage.guard.login.check
    if check == "REQDADM":
        passage.rests_on(Recalled.AFTER_MAPPING)
        return passage.privileged(passage.user)
    return check == "REQUIRED"


def adoption(passage: Passage) -> Refusal | None:
    """ADOPTCTX(YES) without early adoption: the checked user takes the place of any other."""
    title, login = "adoption", passage.guard.login
    if not passage.authenticated or not login.adopt:
        why = "nobody was authenticated" if not passage.authenticated else "ADOPTCTX(NO)"
        passage.skipped(title, f"{why}: the user stays {passage.user or '(blank)'}")
    elif passage.adopted:
        passage.skipped(title, "that was done before mapping")
    else:
        before = passage.user
        passage.user = passage.authenticated
        cut = f", cut to {LONGEST_USER} characters" if len(passage.login) > LONGEST_USER else ""
        ldap = "; with LDAP it is the SHORTUSR of the entry" if login.kind == "IDPWLDAP" else ""
        passage.passed(title, f"ADOPTCTX(YES): user {passage.user}{cut} in place of {before or '(blank)'}{ldap}")
    return None


def rule_check(passage: Passage) -> Refusal | None:
    """CHCKCLNT of the mapping rule that was used."""
    title, rule = "CHCKCLNT of the rule", passage.rule
    if rule is None or rule.client_check == "ASQMGR" or rule.source == "NOACCESS":
        passage.skipped(title, "no rule asks for a password of its own")
        return None
    asked = f"CHCKCLNT({rule.client_check})"
    wanted = rule.client_check == "REQUIRED" or passage.privileged(passage.user)
    if not wanted or passage.authenticated:
        done = f"{passage.authenticated} was authenticated" if wanted else f"{passage.user} is not privileged"
        passage.passed(title, f"{asked}: {done}")
        return None
    if passage.guard.login.check == "NONE":
        why = f"the rule says {asked}, and connection authentication checks nobody: the two contradict each other"
        remedy = "Say CHCKCLNT(OPTIONAL) or more in the AUTHINFO object, or ASQMGR in the rule."
        return passage.refused(title, Refusal(("AMQ9790",), (2063, 2035), why, remedy))
    why = f"the rule says {asked}, and no password was sent"
    remedy = "Let the client send user and password, or set CHCKCLNT(ASQMGR) in the rule."
    return passage.refused(title, Refusal(("AMQ9791",), NOT_AUTHORIZED, why, remedy))
