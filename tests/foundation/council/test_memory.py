from ownway.foundation.council.memory import of_one_page, once_a_page

asked: list[str] = []


@once_a_page
def greeting(name: str) -> str:
    asked.append(name)
    return f"Hello {name}"


def test_within_one_page_a_question_is_asked_once() -> None:
    asked.clear()

    with of_one_page():
        answers = [greeting("Joy"), greeting("Joy"), greeting("Walter")]

    assert answers == ["Hello Joy", "Hello Joy", "Hello Walter"]
    assert asked == ["Joy", "Walter"]


def test_the_next_page_asks_anew() -> None:
    asked.clear()

    for _ in range(2):
        with of_one_page():
            greeting("Joy")

    assert asked == ["Joy", "Joy"]


def test_outside_a_page_nothing_is_remembered() -> None:
    asked.clear()

    greeting("Joy")
    greeting("Joy")

    assert asked == ["Joy", "Joy"]


def test_a_page_that_changes_something_reads_it_back(as_, gwen) -> None:  # type: ignore[no-untyped-def]
    from django.urls import reverse

    client = as_(gwen)
    before = client.get(reverse("work")).content.decode()

    from ownway.foundation.council.models import Identity

    Identity.objects.update(name="Renamed Borough Council", short_name="Renamed")

    assert "Renamed" not in before
    assert "Renamed" in client.get(reverse("work")).content.decode()
