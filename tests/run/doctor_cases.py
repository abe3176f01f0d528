"""Healthy values for the doctor's judges, to be made unwell by each test, and what tests read from findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from wizard.mq.ini import stanzas
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.plan.facts import CertificateFact
from wizard.run.doctor.findings import Finding, Severity
from wizard.run.doctor.seen import (
    ChannelSeen,
    DataSeen,
    FolderSeen,
    InstallationSeen,
    ListenerSeen,
    MemorySeen,
    MqSeen,
    QueueManagerSeen,
    Seen,
    StoreSeen,
    SystemSeen,
    UserSeen,
)
from wizard.run.dspmq import parse
from wizard.run.installation import Installation

MQM = 989
NOW = datetime(2026, 11, 20, 10, 12, tzinfo=UTC)
PATH = "/opt/mqm"
CHOSEN = Installation("Installation1", Path(PATH), Release(9, 4), Path("/var/mqm"))
STORE = "/var/mqm/qmgrs/QM1/ssl/key.p12"
GIB = 1_073_741_824

USER = UserSeen("app", mqm=MQM, mqm_user=988, member=True, active=True)
SYSTEM = SystemSeen(open_files=(10_240, 524_288), processes=(4_096, None))
MQ = MqSeen(
    installations=(InstallationSeen("Installation1", PATH, "9.4.0.0", primary=True),),
    chosen=CHOSEN,
    built="240605",
    set_up=PATH,
    on_path=PATH,
    java="/usr/bin/java",
)
DATA = DataSeen(
    tuple(FolderSeen(path, gid=MQM, device=1, free=50 * GIB, inodes=0.9) for path in ("/var/mqm", "/var/mqm/qmgrs")),
    FolderSeen("/var/mqm/errors", mode=0o3777, gid=MQM),
)
MEMORY = MemorySeen(FolderSeen("/home/app/state", mode=0o700, device=2, free=50 * GIB, inodes=0.9))

OWN = MqObject(
    Kind.QMGR,
    "QM1",
    {
        "CERTLABL": "qm1",
        "CHLAUTH": "ENABLED",
        "CONNAUTH": "SYSTEM.DEFAULT.AUTHINFO.IDPWOS",
        "SSLKEYR": STORE,
        "VERSION": "09040000",
        "SSLFIPS": "NO",
    },
)
LOGIN = MqObject(
    Kind.AUTHINFO,
    "SYSTEM.DEFAULT.AUTHINFO.IDPWOS",
    {"AUTHTYPE": "IDPWOS", "CHCKCLNT": "REQDADM", "CHCKLOCL": "OPTIONAL", "ADOPTCTX": "YES"},
)
SETTINGS = "Channels:\n ChlauthEarlyAdopt=Y\nTCP:\n SecureCommsOnly=YES\nSSL:\n AllowTLSV13=TRUE\n"


def certificate(label: str = "qm1", *, days: int | None = 200, personal: bool = True) -> CertificateFact:
    """An entry of a key repository."""
    return CertificateFact(label, personal, subject=f"CN={label}", days_left=days)


def store_file(ending: str = ".p12", *, mode: int = 0o640, gid: int = MQM, uid: int = 1000) -> FolderSeen:
    """One file of a key repository."""
    return FolderSeen(STORE.replace(".p12", ending), mode=mode, uid=uid, gid=gid)


STORED = StoreSeen(STORE, STORE, files=(store_file(), store_file(".sth")), certificates=(certificate(),))


def manager(line: str = "QMNAME(QM1) STATUS(Running) INSTNAME(Installation1)", **changed: object) -> QueueManagerSeen:
    """A queue manager that runs and answers, with one secured channel; `line` is what dspmq says."""
    healthy = QueueManagerSeen(
        parse(line)[0],
        asked=True,
        own=OWN,
        authentication=LOGIN,
        listeners=(ListenerSeen("LISTENER.TCP", "*", 1414),),
        channels=(ChannelSeen("APP1.SVRCONN", "SVRCONN", "ANY_TLS12_OR_HIGHER"),),
        settings=stanzas(SETTINGS),
        error_log=4_000,
        store=STORED,
    )
    return replace(healthy, **changed)  # type: ignore[arg-type]


def still(status: str, more: str = "") -> QueueManagerSeen:
    """A queue manager that cannot be asked."""
    return QueueManagerSeen(parse(f"QMNAME(QM1) STATUS({status}) INSTNAME(Installation1) {more}")[0])


def whole(**changed: object) -> Seen:
    """A machine on which everything is well."""
    healthy = Seen(
        moment=NOW,
        host="mqhost",
        sandboxed=False,
        arguments=("mqwizard", "doctor"),
        mq=MQ,
        user=USER,
        system=SYSTEM,
        data=DATA,
        memory=MEMORY,
        queue_managers=(manager(),),
    )
    return replace(healthy, **changed)  # type: ignore[arg-type]


def worst(findings: Iterable[Finding]) -> str:
    """The worst severity among findings, and every one worse than ok must say what it means or what to do."""
    found = list(findings)
    for finding in found:
        assert finding.what.endswith((".", ")")), finding
        if finding.severity in {Severity.WARNING, Severity.PROBLEM}:
            assert finding.means or finding.remedy, finding
    order = list(Severity)
    return max((finding.severity for finding in found), key=order.index, default=Severity.OK).value


def unwell(findings: Iterable[Finding]) -> str:
    """What, meaning and remedy of everything worse than a note, as one text."""
    bad = [one for one in findings if one.severity in {Severity.WARNING, Severity.PROBLEM}]
    return "\n".join(f"{one.severity}: {one.what} {one.means} {one.remedy}" for one in bad)


def told(findings: Iterable[Finding]) -> str:
    """What, meaning and remedy of everything, as one text."""
    return "\n".join(f"{one.severity}: {one.what} {one.means} {one.remedy}" for one in findings)
