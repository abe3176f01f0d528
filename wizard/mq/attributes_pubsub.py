"""The attributes of topics, administrative subscriptions and multicast communication information."""

from __future__ import annotations

from wizard.mq.attribute_type import ALTERED, MOST, choice, enabled, name, number, number_or, shown, text
from wizard.mq.releases import Release

_SWITCH = "ASPARENT ENABLED DISABLED"
_DELIVERY = "ASPARENT ALL ALLDUR ALLAVAIL"

TOPIC = (
    text("TOPICSTR", 10240, "The topic string that the object stands for; it cannot be changed."),
    text("DESCR", 64, "A description for people."),
    choice("TYPE", "LOCAL CLUSTER", "LOCAL", "Whether the topic is defined here."),
    name("CLUSTER", 48, "The cluster that the topic is shared in."),
    choice(
        "CLROUTE",
        "DIRECT TOPICHOST NONE",
        "DIRECT",
        "Whether publications go straight to subscribers or through the topic's hosts.",
    ),
    number_or(
        "ASPARENT NOLIMIT",
        number(
            "CAPEXPRY",
            (1, MOST),
            "ASPARENT",
            "The longest life of a publication, in tenths of a second.",
            since=Release(9, 3, 1),
        ),
    ),
    name("COMMINFO", 48, "The multicast communication information."),
    text("CUSTOM", 128, "Reserved for features without an attribute of their own."),
    choice(
        "DEFPRESP",
        "ASPARENT SYNC ASYNC",
        "ASPARENT",
        "Whether a publisher waits for the answer where it leaves it open.",
    ),
    number_or(
        "ASPARENT",
        number("DEFPRTY", (0, 9), "ASPARENT", "The priority of a publication where the publisher leaves it open."),
    ),
    choice(
        "DEFPSIST",
        "ASPARENT YES NO",
        "ASPARENT",
        "Whether publications survive a restart where the publisher leaves it open.",
    ),
    choice("DURSUB", "ASPARENT YES NO", "ASPARENT", "Whether durable subscriptions are allowed."),
    choice("MCAST", "ASPARENT ENABLED DISABLED ONLY", "ASPARENT", "Whether publications may go by multicast."),
    name("MDURMDL", 48, "The model for queues of managed durable subscriptions."),
    name("MNDURMDL", 48, "The model for queues of managed non-durable subscriptions."),
    choice("NPMSGDLV", _DELIVERY, "ASPARENT", "Whom a non-persistent publication must reach."),
    choice("PMSGDLV", _DELIVERY, "ASPARENT", "Whom a persistent publication must reach."),
    choice("PROXYSUB", "FIRSTUSE FORCE", "FIRSTUSE", "When other queue managers are told of a subscription."),
    choice("PUB", _SWITCH, "ASPARENT", "Whether publishing is allowed."),
    choice("PUBSCOPE", "ASPARENT ALL QMGR", "ASPARENT", "Whether publications leave this queue manager."),
    choice("SUB", _SWITCH, "ASPARENT", "Whether subscribing is allowed."),
    choice(
        "SUBSCOPE",
        "ASPARENT ALL QMGR",
        "ASPARENT",
        "Whether subscriptions are made known to other queue managers.",
    ),
    choice(
        "USEDLQ",
        "ASPARENT YES NO",
        "ASPARENT",
        "Whether publications that cannot be delivered go to the dead-letter queue.",
    ),
    choice(
        "WILDCARD",
        "PASSTHRU BLOCK",
        "PASSTHRU",
        "Whether subscriptions with wildcards above this topic see it.",
    ),
    shown("CLSTATE", "The state of the topic in its cluster."),
    *ALTERED,
)

SUB = (
    text("TOPICSTR", 10240, "The topic string that is subscribed to, under TOPICOBJ where there is one."),
    name("TOPICOBJ", 48, "The topic object that is subscribed to."),
    name("DEST", 48, "The queue that publications go to."),
    name("DESTQMGR", 48, "The queue manager that has that queue."),
    choice(
        "DESTCLAS",
        "PROVIDED MANAGED",
        "PROVIDED",
        "Whether the queue is named here or made by the queue manager.",
    ),
    text("DESTCORL", 48, "The correlation id that publications get, in hexadecimal digits."),
    number_or(
        "UNLIMITED",
        number("EXPIRY", (0, MOST), "UNLIMITED", "After how many tenths of a second the subscription ends."),
    ),
    choice(
        "PSPROP",
        "MSGPROP NONE COMPAT RFH2",
        "MSGPROP",
        "How publish/subscribe properties are added to messages.",
    ),
    text("PUBACCT", 64, "The accounting token of publications, in hexadecimal digits."),
    text("PUBAPPID", 32, "The application identity data of publications."),
    number_or("ASPUB ASQDEF", number("PUBPRTY", (0, 9), "ASPUB", "The priority of publications.")),
    choice("REQONLY", "NO YES", "NO", "Whether publications come only when asked for."),
    text("SELECTOR", 10240, "The condition that publications must meet."),
    number("SUBLEVEL", (0, 9), "1", "The level of the subscription among those that intercept publications."),
    choice("SUBSCOPE", "ALL QMGR", "ALL", "Whether the subscription is made known to other queue managers."),
    text("SUBUSER", 12, "The user whose authority is checked."),
    text("USERDATA", 10240, "Data that is sent with each publication."),
    choice("VARUSER", "ANY FIXED", "ANY", "Whether another user may take the subscription over."),
    choice("WSCHEMA", "TOPIC CHAR", "TOPIC", "Whether wildcards stand for levels of a topic or for characters."),
    shown("CRDATE", "The day on which the subscription was made."),
    shown("CRTIME", "The time at which the subscription was made."),
    shown("DISTYPE", "Whether TOPICSTR is shown as resolved or as defined."),
    shown("DURABLE", "Whether the subscription outlives the application."),
    shown("SUBID", "The internal unique id of the subscription."),
    shown("SUBTYPE", "How the subscription was made."),
    *ALTERED,
)

COMMINFO = (
    choice("TYPE", "MULTICAST", None, "The kind of communication."),
    text("DESCR", 64, "A description for people."),
    enabled("BRIDGE", "DISABLED", "Whether publications are bridged between multicast and other applications."),
    number_or("ASPUB", number("CCSID", (1, 65535), "ASPUB", "The coded character set of publications.")),
    choice("COMMEV", "DISABLED ENABLED EXCEPTION", "DISABLED", "Whether multicast writes event messages."),
    choice("ENCODING", "ASPUB NORMAL REVERSED S390 TNS", "ASPUB", "How numbers in publications are encoded."),
    text("GRPADDR", 264, "The multicast group's address or name.", "239.0.0.0"),
    number(
        "MCHBINT",
        (0, 999999),
        "2000",
        "How often multicast publishers say that they are alive, in milliseconds.",
    ),
    choice("MCPROP", "ALL REPLY USER NONE COMPAT", "ALL", "Which properties flow with a publication."),
    number("MONINT", (0, 999999), "60", "How often monitoring is updated, in seconds."),
    number("MSGHIST", (0, MOST), "100", "How many kilobytes of messages are kept for sending again."),
    choice("NSUBHIST", "NONE ALL", "NONE", "How much history a new subscriber gets."),
    number("PORT", (0, 65535), "1414", "The port that is used."),
    *ALTERED,
)
