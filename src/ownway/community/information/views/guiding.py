"""Pages for staff: the glossary, and the questions that lead to a page."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ownway.community.information import actions, queries
from ownway.community.information.forms import ExplainWord, WriteQuestion
from ownway.foundation.council import access as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page


@require_http_methods(["GET", "POST"])
@staff_page
def words(request: StaffRequest) -> HttpResponse:
    """The glossary: add a word, change one, or take one out."""
    may_write = council.may(request.user, "information.write")
    every = list(queries.glossary())
    if request.method == "POST":
        council.require(request.user, "information.write")
    chosen = request.POST.get("remove") or request.GET.get("change", "")
    word = next((one for one in every if str(one.pk) == chosen), None)
    if request.method == "POST" and "remove" in request.POST:
        if word is not None:
            actions.remove_word(word, by=request.staff)
            messages.success(request, f"“{word}” is taken out")
        return redirect("information-words")
    start = {"term": word.term, "meaning": word.meaning} if word else {}
    form = ExplainWord(posted(request), initial=start)
    if request.method == "POST" and form.is_valid():
        kept = actions.explain_word(**form.cleaned_data, by=request.staff)
        messages.success(request, f"“{kept}” is kept")
        return redirect("information-words")
    context = {"words": every, "form": form, "may_write": may_write}
    status = 422 if form.errors else 200
    return render(request, "information/staff/words.html", context, status=status)


@require_http_methods(["GET"])
@staff_page
def questions(request: StaffRequest) -> HttpResponse:
    """The guide's questions, and where each answer leads."""
    every = queries.questions()
    pages = [c.next_page for q in every for c in q.choices.all() if c.next_page]
    context = {
        "questions": every,
        "titles": queries.titles_of(pages),
        "may_write": council.may(request.user, "information.write"),
    }
    return render(request, "information/staff/questions.html", context)


@require_http_methods(["GET", "POST"])
@staff_page
def question(request: StaffRequest, key: str = "") -> HttpResponse:
    """Write one question with its answers; without a key, a new one."""
    council.require(request.user, "information.write")
    found = next((q for q in queries.questions() if q.key == key), None)
    if key and found is None:
        raise Http404("There is no such question")
    form = WriteQuestion(posted(request), question=found)
    try:
        if request.method == "POST" and "remove" in request.POST and found:
            actions.remove_question(found, by=request.staff)
            messages.success(request, "Taken out of the guide")
            return redirect("information-questions")
        if request.method == "POST" and form.is_valid():
            actions.write_question(
                found, said=form.cleaned_data, choices=form.choices, by=request.staff
            )
            messages.success(request, "Kept. The guide asks it from now on")
            return redirect("information-questions")
    except actions.CannotDo as refusal:
        form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    context = {"form": form, "question": found}
    return render(request, "information/staff/question.html", context, status=status)
