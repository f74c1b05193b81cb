"""What may be asked of the feed: names as the standard has them, each read into a clean value."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import is_naive, make_aware
from ninja import Schema
from ninja.errors import ValidationError
from pydantic import AfterValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from ownway.community.directory import queries
from ownway.community.directory.models.details import DAYS
from ownway.community.directory.queries import feed

MOST_A_PAGE = 100
A_PAGE = 50
MOST_PAGES = 10_000_000
# How far around a postcode when the distance is not said.
METRES = 8000


def _day(typed: str) -> str:
    """MO, Mon or Monday."""
    found = next((day for day in DAYS if typed.strip().upper().startswith(day)), "")
    if not found:
        raise PydanticCustomError("day", "must be a day of the week like MO or Monday")
    return found


def _aware(moment: datetime) -> datetime:
    return make_aware(moment) if is_naive(moment) else moment


def _on_the_wall(clock: time) -> time:
    return clock.replace(tzinfo=None)


Clock = Annotated[time, AfterValidator(_on_the_wall)]
Age = Annotated[float, Field(ge=0, le=150, allow_inf_nan=False)]


def nothing_asked(request: HttpRequest) -> None:
    """Where there is nothing to ask.

    Raises:
        ValidationError: something is asked.
    """
    if wrong := _slip(request, offered=()):
        raise ValidationError([_fault(*wrong)])


def _slip(request: HttpRequest, *, offered: Iterable[str]) -> tuple[str, str] | None:
    """A name that is not offered, or that stands there twice: a slip must not go unseen."""
    for name, values in request.GET.lists():
        if name not in offered:
            others = f"there are {', '.join(offered)}" if offered else "there are none"
            return name[:60], f"is not a parameter here; {others}"
        if len(values) > 1:
            return name, "is given twice"
    return None


def _fault(name: str, words: str) -> dict[str, Any]:
    return {"type": "parameter", "loc": ("query", name), "msg": words}


class Paged(Schema):
    """Which page."""

    page: int = Field(1, ge=1, le=MOST_PAGES, description="Which page, from 1.")
    per_page: int = Field(
        A_PAGE, ge=1, le=MOST_A_PAGE, description=f"How many to a page, {MOST_A_PAGE} at most."
    )

    @model_validator(mode="after")
    def only_what_is_offered(self, info: ValidationInfo) -> "Paged":
        """Refuse what is not offered.

        Raises:
            PydanticCustomError: with the name.
        """
        request: HttpRequest = (info.context or {})["request"]
        if wrong := _slip(request, offered=type(self).model_fields):
            name, words = wrong
            raise PydanticCustomError("parameter", "{words}", {"parameter": name, "words": words})
        return self

    @property
    def wanted(self) -> feed.Page:
        """The page that is wanted."""
        return feed.Page(self.page, self.per_page)


class Services(Paged):
    """What narrows a list of services."""

    search: str = Field("", max_length=200, description="Words to find, by their stems.")
    taxonomy_term_id: UUID | None = Field(None, description="Only those under this term.")
    taxonomy_id: UUID | None = Field(None, description="Only those under a term of this list.")
    organization_id: UUID | None = Field(None, description="Only those this organization offers.")
    minimum_age: Age | None = Field(
        None, description="Only those for people from this age or more."
    )
    maximum_age: Age | None = Field(
        None, description="Only those for people up to this age or less."
    )
    start_time: Clock | None = Field(
        None, description="Only those that open at this time or later."
    )
    end_time: Clock | None = Field(
        None, description="Only those that close at this time or sooner."
    )
    day: Annotated[str, AfterValidator(_day)] | None = Field(
        None, description="Only those open on this day of the week: MO or Monday."
    )
    postcode: str | None = Field(
        None, max_length=20, description="Only those at a place near this postcode."
    )
    proximity: int | None = Field(
        None, ge=1, le=1_000_000, description=f"How near, in metres; {METRES} when it is not said."
    )
    modified_after: Annotated[datetime, AfterValidator(_aware)] | None = Field(
        None, description="Only those changed at this moment or later."
    )
    full: bool = Field(False, description="Each with all that is known of it.")

    @model_validator(mode="after")
    def near_something(self) -> "Services":
        """A distance is from a postcode."""
        if self.proximity is not None and self.postcode is None:
            raise PydanticCustomError(
                "proximity", "needs a postcode beside it", {"parameter": "proximity"}
            )
        return self

    def narrowed(self) -> feed.Narrowed:
        """What narrows the list.

        Raises:
            ValidationError: the postcode is not one, or not on our list.
        """
        told: dict[str, Any] = {
            name: getattr(self, name) or getattr(feed.Narrowed, name, None)
            for name in ("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "day")
        }
        told |= {
            name: getattr(self, name)
            for name in ("minimum_age", "maximum_age", "start_time", "end_time", "modified_after")
        }
        return feed.Narrowed(**told, near=self._near(), metres=self.proximity or METRES)

    def _near(self) -> queries.Spot | None:
        if self.postcode is None:
            return None
        try:
            return queries.spot(self.postcode)
        except queries.UnknownPostcode as unknown:
            raise ValidationError([_fault("postcode", f"is not known: {unknown}")]) from unknown


class ServicesWhole(Services):
    """The same, and all of them at once."""

    format: Literal["json", "ndjson"] = Field(
        "json", description="ndjson: every service that is left, full, one a line, without pages."
    )
