"""The page of instructions in a client's kit."""

from __future__ import annotations

import re

from wizard.kits.partner import PARTNER_PAGE
from wizard.kits.programs import kinds, program_files
from wizard.mq.ciphers import java_suite
from wizard.topology.values import Client, QueueManager, Tls

PROTECTION = {
    Tls.NONE: "No TLS: everything travels in clear, and the address alone decides who gets in.",
    Tls.SERVER: "One-way TLS: the queue manager shows its certificate, the application a user and a password.",
    Tls.MUTUAL: "Two-way TLS: both ends show a certificate; no password is needed.",
}


ON_C = frozenset({"c", "nodejs", "python", "go"})
JAVA = frozenset({"java", "jms"})

RUN = {
    "c": "C: `put_get.c` says how to build it, then `./put_get`",
    "nodejs": "Node.js: `npm install ibmmq`, then `node put_get.js`",
    "python": "Python: `pip install ibmmq`, then `python put_get.py`",
    "go": "Go: `put_get.go` says how to build it, then `./put_get`",
    "java": "Java: `java -cp .:com.ibm.mq.jakarta.client.jar PutGet.java` in this folder",
    "jms": "JMS: `PutGetJms.java` says which jars it needs",
    "dotnet": "`PutGet.cs` says how to run it",
}
"""Kind of program → what its users do."""


def page(client: Client, queue_manager: QueueManager) -> str:
    """Markdown for the people who run the application."""
    parts = [
        f"# {client.name} connects to {queue_manager.name}",
        _facts(client, queue_manager),
        "## What is in this folder",
        "\n".join(f"- `{name}`: {what}" for name, what in _contents(client)),
        *_sections(client),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _sections(client: Client) -> list[str]:
    """A heading and a text for each family of programs that the kit is for."""
    wanted = kinds(client)
    parts = []
    if ON_C.intersection(wanted):
        parts += ["## C, and everything on the C client (Node.js, Python, Go, unmanaged .NET)", _shell(client)]
        parts += [_programs([one for one in wanted if one in ON_C])]
    if JAVA.intersection(client.programs or JAVA):
        parts += ["## Java and JMS", _java(client), _programs([one for one in wanted if one in JAVA])]
    if "dotnet" in wanted:
        parts += ["## .NET (managed)", _dotnet(client)]
    return [part for part in parts if part]


def _programs(wanted: list[str]) -> str:
    """How to run the programs of the kit, a line each."""
    return "\n".join(f"- {RUN[one]}" for one in wanted)


def _dotnet(client: Client) -> str:
    lines = [f"- {RUN['dotnet']}"]
    if client.tls is not Tls.NONE:
        lines.append("- .NET reads no key repository: import the certificates into the certificate store of the user")
    if client.identity:
        lines.append(f"- the friendly name of your own one is its label, {_literal(client.identity.label)} (recalled)")
    return "\n".join(lines)


def _literal(text: str) -> str:
    """A text in Markdown's backquotes, more of them than it holds itself, so that it shows as it is."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if text.startswith("`") or text.endswith("`") else f"{fence}{text}{fence}"


def _facts(client: Client, queue_manager: QueueManager) -> str:
    rows = [
        ("queue manager", queue_manager.name),
        ("address", client.definition.text("CONNAME")),
        ("channel", client.channel),
        ("CipherSpec", client.cipher or "none"),
        (
            "your certificate",
            f"{_literal(client.identity.subject)}, label {_literal(client.identity.label)}"
            if client.identity
            else "none",
        ),
        (
            "the queue manager's certificate",
            _literal(queue_manager.identity.subject) if queue_manager.identity else "none",
        ),
        ("runs there as", client.account.user),
        *((f"queue {queue}", ", ".join(word.lower() for word in words)) for queue, words in client.queues),
    ]
    if client.addresses:
        rows.append(("accepted from", ", ".join(client.addresses)))
    return PROTECTION[client.tls] + "\n\n" + "\n".join(f"- {name}: {value}" for name, value in rows)


def _contents(client: Client) -> list[tuple[str, str]]:
    rows = [("settings.sh", "settings to source before the application starts")]
    if client.release.json_ccdt:
        rows.append(("ccdt.json", "the client channel definition table"))
    else:
        rows.append(("AMQCLCHL.TAB", "the client channel definition table (binary: copy it as binary)"))
    rows.append(("client-channel.mqsc", "the same channel as an MQSC definition"))
    rows += [(name, "puts a message and gets it back") for name in program_files(client)]
    if client.store_here:
        whole = "holds the private key: readable by the application's user alone"
        rows.append((client.store.rpartition("/")[2], whole if client.identity else "whom the application trusts"))
    if client.asks_us:
        rows.append((PARTNER_PAGE, "how to make the key and get its certificate, for four platforms"))
        rows.append((client.certificate_copy, "your certificate, once its request was signed"))
    rows += [(signer.copy, f"certificate of {_literal(signer.subject)}, to trust") for signer in client.signers]
    return rows


def _shell(client: Client) -> str:
    lines = ["```sh", "cd THIS-FOLDER && . ./settings.sh"]
    queue = client.queues[0][0] if client.queues else "QUEUE"
    lines += [f"amqsputc {queue} {client.queue_manager}", "```"]
    notes = []
    if client.store_here and client.release.pkcs12_repository:
        notes.append(
            f"The password of the key repository came apart, as `{client.name}.password`; "
            "set `KIT_PASSWORD` to where you keep it."
        )
    if client.host and client.identity:
        notes.append(f"The private key is made on {client.host}: `{PARTNER_PAGE}` says how.")
    if client.tls is Tls.SERVER:
        notes.append(f"Connect as user `{client.account.user}` with its password (MQCSP).")
    return "\n".join(lines) + ("\n\n" + " ".join(notes) if notes else "")


def _java(client: Client) -> str:
    if client.tls is Tls.NONE:
        return "Set host, port and channel as above; no cipher suite."
    name = client.store.rpartition("/")[2]
    if not client.release.pkcs12_repository:
        return (
            f"- cipher suite: `{java_suite(client.cipher, ibm_jre=False)}` "
            f"(IBM JRE: `{java_suite(client.cipher, ibm_jre=True)}`)\n"
            "- Java reads no CMS file: make a PKCS#12 copy, "
            f"`runmqakm -keydb -convert -db {name} -new_format pkcs12`"
        )
    return "\n".join(
        [
            f"- cipher suite: `{java_suite(client.cipher, ibm_jre=False)}` "
            f"(IBM JRE: `{java_suite(client.cipher, ibm_jre=True)}`)",
            f"- `-Djavax.net.ssl.keyStore={name} -Djavax.net.ssl.keyStoreType=PKCS12`"
            if client.identity
            else "- no key store is needed",
            f"- `-Djavax.net.ssl.trustStore={name} -Djavax.net.ssl.trustStoreType=PKCS12`",
            "- `-Dcom.ibm.mq.cfg.useIBMCipherMappings=false` unless the JRE is IBM's",
        ]
    )
