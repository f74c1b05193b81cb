"""Finding who may be meant by what was typed: by name, sound, slip of the hand, date or number."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import inf
from typing import NamedTuple

from django.db import connection
from django.db.models import CharField, F, Func, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate

from ownway.foundation.council.access import Viewer, may
from ownway.foundation.people.models import Person
from ownway.foundation.people.queries.asked import Asked, nearly, read
from ownway.foundation.people.queries.closeness import Close, Row, without_one_letter
from ownway.foundation.people.queries.nicknames import other_names

MOST_ROWS = 300
SURE, FITS = 2.6, 1.5
LEAST_FUZZY = 3
LEAST_WIDE = 6


def find(viewer: Viewer, words: str, *, limit: int = 20) -> list[Person]:
    """People who may be meant by what was typed, likeliest first.

    Name, nickname, sound or misspelling, birth date, postcode, telephone, e-mail or NHS number,
    in any order and mixed. Only for staff who may find people; it shows that somebody is known,
    not what is known.
    """
    text = words.strip()
    if not may(viewer, "people.find") or len(text) < 2:
        return []
    asked = read(text)
    order = _likeliest(asked)[:limit]
    found = Person.objects.filter(pk__in=order).select_related("household")
    by_key = found.prefetch_related("named_workers__staff").in_bulk()
    return [by_key[key] for key in order if key in by_key]


def _likeliest(asked: Asked) -> list[int]:
    """The keys of those who come into question, likeliest first; asked on until somebody fits."""
    sounds = _sounds(asked.words)
    rows: dict[int, Row] = {}
    scored: dict[int, float] = {}
    for question in _questions(asked, sounds):
        if max(scored.values(), default=0.0) >= question.unless:
            continue
        new = [row for row in _read(question.people) if row.key not in rows]
        close = Close(asked, sounds=sounds, sound_of=_sounds({p for r in new for p in r.parts}))
        rows |= {row.key: row for row in new}
        scored |= {row.key: close.to(row) for row in new}
    near = [row for row in rows.values() if scored[row.key] > 0]
    near.sort(key=lambda row: (-scored[row.key], row.name, row.key))
    return [row.key for row in near]


def _sounds(words: Iterable[str]) -> dict[str, str]:
    """The sound of each word, as the index knows it."""
    wanted = list(words)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, people_sound(word) FROM unnest(%s::text[]) AS word", [wanted])
        return dict(cursor.fetchall())


# -- Who comes into question --------------------------------------------------------------------


class Question(NamedTuple):
    """Whom to read next, unless somebody is as close as this already."""

    people: QuerySet[Person]
    unless: float = inf


def _questions(asked: Asked, sounds: dict[str, str]) -> Iterator[Question]:
    """One index each, the surest first."""
    people = Person.objects.all()
    for number in _numbers(asked):
        yield Question(people.filter(number))
    for exact in _exactly(asked):
        yield Question(people.filter(exact))
    if not asked.words:
        if where_or_when := _where_or_when(asked):
            yield Question(people.filter(where_or_when))
        return
    fuzzy = _named(_fuzzy(asked, sounds))
    if where_or_when := _where_or_when(asked):
        yield Question(people.filter(fuzzy, where_or_when), unless=SURE)
    is_one_of_many = len(asked.words) == 1 and where_or_when is not None
    begun = people.filter(_named(_begun(asked.words)))
    yield Question(begun, unless=SURE if is_one_of_many else inf)
    yield Question(people.filter(fuzzy), unless=SURE)
    if wide := _wide(asked.words, sounds):
        yield Question(people.filter(_named(wide)), unless=FITS)


def _read(people: QuerySet[Person]) -> list[Row]:
    fields = ("pk", "sort_name", "date_of_birth", "household__postcode", "nhs_number", "phone")
    listed = people.order_by("sort_name", "pk").values_list(*fields, "email")
    return [Row(*one) for one in listed[:MOST_ROWS]]


def _named(question: str) -> Q:
    """Those whose name answers a question to the index of names."""
    return Q(pk__in=RawSQL("SELECT people_named(%s::tsquery)", [question]))


def _numbers(asked: Asked) -> Iterator[Q]:
    """By NHS number, mistyped or not; by telephone; by e-mail."""
    if asked.digits:
        yield Q(nhs_number__in=nearly(asked.digits))
        yield Q(pk__in=_with_phone(asked.digits))
    if asked.email:
        yield Q(email__istartswith=asked.email)


def _with_phone(digits: str) -> QuerySet[Person, int]:
    dialled = Collate(Func(F("phone"), function="people_digits", output_field=CharField()), "C")
    # In that collation a colon follows the nine: every number that begins so.
    numbered = Person.objects.alias(dialled=dialled).filter(dialled__range=(digits, f"{digits}:"))
    return numbered.values_list("pk", flat=True)


def _where_or_when(asked: Asked) -> Q | None:
    meant = Q()
    if asked.born:
        meant |= Q(date_of_birth__in=asked.born)
    if asked.year:
        meant |= Q(date_of_birth__range=(date(asked.year, 1, 1), date(asked.year, 12, 31)))
    if asked.postcodes:
        meant |= Q(household__postcode__in=asked.postcodes)
    if asked.outward:
        meant |= Q(household__postcode__startswith=f"{asked.outward} ")
    return meant or None


def _exactly(asked: Asked) -> Iterator[Q]:
    """By birth date or whole postcode alone: the name may be another one by now."""
    if asked.born:
        yield Q(date_of_birth__in=asked.born)
    if asked.postcodes:
        yield Q(household__postcode__in=asked.postcodes)


# -- The questions put to the index of names ----------------------------------------------------


def _begun(words: Sequence[str]) -> str:
    """Each word begins a part of the name, or is a short form of one."""
    return " & ".join(_any(_start(word), *map(_whole, other_names(word))) for word in words)


def _fuzzy(asked: Asked, sounds: dict[str, str]) -> str:
    """Each word is a part of the name but for its sound, its ending, or one slip of the hand."""
    by_word = " & ".join(_any(*_alike(word, sounds)) for word in asked.words)
    joined = "".join(asked.words)
    if len(asked.words) > 1:
        return f"{by_word} | {_any(*_alike(joined, {}), _start(joined))}"
    return by_word


def _alike(word: str, sounds: dict[str, str]) -> Iterator[str]:
    yield _start(word)
    yield from map(_whole, sorted(other_names(word)))
    if len(word) < LEAST_FUZZY:
        return
    yield _whole(f"-{word}")
    for less in without_one_letter(word):
        yield _whole(less)
        yield _whole(f"-{less}")
    if sound := sounds.get(word):
        yield _whole(f"~{sound}")
    if len(word) > LEAST_FUZZY:
        yield from map(_start, _swapped(word))


def _swapped(word: str) -> list[str]:
    """The word with two neighbours swapped: it may still be being typed."""
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]


def _wide(words: Sequence[str], sounds: dict[str, str]) -> str:
    """All words but one are alike, and of that one no more than the beginning."""
    alike = [_any(*_alike(word, sounds)) for word in words]
    begun = [_any(*map(_start, dict.fromkeys(word[:2]))) for word in words]
    return " | ".join(
        _any(" & ".join([*alike[:at], begun[at], *alike[at + 1 :]]))
        for at, word in enumerate(words)
        if len(word) >= LEAST_WIDE
    )


def _any(*terms: str) -> str:
    return f"({' | '.join(terms)})"


def _whole(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _start(lexeme: str) -> str:
    return f"{_whole(lexeme)}:*"
