"""Passwords of stores: made strong, and judged.

Used by the run floor for passwords nobody gave, and by the wizard's password field. The rule is that of
runmqakm's `-strong`; what is made here also goes unquoted through MQSC, shells, ini files and properties.
"""

from __future__ import annotations

import secrets
import string
from collections import Counter

from wizard.pki.errors import StoreError

# Letters and digits only, without those that look alike (0 O, 1 l I): some are copied by hand.
_ALPHABET = "".join(sorted(set(string.ascii_letters + string.digits) - set("0O1lI")))
_SHORTEST = 14
_LONGEST = 128  # java.util.Properties, ini files and prompts take it everywhere
_SPECIAL = "*$#% "


def strong_password(length: int = 24) -> str:
    """A random password of letters and digits that runmqakm takes with `-strong`; 24 of them are some 135 bits.

    Raises StoreError for a length under 14, which `-strong` refuses, or over 128.
    """
    if not _SHORTEST <= length <= _LONGEST:
        raise StoreError(
            f"A password of {length} characters cannot be made.", "", f"Ask for {_SHORTEST} to {_LONGEST}."
        )
    while True:
        # Drawn from three sets without putting back: no character more than three times, at any length.
        password = "".join(secrets.SystemRandom().sample(_ALPHABET * 3, length))
        if weakness(password) is None:
            return password


def weakness(password: str) -> str | None:
    """What runmqakm's `-strong` would find wrong with the password, as a sentence; None when nothing.

    At least 14 printable ASCII characters; a lower-case letter, an upper-case one, and a digit or one of
    `* $ # %` and blank; no character more than three times, none more than twice in a row.
    """
    if not all(" " <= character <= "~" for character in password):
        return "Only printable ASCII characters are allowed."
    if len(password) < _SHORTEST:
        return f"It has {len(password)} characters; at least {_SHORTEST} are needed."
    if not any(character.islower() for character in password):
        return "It needs a lower-case letter."
    if not any(character.isupper() for character in password):
        return "It needs an upper-case letter."
    if not any(character.isdigit() or character in _SPECIAL for character in password):
        return "It needs a digit, or one of * $ # % and blank."
    if max(Counter(password).values()) > 3:
        return "One character stands in it more than three times."
    if any(password[at] == password[at + 1] == password[at + 2] for at in range(len(password) - 2)):
        return "One character stands more than twice in a row."
    return None
