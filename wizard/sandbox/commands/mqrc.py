"""mqrc: names a reason code (facts 1.8)."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox.errors import MqError, SandboxError
from wizard.sandbox.recalled import recalled, recalled_status

NAMES = {
    0: "MQRC_NONE",
    2009: "MQRC_CONNECTION_BROKEN",
    2033: "MQRC_NO_MSG_AVAILABLE",
    2035: "MQRC_NOT_AUTHORIZED",
    2053: "MQRC_Q_FULL",
    2058: "MQRC_Q_MGR_NAME_ERROR",
    2059: "MQRC_Q_MGR_NOT_AVAILABLE",
    2063: "MQRC_SECURITY_ERROR",
    2085: "MQRC_UNKNOWN_OBJECT_NAME",
    2161: "MQRC_Q_MGR_QUIESCING",
    2162: "MQRC_Q_MGR_STOPPING",
    2381: "MQRC_KEY_REPOSITORY_ERROR",
    2382: "MQRC_CRYPTO_HARDWARE_ERROR",
    2391: "MQRC_SSL_ALREADY_INITIALIZED",
    2392: "MQRC_SSL_CONFIG_ERROR",
    2393: "MQRC_SSL_INITIALIZATION_ERROR",
    2396: "MQRC_SSL_NOT_ALLOWED",
    2397: "MQRC_JSSE_ERROR",
    2398: "MQRC_SSL_PEER_NAME_MISMATCH",
    2399: "MQRC_SSL_PEER_NAME_ERROR",
    2400: "MQRC_UNSUPPORTED_CIPHER_SUITE",
    2401: "MQRC_SSL_CERTIFICATE_REVOKED",
    2402: "MQRC_SSL_CERT_STORE_ERROR",
    2409: "MQRC_SSL_KEY_RESET_ERROR",
    2537: "MQRC_CHANNEL_NOT_AVAILABLE",
    2538: "MQRC_HOST_NOT_AVAILABLE",
    2539: "MQRC_CHANNEL_CONFIG_ERROR",
    2540: "MQRC_UNKNOWN_CHANNEL_NAME",
    2591: "MQRC_CIPHER_SPEC_NOT_SUITE_B",
    2592: "MQRC_SUITE_B_ERROR",
    2593: "MQRC_CERT_VAL_POLICY_ERROR",
    2594: "MQRC_PASSWORD_PROTECTION_ERROR",
    2595: "MQRC_CSP_ERROR",
    2596: "MQRC_CERT_LABEL_NOT_ALLOWED",
    2600: "MQRC_CCDT_URL_ERROR",
    2603: "MQRC_OUTBOUND_SNI_NOT_VALID",
    2604: "MQRC_HTTPS_KEYSTORE_ERROR",
}
"""The reason codes that clients of the sandbox can meet."""


def main(argv: list[str], folder: Path) -> int:  # noqa: ARG001 - every command is called so
    """Print the line of a code, a hexadecimal code or a name: 0; SandboxError for an AMQ id or a flag."""
    if len(argv) != 1:
        raise MqError("Usage: mqrc <returncode>|<AMQmessage>|<symbol>", recalled_status("mqrc.rc.unknown"))
    wanted = argv[0]
    if wanted.startswith("-") or wanted.upper().startswith("AMQ"):
        raise SandboxError(f"The sandbox does not simulate mqrc {wanted}: it has no message texts to show.")
    code = _code(wanted)
    if code is None:
        raise MqError(recalled("mqrc.unknown"), recalled_status("mqrc.rc.unknown"))
    sys.stdout.write(f"\n      {code}  0x{code:08x}  {NAMES[code]}\n\n")
    return 0


def _code(text: str) -> int | None:
    for code, name in NAMES.items():
        if text.upper() == name or text == str(code) or text.lower() in (f"0x{code:x}", f"0x{code:08x}"):
            return code
    return None
