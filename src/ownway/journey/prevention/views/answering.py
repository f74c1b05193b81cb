"""A partner answers a referral by the link it was sent, without an account."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import posted, public_page
from ownway.journey.prevention import actions
from ownway.journey.prevention.forms import PartnerAnswers


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def partner_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Can you help? Who it is, as they agreed, is told only while an answer is waited for."""
    at = council.now()
    referral = actions.referral_of(token)
    if referral is None:
        raise Http404("No such referral")
    is_open = actions.is_open_by_link(referral, at=at)
    form = PartnerAnswers(posted(request))
    if is_open and form.is_valid():
        try:
            actions.answer_by_link(referral, **form.cleaned_data, at=at)
        except actions.CannotRefer as refusal:
            for name, words in refusal.problems:
                form.add_error(name, words)
        else:
            return redirect("partner-answer", token)
    shown = {"referral": referral, "form": form, "is_open": is_open}
    return render(
        request, "prevention/partner_answer.html", shown, status=422 if form.errors else 200
    )
