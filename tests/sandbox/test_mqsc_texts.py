"""Every reply that the simulated commands use has a text, and every recalled text is used."""

from __future__ import annotations

import re
from pathlib import Path

import wizard.sandbox.mqsc as package
from wizard.sandbox.mqsc.kinds import KINDS
from wizard.sandbox.mqsc.texts import DOCUMENTED, message
from wizard.sandbox.recalled import MQSC

FOLDER = Path(package.__file__).parent
COMMANDS = FOLDER.parent / "commands"
SOURCES = [*FOLDER.glob("*.py"), *(COMMANDS / f"{name}.py" for name in ("runmqsc", "setmqaut", "dspmqaut", "dmpmqcfg"))]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)

USED = set(re.findall(r'"([a-z]+(?:\.[a-z]+)+)"', TEXT)) | {
    f"{kind.replies}.{verb}"
    for kind in KINDS.values()
    if kind.noun != "QMGR"
    for verb in ("created", "changed", "deleted", "shown")
}


def test_every_reply_to_a_definition_has_a_text() -> None:
    for kind in KINDS.values():
        for verb in ("created", "changed", "deleted", "shown") if kind.noun != "QMGR" else ("changed", "shown"):
            assert re.match(r"AMQ\d{4}I: ", message(f"{kind.replies}.{verb}"))


def test_no_text_is_documented_and_recalled() -> None:
    assert not set(DOCUMENTED) & {key.removeprefix("mqsc.") for key in MQSC}


def test_no_text_is_kept_that_nothing_uses() -> None:
    prefixes = ("runmqsc.", "setmqaut.", "dmpmqcfg.")
    recalled = {key.removeprefix("mqsc.") for key in MQSC if not key.startswith(prefixes)}
    assert (set(DOCUMENTED) | recalled) - USED == set()


def test_messages_have_an_id_with_a_severity() -> None:
    texts = [*DOCUMENTED.values(), *(str(entry.value) for key, entry in MQSC.items() if key.startswith("mqsc."))]
    assert [text for text in texts if not re.match(r"AMQ\d{4}[IWES]: \S", text)] == []
