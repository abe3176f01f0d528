"""The secrets of a run: those the recipe refers to, those made now, those kept in a file beside the recipe.

`env:NAME`, `file:PATH` and `prompt` come from the person. `generated:NAME` is made strong when it is first needed and
never leaves the run. `kept:PATH` is read from that file, or made and written there (0600) before anything depends on
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from wizard.mq.secret_text import SecretRef
from wizard.run.files import make_folder, write_file
from wizard.run.secrets import Secret, SecretStore

MADE_HERE = ("generated:", "kept:")


class Keyring(SecretStore):
    """Finds the secret behind a reference, the same one each time, and hides every value it knows."""

    def __init__(
        self,
        *,
        environment: Mapping[str, str],
        base: Path,
        ask: Callable[[str], str] | None = None,
        kept_in: Path | None = None,
    ) -> None:
        """`base` is the recipe's folder, where kept secrets lie unless `kept_in` says another; see `SecretStore`."""
        super().__init__(environment=environment, base=base, ask=ask)
        self._kept_in = kept_in or base

    def resolve(self, reference: str, purpose: str = "") -> Secret:
        """The secret; Refused, with the remedy, where it cannot be had."""
        scheme, _, rest = reference.partition(":")
        if reference in self._known or scheme not in {"generated", "kept"}:
            return super().resolve(reference, purpose)
        return self._remember(reference, _strong() if scheme == "generated" else self._kept(rest))

    def secret(self, reference: SecretRef) -> Secret:
        """The secret that a step refers to."""
        return self.resolve(reference.name)

    def given(self, references: Iterable[SecretRef]) -> None:
        """Ask now for every secret that only the person has, so that none is missing half-way."""
        for reference in sorted(references, key=lambda one: one.name):
            if not reference.name.startswith(MADE_HERE):
                self.secret(reference)

    def known(self, reference: SecretRef) -> Secret | None:
        """A kept secret where its file is there already; nothing is made."""
        scheme, _, rest = reference.name.partition(":")
        if scheme != "kept" or not (self._kept_in / rest).exists():
            return None
        return self.secret(reference)

    def _kept(self, name: str) -> Secret:
        path = self._kept_in / name
        if path.exists():
            return super().resolve(f"file:{path.resolve()}")
        secret = _strong()
        make_folder(path.parent)
        write_file(path, (secret.reveal() + "\n").encode(), mode=0o600)
        return secret


def _strong() -> Secret:
    from wizard.pki.passwords import strong_password

    return Secret(strong_password())
