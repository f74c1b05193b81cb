"""Pages for staff who write: the list, one page and its versions, the panel, and publishing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ownway.community.information import access, actions, queries
from ownway.community.information.forms import (
    AddReader,
    NewPage,
    NewText,
    ReplyToReader,
    SendToPanel,
    SettlePage,
    WriteText,
)
from ownway.community.information.queries import Page, Version
from ownway.foundation.council import access as council
from ownway.foundation.council.http import StaffRequest, posted, staff_page
from ownway.foundation.council.queries import identity, now, rules, today


@require_http_methods(["GET", "POST"])
@staff_page
def information(request: StaffRequest) -> HttpResponse:
    """Every page with its owner, state, panel, next check and score; late ones first."""
    if request.method == "POST":
        many = actions.bring_texts_in(by=request.staff, at=now())
        messages.success(request, f"{many} pages came in as drafts, with words and questions")
        return redirect("information")
    context = {
        "standings": queries.standings(on=today()),
        "may_write": access.may_write(request.user),
        "on": today(),
    }
    return render(request, "information/staff/pages.html", context)


@require_http_methods(["GET", "POST"])
@staff_page
def new_page(request: StaffRequest) -> HttpResponse:
    """Begin a page."""
    council.require(request.user, "information.write")
    form = NewPage(posted(request), initial={"owner": request.staff, "audiences": ["everybody"]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        version = actions.begin_page(
            title=said["title"], group=said["group"], audiences=said["audiences"],
            owner=said["owner"], by=request.staff, at=now(),
        )  # fmt: skip
        return redirect("information-text", version.page.slug, "en-GB", "plain")
    return render(request, "information/staff/new_page.html", {"form": form}, status=_status(form))


@require_GET
@staff_page
def page(request: StaffRequest, slug: str) -> HttpResponse:
    """One page: what is due, its texts, what the panel and readers said, and its versions."""
    return _page(request, _whole(slug))


def _page(
    request: StaffRequest, found: Page, *, settle: SettlePage | None = None, status: int = 200
) -> HttpResponse:
    opened = next((v for v in found.versions.all() if v.is_open), None)
    settle = settle or SettlePage(
        initial={
            "group": found.group, "audiences": found.audiences, "owner": found.owner_id,
            "place": found.place,
        }
    )  # fmt: skip
    context = {
        "page": found,
        "title": queries.titles_of([found]).get(found.pk, slug_words(found.slug)),
        "state": queries.state_of(found, today()),
        "opened": opened,
        "objections": actions.objections(opened, on=today()) if opened else [],
        "score": queries.scores(on=today()).get(found.pk),
        "opinions": list(queries.opinions_of(found)[:20]),
        "may_write": access.may_write(request.user),
        "may_publish": access.may_publish(request.user, found),
        "settle": settle,
        "new_text": NewText(),
        "send": SendToPanel(initial={"at_once": True}),
        "reply": ReplyToReader(),
        "on": today(),
    }
    return render(request, "information/staff/page.html", context, status=status)


def slug_words(slug: str) -> str:
    """An address as words, for a page without a title."""
    return slug.replace("-", " ").capitalize()


def _whole(slug: str) -> Page:
    found = queries.whole(slug)
    if found is None:
        raise Http404("There is no such page")
    return found


def _open_version(found: Page) -> Version:
    opened = next((v for v in found.versions.all() if v.is_open), None)
    if opened is None:
        raise Http404("There is no draft of this page")
    return opened


DONE = {
    "begin": "A new version is begun, with the words of the last one",
    "send": "The readers’ panel has it now",
    "take_back": "It is a draft again",
    "publish": "Published",
    "checked": "Checked. It is due again in a year",
    "take_down": "Taken down",
}


@require_POST
@staff_page
def do(request: StaffRequest, slug: str) -> HttpResponse:
    """One step of a page: begin a version, send, take back, publish, say it is right, take down."""
    found, what = _whole(slug), request.POST.get("do", "")
    try:
        _do(request, found, what)
    except actions.CannotDo as refusal:
        messages.error(request, str(refusal))
    return redirect("information-page", slug)


def _do(request: StaffRequest, found: Page, what: str) -> None:
    by, at = request.staff, now()
    if what == "begin":
        actions.begin_version(found, because=request.POST.get("because", "")[:200], by=by, at=at)
    elif what == "send":
        at_once = "at_once" in request.POST
        actions.send_to_panel(_open_version(found), at_once=at_once, by=by, at=at)
    elif what == "take_back":
        actions.take_back(_open_version(found), by=by)
    elif what == "publish":
        actions.publish(_open_version(found), by=by, at=at)
    elif what == "checked":
        actions.say_it_is_right(found, by=by, at=at)
    elif what == "take_down":
        actions.take_down(found, by=by, at=at)
    else:
        raise Http404("There is no such step")
    messages.success(request, DONE[what])


@require_POST
@staff_page
def settle(request: StaffRequest, slug: str) -> HttpResponse:
    """Change the owner of a page, whom it is for, and where it stands."""
    found = _whole(slug)
    access.require_publish(request.user, found)
    form = SettlePage(request.POST)
    if not form.is_valid():
        return _page(request, found, settle=form, status=422)
    actions.settle_page(found, said=form.cleaned_data, by=request.staff, at=now())
    messages.success(request, "Kept")
    return redirect("information-page", slug)


@require_http_methods(["GET", "POST"])
@staff_page
def text(request: StaffRequest, slug: str, name: str, key: str) -> HttpResponse:
    """Write a draft's words in one language and form."""
    council.require(request.user, "information.write")
    found = _whole(slug)
    version = _open_version(found)
    language = name
    if (language, key) not in _kinds():
        raise Http404("There is no such language or form")
    before = {(t.language, t.form): t for t in version.texts.all()}
    written = before.get((language, key))
    start = {n: getattr(written, n) for n in ("title", "summary", "body")} if written else {}
    form = WriteText(posted(request), initial=start, on=today(), pages=queries.slugs())
    if request.method == "POST" and "remove" in request.POST:
        return _remove(request, version, slug, language, key)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_text(
                version, language=language, form=key, said=form.cleaned_data, by=request.staff,
                at=now(),
            )  # fmt: skip
        except actions.CannotDo as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Kept")
            return redirect("information-page", slug)
    around = queries.around(rules(today()), identity())
    typed = request.POST.get("body") if request.method == "POST" else start.get("body", "")
    context = {
        "form": form, "page": found, "version": version, "written": written,
        "language": queries.language(language), "key": key,
        "main": before.get(("en-GB", "plain")),
        "shown": queries.show(str(typed or ""), around), "places": queries.PLACES,
        "numbers": queries.useful_numbers(rules(today())),
    }  # fmt: skip
    return render(request, "information/staff/text.html", context, status=_status(form))


def _remove(
    request: StaffRequest, version: Version, slug: str, language: str, key: str
) -> HttpResponse:
    try:
        actions.remove_text(version, language=language, form=key, by=request.staff)
        messages.success(request, "Taken out of this version")
    except actions.CannotDo as refusal:
        messages.error(request, str(refusal))
    return redirect("information-page", slug)


def _kinds() -> list[tuple[str, str]]:
    return [(code, form) for code in queries.language_codes() for form in ("plain", "easy")]


@require_GET
@staff_page
def add_text(request: StaffRequest, slug: str) -> HttpResponse:
    """Go to the language and form that were chosen."""
    form = NewText(request.GET)
    if not form.is_valid():
        return redirect("information-page", slug)
    return redirect(
        "information-text", slug, form.cleaned_data["language"], form.cleaned_data["form"]
    )


@require_GET
@staff_page
def version(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """Any version as it reads, with its texts in every language and form."""
    found = _whole(slug)
    chosen = next((v for v in found.versions.all() if v.number == number), None)
    wanted = {"language": request.GET.get("language", ""), "form": request.GET.get("form", "")}
    reading = queries.version_to_read(chosen, **wanted) if chosen else None
    if reading is None:
        raise Http404("There is no such version")
    around = queries.around(rules(today()), identity())
    context = {
        "page": found, "version": chosen, "reading": reading, "text": reading.text,
        "shown": queries.show(reading.text.body, around),
    }  # fmt: skip
    return render(request, "information/staff/version.html", context)


@require_POST
@staff_page
def reply(request: StaffRequest, slug: str, pk: int) -> HttpResponse:
    """Tell a reader what was done about their no."""
    reading = next(
        (r for v in _whole(slug).versions.all() for r in v.readings.all() if r.pk == pk), None
    )
    if reading is None:
        raise Http404("Nobody said this")
    form = ReplyToReader(request.POST)
    if form.is_valid():
        actions.reply(reading, words=form.cleaned_data["words"], by=request.staff, at=now())
        messages.success(request, "The reader sees your reply")
    else:
        messages.error(request, "Write what you did about it, in at most 1,000 letters")
    return redirect("information-page", slug)


@require_http_methods(["GET", "POST"])
@staff_page
def readers(request: StaffRequest) -> HttpResponse:
    """Who is on the readers' panel; somebody who offers to join is put on it here."""
    council.require(request.user, "information.write")
    form = AddReader(posted(request))
    if request.method == "POST" and "end" in request.POST:
        actions.end_reader(request.POST.get("end", ""), by=request.staff, at=now())
        messages.success(request, "They are no longer on the panel")
        return redirect("information-readers")
    if request.method == "POST" and form.is_valid():
        try:
            reader = actions.add_reader(form.cleaned_data["email"], by=request.staff, at=now())
        except actions.CannotDo as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"{reader} is on the readers’ panel")
            return redirect("information-readers")
    context = {"readers": list(queries.readers()), "form": form}
    return render(request, "information/staff/readers.html", context, status=_status(form))


def _status(form: object) -> int:
    return 422 if getattr(form, "errors", None) else 200
