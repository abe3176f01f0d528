"""Where mqwizard keeps what it remembers: journals, transcripts, backups, drafts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Places:
    """The folders below the state folder, and the key under which a run is known."""

    state: Path
    key: str

    @property
    def journals(self) -> Path:
        return self.state / "journals"

    @property
    def transcripts(self) -> Path:
        return self.state / "transcripts"

    @property
    def proof(self) -> Path:
        """For the throw-away kits of a proof; it is gone when the proof is over."""
        return self.state / "proof" / self.key

    @property
    def backups(self) -> Path:
        return self.state / "backups" / self.key


def state_folder(wanted: Path | None) -> Path:
    """The folder that was asked for, or the usual one of this user; it is not made here."""
    if wanted is not None:
        return wanted.resolve()
    import platformdirs

    return Path(platformdirs.user_state_dir("mqwizard"))


def digest(text: str) -> str:
    """The SHA-256 of a text, as journal and report name it."""
    return hashlib.sha256(text.encode()).hexdigest()
