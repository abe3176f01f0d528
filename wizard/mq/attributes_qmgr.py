"""The attributes of a queue manager (ALTER QMGR) on Multiplatforms."""

from __future__ import annotations

from wizard.mq.attribute_type import (
    ALTERED,
    LONGEST_MESSAGE,
    MOST,
    choice,
    enabled,
    name,
    number,
    number_or,
    shown,
    text,
    words,
)
from wizard.mq.releases import Release

_EVENTS = (
    enabled("AUTHOREV", "DISABLED", "Whether an event message is written when somebody lacks an authority."),
    enabled("CHADEV", "DISABLED", "Whether an event message is written when a channel is defined automatically."),
    choice(
        "CHLEV",
        "DISABLED ENABLED EXCEPTION",
        "DISABLED",
        "Whether channels write event messages; EXCEPTION for refusals.",
    ),
    choice(
        "CMDEV",
        "DISABLED ENABLED NODISPLAY",
        "DISABLED",
        "Whether an event message is written for each command.",
    ),
    enabled("CONFIGEV", "DISABLED", "Whether an event message is written when a definition changes."),
    enabled("INHIBTEV", "DISABLED", "Whether an event message is written when a put or get is inhibited."),
    enabled(
        "LOCALEV",
        "DISABLED",
        "Whether an event message is written for local errors, such as an unknown queue.",
    ),
    enabled("LOGGEREV", "DISABLED", "Whether the recovery log writes event messages; linear logging only."),
    enabled("PERFMEV", "DISABLED", "Whether performance events, such as queue full, are written."),
    enabled(
        "REMOTEEV",
        "DISABLED",
        "Whether an event message is written for remote errors, such as an unknown transmission queue.",
    ),
    enabled("SSLEV", "DISABLED", "Whether an event message is written when a TLS channel fails to start."),
    enabled("STRSTPEV", "ENABLED", "Whether an event message is written when the queue manager starts or stops."),
)

_SECURITY = (
    text("CERTLABL", 64, "The label of the queue manager's own certificate in its key repository."),
    choice(
        "CERTVPOL",
        "ANY RFC5280",
        "ANY",
        "How certificate chains are checked: leniently (ANY) or by RFC 5280 only.",
    ),
    enabled("CHLAUTH", "ENABLED", "Whether channel authentication records are applied to inbound channels."),
    name(
        "CONNAUTH",
        48,
        "The authentication information object that says how user ids and passwords are checked.",
    ),
    text(
        "INITKEY",
        256,
        "The initial key that encrypts stored passwords; set it before KEYRPWD.",
        since=Release(9, 3),
        secret=True,
    ),
    text(
        "KEYRPWD",
        1024,
        "The password of the key repository; kept encrypted.",
        since=Release(9, 3),
        secret=True,
    ),
    enabled(
        "REVDNS",
        "ENABLED",
        "Whether the host name of a connecting address is looked up, which address rules by name need.",
    ),
    name("SSLCRLNL", 48, "The namelist of the authentication information objects that check revocation."),
    text("SSLCRYP", 256, "Parameters of the cryptographic hardware."),
    choice("SSLFIPS", "NO YES", "NO", "Whether only FIPS-certified algorithms may be used for TLS."),
    text(
        "SSLKEYR",
        256,
        "The key repository: a full file name from 9.3, or the name without .kdb before and for CMS.",
    ),
    number("SSLRKEYC", (0, MOST), "0", "After how many bytes a TLS channel negotiates a new key; 0 is never."),
    words("SUITEB", "NONE 128_BIT 192_BIT", "NONE", "The Suite B strengths that TLS is limited to."),
)

_QUEUEING = (
    number("CCSID", (1, 65535), None, "The coded character set of the queue manager."),
    text("CUSTOM", 128, "Reserved for features without an attribute of their own."),
    name("DEADQ", 48, "The queue for messages that cannot be delivered."),
    name("DEFXMITQ", 48, "The transmission queue for messages to a queue manager that has none of its own."),
    text("DESCR", 64, "A description for people."),
    number("MAXHANDS", (0, MOST), "256", "How many objects one connection may have open."),
    number("MAXMSGL", (32768, LONGEST_MESSAGE), "4194304", "The longest message on any queue, in bytes."),
    number_or(
        "NOLIMIT",
        number(
            "MAXPROPL",
            (0, LONGEST_MESSAGE),
            "NOLIMIT",
            "How long the properties of a message may be, in bytes.",
        ),
    ),
    number("MAXUMSGS", (1, MOST), "10000", "How many uncommitted messages one unit of work may hold."),
    number_or(
        "NOLIMIT",
        number("MARKINT", (0, MOST), "5000", "For how long a browsed message stays marked, in milliseconds."),
    ),
    number(
        "TRIGINT",
        (0, MOST),
        "999999999",
        "After how many milliseconds a TRIGTYPE(FIRST) trigger is written again.",
    ),
)

_CHANNELS = (
    enabled(
        "CHAD",
        "DISABLED",
        "Whether receiver and server-connection channels are defined automatically when a partner asks.",
    ),
    text("CHADEXIT", 128, "The exit that is asked when a channel is defined automatically."),
    choice("IPADDRV", "IPV4 IPV6", "IPV4", "Which IP version is used where a host name has both."),
    choice("SCHINIT", "QMGR MANUAL", "QMGR", "Whether the channel initiator starts with the queue manager."),
    choice("SCMDSERV", "QMGR MANUAL", "QMGR", "Whether the command server starts with the queue manager."),
)

_CLUSTER = (
    text("CLWLDATA", 32, "Data handed to the cluster workload exit."),
    text("CLWLEXIT", 128, "The cluster workload exit."),
    number("CLWLLEN", (0, MOST), "100", "How many bytes of a message the cluster workload exit sees."),
    number(
        "CLWLMRUC",
        (1, MOST),
        "999999999",
        "How many of the most recently used cluster channels are chosen from.",
    ),
    choice("CLWLUSEQ", "LOCAL ANY", "LOCAL", "Whether a local instance of a cluster queue is preferred."),
    choice(
        "DEFCLXQ",
        "SCTQ CHANNEL",
        "SCTQ",
        "Whether cluster-sender channels share one transmission queue or have one each.",
    ),
    name("REPOS", 48, "The cluster for which this queue manager is a full repository."),
    name("REPOSNL", 48, "The namelist of clusters for which this queue manager is a full repository."),
)

_PUBSUB = (
    name("PARENT", 48, "The parent of this queue manager in a publish/subscribe hierarchy."),
    enabled("PSCLUS", "ENABLED", "Whether this queue manager takes part in publish/subscribe in clusters."),
    choice(
        "PSMODE",
        "ENABLED COMPAT DISABLED",
        "ENABLED",
        "Whether publish/subscribe runs: all of it, only the engine, or not.",
    ),
    choice(
        "PSNPMSG",
        "DISCARD KEEP",
        "DISCARD",
        "What becomes of a non-persistent input message that cannot be processed.",
    ),
    choice(
        "PSNPRES",
        "NORMAL SAFE DISCARD KEEP",
        "NORMAL",
        "What becomes of a non-persistent response that cannot be delivered.",
    ),
    number("PSRTYCNT", (0, MOST), "5", "How often a failed publish/subscribe command is tried again."),
    choice("PSSYNCPT", "IFPER YES", "IFPER", "Whether publish/subscribe commands are processed under syncpoint."),
    number(
        "TREELIFE",
        (0, 604000),
        "1800",
        "How long an unused topic stays in the topic tree, in seconds; 0 is for ever.",
    ),
)

_LEVELS = "NONE OFF LOW MEDIUM HIGH"
_MONITORING = (
    enabled("ACCTCONO", "DISABLED", "Whether applications may override ACCTQ and ACCTMQI."),
    number("ACCTINT", (1, 604800), "1800", "How often accounting records are written, in seconds."),
    choice("ACCTMQI", "OFF ON", "OFF", "Whether accounting is collected for MQI calls."),
    choice("ACCTQ", "OFF ON NONE", "OFF", "Whether accounting is collected for queues."),
    choice("ACTIVREC", "MSG DISABLED QUEUE", "MSG", "Where activity reports go."),
    enabled("ACTVCONO", "DISABLED", "Whether applications may override ACTVTRC."),
    choice("ACTVTRC", "OFF ON", "OFF", "Whether an activity trace is collected."),
    choice(
        "MONACLS",
        "QMGR NONE LOW MEDIUM HIGH",
        "QMGR",
        "How much is monitored on automatically defined cluster-sender channels.",
    ),
    choice("MONCHL", _LEVELS, "OFF", "How much is monitored on channels."),
    choice("MONQ", _LEVELS, "OFF", "How much is monitored on queues."),
    choice("ROUTEREC", "MSG DISABLED QUEUE", "MSG", "Where trace-route reports go."),
    choice(
        "STATACLS",
        "QMGR NONE LOW MEDIUM HIGH",
        "QMGR",
        "How many statistics automatically defined cluster-sender channels collect.",
    ),
    choice("STATCHL", _LEVELS, "OFF", "How many statistics channels collect."),
    number("STATINT", (1, 604800), "1800", "How often statistics are written, in seconds."),
    choice("STATMQI", "OFF ON", "OFF", "Whether statistics are collected for MQI calls."),
    choice("STATQ", "OFF ON NONE", "OFF", "Whether statistics are collected for queues."),
)

_IMAGES = (
    number_or(
        "OFF",
        number("IMGINTVL", (1, MOST), "60", "How often media images are taken automatically, in minutes."),
    ),
    number_or("OFF", number("IMGLOGLN", (1, MOST), "OFF", "After how many megabytes of log media images are taken.")),
    choice("IMGRCOVO", "YES NO", "YES", "Whether objects other than queues can be recovered from a media image."),
    choice(
        "IMGRCOVQ",
        "YES NO",
        "YES",
        "Whether queues can be recovered from a media image unless they say otherwise.",
    ),
    choice(
        "IMGSCHED",
        "MANUAL AUTO",
        "MANUAL",
        "Whether media images are taken automatically; linear logging only.",
    ),
)

_SHOWN = (
    shown("ADVCAP", "Whether the queue manager has the extended functions of MQ Advanced."),
    shown("AMQPCAP", "Whether the queue manager can run AMQP channels."),
    shown("CMDLEVEL", "The command level: version, release and modification as one number."),
    shown("COMMANDQ", "The queue that takes commands for the queue manager."),
    shown("CRDATE", "The day on which the queue manager was created."),
    shown("CRTIME", "The time at which the queue manager was created."),
    shown("DISTL", "Whether distribution lists are supported."),
    shown("MAXPRTY", "The highest message priority."),
    shown("PLATFORM", "The kind of operating system."),
    shown("QMID", "The internal unique name of the queue manager."),
    shown("QMNAME", "The name of the queue manager."),
    shown("SPLCAP", "Whether the queue manager can protect messages by policy (Advanced Message Security)."),
    shown("SYNCPT", "Whether syncpoints are supported."),
    shown("VERSION", "The release as eight digits."),
    shown("XRCAP", "Whether the queue manager can run telemetry (MQTT) channels."),
)

QMGR = (
    *_EVENTS,
    *_SECURITY,
    *_QUEUEING,
    *_CHANNELS,
    *_CLUSTER,
    *_PUBSUB,
    *_MONITORING,
    *_IMAGES,
    *_SHOWN,
    *ALTERED,
)
