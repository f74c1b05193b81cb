"""The directory of Alderbrook holds what the journey tells of."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from ownway.community.directory import queries
from ownway.community.directory.models import Entry, Place
from ownway.demo.directory import fill_directory
from ownway.demo.information import POINTS
from ownway.policy import domains

TODAY = date(2026, 1, 6)
AT = datetime(2026, 1, 6, 9, tzinfo=ZoneInfo("Europe/London"))


def test_the_cast_is_there_with_its_prices_places_and_checks(council: None) -> None:
    fill_directory(at=AT)
    home = queries.spot("AL3 4QT")

    def one(name: str) -> queries.Listing:
        found = {
            listing.name: listing for listing in queries.search(name, on=TODAY, near=home).listings
        }
        return found[name]

    assert (one("Sit-Awhile").price, one("Sit-Awhile").distance) == ("Free", "1.2 miles")
    assert one("Sit-Awhile").times == "Mon to Sat, days and evenings"
    assert (one("Teapot Café").checked_on, one("Teapot Café").is_overdue) == (
        date(2025, 1, 4),
        True,
    )
    assert (one("Brightsteps").price, one("Millrace").price) == (
        "£17.00 an hour",
        "£52.00 a day",
    )
    assert one("Pottering About").price == "£19.00 an hour"
    assert (one("PayPath").price_pence, one("PayPath").price_each) == (950, "a week")
    assert one("Green Gate").mark == "Gold"
    assert one("Hedge and Co").mark == ""
    assert one("Brightsteps").organisation_id is not None

    garden = [
        listing.name for listing in queries.search("garden help", on=TODAY, near=home).listings
    ]
    assert garden.index("Green Gate") < garden.index("Hedge and Co")

    picks = queries.suggest("dementia, time off for carers", postcode="AL3 4QT", on=TODAY)
    assert {"Sit-Awhile", "Teapot Café", "Many Voices", "Brightsteps"} <= {p.name for p in picks}

    overdue = Entry.objects.filter(checked_on__lt=date(2025, 1, 6)).values_list("name", flat=True)
    assert list(overdue) == ["Teapot Café"]
    assert not Entry.objects.filter(owner=None).exists()
    for domain in domains.NINE:
        assert Entry.objects.filter(domains__contains=[domain.key]).count() >= 5


def test_a_taxi_is_a_way_to_ask_for_a_lift(council: None) -> None:
    fill_directory(at=AT)

    found = {one.name for one in queries.search("taxi", on=TODAY).listings}

    assert {"Doorstep Rides", "Car and Company", "Wold Wheels"} <= found


def test_a_hall_has_one_address_in_the_directory_and_among_the_places_to_ask(
    council: None,
) -> None:
    fill_directory(at=AT)
    (postcode, address), *_ = [
        (point[3], point[2]) for point in POINTS if point[0] == "Meadow Hall"
    ]

    told = Place.objects.filter(address__startswith="Meadow Hall")

    assert {(one.address, one.town, one.postcode) for one in told} == {
        ("Meadow Hall, 3 Mill Street", "Alderbrook", postcode)
    }
    assert address == "3 Mill Street, Alderbrook"


def test_filling_it_again_changes_nothing(council: None) -> None:
    many = fill_directory(at=AT)
    before = set(Entry.objects.values_list("pk", "fingerprint"))

    assert fill_directory(at=AT) == many
    assert set(Entry.objects.values_list("pk", "fingerprint")) == before
