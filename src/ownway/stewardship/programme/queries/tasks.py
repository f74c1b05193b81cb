"""What stands before a draft can be published, each with the page where it is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ownway.foundation.council import actions as council
from ownway.foundation.council.actions import Objection
from ownway.foundation.council.models import EqualityAssessment, SettingsVersion, Staff
from ownway.foundation.council.queries import rules_of
from ownway.stewardship.programme.queries import reach
from ownway.stewardship.programme.queries.effect import Effect

ONE_AMOUNT = "protected_income"


@dataclass(frozen=True)
class Refusal:
    """One reason not to publish, and where it is put right."""

    words: str
    address: str


@dataclass(frozen=True)
class Task:
    """One thing before publishing: what, whether it is done, and where."""

    name: str
    hint: str
    done: bool
    address: str


_PLACES = {
    "equality": "policy-equality",
    "unmeasured": "policy-equality",
    "starts_on": "policy-draft",
    "base": "policy-draft",
    "unknown": "policy-draft",
    "too_low": "policy-draft",
    "proof": "policy-proof",
    "effect": "policy-effect",
    "published_by": "policy-publish",
    "status": "policy-publish",
}


def refusals(objections: Iterable[Objection], draft: SettingsVersion) -> tuple[Refusal, ...]:
    """Every reason with its address."""
    return tuple(
        Refusal(one.words, reverse(_PLACES[one.about], args=[draft.number])) for one in objections
    )


def against(effect: Effect) -> list[Objection]:
    """What the effect and the rules hold against publishing, beside what holds for any version."""
    return [
        *_sums(effect),
        *_unmeasured(effect),
        *_unknown(effect.version),
        *_too_low(effect.version),
    ]


def _sums(effect: Effect) -> Iterator[Objection]:
    if not effect.all_agree:
        words = (
            "The sums worked one by one do not agree with the run. "
            "Tell whoever looks after Ownway, and do not publish"
        )
        yield Objection(words, "effect")


def _unmeasured(effect: Effect) -> Iterator[Objection]:
    kept = effect.version.equality
    if kept is not None and lacks_a_finding(kept, effect):
        names = "; ".join(one.label for one in effect.unmeasured)
        words = f"Nobody has written who is affected by what was not measured: {names}"
        yield Objection(words, "unmeasured")


def _unknown(draft: SettingsVersion) -> Iterator[Objection]:
    if missing := reach.unknown(rules_of(draft)):
        names = "; ".join(one.label or one.name for one in missing)
        words = (
            f"These are not known on {draft.starts_on:%-d %B %Y}, and sums could not be worked "
            f"out without them: {names}. Add them to the draft, or choose another day or method"
        )
        yield Objection(words, "unknown")


def _too_low(draft: SettingsVersion) -> Iterator[Objection]:
    """One amount that everybody keeps may not be less than the country says anybody must keep.

    Source: SI 2014/2672, regulation 7: the minimum income guarantee, here of somebody alone.
    """
    pack = rules_of(draft)
    national = pack.numbers.get("mig_single_pension_pence")
    if national is None or national.value is None or pack.word("charging_method") != ONE_AMOUNT:
        return
    kept = pack.number("protected_income_pence")
    if kept.single < national.single:
        yield Objection(
            f"Everybody would keep {kept.shown} a week. That is below the national level: "
            f"{national.label}, {national.shown}. Raise what a person must keep",
            "too_low",
        )


def lacks_a_finding(kept: EqualityAssessment, effect: Effect) -> bool:
    """Whether something was not measured, and no person has written who it affects."""
    return bool(effect.unmeasured) and not kept.unmeasured.strip()


def before_publishing(draft: SettingsVersion, *, by: Staff, on: date, effect: Effect) -> list[Task]:
    """The list that leads to publishing, for whoever looks."""
    found = [*council.objections(draft, by=by, on=on), *against(effect)]
    return list(_tasks(draft, {one.about: one.words for one in found}, by))


def _tasks(draft: SettingsVersion, found: dict[str, str], by: Staff) -> Iterator[Task]:
    def at(name: str) -> str:
        return reverse(name, args=[draft.number])

    proof = found.get("proof", "Nothing overflows, and more need never means less money")
    yield Task("Proof of the draft", proof, "proof" not in found, at("policy-proof"))
    wrong = found.get("base") or found.get("starts_on")
    said = wrong or f"From {draft.starts_on:%-d %B %Y}"
    yield Task("The draft and its day", said, wrong is None, at("policy-draft"))
    wrong = found.get("unknown") or found.get("too_low")
    said = wrong or "Every number that the chosen methods need has a value"
    yield Task("Numbers on that day", said, wrong is None, at("policy-draft"))
    said = found.get("effect", "Worked out now on everybody, and kept with the version")
    yield Task("Effect on everybody", said, "effect" not in found, at("policy-effect"))
    wrong = found.get("equality") or found.get("unmeasured")
    said = wrong or "Every part is written"
    yield Task("Equality assessment", said, wrong is None, at("policy-equality"))
    own = by.pk == draft.made_by_id
    said = "You drafted it, so somebody else decides" if own else f"{draft.made_by.name} drafted it"
    yield Task("Published by a second person", said, False, at("policy-publish"))
