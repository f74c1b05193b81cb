"""An owner's change: begun, saved, sent, answered; and what each refuses."""

import pytest
from django.core.exceptions import PermissionDenied

from ownway.community.directory.actions import changing, publishing
from ownway.community.directory.models import Change, Entry, Version
from ownway.community.directory.queries import content, keeping
from ownway.foundation.council.models import OrganisationMember, Staff
from ownway.foundation.letters.models import Outbox
from ownway.foundation.record.models import Task
from tests.community.directory.conftest import NOON, TODAY
from tests.community.directory.keeping.conftest import entry_named


def _begun(entry: Entry, **said: object) -> Change:
    change = changing.begin(entry, by=None, by_words="Its owner", at=NOON)
    return changing.save_part(change, said, version=change.version, by=None, by_words="Its owner")


def _sent(entry: Entry, **said: object) -> Change:
    change = _begun(entry, **said)
    return changing.send(change, version=change.version, at=NOON)


def _approve(change: Change, by: Staff) -> Entry:
    seen = content.stands(content.content_of(keeping.entries().get(changes=change)))
    return changing.approve(change, seen=seen, by=by, at=NOON)


def test_a_change_is_in_the_directory_only_once_a_keeper_approves_it(
    teapot: Entry, gwen: Staff
) -> None:
    change = _sent(teapot, times=["Fri 10:00 to 12:00"])
    before = content.content_of(keeping.entries().get(pk=teapot.pk))["times"]

    _approve(change, gwen)

    entry = keeping.entries().get(pk=teapot.pk)
    assert before == ["Thu 10:00 to 12:00"]
    assert content.content_of(entry)["times"] == ["Fri 10:00 to 12:00"]
    assert entry.checked_on == TODAY
    assert entry.checked_by == "its owner"


def test_a_sent_change_is_a_task_of_a_keeper_until_it_is_answered(
    teapot: Entry, gwen: Staff
) -> None:
    change = _sent(teapot, fees="Cash only")
    task = Task.objects.get(kind="directory.change")

    _approve(change, gwen)

    task.refresh_from_db()
    assert task.owner == gwen
    assert task.address == f"/desk/directory/changes/{change.pk}/"
    assert task.done_at == NOON


def test_only_what_changed_is_written_and_other_times_keep_their_rows(
    teapot: Entry, gwen: Staff
) -> None:
    kept = teapot.times.get()

    _approve(_sent(teapot, times=["Thu 10:00 to 12:00", "Sat 14:00 to 16:00"]), gwen)

    assert teapot.times.earliest("pk") == kept
    assert teapot.times.count() == 2


def test_a_change_sent_back_tells_its_owner_why_and_is_taken_up_where_it_was(
    teapot: Entry, gwen: Staff
) -> None:
    change = _sent(teapot, times=["Fri 10:00 to 12:00"])

    changing.send_back(change, because="Fridays are for the choir", by=gwen, at=NOON)

    again = changing.begin(teapot, by=None, by_words="Its owner", at=NOON)
    told = Outbox.objects.get(address="hello@teapot.example")
    assert "Fridays are for the choir" in told.text
    assert again.pk != change.pk
    assert again.said["times"] == ["Fri 10:00 to 12:00"]


def test_a_change_is_answered_once(teapot: Entry, gwen: Staff) -> None:
    change = _sent(teapot, fees="Cash only")
    _approve(change, gwen)

    with pytest.raises(changing.CannotChange, match="answered already"):
        changing.send_back(change, because="No", by=gwen, at=NOON)

    assert Version.objects.filter(entry=teapot).count() == 2


def test_what_a_keeper_did_not_see_is_not_overwritten(teapot: Entry, gwen: Staff) -> None:
    change = _sent(teapot, fees="Cash only")
    seen = content.stands(content.content_of(keeping.entries().get(pk=teapot.pk)))
    publishing.publish(
        teapot, {"fees": "Cards too"}, how=Version.How.STAFF, by=gwen.sign_in, at=NOON
    )

    with pytest.raises(publishing.Moved):
        changing.approve(change, seen=seen, by=gwen, at=NOON)

    assert entry_named("Teapot Café").fees == "Cards too"
    change.refresh_from_db()
    assert change.state == Change.State.SENT


def test_a_field_that_moved_meanwhile_says_so_in_the_differences(
    teapot: Entry, gwen: Staff
) -> None:
    change = _sent(teapot, fees="Cash only")
    publishing.publish(
        teapot, {"fees": "Cards too"}, how=Version.How.STAFF, by=gwen.sign_in, at=NOON
    )
    now = content.content_of(keeping.entries().get(pk=teapot.pk))

    found = content.differences(change.seen, keeping.proposed(change), now=now)

    assert [(one.name, one.new, one.moved_to) for one in found] == [
        ("fees", ["Cash only"], ["Cards too"])
    ]


def test_two_people_on_one_draft_do_not_overwrite_each_other(teapot: Entry) -> None:
    change = changing.begin(teapot, by=None, by_words="A", at=NOON)
    changing.save_part(change, {"fees": "Mine"}, version=0, by=None, by_words="A")

    with pytest.raises(changing.CannotChange, match="Somebody else saved"):
        changing.save_part(change, {"fees": "Theirs"}, version=0, by=None, by_words="B")

    change.refresh_from_db()
    assert change.said == {"fees": "Mine"}


def test_a_change_that_changes_nothing_is_not_sent(teapot: Entry) -> None:
    change = _begun(teapot, name="Teapot Café")

    with pytest.raises(changing.CannotChange, match="changed nothing"):
        changing.send(change, version=change.version, at=NOON)


def test_what_was_sent_is_taken_back_while_nobody_has_answered(teapot: Entry) -> None:
    change = changing.take_back(_sent(teapot, fees="Cash"), at=NOON)

    assert change.state == Change.State.DRAFT
    assert not Task.objects.filter(kind="directory.change", done_at=None).exists()


def test_sending_twice_is_sending_once(teapot: Entry) -> None:
    change = _begun(teapot, fees="Cash")

    changing.send(change, version=change.version, at=NOON)
    changing.send(change, version=change.version, at=NOON)

    assert Task.objects.filter(kind="directory.change").count() == 1


def test_only_a_keeper_answers(teapot: Entry, dev: Staff) -> None:
    change = _sent(teapot, fees="Cash")

    with pytest.raises(PermissionDenied):
        changing.approve(change, seen="", by=dev, at=NOON)
    with pytest.raises(PermissionDenied):
        changing.send_back(change, because="No", by=dev, at=NOON)

    change.refresh_from_db()
    assert change.state == Change.State.SENT


def test_a_new_entry_of_an_organisation_is_its_own_once_it_is_approved(
    hana: OrganisationMember, gwen: Staff
) -> None:
    change = changing.begin_new(
        "group",
        organisation=hana.organisation,
        by=hana.sign_in,
        by_words="Hana",
        at=NOON,
    )
    said = {"name": "Teapot Choir", "what": "Singing for two", "postcode": "AL1 1AA"}
    change = changing.save_part(change, said, version=0, by=hana.sign_in, by_words="Hana")
    change = changing.send(change, version=change.version, at=NOON)

    changing.approve(change, seen="", by=gwen, at=NOON)

    entry = entry_named("Teapot Choir")
    assert entry in [own.entry for own in keeping.own_entries(hana, on=TODAY)]
    assert (entry.kind, entry.easting, entry.checked_on) == ("group", 451_609, TODAY)


def test_a_new_entry_without_a_name_is_not_sent(hana: OrganisationMember) -> None:
    change = changing.begin_new(
        "event", organisation=hana.organisation, by=hana.sign_in, by_words="Hana", at=NOON
    )
    change = changing.save_part(
        change, {"what": "Tea"}, version=0, by=hana.sign_in, by_words="Hana"
    )

    with pytest.raises(changing.CannotChange, match="name, first day"):
        changing.send(change, version=change.version, at=NOON)


def test_an_owner_who_says_that_all_is_right_has_checked_it(teapot: Entry) -> None:
    seen = content.stands(content.content_of(keeping.entries().get(pk=teapot.pk)))

    changing.say_right(teapot, seen=seen, by=None, at=NOON)

    assert entry_named("Teapot Café").checked_on == TODAY


def test_an_owner_cannot_say_that_what_they_did_not_see_is_right(teapot: Entry) -> None:
    with pytest.raises(publishing.Moved):
        changing.say_right(teapot, seen="another", by=None, at=NOON)

    assert entry_named("Teapot Café").checked_on != TODAY


def test_an_entry_of_a_feed_is_not_changed_here(teapot: Entry) -> None:
    source = teapot.source
    source.name, source.title = "feed", "The county’s feed"
    source.save()

    with pytest.raises(publishing.NotOurs, match="The county’s feed"):
        changing.begin(teapot, by=None, by_words="Its owner", at=NOON)
