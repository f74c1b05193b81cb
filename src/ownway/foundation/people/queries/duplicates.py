"""Who is known already, when somebody is about to be added."""

from datetime import date

from django.db.models import Case, Q, Value, When

from ownway.foundation.people.models import Person
from ownway.foundation.people.queries.names import sounds_like, spaced_postcode


def possible_duplicates(
    *, first_name: str, last_name: str, born: date | None, postcode: str = "", nhs_number: str = ""
) -> list[Person]:
    """People already known who may be the one about to be added, likeliest first.

    Alike means: the same NHS number; or a name that sounds the same with the same birth date,
    the same postcode, or the same first letter.
    """
    sound, home = sounds_like(last_name), spaced_postcode(postcode) if postcode else ""
    same_sound, same_first = Q(sounds_like=sound), Q(first_name__iexact=first_name)
    alike = same_sound & Q(first_name__istartswith=first_name[:1]) if first_name else same_sound
    if born:
        alike |= Q(date_of_birth=born) & (same_sound | same_first)
    if nhs_number:
        alike |= Q(nhs_number=nhs_number)
    likeness = [
        (10, Q(nhs_number=nhs_number) if nhs_number else None),
        (4, Q(date_of_birth=born) if born else None),
        (3, Q(household__postcode=home) if home else None),
        (3, same_first),
        (1, same_sound),
        (1, Q(last_name__iexact=last_name)),
    ]
    score = sum(
        (Case(When(same, then=points), default=0) for points, same in likeness if same),
        start=Value(0),
    )
    found = Person.objects.filter(alike).select_related("household").annotate(score=score)
    return list(found.filter(score__gte=5).order_by("-score", "pk")[:5])
