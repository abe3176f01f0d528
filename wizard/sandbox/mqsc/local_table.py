"""The client channel table that runmqsc -n works on, without a queue manager."""

from __future__ import annotations

from pathlib import Path

from wizard.sandbox.mqsc import ccdt, memory
from wizard.sandbox.mqsc.ccdt import FILE_NAME
from wizard.sandbox.mqsc.defaults import create_default_objects
from wizard.sandbox.state import State

__all__ = ["FILE_NAME", "opened"]


def opened(state: State, path: Path, name: str) -> State | None:
    """A state of this process alone that holds the channels of a table; None when the file is no table.

    A missing file is an empty table.
    """
    own = memory.empty(state.folder, state.meta("version"))
    create_default_objects(own, name)
    try:
        channels = ccdt.read(path)
    except FileNotFoundError:
        channels = []
    except (OSError, ccdt.TableError):
        return None
    for attributes in channels:
        own.put_object(name, "CLNTCONN", str(attributes.pop("CHANNEL")), "CHANNEL", attributes)
    return own
