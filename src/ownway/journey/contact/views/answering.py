"""A provider answers by the link it was sent: no account, once, until it expires."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ownway.foundation.council import queries as council
from ownway.foundation.council.http import posted, public_page
from ownway.journey.contact import actions
from ownway.journey.contact.forms import ProviderAnswer


@require_http_methods(["GET", "POST"])
@public_page
@never_cache
def provider_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Can you help? Who it is about is told only where they agreed to that."""
    at = council.now()
    enquiry = actions.enquiry_of(token)
    if enquiry is None:
        raise Http404("No such question")
    form = ProviderAnswer(posted(request))
    is_open = enquiry.answered_at is None and at < enquiry.expires_at
    if is_open and form.is_valid():
        # Answered in another window meanwhile: the page says so.
        with suppress(actions.CannotAnswer):
            actions.answer(enquiry, **form.cleaned_data, at=at)
        return redirect("provider-answer", token)
    contact = enquiry.signpost.contact
    shares = is_open and enquiry.shares_name and contact.caller is not None
    shown = {
        "enquiry": enquiry,
        "form": form,
        "is_open": is_open,
        "person": contact.caller if shares else None,
        "reason": contact.get_reason_display() if shares else "",
    }
    return render(request, "contact/provider_answer.html", shown)
