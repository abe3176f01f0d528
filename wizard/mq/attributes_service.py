"""The attributes of listeners, services, processes and namelists."""

from __future__ import annotations

from wizard.mq.attribute_type import (
    ALTERED,
    MOST,
    choice,
    number,
    number_or,
    several,
    shown,
    text,
)

_CONTROL = choice(
    "CONTROL",
    "MANUAL QMGR STARTONLY",
    "MANUAL",
    "Whether it starts and stops with the queue manager, only starts with it, or neither.",
)
_DESCR = text("DESCR", 64, "A description for people.")

LISTENER = (
    choice("TRPTYPE", "TCP LU62 NETBIOS SPX", None, "The transport protocol."),
    number("PORT", (0, 65535), "0", "The port to listen on; 0 means 1414."),
    text("IPADDR", 48, "The local address or host name to listen on; blank means all."),
    number("BACKLOG", (0, MOST), "0", "How many connections may wait to be taken; 0 means MQ's own limit."),
    _CONTROL,
    _DESCR,
    number("ADAPTER", (0, MOST), "0", "The NetBIOS adapter; Windows only."),
    number("COMMANDS", (0, MOST), "0", "How many NetBIOS commands may be used; Windows only."),
    text("LOCLNAME", 16, "The local NetBIOS name; Windows only."),
    number("NTBNAMES", (0, MOST), "0", "How many NetBIOS names may be used; Windows only."),
    number("SESSIONS", (0, MOST), "0", "How many NetBIOS sessions may be used; Windows only."),
    number("SOCKET", (0, 65535), "0", "The SPX socket; Windows only."),
    text("TPNAME", 64, "The LU 6.2 transaction program; Windows only."),
    *ALTERED,
)

SERVICE = (
    choice("SERVTYPE", "COMMAND SERVER", "COMMAND", "Whether one or many may run, and whether its state is kept."),
    _CONTROL,
    _DESCR,
    text("STARTCMD", 255, "The program that starts the service."),
    text("STARTARG", 255, "The arguments of that program."),
    text("STOPCMD", 255, "The program that stops the service."),
    text("STOPARG", 255, "The arguments of that program."),
    text("STDOUT", 255, "The file that the service's output goes to."),
    text("STDERR", 255, "The file that the service's errors go to."),
    *ALTERED,
)

_APPLICATION_TYPES = "CICS DEF DOS IMS MVS NSK OS400 UNIX VMS WINDOWS WINDOWSNT"

PROCESS = (
    text("APPLICID", 256, "The program to start."),
    number_or(_APPLICATION_TYPES, number("APPLTYPE", (0, MOST), "UNIX", "The type of the program to start.")),
    _DESCR,
    text("ENVRDATA", 128, "Environment data for the program."),
    text("USERDATA", 128, "User data for the program; for a channel its name."),
    *ALTERED,
)

NAMELIST = (
    several("NAMES", 48, "The names in the list, in their order."),
    _DESCR,
    shown("NAMCOUNT", "How many names the list has."),
    *ALTERED,
)
