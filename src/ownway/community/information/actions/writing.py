"""Writing pages, sending them to the readers' panel, and publishing what it said yes to."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from ownway.community.information import access, queries
from ownway.community.information.models import ENGLISH, Group, Page, Text, Version
from ownway.community.information.queries.keeping import missing_readings, unanswered_noes
from ownway.community.information.queries.points import months_later
from ownway.foundation.council import access as council
from ownway.foundation.council.models import Staff
from ownway.foundation.council.queries import rules
from ownway.foundation.record import actions as record

CHECK = "information.check"


class CannotDo(ValueError):
    """What stands in the way of it; the message is for who tried."""


@transaction.atomic
def begin_page(
    *, title: str, group: str, audiences: Sequence[str], owner: Staff, by: Staff, at: datetime
) -> Version:
    """Begin a page, with a draft that has its title."""
    council.require(by.sign_in, "information.write")
    page = Page.objects.create(
        slug=_free_slug(title), group=group, audiences=list(audiences), owner=owner, made_at=at
    )
    version = Version.objects.create(page=page, number=1, made_by=by, made_at=at)
    Text.objects.create(version=version, title=title, summary="", body="", changed_at=at)
    return version


def _free_slug(title: str) -> str:
    wanted = slugify(title)[:50].strip("-") or "page"
    taken = set(Page.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken |= {"ask", "words"}
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 4))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


@transaction.atomic
def begin_version(page: Page, *, because: str, by: Staff, at: datetime) -> Version:
    """Begin a new version with the words of the live one; the open one where there is one."""
    council.require(by.sign_in, "information.write")
    Page.objects.select_for_update().get(pk=page.pk)
    if opened := page.versions.filter(status__in=["draft", "with_panel"]).first():
        return opened
    last = page.versions.first()
    number = (last.number if last else 0) + 1
    version = Version.objects.create(
        page=page, number=number, because=because, made_by=by, made_at=at
    )
    if last is not None:
        for text in last.texts.all():
            text.pk, text.version = None, version
            text.save(force_insert=True)
    return version


@transaction.atomic
def write_text(
    version: Version, *, language: str, form: str, said: Mapping[str, str], by: Staff, at: datetime
) -> Text:
    """Write a draft's words in one language and form.

    Raises:
        CannotDo: the version is not a draft: the panel has it, or it was published.
    """
    council.require(by.sign_in, "information.write")
    draft = Version.objects.select_for_update().get(pk=version.pk)
    if draft.status != Version.Status.DRAFT:
        raise CannotDo("This version is no longer a draft. Take it back from the panel first")
    words = {name: said[name] for name in ("title", "summary", "body")}
    text = Text.objects.filter(version=draft, language=language, form=form).first()
    if text is None:
        return Text.objects.create(
            version=draft, language=language, form=form, changed_at=at, **words
        )
    if any(getattr(text, name) != value for name, value in words.items()):
        Text.objects.filter(pk=text.pk).update(changed_at=at, **words)
        text.refresh_from_db()
    return text


@transaction.atomic
def remove_text(version: Version, *, language: str, form: str, by: Staff) -> None:
    """Take one language or form out of a draft; the standard English text stays."""
    council.require(by.sign_in, "information.write")
    if version.status != Version.Status.DRAFT or (language, form) == (ENGLISH.code, "plain"):
        raise CannotDo("The standard English text stays, and only a draft can be changed")
    Text.objects.filter(version=version, language=language, form=form).delete()


@transaction.atomic
def send_to_panel(version: Version, *, at_once: bool, by: Staff, at: datetime) -> Version:
    """Give a draft to the readers' panel. `at_once`: it is published when the panel says yes.

    Raises:
        CannotDo: it is not a draft, or has no words yet.
    """
    version = Version.objects.select_for_update().select_related("page").get(pk=version.pk)
    access.require_publish(by.sign_in, version.page)
    if version.status != Version.Status.DRAFT:
        raise CannotDo("The panel has this version already")
    main = version.texts.filter(language=ENGLISH.code, form=Text.Form.PLAIN).first()
    if main is None or not main.body.strip() or not main.summary.strip():
        raise CannotDo("Write the page and its first sentence before the panel reads it")
    version.status, version.sent_at, version.at_once = Version.Status.WITH_PANEL, at, at_once
    version.save(update_fields=["status", "sent_at", "at_once"])
    return version


@transaction.atomic
def take_back(version: Version, *, by: Staff) -> Version:
    """Take a version back from the panel to change it.

    What readers said was of other words: it counts no more, and is kept in the history alone.
    """
    version = Version.objects.select_for_update().select_related("page").get(pk=version.pk)
    access.require_publish(by.sign_in, version.page)
    if version.status != Version.Status.WITH_PANEL:
        raise CannotDo("This version is not with the panel")
    version.readings.all().delete()
    version.status, version.sent_at = Version.Status.DRAFT, None
    version.save(update_fields=["status", "sent_at"])
    return version


def objections(version: Version, *, on: date) -> list[str]:
    """Everything that stands in the way of publishing a version."""
    found: list[str] = []
    if version.status == Version.Status.DRAFT:
        found.append("Send it to the readers’ panel first")
    missing = missing_readings(version, needed=rules(on).value("panel_yes_needed"))
    if missing and version.status != Version.Status.DRAFT:
        found.append(f"Waiting for readers’ panel: {missing} more yes needed")
    if unanswered_noes(version):
        found.append("Reply to each reader who said no, to say what you did about it")
    return found


@transaction.atomic
def publish(version: Version, *, by: Staff, at: datetime) -> Version:
    """Publish what the panel said yes to. The page is checked again after the months of the rules.

    Raises:
        CannotDo: the panel has not said yes, or a no has had no reply.
    """
    version = Version.objects.select_for_update().select_related("page__owner").get(pk=version.pk)
    access.require_publish(by.sign_in, version.page)
    if not version.is_open:
        raise CannotDo("This version was published before")
    if found := objections(version, on=timezone.localtime(at).date()):
        raise CannotDo(". ".join(found))
    return _published(version, by=by, at=at)


def _published(version: Version, *, by: Staff, at: datetime) -> Version:
    page, on = version.page, timezone.localtime(at).date()
    page.versions.filter(status=Version.Status.PUBLISHED).update(status=Version.Status.REPLACED)
    version.status = Version.Status.PUBLISHED
    version.published_by, version.published_at = by, at
    version.save(update_fields=["status", "published_by", "published_at"])
    page.live, page.taken_down_on = version, None
    _checked(page, on=on)
    record.finish_tasks(CHECK, person=None, by=by.sign_in, at=at, subject=f"page:{page.pk}")
    return version


def _checked(page: Page, *, on: date) -> None:
    page.checked_on = on
    page.next_check_on = months_later(on, rules(on).value("page_check_months"))
    page.save(update_fields=["live", "taken_down_on", "checked_on", "next_check_on"])


def publish_if_passed(version: Version, *, at: datetime) -> bool:
    """Publish at once what its owner asked to be, when nothing stands in the way any more."""
    version = Version.objects.select_related("page__owner").get(pk=version.pk)
    if not version.at_once or version.status != Version.Status.WITH_PANEL:
        return False
    if objections(version, on=timezone.localtime(at).date()):
        return False
    _published(version, by=version.page.owner, at=at)
    return True


@transaction.atomic
def say_it_is_right(page: Page, *, by: Staff, at: datetime) -> Page:
    """Say at the yearly check that a page is still right."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    access.require_publish(by.sign_in, page)
    if not page.is_live:
        raise CannotDo("Only a published page is checked")
    _checked(page, on=timezone.localtime(at).date())
    record.finish_tasks(CHECK, person=None, by=by.sign_in, at=at, subject=f"page:{page.pk}")
    return page


@transaction.atomic
def take_down(page: Page, *, by: Staff, at: datetime) -> Page:
    """Take a page off the public site. Its versions are kept; it comes back with a new one."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    access.require_publish(by.sign_in, page)
    page.taken_down_on = timezone.localtime(at).date()
    page.save(update_fields=["taken_down_on"])
    record.finish_tasks(CHECK, person=None, by=by.sign_in, at=at, subject=f"page:{page.pk}")
    return page


@transaction.atomic
def settle_page(page: Page, *, said: Mapping[str, Any], by: Staff, at: datetime) -> Page:
    """Change where a page stands, whom it is for, and who owns it; its tasks go with it."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    access.require_publish(by.sign_in, page)
    moved = page.owner_id != said["owner"].pk
    page.owner, page.group = said["owner"], Group(said["group"])
    page.audiences, page.place = list(said["audiences"]), said["place"]
    page.save(update_fields=["owner", "group", "audiences", "place"])
    if moved:
        record.finish_tasks(CHECK, person=None, by=by.sign_in, at=at, subject=f"page:{page.pk}")
    return page


def give_due_tasks(*, at: datetime) -> int:
    """Give each page's owner the task to check it, some days before it is due. Says how many."""
    on = timezone.localtime(at).date()
    notice = rules(on).value("information_notice_days")
    due = Page.objects.select_related("owner").filter(
        live__isnull=False, taken_down_on=None, next_check_on__lte=on + timedelta(days=notice)
    )
    pages = list(due)
    titles = queries.titles_of(pages)
    for page in pages:
        owner = still_here(page.owner)
        if owner is not None and page.next_check_on is not None:
            record.give_task(
                CHECK, person=None, owner=owner, at=at, due_at=end_of(page.next_check_on),
                words=f"Check that “{titles.get(page.pk, page.slug)}” is still right",
                address=f"/council/information/pages/{page.slug}/", subject=f"page:{page.pk}",
            )  # fmt: skip
    return len(pages)


def still_here(owner: Staff) -> Staff | None:
    """The owner, or who publishes for all once they have left."""
    if owner.left_on is None:
        return owner
    others = Staff.objects.filter(left_on=None, role="policy_owner").order_by("pk")
    return others.first() or Staff.objects.filter(left_on=None).order_by("pk").first()


def end_of(day: date) -> datetime:
    """Five in the afternoon, when a day's work is due."""
    return timezone.make_aware(datetime(day.year, day.month, day.day, 17, 0))
