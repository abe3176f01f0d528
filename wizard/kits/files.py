"""The files of a client's kit: name → content. The run makes keys and certificates, everything else stands here."""

from __future__ import annotations

from wizard.kits.ccdt import ccdt
from wizard.kits.page import page
from wizard.kits.partner import PARTNER_PAGE, partner_page
from wizard.kits.programs import program_files
from wizard.kits.settings import settings
from wizard.mq import mqsc
from wizard.topology.values import Client, Topology


def kit_files(topology: Topology, client: Client) -> dict[str, str]:
    """Every text file of one client's kit."""
    return settings_files(topology, client) | program_files(client)


def settings_files(topology: Topology, client: Client) -> dict[str, str]:
    """What a client needs to connect, without the programs that show how."""
    files = {
        "README.md": page(client, topology.queue_manager(client.queue_manager)),
        "settings.sh": settings(client),
        "client-channel.mqsc": mqsc.define(client.definition, replace=True) + "\n",
    }
    if client.asks_us:
        files[PARTNER_PAGE] = partner_page(client)
    if client.release.json_ccdt:
        files["ccdt.json"] = ccdt(client.definition)
    return files
