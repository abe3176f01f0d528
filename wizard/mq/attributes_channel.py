"""The attributes of channels on Multiplatforms, by channel type.

What a channel does with messages, clusters and exits is in `attributes_channel_work`. An attribute whose
default differs by channel type stands in two rows.
"""

from __future__ import annotations

from wizard.mq.attribute_type import (
    ALTERED,
    LONGEST_MESSAGE,
    MOST,
    Attribute,
    Type,
    choice,
    name,
    number,
    number_or,
    of,
    text,
)
from wizard.mq.attributes_channel_work import WORK
from wizard.mq.channel_types import ANSWERING, CALLING, EVERY, NOT_AMQP, RECEIVING, SENDING

_IDENTITY = (
    choice("CHLTYPE", " ".join(sorted(EVERY)), None, "The type of the channel."),
    text("DESCR", 64, "A description for people."),
    choice("TRPTYPE", "TCP LU62 NETBIOS SPX", "TCP", "The transport protocol.", chltypes=NOT_AMQP),
    Attribute(
        "CONNAME",
        Type.CONNAME,
        length=264,
        default="",
        chltypes=CALLING,
        description="Where the partner is: host(port), several with commas between them.",
    ),
    text("LOCLADDR", 48, "The local address or port to call from.", chltypes=CALLING | of("AMQP")),
    name("XMITQ", 48, "The transmission queue that the channel empties.", chltypes=of("SDR SVR")),
    name("QMNAME", 48, "The queue manager that clients look this channel up by.", chltypes=of("CLNTCONN")),
    *ALTERED,
)

_TLS = (
    Attribute(
        "SSLCIPH",
        Type.CIPHER,
        length=32,
        default="",
        chltypes=EVERY,
        description="The CipherSpec; blank means the channel is not protected.",
    ),
    choice(
        "SSLCAUTH",
        "REQUIRED OPTIONAL",
        "REQUIRED",
        "Whether the partner must show a certificate.",
        chltypes=ANSWERING,
    ),
    Attribute(
        "SSLPEER",
        Type.DN,
        length=1024,
        default="",
        chltypes=EVERY,
        description="The distinguished name that the partner's certificate must match.",
    ),
    text(
        "CERTLABL",
        64,
        "The label of the certificate that this channel shows; blank means the queue manager's.",
        chltypes=EVERY - of("CLUSSDR"),
    ),
)

_USERS = (
    text(
        "MCAUSER",
        64,
        "The user id that the channel's work runs under; at most 12 characters on AIX and Linux.",
        chltypes=EVERY - of("CLNTCONN"),
    ),
    choice(
        "PUTAUT",
        "DEF CTX",
        "DEF",
        "Whether messages are put as the channel's user or as the message's.",
        chltypes=RECEIVING,
    ),
    text("USERID", 12, "The user id sent to the partner.", chltypes=CALLING - of("CLUSRCVR")),
    text("PASSWORD", 12, "The password sent to the partner.", chltypes=CALLING - of("CLUSRCVR"), secret=True),
    choice("USECLTID", "NO YES", "NO", "Whether the AMQP client id is used as the user id.", chltypes=of("AMQP")),
)

_LIFE = (
    number(
        "DISCINT",
        (0, 999999),
        "6000",
        "After how many idle seconds the channel ends; 0 is never.",
        chltypes=SENDING,
    ),
    number(
        "DISCINT",
        (0, 999999),
        "0",
        "After how many idle seconds a client is disconnected; 0 is never.",
        chltypes=of("SVRCONN"),
    ),
    number(
        "HBINT",
        (0, 999999),
        "300",
        "How often an idle channel says that it is alive, in seconds.",
        chltypes=NOT_AMQP,
    ),
    number_or(
        "AUTO",
        number("KAINT", (0, 99999), "AUTO", "The TCP keep-alive interval, in seconds.", chltypes=NOT_AMQP),
    ),
    number_or(
        "AUTO",
        number(
            "AMQPKA",
            (0, 99999),
            "AUTO",
            "The keep-alive interval of an AMQP channel, in milliseconds.",
            chltypes=of("AMQP"),
        ),
    ),
    number(
        "LONGRTY",
        (0, MOST),
        "999999999",
        "How often a start is tried again after the short retries.",
        chltypes=SENDING,
    ),
    number("LONGTMR", (0, MOST), "1200", "How long to wait between long retries, in seconds.", chltypes=SENDING),
    number("SHORTRTY", (0, MOST), "10", "How often a failed start is tried again at first.", chltypes=SENDING),
    number("SHORTTMR", (0, MOST), "60", "How long to wait between short retries, in seconds.", chltypes=SENDING),
    number(
        "MAXMSGL",
        (0, LONGEST_MESSAGE),
        "4194304",
        "The longest message that the channel carries, in bytes.",
        chltypes=EVERY,
    ),
    number(
        "MAXINST",
        (0, MOST),
        "999999999",
        "How many instances of the channel may run at once.",
        chltypes=of("SVRCONN AMQP"),
    ),
    number(
        "MAXINSTC",
        (0, MOST),
        "999999999",
        "How many instances one client host may have.",
        chltypes=of("SVRCONN"),
    ),
    number(
        "SHARECNV",
        (0, MOST),
        "10",
        "How many conversations share one TCP connection.",
        chltypes=of("SVRCONN CLNTCONN"),
    ),
    number("PORT", (1, 65535), "5672", "The port on which an AMQP channel listens.", chltypes=of("AMQP")),
)

_CLIENT = (
    choice(
        "AFFINITY",
        "PREFERRED NONE",
        "PREFERRED",
        "Whether a client keeps to the first channel it chose.",
        chltypes=of("CLNTCONN"),
    ),
    number(
        "CLNTWGHT",
        (0, 99),
        "0",
        "How likely a client is to choose this channel; 0 is by name.",
        chltypes=of("CLNTCONN"),
    ),
    choice(
        "DEFRECON",
        "NO YES QMGR DISABLED",
        "NO",
        "Whether a broken connection is made again by itself.",
        chltypes=of("CLNTCONN"),
    ),
)

CHANNEL = (
    *_IDENTITY,
    *_TLS,
    *_USERS,
    *_LIFE,
    *_CLIENT,
    *WORK,
)
