"""A template for each kind of entry: which parts it has, what each asks, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ownway.community.directory.models import Kind


@dataclass(frozen=True)
class Part:
    """One page of a template. `words` are labels and hints of its own for some fields."""

    key: str
    title: str
    fields: tuple[str, ...]
    lead: str = ""
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)


ABOUT: Final = Part("about", "What it is", ("name", "what", "description"))
TIMES: Final = Part("times", "Times", ("times",))
PRICES: Final = Part("prices", "Prices", ("prices", "fees"))
WHERE: Final = Part(
    "where",
    "Where it is",
    ("place_name", "address", "town", "postcode", "comes_to_you", "area", "access"),
)
TOUCH: Final = Part(
    "touch", "How to get in touch", ("phones", "email", "url", "contact_name", "contact_title")
)
HELPS: Final = Part(
    "helps",
    "Who it is for",
    ("domains", "minimum_age", "maximum_age", "accreditations", "words"),
)
SHOWING: Final = Part(
    "showing",
    "Open or closed",
    ("status", "alert", "shown_from", "shown_until"),
)

HELP: Final = (ABOUT, TIMES, PRICES, WHERE, TOUCH, HELPS, SHOWING)
GROUP: Final = (
    Part(
        "about",
        "What the group is",
        ABOUT.fields,
        words={
            "name": ("Name of the group", ""),
            "what": ("What you do, in one line", "Like “Tea and talk for people with memory loss”"),
            "description": (
                "What happens when people come",
                "Who comes, who greets them, and whether they can bring someone",
            ),
        },
    ),
    Part(
        "times",
        "When you meet",
        ("times",),
        words={"times": ("When you meet", "One line each. Like “Thursdays 10am to 12”")},
    ),
    PRICES,
    Part("where", "Where you meet", tuple(n for n in WHERE.fields if n != "comes_to_you")),
    TOUCH,
    HELPS,
    SHOWING,
)
PLACE: Final = (
    Part("about", "What the place is", ABOUT.fields, words={"name": ("Name of the place", "")}),
    Part(
        "times",
        "When it is open",
        ("times",),
        words={"times": ("When it is open", "One line each. Like “Mon to Fri 9am to 5pm”")},
    ),
    PRICES,
    Part(
        "where",
        "Where it is",
        ("address", "town", "postcode", "area", "access"),
    ),
    TOUCH,
    HELPS,
    SHOWING,
)
PERSON: Final = (
    Part(
        "about",
        "About you",
        ABOUT.fields,
        lead="Everybody can read this. Leave out what you would not tell a stranger.",
        words={
            "name": ("Your name, as people should call you", ""),
            "what": ("What you offer, in one line", "Like “Personal assistant, mornings”"),
            "description": ("What you do and what you like doing", ""),
        },
    ),
    Part(
        "times",
        "When you can work",
        ("times",),
        words={"times": ("When you can work", "One line each. Like “Mon to Fri 8am to 1pm”")},
    ),
    Part(
        "prices",
        "What you charge",
        ("prices", "fees"),
        words={"prices": ("What you charge", "One line each. Like “£17.50 an hour”")},
    ),
    Part(
        "where",
        "Where you work",
        ("town", "postcode", "area"),
        lead="We do not ask for your address. Your postcode is shown: it says how near you are.",
        words={
            "town": ("Town you live in or near", ""),
            "area": ("Where you are willing to go", "Like “Alderbrook and five miles around”"),
        },
    ),
    TOUCH,
    Part(
        "helps",
        "What you help with",
        ("domains", "accreditations", "words"),
        words={
            "accreditations": (
                "Your checks and training",
                "Like “DBS check in 2025; moving and handling”",
            )
        },
    ),
    Part(
        "showing",
        "Free or not",
        SHOWING.fields,
        words={"status": ("Are you taking on work?", "")},
    ),
)
EVENT: Final = (
    Part(
        "about",
        "What the event is",
        ABOUT.fields,
        words={"name": ("Name of the event", "")},
    ),
    Part(
        "times",
        "When it is",
        ("first_day", "last_day", "times"),
        lead="After its last day the event leaves the directory by itself.",
        words={
            "first_day": ("First day", "Like 14 2 2026"),
            "last_day": ("Last day", "Leave it empty when it is one day only"),
            "times": ("Times of the day", "One line each. Like “Every day 10am to 4pm”"),
        },
    ),
    PRICES,
    Part("where", "Where it is", tuple(n for n in WHERE.fields if n != "comes_to_you")),
    TOUCH,
    HELPS,
    SHOWING,
)
TEMPLATES: Final[Mapping[str, tuple[Part, ...]]] = {
    Kind.HELP: HELP,
    Kind.GROUP: GROUP,
    Kind.PLACE: PLACE,
    Kind.PERSON: PERSON,
    Kind.EVENT: EVENT,
}
KINDS: Final[Mapping[str, str]] = {
    Kind.HELP: "Something like home help, meals, advice or transport",
    Kind.GROUP: "People who meet, like a choir or a café",
    Kind.PLACE: "Somewhere with opening times, like a library",
    Kind.PERSON: "One person who offers support for pay",
    Kind.EVENT: "Something on a day or a few days",
}


def parts_of(kind: str) -> tuple[Part, ...]:
    """The pages of a kind, in order."""
    return TEMPLATES[kind]


def part_of(kind: str, key: str) -> Part | None:
    """One page of a kind."""
    return next((part for part in TEMPLATES[kind] if part.key == key), None)
