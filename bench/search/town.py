"""A made-up directory of any size: the same words in every run, spread over the invented town."""

import random
import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any, Final
from uuid import UUID

from ownway.demo.places import postcodes

FIRST: Final = date(2026, 1, 6)
# What is offered, what else it is called, the parts of life it helps with, and its kind. The
# first ones are many, the last ones few, as in a real directory.
OFFERS: Final = (
    ("Home care: washing, dressing, meals", "personal care; carer", "washing eating", "help"),
    ("Home help: cleaning and shopping", "cleaner; housework; laundry", "home eating", "help"),
    ("Coffee morning and company", "lonely; friends; social", "people", "group"),
    ("Lunch club with hot meals", "meal; older people", "eating people", "group"),
    ("Garden help: mowing and hedges", "gardener; gardening; lawn", "home", "help"),
    ("Personal assistant, mornings", "PA; support worker", "washing people", "person"),
    ("Gentle exercise class", "falls; balance; keep fit", "moving health", "group"),
    ("Support group for carers", "time off; respite; peer support", "caring people", "group"),
    ("Dementia café, for two", "memory; carers", "people caring health", "group"),
    ("Singing for all", "choir; music", "people", "group"),
    ("Walking group, slow pace", "walk; health walk", "moving people", "group"),
    ("Art class and painting", "craft; drawing", "people work", "group"),
    ("Advice about money and benefits", "debt; bills; allowance", "home work", "help"),
    ("Handyman for small repairs", "odd jobs; key safe; rails", "home", "help"),
    ("Lifts to hospital and shops", "transport; driver; taxi", "moving health", "help"),
    ("Hot meals brought to your door", "meals on wheels; delivery", "eating", "help"),
    ("Swimming for disabled adults", "pool; sport", "moving people", "group"),
    ("Sitting service by volunteers", "respite; break; sitter", "caring", "help"),
    ("Befriending by phone", "lonely; chat; telephone", "people", "help"),
    ("Course to get ready for work", "job; employment; training", "work", "group"),
    ("Care home with gardens", "residential; short stay", "washing eating health", "place"),
    ("Toenail cutting and foot checks", "podiatry; feet", "washing health", "help"),
    ("Haircuts in your own chair", "hairdresser; barber", "washing", "help"),
    ("Library with trained helpers", "computers; internet; books", "work people", "place"),
    ("Dog walking and pet care", "dog; cat; pets", "home", "help"),
    ("Spring fair and open day", "fair; festival", "people", "event"),
    ("Talk about hearing aids", "deaf; hearing loss", "health", "event"),
    ("Pottery for beginners", "clay; kiln", "people work", "group"),
    ("Help with leaks and pads", "continence; bladder", "toilet health", "help"),
    ("Riding for disabled adults", "horses; pony", "moving people", "group"),
    ("British Sign Language lessons", "BSL; signing", "work people", "group"),
    ("Wheelchair repair and loan", "mobility; scooter", "moving", "help"),
)
NAMES: Final = tuple(
    re.findall(
        r"\w+",
        """Amber Acorn Alder Beacon Bluebell Bridge Bramble Candle Cedar Chapel Clover Copper Corner
        Daisy Dove Elm Fern Foundry Garnet Gentle Golden Green Harbour Hazel Heron Hill Honey Ivy
        Juniper Kite Lantern Larch Lavender Lime Linnet Maple Marigold Meadow Mill Moss Oak Orchard
        Otter Pebble Poplar Primrose Quiet Raven River Robin Rowan Saffron Sparrow Spring Steady
        Stone Sunny Swallow Thistle Thrush Violet Walnut Water Willow Wren Yarrow""",
    )
)
ENDS: Final = ("House", "Hall", "Trust", "Circle", "Friends", "Company", "Centre", "Club")
SAID: Final = (
    "A small team who get to know you and come at the times you choose.",
    "Run by local volunteers who have had training and checks.",
    "Bring a friend, a carer or come alone; there is tea, cake and a warm welcome.",
    "No need to book, and the first visit costs nothing.",
    "We help older people, disabled adults and those who look after somebody.",
    "The building has a level way in and a quiet room.",
    "A lift can be found if you ring the day before.",
    "Each person has a plan of their own, and the same face each week.",
    "People living with memory loss are welcome, with whoever comes with them.",
    "Our garden is open in summer, with raised beds and benches.",
    "Come for an hour or stay for the whole morning.",
    "We can fill in forms with you and make telephone calls.",
    "Families tell us that it gives them a break and peace of mind.",
    "Staff speak Punjabi, Polish and Urdu.",
    "There is parking by the door and a bus stop outside.",
    "You can pay with a direct payment or your own money.",
)
HOURS: Final = ((9, 12), (10, 12), (10, 16), (8, 18), (13, 15), (18, 21), (9, 17))
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EACH: Final = ("an hour", "each", "a visit", "a session")


class Town:
    """Rows for the tables of the directory, in the order of their columns."""

    def __init__(self, many: int, *, seed: int = 7) -> None:
        self.many = many
        self._dice = random.Random(seed)
        self._codes = list(postcodes())
        self._weights = [1 / (place + 3) for place in range(len(OFFERS))]

    def rows(self) -> Iterator[dict[str, dict[str, Any]]]:
        """One entry after another: its row, place, times and cost."""
        dice = self._dice
        for number in range(1, self.many + 1):
            what, words, parts, kind = dice.choices(OFFERS, self._weights)[0]
            code, east, north, _ = dice.choice(self._codes)
            name = f"{dice.choice(NAMES)} {dice.choice(NAMES)} {dice.choice(ENDS)}"
            key = str(UUID(int=number))
            yield {
                "entry": {
                    "id": number,
                    "key": key,
                    "slug": f"entry-{number}",
                    "name": name,
                    "what": what,
                    "found_by": words,
                    "kind": kind,
                    "description": " ".join(dice.sample(SAID, 4)),
                    "domains": "{" + ",".join(parts.split()) + "}",
                    "mark": dice.choices((0, 1, 2), (90, 7, 3))[0],
                    "stars": dice.choice((None, 3.9, 4.4, 4.8)),
                    "comes_to_you": kind in {"help", "person"},
                    "checked_on": FIRST - timedelta(days=dice.randrange(500)),
                    "easting": east,
                    "northing": north,
                },
                "place": {
                    "id": number,
                    "key": key,
                    "name": f"{name} rooms",
                    "postcode": f"{code[:-3]} {code[-3:]}",
                    "easting": east,
                    "northing": north,
                },
                "times": self._times(number, key, kind),
                "cost": {
                    "id": number,
                    "key": key,
                    "entry_id": number,
                    "pence": dice.choice((0, 0, 200, 550, 1400, 1700, 2400)),
                    "each": dice.choice(EACH),
                },
            }

    def _times(self, number: int, key: str, kind: str) -> dict[str, Any]:
        dice = self._dice
        opens, closes = dice.choice(HOURS)
        hours = {"opens_at": time(opens), "closes_at": time(closes)}
        row = {"id": number, "key": key, "entry_id": number, "days": "", "starts_on": None} | hours
        if kind == "event":
            return row | {"starts_on": FIRST + timedelta(days=dice.randrange(120))}
        chosen = sorted(dice.sample(range(7), dice.choice((1, 1, 2, 5))))
        return row | {"days": ",".join(DAYS[day] for day in chosen)}
