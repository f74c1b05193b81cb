"""Staff check the nine parts, and a carer changes what they can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ownway.foundation.council.models import SignIn
from ownway.foundation.record import actions as record
from ownway.journey.assessment import access, queries
from ownway.journey.assessment.models import Assessment, Help, PartOfLife


@dataclass(frozen=True)
class Found:
    """What staff found about one part of life."""

    level: int
    help: str = ""
    two_people: bool = False
    because: str = ""


class CannotCheck(ValueError):
    """Findings that cannot be kept; `faults` says for each part what is missing."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = dict(faults)


@transaction.atomic
def check_parts(
    assessment: Assessment, found: Mapping[str, Found], *, by: SignIn, at: datetime
) -> list[PartOfLife]:
    """Keep what staff found, beside what was said; nothing that was said is changed.

    Raises:
        PermissionDenied: `by` may not assess this person.
        CannotCheck: it is decided already, or a finding differs from what was said without why.
    """
    access.require_may_assess(by, assessment.person, at=at)
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if not assessment.is_going_on:
        raise CannotCheck({"": "This assessment is decided. Open a new one to change it"})
    rows = {row.key: row for row in PartOfLife.objects.filter(assessment=assessment)}
    if faults := dict(_faults(assessment, rows, found)):
        raise CannotCheck(faults)
    changed = [
        _keep(assessment, rows.get(key), key, one, by=by, at=at) for key, one in found.items()
    ]
    _tell(assessment, [row for row in changed if row.is_changed], by=by, at=at)
    return changed


def _faults(
    assessment: Assessment, rows: Mapping[str, PartOfLife], found: Mapping[str, Found]
) -> Mapping[str, str]:
    most = len(queries.levels_of(assessment)) - 1
    faults = {}
    for domain in queries.domains_of(assessment):
        if domain.key not in found:
            continue
        one, row = found[domain.key], rows.get(domain.key)
        if not 0 <= one.level <= most:
            faults[domain.key] = f"Choose a level for “{domain.name}”"
        elif _differs(one, row) and not one.because.strip():
            faults[domain.key] = f"Say why “{domain.name}” differs. The person will read it"
    return faults


def _differs(one: Found, row: PartOfLife | None) -> bool:
    if row is None:
        return False
    level = row.said_level is not None and one.level != row.said_level
    return level or bool(one.help and row.said_help and one.help != row.said_help)


def _keep(
    assessment: Assessment,
    row: PartOfLife | None,
    key: str,
    one: Found,
    *,
    by: SignIn,
    at: datetime,
) -> PartOfLife:
    row = row or PartOfLife(assessment=assessment, key=key)
    row.level, row.two_people = one.level, one.two_people
    row.help = Help(one.help) if one.help else ""
    row.because = one.because.strip() if _differs(one, row) else ""
    row.checked_at, row.checked_by = at, by
    row.save()
    return row


def _tell(assessment: Assessment, changed: list[PartOfLife], *, by: SignIn, at: datetime) -> None:
    names = {domain.key: domain.name for domain in queries.domains_of(assessment)}
    record.write(
        "assessment.checked",
        about=assessment.person,
        by=by,
        at=at,
        words="We read your answers with you",
        detail=f"We saw this otherwise: {', '.join(names[row.key] for row in changed)}"[:300]
        if changed
        else "",
        assessment=assessment.pk,
        changed=[row.key for row in changed],
    )


@transaction.atomic
def change_help(
    assessment: Assessment,
    helps: Mapping[str, str],
    *,
    because: str,
    by: SignIn | None,
    at: datetime,
) -> list[PartOfLife]:
    """Change how much a carer is willing and able to do, after the answers were given.

    A carer may say this at any time, also when all is decided: the sum is then worked out anew.
    """
    assessment = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    changed = []
    for row in PartOfLife.objects.filter(assessment=assessment, key__in=list(helps)):
        if (row.counts_help or Help.NONE) != helps[row.key]:
            row.help, row.because = Help(helps[row.key]), row.because or because
            row.checked_at, row.checked_by = at, by
            row.save()
            changed.append(row)
    return changed
