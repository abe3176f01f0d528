"""What a sandbox knows, in one SQLite file that many processes share.

Every command opens it for a moment; listeners and clients keep it open. Values are MQ's own texts, attribute maps are
JSON. Each write is one short transaction; readers never wait for writers (WAL).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DATABASE = "sandbox.db"

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS qmgr (
    name TEXT PRIMARY KEY,
    directory TEXT NOT NULL,                  -- folder name below var/mqm/qmgrs, with . as ! and / as &
    status TEXT NOT NULL,                     -- Running, Ended normally, Ended immediately, ...
    log_type TEXT NOT NULL DEFAULT 'CIRCULAR',
    is_default INTEGER NOT NULL DEFAULT 0,
    started TEXT NOT NULL DEFAULT '',
    ssl_generation INTEGER NOT NULL DEFAULT 0, -- grows with each REFRESH SECURITY TYPE(SSL)
    connauth_generation INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS object (
    qmgr TEXT NOT NULL,
    space TEXT NOT NULL,                      -- QMGR, QUEUE, CHANNEL, CLNTCONN, LISTENER, AUTHINFO, TOPIC, ...
    name TEXT NOT NULL,
    kind TEXT NOT NULL,                       -- QLOCAL, QALIAS, ...; CHLTYPE stands among the attributes
    attributes TEXT NOT NULL,                 -- JSON: every attribute, defaults included
    PRIMARY KEY (qmgr, space, name)
);
CREATE TABLE IF NOT EXISTS chlauth (
    id INTEGER PRIMARY KEY,
    qmgr TEXT NOT NULL,
    profile TEXT NOT NULL,
    type TEXT NOT NULL,
    attributes TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS authrec (
    qmgr TEXT NOT NULL,
    profile TEXT NOT NULL,                    -- the queue manager is the profile SELF
    objtype TEXT NOT NULL,
    enttype TEXT NOT NULL,                    -- PRINCIPAL or GROUP
    entity TEXT NOT NULL,
    authorities TEXT NOT NULL,                -- JSON list, upper case
    PRIMARY KEY (qmgr, profile, objtype, enttype, entity)
);
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    qmgr TEXT NOT NULL,
    queue TEXT NOT NULL,
    body BLOB NOT NULL,
    put_by TEXT NOT NULL DEFAULT '',
    persistent INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS handle (            -- queues that connected programs hold open
    qmgr TEXT NOT NULL, queue TEXT NOT NULL, pid INTEGER NOT NULL, mode TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS chstatus (          -- one row a running channel instance
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    qmgr TEXT NOT NULL, channel TEXT NOT NULL, pid INTEGER NOT NULL, attributes TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS lsstatus (          -- one row a listener process that is bound to its port
    qmgr TEXT NOT NULL, listener TEXT NOT NULL, pid INTEGER NOT NULL, attributes TEXT NOT NULL,
    PRIMARY KEY (qmgr, listener)
);
CREATE TABLE IF NOT EXISTS fault (text TEXT PRIMARY KEY, seen INTEGER NOT NULL);
"""

Attributes = dict[str, Any]


class State:
    """One sandbox's state; `folder` is the sandbox's DIR."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db = sqlite3.connect(folder / DATABASE, timeout=30, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA busy_timeout=30000")

    @classmethod
    def create(cls, folder: Path) -> State:
        """Make or open the state of a sandbox; safe when several processes do so at once."""
        folder.mkdir(parents=True, exist_ok=True)
        state = cls(folder)
        state.db.execute("PRAGMA journal_mode=WAL")
        state.db.executescript(SCHEMA)
        return state

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: everything inside happens, or nothing does."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def meta(self, key: str, default: str = "") -> str:
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row["value"] if row else default

    def set_meta(self, key: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def qmgr(self, name: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.db.execute("SELECT * FROM qmgr WHERE name = ?", (name,)).fetchone()
        return row

    def qmgrs(self) -> list[sqlite3.Row]:
        return self.db.execute("SELECT * FROM qmgr ORDER BY name").fetchall()

    def object(self, qmgr: str, space: str, name: str) -> tuple[str, Attributes] | None:
        """The kind and the attributes of one object, or None."""
        row = self.db.execute(
            "SELECT kind, attributes FROM object WHERE qmgr = ? AND space = ? AND name = ?",
            (qmgr, space, name),
        ).fetchone()
        return (row["kind"], json.loads(row["attributes"])) if row else None

    def objects(self, qmgr: str, space: str) -> list[tuple[str, str, Attributes]]:
        """Name, kind and attributes of every object of a name space, by name."""
        rows = self.db.execute(
            "SELECT name, kind, attributes FROM object WHERE qmgr = ? AND space = ? ORDER BY name",
            (qmgr, space),
        )
        return [(row["name"], row["kind"], json.loads(row["attributes"])) for row in rows]

    def put_object(self, qmgr: str, space: str, name: str, kind: str, attributes: Mapping[str, Any]) -> None:
        self.db.execute(
            "INSERT OR REPLACE INTO object VALUES (?, ?, ?, ?, ?)",
            (qmgr, space, name, kind, json.dumps(dict(attributes))),
        )

    def delete_object(self, qmgr: str, space: str, name: str) -> bool:
        cursor = self.db.execute("DELETE FROM object WHERE qmgr = ? AND space = ? AND name = ?", (qmgr, space, name))
        return cursor.rowcount > 0

    def chlauth(self, qmgr: str) -> list[tuple[int, str, str, Attributes]]:
        """Id, profile, type and attributes of every channel authentication record."""
        rows = self.db.execute("SELECT * FROM chlauth WHERE qmgr = ? ORDER BY profile, id", (qmgr,))
        return [(row["id"], row["profile"], row["type"], json.loads(row["attributes"])) for row in rows]

    def authrecs(self, qmgr: str) -> list[tuple[str, str, str, str, list[str]]]:
        """Profile, object type, entity type, entity and authorities of every authority record."""
        rows = self.db.execute("SELECT * FROM authrec WHERE qmgr = ? ORDER BY profile, objtype, entity", (qmgr,))
        return [
            (row["profile"], row["objtype"], row["enttype"], row["entity"], json.loads(row["authorities"]))
            for row in rows
        ]
