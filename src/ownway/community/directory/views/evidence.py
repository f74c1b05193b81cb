"""What people say is wrong, and what they sought and did not find: for who keeps the directory."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from ownway.community.directory import actions, queries
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.council.queries import now, rules, today


@staff_page
@require_safe
def not_found(request: StaffRequest) -> HttpResponse:
    """Searches without result, with nothing of who searched."""
    on = today()
    least = rules(on).value("not_found_least")
    found = queries.not_found(request.user, on=on, least=least)
    return render(request, "directory/not_found.html", {"found": found})


@staff_page
@require_safe
def mistakes(request: StaffRequest) -> HttpResponse:
    """What people say is wrong, to look at and settle."""
    return render(request, "directory/mistakes.html", {"found": queries.mistakes(request.user)})


@staff_page
@require_POST
def settle(request: StaffRequest, mistake_id: int) -> HttpResponse:
    """The entry is right again."""
    mistake = get_object_or_404(queries.mistakes(request.user), pk=mistake_id)
    actions.settle_mistake(mistake, by=request.staff, at=now())
    messages.success(request, f"Settled: {mistake.entry.name}")
    return redirect("directory-mistakes")
