"""A queue manager that mqwizard did not make keeps what it has; the job is added beside it, or refused."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from wizard.cli.main import main
from wizard.sandbox import install

RECIPE = """\
mqwizard: 1
organization: Example
trust: {kind: ca, key: ec-p256}
certificates: {key: rsa-2048}
queue_managers:
  QM1: {listener: 1414, queues: [Q1]}
clients:
  app1: {connects_to: QM1, tls: TLS, queues: [Q1]}
"""
PASSWORD = "Long-Passw0rd-1"


class Theirs:
    """A queue manager made by hand, with objects of its own, in a sandbox below the test's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sandbox = install.prepare(folder / "sb")
        self.ssl = self.sandbox.folder / "var/mqm/qmgrs/QM1/ssl"
        self.command("crtmqm", "QM1")
        self.command("strmqm", "QM1")
        self.mqsc(
            "DEFINE QLOCAL(THEIR.Q)",
            "DEFINE CHANNEL(THEIR.SVRCONN) CHLTYPE(SVRCONN) TRPTYPE(TCP)",
            "SET CHLAUTH('THEIR.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('127.0.0.1') USERSRC(CHANNEL)",
        )

    def command(self, name: str, *arguments: str) -> str:
        argv = [str(self.sandbox.bin / name), *arguments]
        return subprocess.run(argv, capture_output=True, text=True, check=True).stdout

    def mqsc(self, *commands: str) -> str:
        argv = [str(self.sandbox.bin / "runmqsc"), "-e", "QM1"]
        text = "\n".join(commands) + "\n"
        return subprocess.run(argv, input=text, capture_output=True, text=True, check=True).stdout

    def own_store(self) -> Path:
        """A PKCS#12 store with a self-signed certificate, under names of their own."""
        store = self.ssl / "mykeys.p12"
        words = ("-dn", "CN=theirs,O=Other", "-size", "2048", "-sig_alg", "SHA256WithRSA", "-expire", "300")
        self.command("runmqakm", "-keydb", "-create", "-db", str(store), "-type", "pkcs12", "-pw", PASSWORD, "-stash")
        self.command("runmqakm", "-cert", "-create", "-db", str(store), "-stashed", "-label", "theirs", *words)
        for part in self.ssl.glob("mykeys.*"):
            part.chmod(0o640)
        self.mqsc(f"ALTER QMGR SSLKEYR('{store}') CERTLABL('theirs')", "REFRESH SECURITY TYPE(SSL)")
        return store

    def dump(self) -> list[str]:
        """Every object, rule and right, one line each, without those that the job adds."""
        job = ("APP1", "app1", "Q1", "LISTENER.TCP")
        lines = self.command("dmpmqcfg", "-m", "QM1", "-a", "-o", "1line").splitlines()
        return [line for line in lines if not line.startswith("*") and not any(word in line for word in job)]


@pytest.fixture
def theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Theirs:
    monkeypatch.chdir(tmp_path)
    return Theirs(tmp_path)


def mqwizard(theirs: Theirs, tls: str, *arguments: str) -> int:
    (theirs.folder / "r.yaml").write_text(RECIPE.replace("TLS", tls), encoding="utf-8")
    return main(
        ["--recipe", "r.yaml", "--sandbox", "sb", "--state", "st", "--yes", *arguments], lambda _options, _words: 2
    )


def test_store_label_and_certificate_of_others_are_adopted_and_proven(theirs: Theirs) -> None:
    store = theirs.own_store()
    before = theirs.dump()

    assert mqwizard(theirs, "mutual") == 0

    assert theirs.dump() == before
    own = theirs.mqsc("DISPLAY QMGR SSLKEYR CERTLABL DEADQ")
    assert f"SSLKEYR({store})" in own
    assert "CERTLABL(theirs)" in own
    assert "DEADQ( )" in own
    ccdt = (theirs.folder / "kits/app1/ccdt.json").read_text(encoding="utf-8")
    assert '"certificatePeerName": "CN=theirs,O=Other"' in ccdt


def test_an_adopted_queue_manager_needs_nothing_in_a_second_run(
    theirs: Theirs, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs.own_store()
    mqwizard(theirs, "mutual", "--no-proof")
    capsys.readouterr()

    assert mqwizard(theirs, "mutual", "--no-proof") == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_where_there_is_no_store_it_is_made_under_the_names_that_the_queue_manager_gives(
    theirs: Theirs, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mqwizard(theirs, "mutual") == 0
    assert (theirs.ssl / "key.kdb").exists()
    assert "CERTLABL(ibmwebspheremqqm1)" in theirs.mqsc("DISPLAY QMGR CERTLABL")

    capsys.readouterr()
    assert mqwizard(theirs, "mutual", "--no-proof") == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_a_new_signer_beside_tls_channels_of_others_needs_a_consent(
    theirs: Theirs, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs.own_store()
    theirs.mqsc("ALTER CHANNEL(THEIR.SVRCONN) CHLTYPE(SVRCONN) SSLCIPH(ANY_TLS12_OR_HIGHER)")
    before = theirs.dump()

    assert mqwizard(theirs, "mutual") == 3

    assert "passes the TLS of THEIR.SVRCONN too; needs --allow wide-rules" in capsys.readouterr().err
    assert theirs.dump() == before
    assert "APP1" not in theirs.mqsc("DISPLAY CHANNEL(*)")
    assert not (theirs.folder / "kits").exists()
    assert not (theirs.folder / "ca").exists()
    assert mqwizard(theirs, "mutual", "--allow", "wide-rules", "--no-proof") == 0


@pytest.mark.parametrize(
    ("tls", "commands", "reason"),
    [
        ("mutual", ["ALTER QMGR CHLAUTH(DISABLED)"], "CHLAUTH is DISABLED"),
        (
            "mutual",
            ["ALTER AUTHINFO(SYSTEM.DEFAULT.AUTHINFO.IDPWOS) AUTHTYPE(IDPWOS) CHCKCLNT(REQUIRED)"],
            "CHCKCLNT(REQUIRED), so app1 would need a password too",
        ),
    ],
)
def test_a_policy_that_shuts_the_clients_out_is_refused_with_the_reason(
    theirs: Theirs, capsys: pytest.CaptureFixture[str], tls: str, commands: list[str], reason: str
) -> None:
    theirs.mqsc(*commands)

    assert mqwizard(theirs, tls) == 3
    assert reason in capsys.readouterr().err


def test_late_adoption_of_users_is_refused_for_clients_with_a_password(
    theirs: Theirs, capsys: pytest.CaptureFixture[str]
) -> None:
    ini = theirs.ssl.parent / "qm.ini"
    ini.write_text(ini.read_text(encoding="utf-8").replace("ChlauthEarlyAdopt=Y", "ChlauthEarlyAdopt=N"), "utf-8")

    assert mqwizard(theirs, "server") == 3
    assert "ChlauthEarlyAdopt=N" in capsys.readouterr().err
