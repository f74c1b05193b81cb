"""The readers' panel: residents who read a page before it is published."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.community.information import actions, http, queries
from ownway.community.information.forms import SayOfDraft
from ownway.foundation.council.http import SignedIn, posted, resident_page
from ownway.foundation.council.queries import identity, now, rules, today


@require_http_methods(["GET", "POST"])
@resident_page
def panel(request: SignedIn) -> HttpResponse:
    """What waits to be read, and what one has read. Anybody who signs in may join, and leave."""
    reader = queries.reader_of(request.user)
    if request.method == "POST":
        if "leave" in request.POST and reader is not None:
            actions.leave_panel(reader, at=now())
            messages.success(request, "You have left the readers’ panel. Thank you for your help")
        elif "join" in request.POST:
            actions.join_panel(request.user, at=now())
            messages.success(request, "Thank you. You are on the readers’ panel now")
        return redirect("my-panel")
    context = {
        "reader": reader,
        "waiting": queries.to_read(reader) if reader else [],
        "done": list(queries.have_read(reader)[:20]) if reader else [],
    }
    return render(request, "information/panel.html", context)


@require_http_methods(["GET", "POST"])
@resident_page
def read_draft(request: SignedIn, key: str) -> HttpResponse:
    """Read one page as everybody would, and say yes or no."""
    reader, version = queries.reader_of(request.user), queries.version_with_panel(key)
    reading = queries.version_to_read(version, **http.wanted(request)) if version else None
    if reader is None or version is None or reading is None:
        raise Http404("Nothing to read here")
    form = SayOfDraft(posted(request))
    if request.method == "POST" and form.is_valid():
        says = form.cleaned_data
        try:
            is_out = actions.say(
                version, reader=reader, is_yes=says["says"] == "yes", words=says["words"], at=now()
            )
        except actions.CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                f"Thank you. “{reading.text.title}” is published now"
                if is_out
                else "Thank you. The owner of the page sees what you said",
            )
            return redirect("my-panel")
    around = queries.around(rules(today()), identity())
    context = {
        "reading": reading,
        "text": reading.text,
        "shown": queries.show(reading.text.body, around),
        "form": form,
        "key": key,
    }
    status = 422 if form.errors else 200
    return render(request, "information/read_draft.html", context, status=status)
