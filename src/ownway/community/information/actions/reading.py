"""What readers do: the panel says yes or no, and anybody says whether a page was of use."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ownway.community.information.actions.writing import CannotDo, publish_if_passed
from ownway.community.information.models import (
    Opinion,
    Page,
    ReadDay,
    Reader,
    Reading,
    Text,
    Version,
)
from ownway.foundation.council import access as council
from ownway.foundation.council.models import SignIn, Staff


def join_panel(sign_in: SignIn, *, at: datetime) -> Reader:
    """Become a reader of the panel, or become one again."""
    on = timezone.localtime(at).date()
    reader, _ = Reader.objects.get_or_create(sign_in=sign_in, defaults={"joined_on": on})
    if reader.left_on is not None:
        reader.joined_on, reader.left_on = on, None
        reader.save(update_fields=["joined_on", "left_on"])
    return reader


def add_reader(email: str, *, by: Staff, at: datetime) -> Reader:
    """Put a volunteer on the panel by the address they sign in with.

    Raises:
        CannotDo: nobody who is not staff signs in with it.
    """
    council.require(by.sign_in, "information.write")
    sign_in = SignIn.objects.filter(email=email.lower(), is_active=True).first()
    if sign_in is None:
        raise CannotDo("Nobody signs in with this address. Check it, or ask them which they use")
    if council.staff_of(sign_in) or council.member_of(sign_in):
        raise CannotDo("The panel is of residents: staff and providers do not read for it")
    return join_panel(sign_in, at=at)


def end_reader(pk: str, *, by: Staff, at: datetime) -> None:
    """Take somebody off the panel who asked for it, or who is there no more."""
    council.require(by.sign_in, "information.write")
    reader = Reader.objects.filter(pk=int(pk)).first() if pk.isascii() and pk.isdecimal() else None
    if reader is not None:
        leave_panel(reader, at=at)


def leave_panel(reader: Reader, *, at: datetime) -> Reader:
    """Leave the panel. What was said stays with the pages."""
    reader.left_on = timezone.localtime(at).date()
    reader.save(update_fields=["left_on"])
    return reader


@transaction.atomic
def say(version: Version, *, reader: Reader, is_yes: bool, words: str, at: datetime) -> bool:
    """Keep what a reader says of a version. Says whether it was published by this.

    Raises:
        CannotDo: the panel does not read it now, the reader has read it, or a no has no reason.
    """
    version = Version.objects.select_for_update().get(pk=version.pk)
    if version.status != Version.Status.WITH_PANEL:
        raise CannotDo("This page is not with the panel any more. Thank you all the same")
    if not is_yes and not words.strip():
        raise CannotDo("Say what should change")
    try:
        with transaction.atomic():
            Reading.objects.create(
                version=version, reader=reader, is_yes=is_yes, words=words.strip(), at=at
            )
    except IntegrityError as twice:
        raise CannotDo("You have read this one. Thank you") from twice
    return publish_if_passed(version, at=at)


@transaction.atomic
def reply(reading: Reading, *, words: str, by: Staff, at: datetime) -> bool:
    """Tell a reader what was done about their no. Says whether it was published by this."""
    council.require(by.sign_in, "information.write")
    reading.reply = words
    reading.save(update_fields=["reply"])
    return publish_if_passed(reading.version, at=at)


def give_opinion(text: Text, *, is_useful: bool, words: str, on: date) -> Opinion:
    """Keep whether a page was of use; who said so is not known."""
    return Opinion.objects.create(
        page=text.version.page,
        version=text.version,
        language=text.language,
        form=text.form,
        is_useful=is_useful,
        words=words,
        on=on,
    )


def count_read(page: Page, *, on: date) -> None:
    """Count one read of a page on a day."""
    if not ReadDay.objects.filter(page=page, on=on).update(reads=F("reads") + 1):
        _, is_new = ReadDay.objects.get_or_create(page=page, on=on, defaults={"reads": 1})
        if not is_new:
            ReadDay.objects.filter(page=page, on=on).update(reads=F("reads") + 1)
