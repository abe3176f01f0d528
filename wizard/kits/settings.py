"""The settings that a client sources before it starts: where its channel, its store and its certificate are."""

from __future__ import annotations

import shlex

from wizard.topology.values import Client, Tls


def settings(client: Client) -> str:
    """A POSIX shell text; the password of the store is read from a file apart, never written here."""
    lines = [
        f"# Settings for {client.name}. Source them in this folder, or set KIT to it first:  . ./settings.sh",
        'KIT="${KIT:-$PWD}"',
    ]
    if client.tls is Tls.NONE:
        conname = client.definition.text("CONNAME")
        return "\n".join([lines[0], f"export MQSERVER={shlex.quote(f'{client.channel}/TCP/{conname}')}", ""])
    lines.append("unset MQSERVER  # it would win over the table, and it cannot carry TLS")
    lines += _table(client)
    lines += _store(client)
    if client.identity:
        lines.append(f"export MQCERTLABL={shlex.quote(client.identity.label)}")
    if client.reset_bytes:
        lines.append(f"export MQSSLRESET={client.reset_bytes}")
    if client.tls is Tls.SERVER:
        lines.append(
            f"export MQSAMP_USER_ID={shlex.quote(client.account.user)}  # the samples then ask for its password"
        )
    lines.append("unset KIT KIT_PASSWORD  # so that the settings of another kit find their own folder")
    return "\n".join([*lines, ""])


def _table(client: Client) -> list[str]:
    if client.release.json_ccdt:
        return ['export MQCCDTURL="file://$KIT/ccdt.json"']
    return ['export MQCHLLIB="$KIT"', "export MQCHLTAB=AMQCLCHL.TAB"]


def _store(client: Client) -> list[str]:
    """PKCS#12 by its full name with a password, CMS by its stem with a stash file (facts tls 2.2)."""
    if not client.release.pkcs12_repository:
        return [f'export MQSSLKEYR="$KIT/{client.name}"']
    return [
        f'export MQSSLKEYR="$KIT/{client.name}.p12"',
        f'KIT_PASSWORD="${{KIT_PASSWORD:-$KIT/../{client.name}.password}}"  # the file that came apart from this kit',
        'MQKEYRPWD="$(cat "$KIT_PASSWORD")" && export MQKEYRPWD',
    ]
