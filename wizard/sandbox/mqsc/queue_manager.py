"""ALTER QMGR and DISPLAY QMGR (facts 2.6, 2.7; TLS 2.3, 2.5)."""

from __future__ import annotations

from typing import Any

from wizard.sandbox.mqsc import selection
from wizard.sandbox.mqsc.assignments import assignments
from wizard.sandbox.mqsc.context import Context, stamp
from wizard.sandbox.mqsc.layout import block
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError, failed, not_simulated
from wizard.sandbox.mqsc.show import pairs
from wizard.sandbox.mqsc.table_qmgr import EVENTS
from wizard.sandbox.mqsc.texts import message

UNSIMULATED_GROUPS = ("SYSTEM", "CHINIT", "CLUSTER", "PUBSUB")
"""Groups of attributes like EVENT, whose members are not known here."""

SECRETS = ("INITKEY", "KEYRPWD")
"""In the order in which they take effect: the initial key encrypts the password."""


def alter(context: Context, parameters: Parameters) -> list[str]:
    """ALTER QMGR; FORCE changes nothing here, as no program opens queues by default names."""
    _no_name(context, parameters)
    parameters.flag("FORCE")
    given: dict[str, Any] = dict(assignments(context, context.table("QMGR"), parameters))
    with context.state.change():
        attributes = context.qmgr_attributes()
        _set_secrets(attributes, given)
        attributes = {**attributes, **given}
        _check(context, attributes, given)
        attributes["ALTDATE"], attributes["ALTTIME"] = stamp()
        context.state.put_object(context.qmgr, "QMGR", context.qmgr, "QMGR", attributes)
    return [message("qmgr.changed")]


def show(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY QMGR: all attributes, or those named."""
    _no_name(context, parameters)
    table = context.table("QMGR")
    for group in UNSIMULATED_GROUPS:
        if parameters.flag(group):
            raise not_simulated(f"DISPLAY QMGR {group}")
    names = selection.requested(parameters, [*table, "QMNAME"], {"EVENT": EVENTS})
    attributes = context.qmgr_attributes()
    chosen = pairs(table, attributes, names or None)
    return block(message("qmgr.shown"), [("QMNAME", context.qmgr), *chosen])


def _no_name(context: Context, parameters: Parameters) -> None:
    if parameters.noun.values is not None:
        raise SyntaxRefusedError(parameters.noun.end)
    if context.client_table is not None:
        raise failed("local.only")


def _set_secrets(attributes: dict[str, Any], given: dict[str, Any]) -> None:
    """Encrypt INITKEY and then KEYRPWD; a new INITKEY makes an older KEYRPWD useless."""
    if not any(given.get(keyword) for keyword in SECRETS):
        return
    from wizard.sandbox.mqsc import secrets

    initial = attributes.get("INITKEY", "")
    if given.get("INITKEY"):
        initial = given["INITKEY"] = secrets.protect_with("", given["INITKEY"])
    elif "INITKEY" in given:
        initial = ""
    if given.get("KEYRPWD"):
        given["KEYRPWD"] = secrets.protect_with(secrets.reveal("", initial) or "", given["KEYRPWD"])


def _check(context: Context, attributes: dict[str, Any], given: dict[str, Any]) -> None:
    if attributes.get("REPOS") and attributes.get("REPOSNL"):
        raise failed("cluster.both")
    row = context.state.qmgr(context.qmgr)
    if given.get("LOGGEREV") == "ENABLED" and row is not None and row["log_type"] == "CIRCULAR":
        raise failed("logger.events")
    if "NONE" in given.get("SUITEB", ()) and len(given["SUITEB"]) > 1:
        raise failed("suiteb.wrong")
