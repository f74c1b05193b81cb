"""The transparency record of the rules in force, made from them: none of it is kept up by hand.

Source: the headings are those of the UK Algorithmic Transparency Recording Standard, in our words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from ownway.design.dates import plain_date
from ownway.foundation.council import queries as council
from ownway.foundation.council.models import Identity, Role, SettingsVersion, Staff
from ownway.foundation.council.queries import Standing
from ownway.journey.allocation.queries.explaining import (
    Explained,
    Figure,
    explained,
    fact_at,
    method_number,
    wanted,
)
from ownway.journey.allocation.queries.rules import Rules, rules_now
from ownway.policy import domains, proving
from ownway.policy.decision import Decision
from ownway.policy.packs import Pack
from ownway.policy.proving import Claim

METHODS = {
    "price": "each point of need has one price",
    "table": "a yearly table turns points into money",
    "component": "each part of life has hours of help, at a price an hour",
}
NOT_USED = ("sex", "ethnic group", "faith", "sexual orientation", "marriage", "being pregnant")


@dataclass(frozen=True)
class Answer:
    """One question of the record, and what we say to it."""

    question: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One part of the record."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Record:
    """The whole record on a day, with what was proved of the rules it is about."""

    name: str
    on: date
    pack: Pack
    parts: tuple[Part, ...]
    claims: tuple[Claim, ...]
    versions: tuple[Standing, ...]

    @property
    def file_name(self) -> str:
        """What the record is called as a file."""
        return f"transparency-record-{self.on:%Y-%m-%d}"

    @property
    def proved(self) -> str:
        """How many of the claims hold."""
        held = sum(claim.holds for claim in self.claims)
        return f"{held} of {len(self.claims)}"

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Every line of it, as a sheet has them."""
        for part in self.parts:
            for one in part.answers:
                yield part.title, one.question, " ".join(one.said)
        for claim in self.claims:
            yield "What is proved", claim.words, _held(claim)

    def as_json(self) -> dict[str, Any]:
        """The whole as plain data."""
        return {
            "name": self.name,
            "on": self.on.isoformat(),
            "standard": "UK Algorithmic Transparency Recording Standard, in our words",
            "pack": self.pack.name,
            "profile": self.pack.profile,
            "pack_version": self.pack.version,
            "pack_hash": self.pack.hash,
            "parts": [
                {
                    "title": part.title,
                    "answers": [
                        {"question": one.question, "answer": list(one.said)} for one in part.answers
                    ],
                }
                for part in self.parts
            ],
            "proved": [
                {"claim": claim.words, "holds": claim.holds, "because": claim.because}
                for claim in self.claims
            ],
            "versions": [_version(one) for one in self.versions],
        }


def _held(claim: Claim) -> str:
    return f"{'Holds' if claim.holds else 'Does not hold'}. {claim.because}".strip()


def _version(stands: Standing) -> dict[str, Any]:
    version = stands.version
    return {
        "number": version.number,
        "state": stands.state,
        "profile": version.profile,
        "starts_on": version.starts_on.isoformat(),
        "until": stands.until and stands.until.isoformat(),
        "because": version.because,
        "own_numbers": version.own,
    }


def transparency_record(identity: Identity, *, on: date) -> Record:
    """The record of the rules in force on a day."""
    rules = rules_now(on)
    person, carer = (explained(rules.pack, who) for who in ("person", "carer"))
    claims = tuple(_about_budgets(rules.pack, person.example, carer.example))
    versions = tuple(council.standings(on=on))
    return Record(
        name=f"How a first budget is worked out in {identity.short_name}",
        on=on,
        pack=rules.pack,
        parts=(
            _in_short(identity),
            _who_answers(identity, rules),
            _what_and_why(rules, council.lived(on=on)[1:]),
            _how_decided(rules),
            _how_it_works(rules, person),
            _data(rules),
            _risks(claims, rules),
        ),
        claims=claims,
        versions=versions,
    )


def _about_budgets(pack: Pack, *examples: Decision) -> Iterator[Claim]:
    """What is proved of the graphs a budget is worked by, and of the pack as it was read."""
    used = {tuple(node.name for node in worked.trace) for worked in examples}
    names = {g.name for g in pack.graphs.values() if tuple(n.name for n in g.nodes) in used}
    for claim in proving.claims(pack):
        graph, colon, _ = claim.words.rpartition(": ")
        if not colon or graph in names:
            yield claim


# -- The parts ------------------------------------------------------------------------------------


def _in_short(identity: Identity) -> Part:
    return _part(
        "In short",
        ("What is it called?", f"How a first budget is worked out in {identity.short_name}."),
        (
            "What does it do?",
            "It turns answers about daily life into a first sum of money for care and support.",
            "The sum is a guide. It is not a limit and not a decision.",
        ),
        (
            "Where can I see it?",
            f"On the page {reverse('how-a-budget-is-worked-out')}. Anybody can try it there.",
        ),
        ("Whom can I ask?", *_contact(identity)),
    )


def _contact(identity: Identity) -> Iterator[str]:
    yield from (f"{way}." for way in (identity.name, identity.phone, identity.email) if way)


def _who_answers(identity: Identity, rules: Rules) -> Part:
    director = _first(Role.DIRECTOR)
    return _part(
        "Who answers for it",
        ("Which body uses it?", f"{identity.name}."),
        ("Who looks after the rules?", _named(rules.owner)),
        ("Who is in charge?", _named(director)),
        (
            "Is another firm part of it?",
            "No firm decides or sees the answers. The council runs Ownway, which is open source.",
        ),
    )


def _first(role: str) -> Staff | None:
    return council.staff_members().filter(role=role).order_by("pk").first()


def _named(staff: Staff | None) -> str:
    return f"{staff.name}, {staff.get_role_display().lower()}." if staff else "Nobody is named yet."


def _what_and_why(rules: Rules, before: Sequence[SettingsVersion]) -> Part:
    return _part(
        "What it does and why",
        (
            "What is it for?",
            "People see how much money there may be before they plan, and why.",
            "The same answers give the same sum for everyone.",
        ),
        (
            "What is it not for?",
            "It does not say who can get help. It does not set the final budget. It cannot say no.",
        ),
        ("Why these rules?", _because(rules)),
        ("What was there before?", _before(before)),
    )


def _because(rules: Rules) -> str:
    if rules.version is None:
        return "These are the rules as they came. The council has not yet settled its own."
    said = rules.version.because.strip() or "No reason was written."
    return f"Version {rules.version.number}: {said}"


def _before(versions: Sequence[SettingsVersion]) -> str:
    """The version that was in use until these rules came: by its days, whatever its number."""
    if not versions:
        return "No version before this one."
    before = versions[0]
    return f"Version {before.number}, from {plain_date(before.starts_on)}. It can still be read."


def _how_decided(rules: Rules) -> Part:
    return _part(
        "Who decides",
        (
            "Where does it come in?",
            "After a talk about needs, and after help to get stronger. Before the plan.",
        ),
        (
            "What does a person do?",
            "A worker checks each answer with you. A manager agrees the plan and the real budget.",
            "Both see the sum and can go another way. They must say why.",
        ),
        (
            "Can it decide alone?",
            "No. When a plan has to cost more to meet needs, the budget goes up.",
        ),
        (
            "What if I think it is wrong?",
            "Ask us to look again, on your own page or by phone. "
            f"You hear within {rules.pack.value('answer_days')} working days.",
            f"All your rights are on the page {reverse('your-rights')}.",
        ),
    )


def _how_it_works(rules: Rules, person: Explained) -> Part:
    steps = (f"{place}. {one.title}." for place, one in enumerate(person.steps, 1))
    figures = tuple(map(_figure, person.figures))
    method = method_number(rules.pack).shown
    return _part(
        "How it works",
        (
            "What kind of tool is it?",
            "A fixed sum in steps. It does not learn, and there is no guess in it.",
        ),
        ("How do points become money?", f"{METHODS.get(method, method).capitalize()}."),
        ("What are the steps?", *steps),
        ("Which figures does it use?", *(figures or ("The table of points.",))),
        ("Which version is it?", *_which(rules)),
    )


def _figure(one: Figure) -> str:
    since = f", since {plain_date(one.since)}" if one.since else ""
    unsure = "" if one.sure else " Not yet sure: it may change."
    return f"{one.label}: {one.shown}{since}. From: {one.source}.{unsure}"


def _which(rules: Rules) -> Iterator[str]:
    pack = rules.pack
    if rules.version:
        yield f"Rules version {rules.version.number}, since {plain_date(rules.version.starts_on)}."
    yield f"As it stands on {plain_date(pack.on)}."
    yield f"It builds on the file {pack.profile or pack.name}, which comes with Ownway."
    yield f"Its mark is {pack.hash[:16]}. Each sum keeps it, and can be worked out again."


def _data(rules: Rules) -> Part:
    asked = dict.fromkeys(_fact_words(name, "person") for name in wanted(rules.pack, "person"))
    unsure = [n.label for n in rules.pack.numbers.values() if not n.confirmed and n.value]
    return _part(
        "Data",
        (
            "What does it read?",
            *(f"{words}." for words in asked),
            f"For a carer: {len(domains.CARER_NINE)} answers about their own life.",
        ),
        ("What does it never read?", f"{', '.join(NOT_USED).capitalize()}."),
        (
            "Where does it come from?",
            "From you, and from your worker, who reads your answers with you.",
        ),
        (
            "Where do the figures come from?",
            "Each figure names where it is from.",
            f"Not yet sure: {len(unsure)} of {len(rules.pack.numbers)} figures of all our rules.",
        ),
        (
            "Who can see it?",
            "You, those who act for you, and the staff who work with you.",
            "Each look is written down.",
        ),
    )


def _fact_words(name: str, who: str) -> str:
    """A fact in words; the nine parts of life are said once for all of them."""
    path = name.split(".")
    words = str(getattr(fact_at(name, who), "words", name))
    words = f"for each of nine parts of life, {words}" if len(path) == 3 else words
    return f"{words[:1].upper()}{words[1:]}"


def _risks(claims: tuple[Claim, ...], rules: Rules) -> Part:
    held = sum(claim.holds for claim in claims)
    return _part(
        "Risks, and what we do",
        (
            "Could the sum be too low?",
            "Yes, for lives that do not fit nine answers. So it is only a guide. "
            "A plan that needs more gets more, with a reason.",
        ),
        (
            "Could it be unfair to some?",
            "Before each change we look at who gains and who loses, by group. "
            "A second person must publish it.",
        ),
        (
            "Could a sum be wrong?",
            f"We prove the rules before they are used: {held} of {len(claims)} claims hold. "
            "More need never gives less money.",
        ),
        ("Was the effect on groups looked at?", _equality(rules)),
    )


def _equality(rules: Rules) -> str:
    if rules.version is None or rules.version.published_by is None:
        return "Not yet: these rules are as they came."
    by = rules.version.published_by.name
    return f"Yes, before version {rules.version.number} was published by {by}."


def _part(title: str, *answers: tuple[str, ...]) -> Part:
    return Part(title, tuple(Answer(one[0], tuple(one[1:])) for one in answers))
