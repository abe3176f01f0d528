"""Where a client program finds its channel definitions and its key repository: environment, mqclient.ini,
tables.

Precedence as in facts 9 and TLS 2.8. Raises FailureError for what cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wizard.sandbox import credentials, installation
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.mqsc import ccdt
from wizard.sandbox.recalled import recalled
from wizard.sandbox.wire import ccdt_json, ciphers, ini
from wizard.sandbox.wire.definitions import Definition, DefinitionError, connections, from_mqserver
from wizard.sandbox.wire.failure import FailureError
from wizard.sandbox.wire.settings import minimum_rsa_key_size
from wizard.sandbox.wire.verdicts import Event

JSON_FROM = "9.1.2"
PASSWORDS_FROM = "9.3"
NOT_FOUND = "103"
ALLOWED = "AMQ_ALLOWED_CIPHERS"
DEFAULT_TABLE = "AMQCLCHL.TAB"


@dataclass(frozen=True)
class KeySettings:
    """A client's key repository as it is named, and what else it says of TLS; `password` None means the
    stash, `label` empty the default one.
    """

    repository: str = ""
    password: str | None = field(default=None, repr=False)
    label: str = ""
    fips: bool = False
    tls13: bool = True
    rfc5280: bool = False
    allowed: tuple[str, ...] = ()
    smallest_rsa_key: int = 0
    sends_host_name: bool = False


@dataclass(frozen=True)
class ClientSettings:
    """What one program's environment says."""

    folder: Path
    version: str
    environment: Mapping[str, str] = field(repr=False)

    def definitions(self) -> list[Definition]:
        """The channel definitions: MQSERVER, else MQCCDTURL, else the binary table."""
        server = self.environment.get("MQSERVER", "")
        if server:
            try:
                return [from_mqserver(server)]
            except DefinitionError as error:
                raise FailureError(Event.NO_DEFINITION, detail=str(error)) from error
        url = self.environment.get("MQCCDTURL", "")
        return self._table(_path_of(url)) if url else self._table(self._default_table())

    def any_queue_manager(self) -> bool:
        """Whether the definition is MQSERVER's, which serves whatever queue manager name is asked for."""
        return bool(self.environment.get("MQSERVER"))

    def keys(self) -> KeySettings:
        """The key repository: environment before mqclient.ini."""
        data = installation.data_path(self.folder)
        home = Path(self.environment.get("HOME") or "/")
        place = ini.client_file(self.environment, data, home)
        stanzas = ini.read(place) if place is not None else {}
        ssl = stanzas.get("ssl", {})
        fips = self.environment.get("MQSSLFIPS", "") or ssl.get("sslfipsrequired", "")
        strict = ssl.get("certificatevalpolicy", "").upper() == "RFC5280"
        return KeySettings(
            repository=self.environment.get("MQSSLKEYR", "") or ssl.get("sslkeyrepository", ""),
            password=self._password(ssl, stanzas.get("security", {})),
            label=self.environment.get("MQCERTLABL", "") or ssl.get("certificatelabel", ""),
            fips=ini.flag(fips, default=False),
            tls13=ini.flag(ssl.get("allowtlsv13", ""), default=True),
            rfc5280=strict and ini.flag(ssl.get("rfc5280ekuchecks", ""), default=True),
            allowed=ciphers.allowed(self.environment.get(ALLOWED, "") or ssl.get("allowedcipherspecs", "")),
            smallest_rsa_key=minimum_rsa_key_size(self.version, ssl),
            sends_host_name=ssl.get("outboundsni", "").upper() == "HOSTNAME",
        )

    def _password(self, ssl: Mapping[str, str], security: Mapping[str, str]) -> str | None:
        given = self.environment.get("MQKEYRPWD", "") or ssl.get("sslkeyrepositorypassword", "")
        if not given or not installation.at_least(self.version, PASSWORDS_FROM):
            return None
        if not credentials.is_encoded(given):
            return given
        key_file = self.environment.get("MQS_MQI_KEYFILE", "") or security.get("mqiinitialkeyfile", "")
        decoded = credentials.decode(given, _initial_key(key_file) if key_file else credentials.DEFAULT_KEY)
        return "" if decoded is None else decoded

    def _default_table(self) -> Path:
        data = installation.data_path(self.folder)
        library = self.environment.get("MQCHLLIB", "") or str(data)
        return Path(library.removeprefix("file://")) / (self.environment.get("MQCHLTAB", "") or DEFAULT_TABLE)

    def _table(self, path: Path) -> list[Definition]:
        try:
            content = path.read_bytes()
        except OSError as error:
            detail = error.strerror or ""
            raise FailureError(Event.TABLE_UNREADABLE, table=str(path), detail=detail, code=NOT_FOUND) from error
        try:
            if content.lstrip()[:1] in (b"{", b"["):
                return self._json(content)
            return _binary(path)
        except (DefinitionError, ValueError) as error:
            code = recalled("wire.ccdt.malformed")
            raise FailureError(Event.TABLE_UNREADABLE, table=str(path), detail=str(error), code=code) from error

    def _json(self, content: bytes) -> list[Definition]:
        if not installation.at_least(self.version, JSON_FROM):
            raise DefinitionError(f"JSON is read from {JSON_FROM} on")
        return ccdt_json.read(content.decode("utf-8"))


def _path_of(url: str) -> Path:
    """The file of a MQCCDTURL: a plain path or a file: address."""
    scheme = url.partition(":")[0].lower()
    if scheme in ("http", "https", "ftp"):
        raise SandboxError(f"The sandbox reads no channel definition table over {scheme}.", remedy="Use file:.")
    if scheme == "file":
        return Path(unquote(urlsplit(url).path))
    return Path(url)


def _initial_key(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="surrogateescape").partition("\n")[0]
    except OSError:
        return ""


def _binary(path: Path) -> list[Definition]:
    return [
        Definition(
            channel["CHANNEL"],
            connections(channel.get("CONNAME", "")),
            channel.get("QMNAME", ""),
            channel.get("SSLCIPH", ""),
            channel.get("CERTLABL", ""),
            channel.get("SSLPEER", ""),
            channel.get("LOCLADDR", ""),
            int(channel.get("CLNTWGHT") or 0),
        )
        for channel in ccdt.read(path)
    ]
