"""Changing the glossary and the guide's questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from ownway.community.information import queries
from ownway.community.information.actions.writing import CannotDo
from ownway.community.information.models import Choice, Question, Word
from ownway.foundation.council import access as council
from ownway.foundation.council.models import Staff


def explain_word(*, term: str, meaning: str, by: Staff) -> Word:
    """Put a word into the glossary, or change what it says."""
    council.require(by.sign_in, "information.write")
    found = Word.objects.filter(term__iexact=term).first()
    if found is None:
        return Word.objects.create(term=term, meaning=meaning)
    found.term, found.meaning = term, meaning
    found.save(update_fields=["term", "meaning"])
    return found


def remove_word(word: Word, *, by: Staff) -> None:
    """Take a word out of the glossary; in texts it is a plain word from then on."""
    council.require(by.sign_in, "information.write")
    word.delete()


@transaction.atomic
def write_question(
    question: Question | None, *, said: Mapping[str, str], choices: Sequence[Mapping[str, Any]],
    by: Staff,
) -> Question:  # fmt: skip
    """Write a question with its choices, each leading to one place.

    Raises:
        CannotDo: it has fewer than two choices, or would lead back to itself.
    """
    council.require(by.sign_in, "information.write")
    if len(choices) < 2:
        raise CannotDo("Give at least two answers to choose from")
    onward = [one["next_question"].pk for one in choices if one["next_question"]]
    if question and queries.is_circle(question, onward):
        raise CannotDo("These answers lead back to this question. Lead them onward")
    if question is None:
        is_first = not Question.objects.exists()
        question = Question(key=_free_key(said["title"]), is_first=is_first)
    question.title, question.hint = said["title"], said["hint"]
    question.save()
    _keep_choices(question, choices)
    return question


def _keep_choices(question: Question, choices: Sequence[Mapping[str, Any]]) -> None:
    keys = {choice.words: choice.key for choice in question.choices.all()}
    question.choices.all().delete()
    taken = set[str]()
    for place, one in enumerate(choices):
        key = keys.get(one["words"]) or slugify(one["words"])[:24].strip("-") or "answer"
        key = key if key not in taken else f"{key}-{place}"
        taken.add(key)
        Choice.objects.create(
            question=question, key=key, place=place, words=one["words"], hint=one["hint"],
            next_question=one["next_question"], next_page=one["next_page"],
        )  # fmt: skip


def _free_key(title: str) -> str:
    wanted = slugify(title)[:24].strip("-") or "question"
    taken = set(Question.objects.values_list("key", flat=True))
    return next(
        k for k in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if k not in taken
    )


@transaction.atomic
def remove_question(question: Question, *, by: Staff) -> None:
    """Take a question out of the guide.

    Raises:
        CannotDo: it is the first one, or another question leads to it.
    """
    council.require(by.sign_in, "information.write")
    if question.is_first:
        raise CannotDo("This is the first question. Change it instead")
    if leads := question.led_to_by.select_related("question").first():
        raise CannotDo(f"“{leads.question.title}” leads to it. Lead that elsewhere first")
    question.delete()
