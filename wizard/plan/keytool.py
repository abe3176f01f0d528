"""The runmqakm commands that make and change a key repository, as steps.

One place knows their options (facts mq-commands 4.2). No password stands in an argument list: a stashed one is read
from the stash file, any other is typed at runmqakm's terminal. That `-pw -` makes it ask there is recalled, not
confirmed; `handmade` says what is done where it does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wizard.mq.dn import as_gskit
from wizard.mq.secret_text import SecretRef
from wizard.plan.steps import Check, Command, FileSecured, Later, MakeKey, SignRequest, Step

MQM = "mqm"
STORE_MODE = 0o640
"""What the queue manager's processes need and no more (facts tls 2.1)."""

SIGNATURES: Mapping[str, tuple[str, ...]] = {
    "rsa-2048": ("-size", "2048", "-sig_alg", "SHA256WithRSA"),
    "rsa-3072": ("-size", "3072", "-sig_alg", "SHA256WithRSA"),
    "rsa-4096": ("-size", "4096", "-sig_alg", "SHA256WithRSA"),
    "ec-p256": ("-size", "256", "-sig_alg", "EC_ecdsa_with_SHA256"),
    "ec-p384": ("-size", "384", "-sig_alg", "EC_ecdsa_with_SHA384"),
    "ec-p521": ("-size", "521", "-sig_alg", "EC_ecdsa_with_SHA512"),
}
"""Key kinds of a recipe → how runmqakm is told; the EC names are recalled for -size."""


@dataclass(frozen=True)
class StoreTool:
    """runmqakm on one key repository: a file, its type, how its password is given, and whose group may read it.

    `group` is empty for a store that its owner alone reads.
    """

    path: str | Later
    type: str
    password: SecretRef
    stash: bool
    group: str = MQM

    def create(self) -> tuple[Step, ...]:
        """An empty store, its password stashed where so wanted, then readable by its group."""
        words = ("-keydb", "-create", "-db", self.path, "-type", self.type, "-pw", "-")
        stash = ("-stash",) if self.stash else ()
        return (Command(("runmqakm", *words, *stash), answers=(self.password,)), *self.secure())

    def create_again(self) -> tuple[Step, ...]:
        """An empty store in place of what an ended run left behind: runmqakm does not write over a file."""
        return (Command(("rm", "-f", *self.files())), *self.create())

    def request(self, label: str, subject: str, key: str, target: str) -> tuple[Step, ...]:
        """A new key, and the request for its certificate in `target`."""
        words = ("-label", label, "-dn", as_gskit(subject), *SIGNATURES[key], "-file", target)
        return (*room_for(target), self._run(("-certreq", "-create"), words))

    def request_again(self, label: str, target: str) -> tuple[Step, ...]:
        """The pending request of an earlier run once more; its key stays."""
        again = self._run(("-certreq", "-extract"), ("-label", label, "-target", target))
        return (*room_for(target), again)

    def self_signed(self, label: str, subject: str, key: str, days: int) -> Step:
        """A new key with a certificate that it signs itself."""
        words = ("-label", label, "-dn", as_gskit(subject), *SIGNATURES[key], "-expire", str(days))
        return self._run(("-cert", "-create"), words)

    def add(self, label: str, file: str) -> Step:
        """Somebody else's certificate, trusted from now on; never for our own (facts tls 7.2)."""
        return self._run(("-cert", "-add"), ("-label", label, "-file", file, "-format", "ascii"))

    def delete(self, label: str) -> Step:
        """An entry taken out."""
        return self._run(("-cert", "-delete"), ("-label", label))

    def receive(self, label: str, file: str) -> Step:  # noqa: ARG002 - runmqakm finds the request by its key
        """The answer to our own request; every certificate above it must be in the store already."""
        return self._run(("-cert", "-receive"), ("-file", file, "-format", "ascii"))

    def take_over(self, file: str, label: str) -> Step:
        """A certificate with its key from a CMS store whose password is stashed."""
        source = ("-file", file, "-stashed", "-type", "cms")
        target = ("-target", self.path, "-target_stashed", "-target_type", self.type)
        return Command(("runmqakm", "-cert", "-import", *source, *target, "-label", label))

    def extract(self, label: str, target: str) -> tuple[Step, ...]:
        """The public certificate alone, to give away."""
        words = ("-label", label, "-target", target, "-format", "ascii")
        return (*room_for(target), self._run(("-cert", "-extract"), words))

    def secure(self) -> tuple[Step, ...]:
        """Group and mode of every file of the store, then the check that they hold."""
        if not self.group:
            return ()
        files = self.files()
        return (
            Command(("chgrp", self.group, *files)),
            Command(("chmod", f"{STORE_MODE:04o}", *files)),
            *(Check(FileSecured(file, STORE_MODE, self.group)) for file in files),
        )

    def files(self) -> tuple[str | Later, ...]:
        """The store and the files beside it: stash, and for CMS requests and revocations (facts 4.4)."""
        endings = (".kdb", ".rdb", ".crl") if self.type == "cms" else (".p12",)
        return tuple(beside(self.path, ending) for ending in (*endings, *((".sth",) if self.stash else ())))

    def _run(self, verb: tuple[str, ...], words: tuple[str, ...]) -> Command:
        if self.stash:
            return Command(("runmqakm", *verb, "-db", self.path, "-stashed", *words))
        return Command(("runmqakm", *verb, "-db", self.path, "-pw", "-", *words), answers=(self.password,))


def room_for(target: str) -> tuple[Step, ...]:
    """A folder for a public file, and no older one in its place: runmqakm does not write over one."""
    return (Command(("mkdir", "-p", target.rpartition("/")[0])), Command(("rm", "-f", target)))


def beside(path: str | Later, ending: str) -> str | Later:
    """The file beside a store that differs from it in its extension."""
    if isinstance(path, str):
        return stem(path) + ending
    return Later(path.resource, path.field, path.expected, stem(path.tail) + ending)


def stem(path: str) -> str:
    """A store's path without its extension, as SSLKEYR names a CMS repository (facts tls 2.2)."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + (name.rsplit(".", 1)[0] if "." in name else name)


def sign(folder: str, passphrase: SecretRef, request: str, target: str, days: int) -> Step:
    """A request signed by our own authority."""
    return MakeKey(SignRequest(folder=folder, passphrase=passphrase, request=request, target=target, days=days))
