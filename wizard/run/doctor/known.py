"""What the doctor measures against: MQ's commands and their packages, what each release brought, limits, sizes.

Recalled, to be settled on a real machine: the names of packages, the limits of IBM's installation check, the sizes of
error logs, and who owns MQ's folders. They stand here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from wizard.mq.releases import Release
from wizard.run.doctor.findings import Severity

OPEN_FILES = 10_240
"""Open files that MQ wants a process to be allowed (recalled; strmqm says so itself: facts commands 1.2)."""

PROCESSES = 4_096
"""Processes and threads that MQ wants a user to be allowed (recalled)."""

LITTLE_SPACE = 1_073_741_824
NO_SPACE = 104_857_600
"""Bytes free below which a file system is nearly full, or as good as full."""

FEW_INODES = 0.05
"""Part of the inodes below which a file system is nearly full."""

ERROR_LOG_SIZE = 33_554_432
"""Bytes at which MQ begins a new AMQERR01.LOG where qm.ini does not say otherwise (recalled)."""

ERRORS_MODE = "3777"
"""What everybody may do in MQ's errors folder, since every client writes there (recalled)."""

RECENT_DAYS = 7.0
"""Days within which an incident report of MQ (FDC file) counts as recent."""

SOON_DAYS = 30
URGENT_DAYS = 14
"""Days before its end at which a certificate is named, and at which it must be replaced (facts TLS 7.7)."""

BUILD_YEAR = 2026
"""The year of this mqwizard: a clock that shows an earlier one is wrong."""


OLDEST = Release(9, 1)
"""The oldest release that mqwizard knows."""


@dataclass(frozen=True)
class Known:
    """Commands of MQ that come together: how bad it is without them, what is lost, which package brings them."""

    commands: tuple[str, ...]
    severity: Severity
    means: str
    package: str
    since: Release = OLDEST


COMMANDS = (
    Known(
        ("crtmqm", "strmqm", "endmqm", "dltmqm", "dspmq", "dspmqver", "runmqsc", "runmqlsr", "dmpmqcfg"),
        Severity.PROBLEM,
        "Without them no queue manager can be made, driven or saved.",
        "MQSeriesServer (ibmmq-server on Debian and Ubuntu)",
    ),
    Known(
        ("runmqakm",),
        Severity.PROBLEM,
        "Without it no key repository can be made or read: no TLS.",
        "MQSeriesGSKit (ibmmq-gskit)",
    ),
    Known(
        ("amqsputc", "amqsgetc"),
        Severity.WARNING,
        "The proof sends its messages with them; without them it can only ask MQ and try TLS.",
        "MQSeriesSamples and MQSeriesClient (ibmmq-samples, ibmmq-client)",
    ),
    Known(
        ("runmqktool",),
        Severity.NOTE,
        "Stores for Java clients cannot be looked into with MQ's own tool.",
        "MQSeriesJRE (ibmmq-jre)",
        Release(9, 4),
    ),
    Known(
        ("runmqicred",),
        Severity.NOTE,
        "Passwords of clients' key repositories cannot be encrypted here.",
        "MQSeriesClient (ibmmq-client)",
        Release(9, 3),
    ),
    Known(
        ("dspmqinst", "endmqlsr", "setmqaut", "dspmqaut", "mqrc"),
        Severity.NOTE,
        "mqwizard does without them; people who look after MQ do not.",
        "MQSeriesRuntime and MQSeriesServer (ibmmq-runtime, ibmmq-server)",
    ),
)


@dataclass(frozen=True)
class Capability:
    """Something that a release of MQ brought, and what is done without it."""

    name: str
    """The property of a release that says whether it is there."""
    what: str
    since: str
    means: str


CAPABILITIES = (
    Capability(
        "pkcs12_repository",
        "PKCS#12 key repositories",
        "9.3.0",
        "Key repositories are CMS files (.kdb) with a stash file; SSLKEYR is their path without .kdb.",
    ),
    Capability(
        "key_repository_password",
        "KEYRPWD and INITKEY",
        "9.3.0",
        "A repository's password can only be stashed beside it, where the stash is as good as the password.",
    ),
    Capability(
        "json_ccdt",
        "client definitions as JSON",
        "9.1.2",
        "Clients get a binary table (AMQCLCHL.TAB), to be copied in binary.",
    ),
    Capability(
        "any_tls12_or_higher",
        "CipherSpec aliases such as ANY_TLS12_OR_HIGHER, and TLS 1.3",
        "9.1.4",
        "Channels name one CipherSpec, which both ends must share; TLS 1.2 is the newest protocol.",
    ),
    Capability(
        "secure_comms_only",
        "SecureCommsOnly",
        "9.3.0",
        "A queue manager cannot refuse channels without TLS as a whole; rules have to.",
    ),
    Capability(
        "automatic_configuration",
        "automatic configuration (crtmqm -ii, -ic)",
        "9.2.0",
        "A container's settings have to be run through runmqsc.",
    ),
    Capability(
        "runmqicred",
        "runmqicred",
        "9.3.0",
        "A client's password for its key repository is stashed or stands in the clear.",
    ),
    Capability(
        "runmqktool",
        "runmqktool",
        "9.4.0",
        "Stores for Java clients are looked into with runmqckm or keytool.",
    ),
)

STEERING = ("MQSERVER", "MQCHLLIB", "MQCHLTAB", "MQCCDTURL", "MQSSLKEYR", "MQCLNTCF", "MQCERTLABL")
"""Variables of a session that steer every C client started in it (facts commands 9)."""

ICU_FOLDERS = ("/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/powerpc64le-linux-gnu", "/usr/lib", "/lib64")
"""Where GSKit 9 finds the system's libicuio, without which every runmqakm call dies (facts TLS 2.1, a field report)."""

GSKIT9 = "gskit9"
"""The folder of an installation that holds GSKit 9."""

KEPT_BESIDE = (".sth", ".rdb", ".crl")
"""Endings of the files that belong to a key repository (facts commands 4.4)."""
