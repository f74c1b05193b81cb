"""A provider's own: what people say, the mark, the Standards, visits, and notices."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ownway.community.quality import access, actions, queries
from ownway.community.quality.forms import Answer, AnswerNotice, AskForMark, SayDone, ShowEvidence
from ownway.community.quality.http import status_of
from ownway.foundation.council.http import PartnerRequest, partner_page, posted
from ownway.foundation.council.queries import now, today

if TYPE_CHECKING:
    from ownway.community.directory.models import Entry


@require_safe
@partner_page
def home(request: PartnerRequest) -> HttpResponse:
    """Everything about an organisation's quality on one page, what waits first."""
    member = request.member
    standards = queries.standards.standards_on(today())
    entries = list(access.entries_of(member).order_by("name", "pk"))
    context = {
        "organisation": member.organisation,
        "entries": queries.partner.standings(entries, standards=standards),
        "ratings": queries.ratings.to_answer(member)[:50],
        "notices": list(queries.following.own_delistings(member)),
        "visits": list(queries.standards.visits_to(member)[:20]),
        "standards": standards,
    }
    return render(request, "quality/partner.html", context)


@require_http_methods(["GET", "POST"])
@partner_page
@never_cache
def answer_rating(request: PartnerRequest, pk: int) -> HttpResponse:
    """Answer what somebody said."""
    rating = queries.ratings.to_answer(request.member).filter(pk=pk).first()
    if rating is None:
        raise Http404("There is no such rating of yours")
    names = queries.ratings.not_people(rating.entry)
    form = Answer(posted(request), initial={"words": rating.reply}, not_people=names)
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            actions.moderating.reply(rating, words=words, by=request.member, at=now())
        except actions.moderating.CannotReply as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Your answer is kept. It stands beside the rating")
            return redirect("quality-own")
    context = {"rating": rating, "form": form}
    return render(request, "quality/partner_rating.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@partner_page
def ask_for_mark(request: PartnerRequest, slug: str) -> HttpResponse:
    """Choose the mark to ask for; what is begun already goes on."""
    entry = _own_entry(request, slug)
    before = queries.marks.open_application(entry)
    if before is not None and before.status == "sent":
        return redirect("mark-application", before.pk)
    initial = {"level": before.level, "sort": before.sort} if before else {}
    form = AskForMark(posted(request), initial=initial)
    if form.is_valid():
        try:
            begun = actions.marks.begin(entry, **form.cleaned_data, by=request.member, at=now())
        except actions.marks.CannotApply as refusal:
            form.refuse(refusal)
        else:
            return redirect("mark-application", begun.pk)
    context = {"entry": entry, "form": form, "award": queries.marks.award_of(entry)}
    return render(request, "quality/partner_ask.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@partner_page
@never_cache
def application(request: PartnerRequest, pk: int) -> HttpResponse:
    """Show how each criterion is met; keep it for later, send it, or take it back."""
    asked = queries.marks.own_application(request.member, pk)
    if asked is None:
        raise Http404("There is no such application of yours")
    evidence = queries.marks.evidence_of(asked)
    do = request.POST.get("do", "")
    form = ShowEvidence(posted(request) if do != "withdraw" else None, evidence=evidence)
    try:
        if do == "withdraw":
            actions.marks.withdraw(asked, by=request.member, at=now())
            messages.success(request, "You have taken the application back")
            return redirect("quality-own")
        if form.is_valid():
            actions.marks.write_evidence(asked, form.words(), by=request.member)
            if do != "send":
                messages.success(request, "Kept. Send it when you are ready")
                return redirect("mark-application", pk)
            if not form.ask_for_the_rest():
                actions.marks.send(asked, by=request.member, at=now())
                messages.success(request, "Sent. We look at it and tell you")
                return redirect("mark-application", pk)
    except actions.marks.CannotApply as refusal:
        messages.error(request, str(refusal))
        return redirect("mark-application", pk)
    context = {"asked": asked, "form": form, "evidence": evidence}
    return render(request, "quality/partner_application.html", context, status=status_of(form))


@require_POST
@partner_page
def sign_standards(request: PartnerRequest, slug: str) -> HttpResponse:
    """Sign the Standards in force."""
    entry = _own_entry(request, slug)
    try:
        actions.standards.sign(entry, by=request.member, at=now())
        messages.success(request, f"{entry.name} has signed the Standards")
    except actions.standards.CannotVisit as refusal:
        messages.error(request, str(refusal))
    return redirect("quality-own")


@require_http_methods(["GET", "POST"])
@partner_page
@never_cache
def answer_visit(request: PartnerRequest, pk: int) -> HttpResponse:
    """Read a report, reply to it, and say what is done of what it asked."""
    found = queries.standards.visits_to(request.member).prefetch_related(
        "findings__standard", "to_do"
    )
    visit = found.filter(pk=pk).first()
    if visit is None:
        raise Http404("There is no such visit of yours")
    names = queries.ratings.not_people(visit.entry)
    asked = request.POST.get("to_do", "")
    form = Answer(
        None if asked else posted(request), initial={"words": visit.reply}, not_people=names
    )
    done = SayDone(posted(request) if asked else None, prefix="done", not_people=names)
    try:
        if asked and done.is_valid():
            to_do = next((one for one in visit.to_do.all() if str(one.pk) == asked), None)
            if to_do is None:
                raise Http404("This was not asked of you")
            words = done.cleaned_data["words"]
            actions.standards.do_what_was_asked(to_do, words=words, by=request.member, at=now())
            messages.success(request, "Kept. It shows in the report")
            return redirect("answer-visit", pk)
        if not asked and form.is_valid():
            words = form.cleaned_data["words"]
            actions.standards.reply_to_report(visit, words=words, by=request.member, at=now())
            messages.success(request, "Your reply stands beside the report")
            return redirect("answer-visit", pk)
    except actions.standards.CannotVisit as refusal:
        form.refuse(refusal)
    context = {"visit": visit, "form": form, "done": done, "asked": asked}
    return render(request, "quality/partner_visit.html", context, status=status_of(form, done))


@require_http_methods(["GET", "POST"])
@partner_page
@never_cache
def answer_notice(request: PartnerRequest, pk: int) -> HttpResponse:
    """Answer the council about leaving the directory."""
    notice = queries.following.own_delistings(request.member).filter(pk=pk).first()
    if notice is None:
        raise Http404("There is no such notice to you")
    form = AnswerNotice(posted(request), initial={"words": notice.answer})
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            actions.following.answer_delisting(notice, words=words, by=request.member, at=now())
        except actions.following.CannotSettle as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Sent. We read it and decide again")
            return redirect("quality-own")
    context = {"notice": notice, "form": form}
    return render(request, "quality/partner_notice.html", context, status=status_of(form))


def _own_entry(request: PartnerRequest, slug: str) -> "Entry":
    entry = access.entries_of(request.member).filter(slug=slug).first()
    if entry is None:
        raise Http404("There is no such entry of yours")
    return entry
