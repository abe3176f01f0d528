"""Puts what scripts ask for beside what the recipe itself orders; the two may not contradict one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from wizard.errors import Problem, RecipeError
from wizard.mq import chlauth
from wizard.mq.attributes import same, subtype
from wizard.mq.objects import Kind, MqObject
from wizard.recipe.schema import Recipe
from wizard.topology.scripts import Ordered, Scripted, every, with_attributes
from wizard.topology.values import Action, Client, QueueManager


def fitted(recipe: Recipe, bare: QueueManager, scripted: Scripted) -> QueueManager:
    """The queue manager with the listener and dead-letter queue that its scripts name where the recipe names none."""
    entry = recipe.queue_managers[bare.name]
    listener = bare.listener or _listener(scripted)
    named = _dead_letter_queue(scripted) if entry.dead_letter_queue is None else ""
    if not named or named == bare.dead_letter_queue:
        return replace(bare, listener=listener)
    made = () if named.startswith("SYSTEM.") else (MqObject(Kind.QLOCAL, named),)
    queues = tuple(one for one in bare.queues if one.name not in {bare.dead_letter_queue, named} or one.attributes)
    here = {one.name for one in queues}
    return replace(
        bare,
        listener=listener,
        dead_letter_queue=named,
        queues=(*(one for one in made if one.name not in here), *queues),
    )


def _listener(scripted: Scripted) -> MqObject | None:
    """The first listener of the scripts that runs: started, or with its queue manager."""
    started = {one.name for one in scripted.commands if one.action is Action.START_LISTENER}
    for one in scripted.defined.values():
        wanted = one.wanted
        runs = wanted.name in started or wanted.text("CONTROL") in {"QMGR", "STARTONLY"}
        if wanted.kind is Kind.LISTENER and wanted.text("TRPTYPE") == "TCP" and wanted.text("PORT") and runs:
            return wanted
    return None


def _dead_letter_queue(scripted: Scripted) -> str:
    """The last DEADQ of the scripts, empty where they say none."""
    named = [one.wanted.text("DEADQ").strip() for one in scripted.own if one.wanted.text("DEADQ").strip()]
    return named[-1] if named else ""


def take_in(
    recipe: Recipe, managers: Iterable[QueueManager], scripts: Mapping[str, Scripted], clients: Iterable[Client]
) -> tuple[QueueManager, ...]:
    """The queue managers with everything that their scripts ask for.

    Raises RecipeError where a script contradicts the recipe, or a client is granted a queue that neither has.
    """
    taken = [_Taking(one, scripts[one.name]) for one in managers]
    found = tuple(one.whole() for one in taken)
    problems = [problem for one in taken for problem in one.problems]
    if recipe.mqsc:
        by_name = {one.name: one for one in found}
        problems += [problem for one in clients for problem in _granted(recipe, one, by_name[one.queue_manager])]
    if problems:
        raise RecipeError(problems)
    return found


def _granted(recipe: Recipe, client: Client, queue_manager: QueueManager) -> list[Problem]:
    """The queues that a client is granted and that nobody defines."""
    known = {one.name for one in (*queue_manager.queues, *queue_manager.objects)}
    known |= {queue_manager.dead_letter_queue, *recipe.queue_managers[queue_manager.name].existing_queues}
    return [
        recipe.problem(
            ("clients", client.name, "queues", queue),
            f"Queue {queue} is not defined on {queue_manager.name}, nor by a script.",
            f"Add it to the queues of {queue_manager.name}, to existing_queues, or to a script.",
        )
        for queue, _ in client.queues
        if queue not in known and not queue.startswith("SYSTEM.")
    ]


Objects = dict[tuple[str, ...], MqObject]


@dataclass
class _Taking:
    """One queue manager on its way from the recipe's order to the whole of it."""

    bare: QueueManager
    scripted: Scripted
    problems: list[Problem] = field(default_factory=list)

    def whole(self) -> QueueManager:
        """The queue manager with objects, rules, rights, attributes and actions of its scripts."""
        wanted = self._with_objects(self.bare)
        listener = wanted.listener.name if wanted.listener else ""
        commands = tuple(
            one for one in self.scripted.commands if one.action is not Action.START_LISTENER or one.name != listener
        )
        return replace(
            wanted,
            rules=self._rules(),
            authorities=self._rights(),
            attributes=self._attributes(),
            commands=commands,
            origins=tuple((_key(wanted, one), one.origin) for one in every(self.scripted)),
        )

    def _with_objects(self, wanted: QueueManager) -> QueueManager:
        """Definitions and changes: into what the recipe orders under that name, else beside it."""
        dead_letters = ("QUEUE", wanted.dead_letter_queue)
        queues, objects, channels = _by_key(wanted.queues), _by_key(wanted.objects), _by_key(wanted.channels)
        listener = _by_key((wanted.listener,) if wanted.listener else ())
        altered: Objects = {}
        if dead_letters in self.scripted.defined:
            # Ordered by name, it is wanted on a queue manager with a dead-letter queue of its own, too.
            objects |= {dead_letters: queues.pop(dead_letters, self.scripted.defined[dead_letters].wanted)}
        for one in (*self.scripted.defined.values(), *self.scripted.altered.values()):
            key = one.wanted.key
            section = next((held for held in (queues, objects, channels, listener) if key in held), None)
            if section is not None:
                section[key] = self._united(section[key], one)
            elif key in self.scripted.altered:
                altered[key] = one.wanted
            else:
                (queues if one.wanted.kind is Kind.QLOCAL else objects)[key] = one.wanted
        return replace(
            wanted,
            queues=tuple(queues.values()),
            objects=tuple(objects.values()),
            channels=tuple(channels.values()),
            listener=next(iter(listener.values()), None),
            altered=tuple(altered.values()),
        )

    def _united(self, known: MqObject, one: Ordered) -> MqObject:
        """What the recipe and a script say of one object together."""
        if known.kind is not one.wanted.kind or subtype(known) != subtype(one.wanted):
            what = f"{known.name} is a {subtype(known) or known.kind} in the recipe, and another thing here."
            self.problems.append(one.problem(what, "Give one of them another name."))
            return known
        for keyword, value in one.wanted.attributes.items():
            if keyword in known.attributes and not same(known.kind, keyword, value, known.attributes[keyword]):
                said = known.text(keyword) or "blank"
                what = f"{keyword} of {known.name} is {said} in the recipe, and another value here."
                self.problems.append(one.problem(what, "Say it once: in the recipe or in the script."))
        return with_attributes(known, {**one.wanted.attributes, **known.attributes})

    def _rules(self) -> tuple[MqObject, ...]:
        """The rules behind those of the recipe; one that says the same is no second one."""
        rules = {chlauth.identity(rule): rule for rule in self.bare.rules}
        for identity, one in self.scripted.rules.items():
            known = rules.get(identity, one.wanted)
            if not _says_the_same(known, one.wanted):
                what = f"The recipe has a record on {known.name} about the same partners; MQ keeps only one of them."
                self.problems.append(one.problem(what, "Say it once: in the recipe or in the script."))
            rules[identity] = with_attributes(known, {**one.wanted.attributes, **known.attributes})
        return tuple(rules.values())

    def _rights(self) -> tuple[MqObject, ...]:
        """The rights with those of the recipe; what one group may do with one thing is one record."""
        rights = _by_key(self.bare.authorities)
        for one in self.scripted.rights:
            known = rights.get(one.wanted.key)
            words = {*one.wanted.attributes["AUTHLIST"], *(known.attributes["AUTHLIST"] if known else ())}
            attributes = {**one.wanted.attributes, "AUTHLIST": tuple(sorted(words))}
            rights[one.wanted.key] = with_attributes(one.wanted, attributes)
        return tuple(rights.values())

    def _attributes(self) -> MqObject:
        """What ALTER QMGR sets, the last word of the scripts, unless the recipe says otherwise."""
        said = {keyword: one for one in self.scripted.own for keyword in one.wanted.attributes}
        known = self.bare.attributes or MqObject(Kind.QMGR, self.bare.name)
        fixed = _derived(self.bare)
        values = dict(known.attributes)
        for keyword, one in said.items():
            value = one.wanted.attributes[keyword]
            # A queue manager without a dead-letter queue loses what it cannot deliver; the recipe's stays.
            if keyword == "DEADQ" and not one.wanted.text(keyword).strip():
                continue
            self._refuse_contradiction(one, keyword, fixed)
            if keyword not in fixed or keyword == "DEADQ":
                values[keyword] = value
        return MqObject(Kind.QMGR, self.bare.name, values)

    def _refuse_contradiction(self, one: Ordered, keyword: str, fixed: Mapping[str, tuple[str, str]]) -> None:
        """Note where the recipe itself says what an attribute is, or relies on it."""
        name, value = self.bare.name, one.wanted.attributes[keyword]
        known = self.bare.attributes.attributes if self.bare.attributes else {}
        if (keyword, value) == ("CHLAUTH", "DISABLED") and self.bare.channels:
            what = f"CHLAUTH(DISABLED) would leave the rules of {name}'s clients without effect."
            self.problems.append(one.problem(what, "Take it out."))
        elif keyword in fixed or keyword in known:
            ordered, where = fixed.get(keyword) or (known[keyword], "attributes")
            if not same(Kind.QMGR, keyword, value, ordered):
                what = f"{keyword} is {ordered or 'blank'} by the recipe, and another value here."
                remedy = f"Say it once: by {where} of {name} in the recipe, or in the script."
                self.problems.append(one.problem(what, remedy))


def _key(queue_manager: QueueManager, one: Ordered) -> tuple[str, ...]:
    """The key of what a command asks for; ALTER QMGR does not say of which queue manager."""
    return (Kind.QMGR, queue_manager.name) if one.wanted.kind is Kind.QMGR else one.wanted.key


def _by_key(objects: Iterable[MqObject]) -> Objects:
    return {one.key: one for one in objects}


def _derived(wanted: QueueManager) -> dict[str, tuple[str, str]]:
    """Attributes of the queue manager that the recipe sets by other fields → value and field."""
    found = {"DEADQ": (wanted.dead_letter_queue, "dead_letter_queue")}
    if wanted.repository and wanted.identity:
        found["SSLKEYR"] = ("its own key repository", "key_repository")
        found["CERTLABL"] = (wanted.identity.label, "certificate: {label: …}")
    return found


def _says_the_same(one: MqObject, other: MqObject) -> bool:
    """Whether no attribute but the description has two values."""
    return all(
        same(Kind.CHLAUTH, keyword, value, other.attributes[keyword])
        for keyword, value in one.attributes.items()
        if keyword in other.attributes and keyword != "DESCR"
    )
