"""Rules about scripts that are run again and again: at every start of a container or uniform cluster, or by a tool."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.lint.script import Hit, Script

_AGAIN = {
    "DELETE": "DELETE removes it at every run, and fails where it is gone: AMQ8147.",
    "CLEAR": "CLEAR throws away, at every run, what came in since.",
    "STOP": "STOP ends what runs, at every run.",
    "RESET": "RESET is repeated at every run.",
    "PURGE": "PURGE is repeated at every run.",
    "RESOLVE": "RESOLVE is repeated at every run.",
}


def second_run(script: Script) -> Iterator[Hit]:
    """Commands that fail or destroy at the second run; nothing where the script is run once."""
    if not script.replayed:
        return
    for one in script.statements:
        verb = one.command.verb
        if verb == "DEFINE" and one.wanted is not None and not one.command.has("REPLACE"):
            what = f"{one.called} has no REPLACE: the second run is refused with AMQ8150."
            yield Hit("define-without-replace", one.line, what, "Add REPLACE.")
        elif one.is_("SET", "CHLAUTH") and one.text("ACTION") in {"", "ADD"}:
            said = "ACTION(ADD)" if one.command.has("ACTION") else "Without ACTION it is ADD, and"
            yield Hit("chlauth-add", one.line, f"{said} is refused at the second run.", "Say ACTION(REPLACE).")
        elif verb in _AGAIN and one.text("IGNSTATE") != "YES":
            yield Hit("destroys-again", one.line, _AGAIN[verb], "Keep it in a script that is run once.")


def disruptive(script: Script) -> Iterator[Hit]:
    """Commands of clusters that IBM warns of (facts topologies 2.6)."""
    for one in script.statements:
        if one.is_("REFRESH", "CLUSTER") and one.text("REPOS") == "YES":
            what = "REFRESH CLUSTER REPOS(YES) is refused on a full repository, and disturbs a large cluster for weeks."
            yield Hit("refresh-cluster", one.line, what, "Use it only where IBM's support says so.")
        elif one.is_("RESET", "CLUSTER") and one.command.has("QMNAME"):
            what = "Two queue managers may have one name; and who is removed comes back unless it is blocked first."
            yield Hit("force-remove", one.line, what, "Block it with SET CHLAUTH, then use its QMID.")


RULES = (second_run, disruptive)
