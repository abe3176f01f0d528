"""A listener that speaks old protocols or weak suites is noticed; one that does not is not."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from wizard.proof.weak import OLD_PROTOCOLS, WEAK_CIPHERS, Trial, offered, speaks


@contextmanager
def listening(lowest: ssl.TLSVersion, ciphers: str) -> Iterator[int]:
    """A TLS server without a certificate, which these suites need not have, on a port of its own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = lowest
    context.set_ciphers(ciphers)
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve, args=(server, context))
        thread.start()
        try:
            yield int(server.getsockname()[1])
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(server: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with suppress(OSError), connection, context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(1)


@pytest.mark.parametrize("trial", [*OLD_PROTOCOLS, *WEAK_CIPHERS], ids=lambda trial: trial.name)
def test_what_a_listener_should_not_speak_is_noticed(trial: Trial) -> None:
    if not speaks(trial):
        pytest.skip(f"the OpenSSL of this host cannot speak {trial.name}")
    with listening(trial.version, trial.among_us) as port:
        found = offered((trial,), "127.0.0.1", port, "APP1.SVRCONN")
    assert found.tried == (trial.name,)
    (accepted,) = found.accepted
    assert accepted.startswith(trial.version.name.replace("TLSv1_", "TLSv1.").replace("_", "."))


def test_a_modern_listener_is_found_to_refuse_them() -> None:
    trials = (*OLD_PROTOCOLS, *WEAK_CIPHERS)
    with listening(ssl.TLSVersion.TLSv1_2, "ECDHE+AESGCM") as port:
        found = offered(trials, "127.0.0.1", port, "APP1.SVRCONN")
    assert found.accepted == ()
    assert found.tried == tuple(trial.name for trial in trials if speaks(trial))
