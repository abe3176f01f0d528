"""The texts of the messages that listeners and clients write to the error logs.

Ids and meanings are from facts TLS 5, 6 and commands 7, 8; the wording of most is recalled (`recalled`:
`wire.messages`) and the explanations are the sandbox's own. `{name}` stands for an insert; one that is not
known is shown as `????`, as MQ does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

UNKNOWN = "????"


class Message(NamedTuple):
    """Text and explanation with `{inserts}`; the names of the inserts in CommentInsert and in
    ArithInsert order.
    """

    text: str
    explanation: str = ""
    inserts: tuple[str, ...] = ("channel", "host")
    numbers: tuple[str, ...] = ()


NOT_STARTED = " The remote host is '{host}'. The channel did not start."
ACTIVE = " The active values of the channel were '{values}'."

MESSAGES: dict[str, Message] = {
    "AMQ5534E": Message(
        "User ID '{user}' authentication failed",
        "The user ID and password supplied by the '{application}' program could not be authenticated.",
        ("user", "application"),
    ),
    "AMQ5540E": Message(
        "Application '{application}' did not supply a user ID and password",
        "The queue manager requires a user ID and password, but none was supplied.",
        ("application",),
    ),
    "AMQ5542I": Message(
        "The failed authentication check was caused by the queue manager CONNAUTH CHCKCLNT({check}) configuration.",
        "The user ID '{user}' was checked because CONNAUTH names the AUTHINFO object '{authinfo}', which has "
        "CHCKCLNT({check}).",
        ("authinfo", "check", "user"),
    ),
    "AMQ8077W": Message(
        "Entity '{user}' has insufficient authority to access object {object} [{type}].",
        "The specified entity is not authorized to access the required object. The following requested "
        "permissions are unauthorized: {missing}",
        ("user", "object", "missing"),
    ),
    "AMQ9202E": Message(
        "Remote host '{host}' not available, retry later.",
        "Nothing accepted the connection for channel '{channel}' at host '{host}'.",
    ),
    "AMQ9203E": Message(
        "A configuration error for TCP/IP occurred.",
        "The name of host '{host}' for channel '{channel}' has no address.",
    ),
    "AMQ9207E": Message(
        "The data received from host '{host}' on channel '{channel}' is not valid.",
        "Incorrect data format received over TCP/IP. An unknown host may be attempting to send data.",
    ),
    "AMQ9209E": Message(
        "Connection to host '{host}' for channel '{channel}' closed.",
        "The connection to the remote host has unexpectedly terminated.",
    ),
    "AMQ9218E": Message(
        "The TCP/IP listener program could not bind to port number {port}.",
        "Another program may be using the port. The return code from the 'bind' call for port {port} on "
        "address '{address}' was {code}.",
        ("address",),
        ("code", "port"),
    ),
    "AMQ9489E": Message(
        "The maximum number of instances, {limit}, of channel '{channel}' was reached.",
        "The channel is defined with MAXINST({limit})." + NOT_STARTED,
    ),
    "AMQ9490E": Message(
        "The maximum number of instances, {limit}, of channel '{channel}' was reached for an individual client.",
        "The channel is defined with MAXINSTC({limit})." + NOT_STARTED,
    ),
    "AMQ9502E": Message(
        "Type of channel not suitable for action requested.",
        "Channel '{channel}' is no server-connection channel." + NOT_STARTED,
    ),
    "AMQ9503E": Message("Channel negotiation failed.", "Channel '{channel}' could not be established."),
    "AMQ9508E": Message("Program cannot connect to the queue manager.", "Host '{host}', channel '{channel}'."),
    "AMQ9514E": Message("Channel '{channel}' is stopped.", "It takes no connection." + NOT_STARTED),
    "AMQ9519E": Message(
        "Channel '{channel}' not found.",
        "The program could not find a definition of channel '{channel}'." + NOT_STARTED,
    ),
    "AMQ9520E": Message(
        "Channel not defined remotely.",
        "There is no definition of channel '{channel}' at the remote location.",
    ),
    "AMQ9557E": Message(
        "Queue Manager User ID initialization failed for '{flowed}'.",
        "The call to initialize the User ID '{flowed}' failed with CompCode 2 and Reason 2035. If an MQCSP "
        "block was used, the User ID in the MQCSP block was '{user}'.",
        ("flowed", "user"),
    ),
    "AMQ9558E": Message("The remote channel '{channel}' on host '{host}' is not currently available."),
    "AMQ9616E": Message(
        "The CipherSpec proposed is not enabled on the SSL server.",
        "The channel is '{channel}'; in some cases its name cannot be determined." + NOT_STARTED,
    ),
    "AMQ9631E": Message(
        "The CipherSpec negotiated during the SSL handshake does not match the required CipherSpec for "
        "channel '{channel}'.",
        "The required CipherSpec is '{required}', the negotiated CipherSpec is '{negotiated}'." + NOT_STARTED,
        ("channel", "required", "negotiated"),
    ),
    "AMQ9633E": Message(
        "Bad SSL certificate for channel '{channel}'.",
        "A certificate encountered during SSL handshaking was formatted incorrectly, failed validation "
        "against the CA root and other certificates held on the local system, or is revoked." + NOT_STARTED + "\n"
        "The details of the certificate which could not be validated are '{certificate}'.\n"
        "The certificate validation error was {code}.",
        ("channel", "certificate", "host"),
        ("", "code"),
    ),
    "AMQ9635E": Message(
        "Channel '{channel}' did not specify a valid CipherSpec.", "SSLCIPH is '{cipher}'." + NOT_STARTED
    ),
    "AMQ9636E": Message(
        "SSL distinguished name does not match peer name, channel '{channel}'.",
        "The distinguished name, '{subject}', contained in the SSL certificate for the remote end of the "
        "channel does not match the local SSL peer name." + NOT_STARTED,
        ("channel", "subject", "host"),
    ),
    "AMQ9637E": Message(
        "Channel is lacking a certificate.",
        "The remote end of channel '{channel}' supplied no certificate during the SSL handshake." + NOT_STARTED,
    ),
    "AMQ9639E": Message(
        "Remote channel '{channel}' did not specify a CipherSpec.",
        "The local channel expected one to be specified." + NOT_STARTED,
    ),
    "AMQ9640E": Message(
        "SSL invalid peer name, channel '{channel}'.",
        "The SSL peer name is '{pattern}'.",
        ("channel", "pattern"),
    ),
    "AMQ9641E": Message(
        "Remote CipherSpec error for channel '{channel}' to host '{host}'.",
        "The remote end has indicated a CipherSpec error. The channel did not start.",
    ),
    "AMQ9642E": Message(
        "No SSL certificate for channel '{channel}'.",
        "No certificate with the label '{label}' could be supplied, but one is required." + NOT_STARTED,
        ("channel", "label", "host"),
    ),
    "AMQ9643E": Message(
        "Remote SSL peer name error for channel '{channel}' on host '{host}'.",
        "The distinguished name in the local certificate does not match the remote SSL peer name.",
    ),
    "AMQ9657E": Message(
        "The key repository could not be opened (channel '{channel}').",
        "The key repository is '{repository}'. It does not exist, may not be read, or is no key repository.",
        ("channel", "repository"),
    ),
    "AMQ9658E": Message(
        "An SSL certificate is not within its validity period, channel '{channel}'.",
        "The certificate is '{certificate}'." + NOT_STARTED,
        ("channel", "certificate", "host"),
    ),
    "AMQ9660E": Message(
        "SSL key repository: password incorrect or, stash file absent or unusable.",
        "The key repository is '{repository}', the channel '{channel}'.",
        ("repository", "channel"),
    ),
    "AMQ9661E": Message("Bad SSL data from peer on channel '{channel}'.", "Not TLS." + NOT_STARTED),
    "AMQ9665E": Message(
        "SSL connection closed by remote end of channel '{channel}'.",
        "The cause is in the error log of the remote end, host '{host}'.",
    ),
    "AMQ9673E": Message(
        "The certificate label of channel '{channel}' cannot be used.",
        "The TLS handshake did not carry the channel in its server name (SNI)." + NOT_STARTED,
    ),
    "AMQ9776E": Message(
        "Channel was blocked by userid",
        "The inbound channel '{channel}' was blocked from address '{address}' because the active values of "
        "the channel were mapped to a userid which should be blocked." + ACTIVE,
        ("channel", "address", "values"),
    ),
    "AMQ9777E": Message(
        "Channel was blocked",
        "The inbound channel '{channel}' was blocked from address '{address}' because the active values of "
        "the channel matched a record configured with {record}." + ACTIVE,
        ("channel", "address", "values"),
    ),
    "AMQ9790E": Message(
        "The channel authentication record for channel '{channel}' contradicts CONNAUTH.",
        "The record says CHCKCLNT({check}), the AUTHINFO object CHCKCLNT(NONE)." + NOT_STARTED,
        ("channel", "check"),
    ),
    "AMQ9791E": Message(
        "The client application did not supply a user ID and password.",
        "A channel authentication record for channel '{channel}' says CHCKCLNT({check})." + ACTIVE,
        ("channel", "host", "values"),
    ),
    "AMQ9795E": Message(
        "The client channel definition could not be retrieved from its URL, error code ({code}).",
        "{table}: {detail}",
        ("table", "detail"),
    ),
    "AMQ9999E": Message(
        "Channel '{channel}' to host '{host}' ended abnormally.",
        "The channel program running under process ID {process} for channel '{channel}' ended abnormally. "
        "Look at previous error messages in the error logs to determine the cause of the failure.",
        ("channel", "process", "host"),
    ),
}


class _Inserts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return UNKNOWN


def text(message_id: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Text and explanation of a message with its inserts filled in."""
    message, filled = MESSAGES[message_id], _Inserts(values)
    return message.text.format_map(filled), message.explanation.format_map(filled)


def inserts(message_id: str, values: Mapping[str, str]) -> list[int | str]:
    """The message's ArithInserts as numbers, then its CommentInserts."""
    message = MESSAGES[message_id]
    numbers = [int(values.get(name, "0")) for name in message.numbers]
    return [*numbers, *(values.get(name, UNKNOWN) for name in message.inserts)]
