"""The attributes of channels that say how messages are carried: batches, clusters, compression, exits,
AMQP.
"""

from __future__ import annotations

from wizard.mq.attribute_type import (
    MOST,
    choice,
    name,
    number,
    of,
    several,
    shown,
    text,
    words,
)
from wizard.mq.channel_types import CALLING, CLUSTER, MESSAGE, NOT_AMQP, RECEIVING, SENDING
from wizard.mq.releases import Release

_DYNAMIC_QUEUES = Release(9, 2, 1)
_COMPRESSION = "NONE RLE ZLIBFAST ZLIBHIGH LZ4FAST LZ4HIGH ANY"

_BATCHES = (
    number(
        "BATCHHB",
        (0, 999999),
        "0",
        "After how many milliseconds a batch is confirmed with the partner before its commit.",
        chltypes=SENDING,
    ),
    number(
        "BATCHINT",
        (0, MOST),
        "0",
        "How long a batch is kept open for more messages, in milliseconds.",
        chltypes=SENDING,
    ),
    number("BATCHLIM", (0, 999999), "5000", "How many kilobytes a batch holds at most.", chltypes=SENDING),
    number("BATCHSZ", (1, 9999), "50", "How many messages a batch holds at most.", chltypes=MESSAGE),
    choice("CONVERT", "NO YES", "NO", "Whether the sender converts messages for the partner.", chltypes=SENDING),
    choice(
        "NPMSPEED",
        "FAST NORMAL",
        "FAST",
        "Whether non-persistent messages overtake the batch; they may be lost.",
        chltypes=MESSAGE,
    ),
    choice(
        "PROPCTL",
        "COMPAT ALL NONE",
        "COMPAT",
        "How message properties reach a partner that does not know them.",
        chltypes=SENDING,
    ),
    number(
        "SEQWRAP",
        (100, MOST),
        "999999999",
        "After which number message sequence numbers begin again.",
        chltypes=MESSAGE,
    ),
    choice(
        "USEDLQ",
        "YES NO",
        "YES",
        "Whether messages that cannot be delivered go to the dead-letter queue.",
        chltypes=MESSAGE,
    ),
    shown("RESETSEQ", "Whether a reset of the sequence number is owed.", chltypes=MESSAGE),
)

_IN_CLUSTERS = (
    name("CLUSNL", 48, "The namelist of clusters that the channel belongs to.", chltypes=CLUSTER),
    name("CLUSTER", 48, "The cluster that the channel belongs to.", chltypes=CLUSTER),
    number("CLWLPRTY", (0, 9), "0", "The priority of the channel for choosing a cluster queue.", chltypes=CLUSTER),
    number("CLWLRANK", (0, 9), "0", "The rank of the channel for choosing a cluster queue.", chltypes=CLUSTER),
    number("CLWLWGHT", (1, 99), "50", "The share of the work that the channel gets.", chltypes=CLUSTER),
    number("NETPRTY", (0, 9), "0", "The priority of the network connection.", chltypes=of("CLUSRCVR")),
)

_RUNNING = (
    text("MCANAME", 20, "Reserved.", chltypes=CALLING - of("CLNTCONN")),
    choice(
        "MCATYPE",
        "PROCESS THREAD",
        "PROCESS",
        "Whether the channel runs as a process or a thread.",
        chltypes=of("SDR SVR RQSTR"),
    ),
    choice(
        "MCATYPE",
        "THREAD PROCESS",
        "THREAD",
        "Whether the channel runs as a process or a thread.",
        chltypes=CLUSTER,
    ),
    text("MODENAME", 8, "The LU 6.2 mode name.", chltypes=CALLING),
    text("TPNAME", 64, "The LU 6.2 transaction program.", chltypes=CALLING),
    words("COMPHDR", "NONE SYSTEM", "NONE", "Whether message headers are compressed.", chltypes=NOT_AMQP),
    words("COMPMSG", _COMPRESSION, "NONE", "How messages are compressed, best first.", chltypes=NOT_AMQP),
    choice(
        "MONCHL",
        "QMGR OFF LOW MEDIUM HIGH",
        "QMGR",
        "How much is monitored on the channel.",
        chltypes=NOT_AMQP - of("CLNTCONN"),
    ),
    choice(
        "STATCHL",
        "QMGR OFF LOW MEDIUM HIGH",
        "QMGR",
        "How many statistics the channel collects.",
        chltypes=MESSAGE,
    ),
)

_EXITS = (
    text("SCYEXIT", 128, "The security exit.", chltypes=NOT_AMQP),
    text("SCYDATA", 32, "Data for the security exit.", chltypes=NOT_AMQP),
    several("SENDEXIT", 128, "The send exits.", chltypes=NOT_AMQP),
    several("SENDDATA", 32, "Data for the send exits.", chltypes=NOT_AMQP),
    several("RCVEXIT", 128, "The receive exits.", chltypes=NOT_AMQP),
    several("RCVDATA", 32, "Data for the receive exits.", chltypes=NOT_AMQP),
    several("MSGEXIT", 128, "The message exits.", chltypes=MESSAGE),
    several("MSGDATA", 32, "Data for the message exits.", chltypes=MESSAGE),
    text("MREXIT", 128, "The message-retry exit.", chltypes=RECEIVING),
    text("MRDATA", 32, "Data for the message-retry exit.", chltypes=RECEIVING),
    number("MRRTY", (0, MOST), "10", "How often a put that failed is tried again.", chltypes=RECEIVING),
    number(
        "MRTMR",
        (0, MOST),
        "1000",
        "How long to wait between such retries, in milliseconds.",
        chltypes=RECEIVING,
    ),
)

_AMQP = (
    name(
        "TMPMODEL",
        48,
        "The model queue for temporary queues of AMQP clients.",
        chltypes=of("AMQP"),
        since=_DYNAMIC_QUEUES,
    ),
    text(
        "TMPQPRFX",
        33,
        "The beginning of temporary queues' names.",
        "AMQP.*",
        chltypes=of("AMQP"),
        since=_DYNAMIC_QUEUES,
    ),
    text(
        "TPROOT",
        48,
        "The topic object under which AMQP clients publish.",
        "SYSTEM.BASE.TOPIC",
        chltypes=of("AMQP"),
    ),
)

WORK = (*_BATCHES, *_IN_CLUSTERS, *_RUNNING, *_EXITS, *_AMQP)
"""The rows of this table."""
