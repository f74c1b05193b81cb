"""The pages of the questions, and where in them somebody is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from ownway.design.questionnaire.pages import Page
from ownway.foundation.council.http import SignedIn
from ownway.foundation.forms.http import FormFlow, StoredAnswers
from ownway.journey.assessment import queries


@dataclass
class AnswerFlow(FormFlow):
    """One question at a time, first about the person, then about the carer."""

    who: str = ""
    then: str = ""

    def where(self, found: list[Page], page: Page) -> dict[str, Any]:
        """The nine parts are counted; what stands around them is named."""
        parts = [one for one in found if one.subject]
        start = f"About {self.who}. "
        if page in parts:
            place = parts.index(page)
            words = f"This is question {place + 1} of {len(parts)}. {self.then}"
            return {"words": (start + words).strip(), "dots": len(parts), "now": place}
        before = not parts or found.index(page) < found.index(parts[0])
        rest = [one for one in found if not one.subject]
        words = "First, a quick check." if before else "The nine are done. A few more."
        last = page is rest[-1] and not before
        return {"words": start + ("This is the last one." if last else words), "dots": 0, "now": 0}


def flows(
    request: SignedIn, assessments: list[Any], *, at: datetime, context: dict[str, Any]
) -> list[AnswerFlow]:
    """The pages of each of these assessments that was begun, in the order they are asked."""
    begun = [one for one in assessments if one.answers is not None]
    made = []
    for number, one in enumerate(begun):
        following = begun[number + 1] if number + 1 < len(begun) else None
        store = StoredAnswers(
            one.answers, by=request.user, at=at, facts=queries.facts_for(one, request.user)
        )
        is_self = queries.answers_for_self(one, request.user)
        made.append(
            AnswerFlow(
                request=request,
                store=store,
                page_url=_page_url(one.pk),
                check_url=reverse("my-assessment-next"),
                done_url=reverse("my-assessment"),
                later_url=reverse("my-assessment"),
                names=queries.names_for(one, request.user),
                aside="assessment/aside.html",
                who="you" if is_self else queries.first_name(one.person),
                then=_then(following, request),
                context={"place": "my", "assessment": one, **context},
            )
        )
    return made


def _page_url(pk: int) -> Any:
    return lambda key: reverse("my-assessment-page", args=[pk, key])


def _then(following: Any, request: SignedIn) -> str:
    if following is None:
        return ""
    is_self = queries.answers_for_self(following, request.user)
    name = "you" if is_self else queries.first_name(following.person)
    return f"Then 9 about {name}."
