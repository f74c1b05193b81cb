"""Pages for staff: the council's forms, trying one, and filling one in for a person."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ownway.design.questionnaire.refusals import Problem, Refused
from ownway.design.questionnaire.summing_up import summary
from ownway.foundation.council import access as council
from ownway.foundation.council import queries as clock
from ownway.foundation.council.http import StaffRequest, staff_page
from ownway.foundation.forms import access, actions, queries
from ownway.foundation.forms.forms import BringIn
from ownway.foundation.forms.http import DensePage, FormFlow, StoredAnswers, TriedAnswers
from ownway.foundation.forms.http.posted import form_picked
from ownway.foundation.record import actions as record

if TYPE_CHECKING:
    from ownway.foundation.people.models import Person


@require_GET
@staff_page
def all_forms(request: StaffRequest) -> HttpResponse:
    """Every form and its versions."""
    context = {"forms": queries.forms(), "may_keep": council.may(request.user, "forms.keep")}
    return render(request, "forms/all_forms.html", context)


@require_http_methods(["GET", "POST"])
@staff_page
def bring_in(request: StaffRequest) -> HttpResponse:
    """Bring a form in from a file, or list all that is wrong with it."""
    council.require(request.user, "forms.keep")
    form = BringIn(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.bring_in(
                form.cleaned_data["file"], by=request.user, at=clock.now(), source=form.source
            )
        except Refused as refusal:
            problems = refusal.problems
        else:
            words = "is live now" if done.is_new else "was here already"
            messages.success(request, f"{done.form} {words}")
            return HttpResponseRedirect(reverse("form", args=[done.form.pk]))
    context = {"form": form, "problems": problems}
    return render(request, "forms/bring_in.html", context)


@require_http_methods(["GET", "POST"])
@staff_page
def one_form(request: StaffRequest, form_id: int) -> HttpResponse:
    """One version of a form: what it asks, and what can be done with it."""
    form = get_object_or_404(queries.forms(), pk=form_id)
    if request.method == "POST":
        council.require(request.user, "forms.keep")
        change = actions.retire_form if "retire" in request.POST else actions.make_form_live
        changed = change(form)
        messages.success(request, f"{changed} is now {changed.get_status_display().lower()}")
        return HttpResponseRedirect(reverse("form", args=[form.pk]))
    context = {
        "form": form,
        "versions": queries.versions_of(form),
        "parts": summary(form.questionnaire, {}, every=True),
        "may_keep": council.may(request.user, "forms.keep"),
    }
    return render(request, "forms/one_form.html", context)


@require_GET
@staff_page
def form_file(request: StaffRequest, form_id: int) -> HttpResponse:
    """The form as a FHIR Questionnaire, to take away."""
    form = get_object_or_404(queries.forms(), pk=form_id)
    answer = HttpResponse(queries.exported(form), content_type="application/fhir+json")
    answer["Content-Disposition"] = f'attachment; filename="{form.name}-{form.version}.json"'
    return answer


@require_GET
@staff_page
def print_form(request: StaffRequest, form_id: int) -> HttpResponse:
    """The form to print and fill in by hand: every question, with room to write."""
    form = get_object_or_404(queries.forms(), pk=form_id)
    parts = summary(form.questionnaire, {}, every=True)
    return render(request, "forms/print.html", {"form": form, "parts": parts, "answers": None})


@require_http_methods(["GET", "POST"])
@staff_page
def try_dense(request: StaffRequest, form_id: int) -> HttpResponse:
    """Try a form as staff see it. Nothing is kept on anybody's record."""
    form = get_object_or_404(queries.forms(), pk=form_id)
    return DensePage(
        request,
        TriedAnswers(form, request.session),
        here=reverse("form-try", args=[form.pk]),
        done_url=reverse("form", args=[form.pk]),
        at=clock.now(),
        context={"is_trial": True, "form": form},
    ).respond()


def _trial(request: StaffRequest, form_id: int) -> FormFlow:
    form = get_object_or_404(queries.forms(), pk=form_id)
    return FormFlow(
        request,
        TriedAnswers(form, request.session),
        page_url=lambda key: reverse("form-try-page", args=[form.pk, key]),
        check_url=reverse("form-try-check", args=[form.pk]),
        done_url=reverse("form", args=[form.pk]),
        later_url=reverse("form", args=[form.pk]),
        layout="layout/public.html",
        context={"is_trial": True},
    )


@require_http_methods(["GET", "POST"])
@staff_page
def try_page(request: StaffRequest, form_id: int, key: str) -> HttpResponse:
    """Try a form as the public see it; `start` goes to where the trial was left."""
    flow = _trial(request, form_id)
    return HttpResponseRedirect(flow.where_left_off()) if key == "start" else flow.page(key)


@require_http_methods(["GET", "POST"])
@staff_page
def try_check(request: StaffRequest, form_id: int) -> HttpResponse:
    """The page of answers to check, while trying a form."""
    return _trial(request, form_id).check()


@require_http_methods(["GET", "POST"])
@staff_page
def forms_for(request: StaffRequest, person_id: int) -> HttpResponse:
    """What was answered about a person, and beginning another form for them."""
    at = clock.now()
    person = record.open_person(
        request.user, person_id, what="your forms", why="To fill in a form with you", at=at
    )
    if request.method == "POST":
        if not access.may_fill_in(request.user):
            raise PermissionDenied("Your role does not allow this")
        form = get_object_or_404(queries.live_forms(), pk=form_picked(request))
        facts = queries.facts_about(person)
        begun = actions.start_for_staff(form, about=person, by=request.user, at=at, facts=facts)
        return HttpResponseRedirect(reverse("form-answers", args=[begun.pk]))
    context = {
        "person": person,
        "answers": queries.answers_about(request.user, person, at=at),
        "forms": queries.live_forms(),
        "may_fill_in": access.may_fill_in(request.user),
    }
    return render(request, "forms/forms_for.html", context)


@require_http_methods(["GET", "POST"])
@staff_page
def fill_in(request: StaffRequest, answers_id: int) -> HttpResponse:
    """Fill in or read answers about a person on one page. Seeing them is a look, saving is not."""
    at = clock.now()
    answers = get_object_or_404(queries.answers(request.user, at=at), pk=answers_id)
    person = answers.about
    store = StoredAnswers(
        answers,
        by=request.user,
        at=at,
        facts=queries.facts_about(person),
        words=f"The form “{answers.form.title}” was filled in",
    )
    return DensePage(
        request,
        store,
        here=reverse("form-answers", args=[answers.pk]),
        done_url=reverse("forms-for", args=[person.pk]),
        at=at,
        names=queries.names_for(person),
        on_show=lambda: _opened(request, person.pk, answers.form.title),
        context={"is_trial": False, "person": person, "answers": answers, "form": answers.form},
    ).respond()


@require_GET
@staff_page
def print_answers(request: StaffRequest, answers_id: int) -> HttpResponse:
    """Answers to print."""
    at = clock.now()
    answers = get_object_or_404(queries.answers(request.user, at=at), pk=answers_id)
    person = _opened(request, answers.about_id, answers.form.title)
    parts = summary(
        answers.form.questionnaire, queries.values(answers), names=queries.names_for(person)
    )
    context = {"form": answers.form, "parts": parts, "answers": answers, "person": person}
    return render(request, "forms/print.html", context)


@require_GET
@staff_page
def answers_file(request: StaffRequest, answers_id: int) -> HttpResponse:
    """Answers as a FHIR QuestionnaireResponse, to take away."""
    at = clock.now()
    answers = get_object_or_404(queries.answers(request.user, at=at), pk=answers_id)
    _opened(request, answers.about_id, answers.form.title)
    answer = HttpResponse(queries.response_text(answers), content_type="application/fhir+json")
    answer["Content-Disposition"] = f'attachment; filename="answers-{answers.pk}.json"'
    return answer


def _opened(request: StaffRequest, person_id: int, title: str) -> "Person":
    return record.open_person(
        request.user,
        person_id,
        what=f"your answers to “{title}”"[:120],
        why="To fill in or read a form about you",
        at=clock.now(),
    )
