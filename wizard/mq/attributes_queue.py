"""The attributes of local, model, alias and remote queues on Multiplatforms."""

from __future__ import annotations

from wizard.mq.attribute_type import (
    ALTERED,
    LONGEST_MESSAGE,
    MOST,
    choice,
    enabled,
    flag,
    name,
    number,
    number_or,
    shown,
    text,
)
from wizard.mq.releases import Release

_STREAMING = Release(9, 3)
_CAPPED = Release(9, 3, 1)

_EVERY_QUEUE = (
    number_or(
        "NOLIMIT",
        number(
            "CAPEXPRY",
            (1, MOST),
            "NOLIMIT",
            "The longest life of a message, in tenths of a second.",
            since=_CAPPED,
        ),
    ),
    text("CUSTOM", 128, "Reserved for features without an attribute of their own."),
    choice(
        "DEFPRESP",
        "SYNC ASYNC",
        "SYNC",
        "Whether a put waits for the answer where the application leaves it to the queue.",
    ),
    number("DEFPRTY", (0, 9), "0", "The priority of a message where the application leaves it to the queue."),
    choice(
        "DEFPSIST",
        "NO YES",
        "NO",
        "Whether messages survive a restart where the application leaves it to the queue.",
    ),
    text("DESCR", 64, "A description for people."),
    enabled("PUT", "ENABLED", "Whether messages may be put."),
    *ALTERED,
)

_CLUSTERED = (
    name("CLUSNL", 48, "The namelist of clusters that the queue is shared in."),
    name("CLUSTER", 48, "The cluster that the queue is shared in."),
    number("CLWLPRTY", (0, 9), "0", "The priority of this instance among those of the cluster."),
    number("CLWLRANK", (0, 9), "0", "The rank of this instance among those of the cluster."),
    choice(
        "DEFBIND",
        "OPEN NOTFIXED GROUP",
        "OPEN",
        "Whether all messages of one open go to the same instance of a cluster queue.",
    ),
    choice("SCOPE", "QMGR CELL", "QMGR", "Where the definition can be seen."),
)

_READ_FROM = (
    choice("DEFREADA", "NO YES DISABLED", "NO", "Whether messages are sent to a client before it asks."),
    enabled("GET", "ENABLED", "Whether messages may be got."),
    choice(
        "PROPCTL",
        "COMPAT ALL FORCE NONE V6COMPAT",
        "COMPAT",
        "How message properties reach applications that do not ask for them.",
    ),
)

_HOLDS_MESSAGES = (
    choice("ACCTQ", "QMGR OFF ON", "QMGR", "Whether accounting is collected for the queue."),
    name("BOQNAME", 48, "The queue that an application moves messages to that it cannot process."),
    number("BOTHRESH", (0, MOST), "0", "After how many backouts a message should go to BOQNAME."),
    flag("HARDENBO", "YES", "Whether the backout count survives a restart."),
    choice("IMGRCOVQ", "QMGR YES NO", "QMGR", "Whether the queue can be recovered from a media image."),
    name("INITQ", 48, "The queue that trigger messages go to."),
    number("MAXDEPTH", (0, MOST), "5000", "How many messages the queue holds at most."),
    number_or(
        "DEFAULT",
        number(
            "MAXFSIZE",
            (20, 267386880),
            "DEFAULT",
            "How large the queue file may become, in megabytes.",
            since=Release(9, 1, 5),
        ),
    ),
    number("MAXMSGL", (0, LONGEST_MESSAGE), "4194304", "The longest message on the queue, in bytes."),
    choice("MONQ", "QMGR NONE OFF LOW MEDIUM HIGH", "QMGR", "How much is monitored on the queue."),
    choice(
        "MSGDLVSQ",
        "PRIORITY FIFO",
        "PRIORITY",
        "Whether messages come by priority or in the order of their arrival.",
    ),
    choice("NPMCLASS", "NORMAL HIGH", "NORMAL", "Whether non-persistent messages survive an orderly restart."),
    name("PROCESS", 48, "The process definition that is triggered."),
    number("QDEPTHHI", (0, 100), "80", "At which percentage of MAXDEPTH the queue counts as nearly full."),
    number("QDEPTHLO", (0, 100), "20", "At which percentage of MAXDEPTH the queue counts as nearly empty."),
    enabled("QDPHIEV", "DISABLED", "Whether an event message is written when the queue is nearly full."),
    enabled("QDPLOEV", "DISABLED", "Whether an event message is written when the queue is nearly empty."),
    enabled("QDPMAXEV", "ENABLED", "Whether an event message is written when the queue is full."),
    choice("QSVCIEV", "NONE HIGH OK", "NONE", "Which service-interval events are written."),
    number("QSVCINT", (0, MOST), "999999999", "The service interval, in milliseconds."),
    number(
        "RETINTVL",
        (0, MOST),
        "999999999",
        "For how many hours the queue is meant to be needed; a note for people.",
    ),
    choice("STATQ", "QMGR OFF ON", "QMGR", "Whether statistics are collected for the queue."),
    name("STREAMQ", 48, "The queue that gets a copy of each message.", since=_STREAMING),
    choice(
        "STRMQOS",
        "BESTEF MUSTDUP",
        "BESTEF",
        "Whether a message may be put when its copy cannot.",
        since=_STREAMING,
    ),
    text("TRIGDATA", 64, "Data for the trigger message; for a transmission queue the channel to start."),
    number("TRIGDPTH", (1, MOST), "1", "At how many messages TRIGTYPE(DEPTH) triggers."),
    flag("TRIGGER", "NO", "Whether a message that arrives starts a program or a channel."),
    number("TRIGMPRI", (0, 9), "0", "The lowest priority of a message that counts for triggering."),
    choice("TRIGTYPE", "FIRST EVERY DEPTH NONE", "FIRST", "When a trigger message is written."),
    choice("USAGE", "NORMAL XMITQ", "NORMAL", "Whether this is a transmission queue."),
    name("CLCHNAME", 20, "The cluster-sender channels that use this transmission queue."),
)

_LOCAL_ONLY = (
    choice("CLWLUSEQ", "QMGR ANY LOCAL", "QMGR", "Whether the local instance of a cluster queue is preferred."),
    choice(
        "DEFSOPT",
        "SHARED EXCL",
        "SHARED",
        "How the queue is opened for input where the application leaves it open.",
    ),
    choice("DISTL", "NO YES", "NO", "Whether the partner queue manager takes distribution lists."),
    flag("SHARE", "YES", "Whether several programs may read the queue at once."),
    shown("CRDATE", "The day on which the queue was created."),
    shown("CRTIME", "The time at which the queue was created."),
    shown("CURDEPTH", "How many messages are on the queue now."),
    shown("DEFTYPE", "Whether the queue was defined or made from a model."),
    shown("IPPROCS", "How many handles have the queue open for input."),
    shown("OPPROCS", "How many handles have the queue open for output."),
)

_MODEL_ONLY = (
    choice(
        "DEFSOPT",
        "EXCL SHARED",
        "EXCL",
        "How the queue is opened for input where the application leaves it open.",
    ),
    choice(
        "DEFTYPE",
        "TEMPDYN PERMDYN",
        "TEMPDYN",
        "Whether queues made from this model go when they are closed.",
    ),
    choice("DISTL", "NO YES", "NO", "Whether the partner queue manager takes distribution lists."),
    flag("SHARE", "NO", "Whether several programs may read the queue at once."),
    shown("CRDATE", "The day on which the model was created."),
    shown("CRTIME", "The time at which the model was created."),
)

_ALIAS_ONLY = (
    name("TARGET", 48, "The queue or topic that the alias stands for."),
    choice("TARGTYPE", "QUEUE TOPIC", "QUEUE", "Whether the alias stands for a queue or for a topic."),
)

_REMOTE_ONLY = (
    name("RNAME", 48, "The queue's name on the other queue manager; blank for a queue manager alias."),
    name("RQMNAME", 48, "The queue manager that has the queue."),
    name("XMITQ", 48, "The transmission queue to use; blank means the one with the queue manager's name."),
)

QLOCAL = (*_EVERY_QUEUE, *_CLUSTERED, *_READ_FROM, *_HOLDS_MESSAGES, *_LOCAL_ONLY)
QMODEL = (*_EVERY_QUEUE, *_READ_FROM, *_HOLDS_MESSAGES, *_MODEL_ONLY)
QALIAS = (*_EVERY_QUEUE, *_CLUSTERED, *_READ_FROM, *_ALIAS_ONLY)
QREMOTE = (*_EVERY_QUEUE, *_CLUSTERED, *_REMOTE_ONLY)
