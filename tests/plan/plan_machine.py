"""A tiny machine for plans: it takes the commands of a plan and knows afterwards what `run` would read from it.

It reads MQSC with `wizard.mq.reader`, keeps objects with MQ's defaults, and fails loudly on every command that it does
not know. `Machine.facts()` is what the next plan is made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from wizard.mq.attributes import SUBTYPE_KEYWORDS, attributes
from wizard.mq.authority import expand
from wizard.mq.chlauth import default_records
from wizard.mq.objects import CHLAUTH_KEYS, Kind, MqObject
from wizard.mq.reader import MqscCommand, read, to_object
from wizard.mq.releases import Release
from wizard.plan.facts import (
    AuthorityFact,
    CertificateFact,
    Facts,
    Instance,
    KitFact,
    Memory,
    QueueManagerFact,
    StoreFact,
    UserFact,
)
from wizard.plan.operations import Operation, Plan, State
from wizard.plan.steps import (
    AddSigner,
    Check,
    Command,
    CreateAuthority,
    CreateClientStore,
    MakeKey,
    Mqsc,
    SignRequest,
    Step,
    Wait,
    WriteFile,
    shown,
)

DATA = "/var/mqm"
DAYS = 365
NEWEST = Release(9, 4)
Key = tuple[str, ...]


@dataclass
class Store:
    """A key repository; `secure` is its mode and group."""

    usable: bool = True
    mode: int = 0o600
    group: str = "staff"
    entries: dict[str, CertificateFact] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)

    def fact(self, path: str) -> StoreFact:
        return StoreFact(
            path=path,
            exists=True,
            usable=self.usable,
            certificates=tuple(self.entries.values()) if self.usable else (),
            requests=tuple(self.requests) if self.usable else (),
            mode=self.mode,
            group=self.group,
        )


@dataclass
class QueueManager:
    """A queue manager with what it holds."""

    name: str
    status: str = "Running"
    own: dict[str, str] = field(default_factory=dict)
    objects: dict[Key, MqObject] = field(default_factory=dict)
    rules: dict[Key, MqObject] = field(default_factory=dict)
    authorities: dict[Key, MqObject] = field(default_factory=dict)
    listening: set[str] = field(default_factory=set)
    tls_channels: tuple[str, ...] = ()
    depths: dict[str, str] = field(default_factory=dict)
    security_policy: str = ""
    instances: tuple[Instance, ...] = ()

    def __post_init__(self) -> None:
        default = {
            "SSLKEYR": f"{DATA}/qmgrs/{self.name}/ssl/key",
            "CERTLABL": f"ibmwebspheremq{self.name.lower()}",
            "KEYRPWD": "",
            "DEADQ": "",
        }
        self.own = {**default, **self.own}
        self.rules = {rule.key: rule for rule in default_records()} | self.rules

    def take(self, text: str) -> None:
        """One MQSC command."""
        for command in read(text, "the plan"):
            assert isinstance(command, MqscCommand), str(command)
            self._take(command)

    def _take(self, command: MqscCommand) -> None:
        kind = command.object
        wanted = to_object(command)
        if command.verb == "ALTER" and kind == "QMGR":
            secrets = {word: command.value(word) for word in ("KEYRPWD", "INITKEY") if command.has(word)}
            self.own |= {word: "********" if str(value).strip() else "" for word, value in secrets.items()}
            self.own |= {word: wanted.text(word) for word in wanted.attributes}
        elif kind == "CHLAUTH":
            self._rule(wanted, str(command.value("ACTION")))
        elif kind == "AUTHREC" and command.verb == "DELETE":
            del self.authorities[to_object(replace(command, verb="SET")).key]
        elif kind == "AUTHREC":
            self._authority(command, wanted)
        elif command.verb == "DEFINE":
            assert command.has("REPLACE") or wanted.key not in self.objects, f"AMQ8150E {wanted.name} exists"
            self.objects[wanted.key] = with_defaults(wanted)
        elif command.verb == "ALTER":
            there = self.objects[wanted.key]
            self.objects[wanted.key] = MqObject(there.kind, there.name, {**there.attributes, **wanted.attributes})
        elif command.verb == "DELETE":
            table = {"CHLTYPE": "CLNTCONN"} if command.value("CHLTABLE") == "CLNTTBL" else {}
            del self.objects[MqObject(Kind(kind), command.name, table).key]
        elif command.verb == "START" and kind == "LISTENER":
            self.listening.add(command.name)
        elif command.verb == "START" and kind == "CHANNEL":
            assert ("CHANNEL", command.name) in self.objects, command.name
        elif command.verb == "STOP" and kind == "LISTENER":
            self.listening.discard(command.name)
        else:
            assert command.text in {"REFRESH SECURITY TYPE(SSL)", "REFRESH SECURITY TYPE(CONNAUTH)"}, command.text

    def _rule(self, wanted: MqObject, action: str) -> None:
        kept = {keyword: value for keyword, value in wanted.attributes.items() if keyword != "ACTION"}
        rule = MqObject(Kind.CHLAUTH, wanted.name, kept)
        if action == "REMOVE":
            assert set(kept) <= {*CHLAUTH_KEYS}, kept
            del self.rules[rule.key]
            return
        assert action == "REPLACE" or rule.key not in self.rules, rule.key
        self.rules[rule.key] = rule

    def _authority(self, command: MqscCommand, wanted: MqObject) -> None:
        there = self.authorities.get(wanted.key)
        have = set(there.attributes["AUTHLIST"]) if there else set()
        taken = command.value("AUTHRMV") or ()
        have |= set(expand(wanted.text("OBJTYPE"), wanted.attributes["AUTHLIST"]))
        have -= {taken} if isinstance(taken, str) else set(taken)
        record = MqObject(Kind.AUTHREC, wanted.name, {**wanted.attributes, "AUTHLIST": tuple(sorted(have))})
        self.authorities[wanted.key] = record

    def _shown(self, one: MqObject) -> MqObject:
        depth = self.depths.get(one.name)
        return replace(one, attributes={**one.attributes, "CURDEPTH": depth}) if depth else one

    def fact(self, store: StoreFact | None) -> QueueManagerFact:
        if self.status != "Running":
            return QueueManagerFact(self.name, self.status, running=False)
        return QueueManagerFact(
            name=self.name,
            status=self.status,
            running=True,
            own=MqObject(Kind.QMGR, self.name, self.own),
            objects={key: self._shown(one) for key, one in self.objects.items()},
            rules=dict(self.rules),
            authorities=dict(self.authorities),
            listening=frozenset(self.listening),
            instances=self.instances,
            security_policy=self.security_policy,
            tls_channels=self.tls_channels,
            store=store,
            ssl_folder=self.own["SSLKEYR"].rpartition("/")[0],
        )


def with_defaults(wanted: MqObject) -> MqObject:
    """The object as MQ keeps it: what the command did not say has its default."""
    subtype = wanted.text(SUBTYPE_KEYWORDS.get(wanted.kind, ""))
    table = attributes(wanted.kind, subtype)
    default = {keyword: row.default for keyword, row in table.items() if row.default is not None and not row.read_only}
    return MqObject(wanted.kind, wanted.name, {**default, **wanted.attributes})


@dataclass
class Machine:
    """Everything on one host that plans are made from."""

    release: Release = NEWEST
    queue_managers: dict[str, QueueManager] = field(default_factory=dict)
    stores: dict[str, Store] = field(default_factory=dict)
    users: dict[str, UserFact] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)
    kits: dict[str, dict[str, str]] = field(default_factory=dict)
    exchange: dict[str, str] = field(default_factory=dict)
    authority: AuthorityFact = field(default_factory=lambda: AuthorityFact("absent"))
    busy_ports: dict[tuple[str, int], str] = field(default_factory=dict)
    plays_root: bool = False
    set_values: dict[str, dict[str, str]] = field(default_factory=dict)
    owed: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    store_paths: dict[str, str] = field(default_factory=dict)
    """Queue manager → the file of its key repository, as the topology wants it."""

    def facts(self) -> Facts:
        """What `run` would read now."""
        return Facts(
            taken="10:12",
            host="mqhost",
            release=self.release,
            installation="Installation1",
            plays_root=self.plays_root,
            queue_managers={name: one.fact(self._store_of(name)) for name, one in self.queue_managers.items()},
            users=dict(self.users),
            groups={name: frozenset(members) for name, members in self.groups.items()},
            busy_ports=dict(self.busy_ports),
            authority=self.authority,
            kits={name: KitFact(dict(files), self._kit_store(name)) for name, files in self.kits.items()},
            exchange=dict(self.exchange),
            memory=Memory(dict(self.set_values), frozenset(self.owed), frozenset(self.begun), frozenset(self.made)),
        )

    def _store_of(self, name: str) -> StoreFact | None:
        path = self.store_paths.get(name)
        if path is None:
            return None
        if path in self.stores:
            return self.stores[path].fact(path)
        older = f"{self.queue_managers[name].own['SSLKEYR']}.kdb"
        if older in self.stores and path.endswith(".p12"):
            successor = older.replace(".kdb", "-pkcs12.p12")
            return StoreFact(successor, exists=False, former=self.stores[older].fact(older))
        return StoreFact(path, exists=False)

    def _kit_store(self, name: str) -> StoreFact | None:
        found = [path for path in self.stores if path.startswith(f"kits/{name}/")]
        return self.stores[found[0]].fact(found[0]) if found else None

    def do(self, plan: Plan) -> None:
        """Carry out every operation of a plan; what root is asked for is done too."""
        for operation in plan.operations:
            assert operation.state is not State.REFUSE, operation
            for step in operation.steps:
                self._step(step)
            if operation.steps:
                self._remember(operation)

    def _remember(self, operation: Operation) -> None:
        """As the journal does; a `wait` is not an operation of ours."""
        if operation.owes:
            self.owed.add(operation.owes)
        self.owed.discard(operation.pays)
        if operation.state is State.DELETE:
            self.set_values.pop(operation.resource, None)
            self.made.discard(operation.resource)
        elif operation.state is not State.WAIT:
            if operation.state is State.CREATE:
                self.made.add(operation.resource)
            known = self.set_values.setdefault(operation.resource, {})
            known |= {change.attribute: change.new for change in operation.changes}

    def _step(self, step: Step) -> None:
        if isinstance(step, Mqsc):
            self.queue_managers[step.queue_manager].take(step.lines()[0])
        elif isinstance(step, Command):
            argv = [shown(word) for word in step.argv]
            assert "********" not in argv, argv
            if argv == ["runmqsc", "-n"]:
                self._client_table(shown(step.environment["MQCHLLIB"]))
            else:
                self._command(argv)
        elif isinstance(step, MakeKey):
            self._key_work(step.work)
        elif isinstance(step, WriteFile):
            _, client, name = shown(step.path).split("/")
            self.kits.setdefault(client, {})[name] = step.content
        elif isinstance(step, Wait):
            for command in step.commands:
                self._command(command.split())
        else:
            assert isinstance(step, Check), step

    def _key_work(self, work: CreateAuthority | SignRequest | CreateClientStore | AddSigner) -> None:
        if isinstance(work, CreateAuthority):
            self.authority = AuthorityFact("whole", work.subject, work.days)
        elif isinstance(work, SignRequest):
            self.exchange[work.target] = self.exchange[work.request]
        elif isinstance(work, CreateClientStore):
            self.exchange[work.public] = work.subject
            issuer = self.authority.subject if work.authority else work.subject
            personal = CertificateFact(work.label, True, work.subject, issuer, days_left=work.days)
            self.stores.setdefault(work.path, Store()).entries[work.label.lower()] = personal
            self.kits.setdefault(work.path.split("/")[1], {})[work.path.split("/")[2]] = "(binary)"
        else:
            trusted = CertificateFact(work.label, personal=False)
            self.stores.setdefault(work.path, Store()).entries[work.label.lower()] = trusted
            self.kits.setdefault(work.path.split("/")[1], {})[work.path.split("/")[2]] = "(binary)"

    def _command(self, argv: list[str]) -> None:
        program, *words = argv
        known: dict[str, Callable[[list[str]], None]] = {
            "crtmqm": self._crtmqm,
            "strmqm": self._strmqm,
            "runmqakm": self._runmqakm,
            "chgrp": self._chgrp,
            "chmod": self._chmod,
            "mkdir": lambda _: None,
            "rm": self._rm,
            "cp": self._cp,
            "useradd": self._useradd,
            "groupadd": self._groupadd,
            "usermod": self._usermod,
        }
        known[program](words)

    def _crtmqm(self, words: list[str]) -> None:
        name = words[-1]
        assert name not in self.queue_managers, name
        own = {"DEADQ": words[words.index("-u") + 1]}
        self.queue_managers[name] = QueueManager(name, status="Ended immediately", own=own)

    def _strmqm(self, words: list[str]) -> None:
        self.queue_managers[words[-1]].status = "Running"

    def _runmqakm(self, words: list[str]) -> None:
        verb, rest = " ".join(words[:2]), words[2:]
        flags = dict(zip(rest, [*rest[1:], ""], strict=True))
        if verb == "-cert -import":
            source, target = self.stores[flags["-file"]], self.stores[flags["-target"]]
            target.entries[flags["-label"].lower()] = source.entries[flags["-label"].lower()]
            return
        path = flags["-db"]
        if verb == "-keydb -create":
            assert path not in self.stores or "-f" in rest, f"{path} exists"
            self.stores[path] = Store()
            if path.startswith("kits/"):
                self.kits.setdefault(path.split("/")[1], {})[path.split("/")[2]] = "(binary)"
            return
        store = self.stores[path]
        label = flags.get("-label", "")
        if verb == "-cert -add":
            assert label.lower() not in store.entries, f"{label} exists"
            store.entries[label.lower()] = CertificateFact(label, personal=False)
        elif verb == "-cert -create":
            assert label.lower() not in store.entries, f"{label} exists"
            days = int(flags["-expire"])
            dn = flags["-dn"]
            own = CertificateFact(label, personal=True, subject=dn, issuer=dn, days_left=days)
            store.entries[label.lower()] = own
        elif verb == "-certreq -create":
            assert label.lower() not in store.requests, f"{label} exists"
            store.requests[label] = flags["-dn"]
            self.exchange[flags["-file"]] = flags["-dn"]
        elif verb == "-certreq -extract":
            self.exchange[flags["-target"]] = store.requests[label]
        elif verb == "-cert -delete":
            del store.entries[label.lower()]
        elif verb == "-cert -receive":
            subject = self.exchange[flags["-file"]]
            label = next(one for one, asked in store.requests.items() if asked == subject)
            del store.requests[label]
            issuer = self.authority.subject
            received = CertificateFact(label, personal=True, subject=subject, issuer=issuer, days_left=DAYS)
            store.entries[label.lower()] = received
        else:
            assert verb == "-cert -extract", words
            self.exchange[flags["-target"]] = store.entries[label.lower()].subject

    def _chgrp(self, words: list[str]) -> None:
        for path in words[1:]:
            if path in self.stores:
                self.stores[path].group = words[0]

    def _chmod(self, words: list[str]) -> None:
        for path in words[1:]:
            if path in self.stores:
                self.stores[path].mode = int(words[0], 8)

    def _rm(self, words: list[str]) -> None:
        assert words[0] == "-f", words
        for path in words[1:]:
            self.exchange.pop(path, None)
            self.stores.pop(path, None)

    def _cp(self, words: list[str]) -> None:
        _, client, name = words[1].split("/")
        self.kits.setdefault(client, {})[name] = f"a copy of {words[0]}"

    def _client_table(self, folder: str) -> None:
        self.kits[folder.rpartition("/")[2]]["AMQCLCHL.TAB"] = "(binary)"

    def _groupadd(self, words: list[str]) -> None:
        assert words[-1] not in self.groups, f"group {words[-1]} exists"
        self.groups[words[-1]] = set()

    def _useradd(self, words: list[str]) -> None:
        name, flags = words[-1], dict(pairwise(words))
        assert name not in self.users, f"user {name} exists"
        primary = flags.get("-g", name)
        assert "-g" in flags or name not in self.groups, f"group {name} exists"
        groups = {primary} | ({flags["-G"]} if "-G" in flags else set())
        assert "-G" not in flags or flags["-G"] in self.groups, f"no group {flags['-G']}"
        for group in groups:
            self.groups.setdefault(group, set()).add(name)
        self.users[name] = UserFact(name, primary, frozenset(groups))

    def _usermod(self, words: list[str]) -> None:
        assert words[:2] == ["-a", "-G"], words
        group, name = words[2:]
        self.groups[group].add(name)
        user = self.users[name]
        self.users[name] = replace(user, groups=user.groups | {group})


def type_into(machine: Machine, queue_manager: str, commands: Iterable[str]) -> None:
    """MQSC that somebody types by hand."""
    for command in commands:
        machine.queue_managers[queue_manager].take(command)
