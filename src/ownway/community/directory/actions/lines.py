"""Times and prices from a line as people write it: "Thursdays 10am to 12", "£2 each"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from ownway.community.directory.models import Cost, Times
from ownway.community.directory.models.details import DAYS
from ownway.community.directory.queries import wording
from ownway.design.money import to_pence

SHORT_DAYS: Final = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), DAYS, strict=True))
WHICH: Final = {"1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "last": "-1"}
FULL_DAYS: Final = dict(
    zip(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        strict=True,
    )
)
OTHER_WORDS: Final = {
    "weekdays": "Mon to Fri",
    "weekends": "Sat and Sun",
    "daily": "every day",
    "noon": "12:00",
    "midday": "12:00",
    "till": "to",
    "until": "to",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "tues": "Tue",
    "weds": "Wed",
    "thur": "Thu",
    "thurs": "Thu",
}
EVENING: Final = time(17)
_HOURS = re.compile(
    r"(?P<days>.+?),? (?P<start>\d{2}:\d{2})(?: to (?P<end>\d{2}:\d{2}))?(?:, (?P<words>.+))?"
)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b(?![:.\d])", re.I)
_NO_CLOCK = re.compile(r"\b\d(st|nd|rd|th)\b|\b\d{1,2} [A-Z][a-z]+ \d{4}\b")
_OTHER = re.compile(r"\bevery other |\bfortnightly,? (?:on )?", re.I)


@dataclass(frozen=True)
class Hours:
    """What a line says of times; `words` when no rule fits, or what comes after them."""

    monthly: bool = False
    interval: int = 1
    days: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    starts_on: date | None = None
    valid_to: date | None = None
    words: str = ""

    @property
    def is_read(self) -> bool:
        """Whether days and hours were understood."""
        return bool((self.days or self.starts_on) and self.opens_at)

    @property
    def ends_first(self) -> bool:
        """Whether it ends before it starts, and is not for a night."""
        if not (self.opens_at and self.closes_at):
            return False
        return self.closes_at <= self.opens_at < EVENING

    @property
    def line(self) -> str:
        """The line as it is shown."""
        return wording.time_words(Times(**vars(self)))


@dataclass(frozen=True)
class Price:
    """What a line says of a price; `each` alone when it names no amount."""

    pence: int | None = None
    each: str = ""
    whom: str = ""

    @property
    def line(self) -> str:
        """The line as it is shown."""
        return wording.price_words(Cost(**vars(self)))


def read_times(text: str) -> Hours:
    """Read "Mon to Fri 09:00 to 17:00", "1st Tue 18:30", "12 May 2026 14:00"; keep the rest."""
    hours = _HOURS.fullmatch(text)
    said = hours["days"] if hours else text.split(",")[0]
    other = _OTHER.match(said)
    days = days_in(said[other.end() :] if other else said)
    once = _date(said)
    if not (days or once) or (other and not hours):
        return Hours(words=text)
    return Hours(
        monthly=any(not day.isalpha() for day in days),
        interval=2 if other else 1,
        days=",".join(days),
        starts_on=once,
        valid_to=once,
        opens_at=_clock(hours["start"]) if hours else None,
        closes_at=_clock(hours["end"]) if hours and hours["end"] else None,
        words=(hours["words"] or "") if hours else text,
    )


def _date(text: str) -> date | None:
    """The day of "12 February 2026", for what happens once."""
    try:
        return datetime.strptime(text.strip(), "%d %B %Y").date()
    except ValueError:
        return None


def spoken_times(text: str) -> Hours:
    """Read times as somebody types them; what is not understood is kept word for word."""
    read = read_times(_plainly(text))
    return read if read.is_read else Hours(words=text)


def _plainly(text: str) -> str:
    """Days in three letters and hours by the 24-hour clock."""
    text = re.sub(r"\s*[-–—]\s*", " to ", " ".join(text.split()))
    text = re.sub(r"\b(from|at|on|between|of the month)\b", " ", text, flags=re.I)
    text = re.sub(r"[A-Za-z]+", lambda word: _word(word[0]), text)
    text = re.sub(r"\s+([,;])", r"\1", " ".join(text.split()))
    head, *rest = re.split(r", (?=[^0-9]*$)", text, maxsplit=1)
    return ", ".join([_hours(head), *rest])


def _word(word: str) -> str:
    low = word.lower()
    for one in (low, low.removesuffix("s")):
        if one in FULL_DAYS:
            return FULL_DAYS[one]
        if one in SHORT_DAYS:
            return one.capitalize()
    return OTHER_WORDS.get(low, word)


def _hours(text: str) -> str:
    """The hours of a line as 09:00 to 17:00, after its days."""
    text = re.sub(r"\b12 12:00", "12:00", text)
    found = list(_CLOCK.finditer(_NO_CLOCK.sub(lambda match: "x" * len(match[0]), text)))
    is_alone = len(found) == 1 and not (found[0][2] or found[0][3])
    if not 1 <= len(found) <= 2 or is_alone:
        return text
    clocks = _in_order(*(_may_be(one) for one in found))
    if not clocks:
        return text
    days, rest = text[: found[0].start()].strip(" ,"), text[found[-1].end() :].strip(" ,")
    if not days and days_in(rest):
        days, rest = rest, ""
    return f"{days or 'every day'} {' to '.join(clocks)}{f', {rest}' if rest else ''}"


def _may_be(found: re.Match[str]) -> list[str]:
    """What a time can mean: "9" is morning or evening, "9pm" and "21:00" are one thing."""
    hour, minutes, half = int(found[1]), found[2] or "00", (found[3] or "").lower()
    if hour > 23 or int(minutes) > 59 or (half and not 1 <= hour <= 12):
        return []
    if half:
        return [f"{hour % 12 + (12 if half == 'pm' else 0):02d}:{minutes}"]
    is_24 = hour == 0 or hour > 12 or (len(found[1]) == 2 and found[2] is not None)
    return [f"{one:02d}:{minutes}" for one in ([hour] if is_24 else [hour % 12, hour % 12 + 12])]


def _in_order(start: list[str], end: list[str] | None = None) -> list[str]:
    """The likeliest meaning: as short as can be, and none that starts before seven by a guess."""
    likely = [one for one in start if len(start) == 1 or one >= "07:00"]
    if end is None:
        return likely[:1]
    if len(likely) == len(end) == 1:
        return [*likely, *end]
    pairs = [[a, b] for a in likely for b in end if a < b]
    return min(pairs, key=lambda pair: (pair[0] >= "19:00", _length(*pair)), default=[])


def _length(start: str, end: str) -> int:
    hours, minutes = (int(end[at]) - int(start[at]) for at in (slice(0, 2), slice(3, 5)))
    return hours * 60 + minutes


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def days_in(text: str) -> list[str]:
    """Days of "Mon to Sat", "Tue and Thu", "Every day", "1st Tue"; none when it says more."""
    words = text.lower().replace(",", " ").replace(" and ", " ").split()
    if words == ["every", "day"]:
        return list(DAYS)
    if len(words) == 2 and words[0] in WHICH and words[1] in SHORT_DAYS:
        return [WHICH[words[0]] + SHORT_DAYS[words[1]]]
    if len(words) == 3 and words[1] == "to" and {words[0], words[2]} <= SHORT_DAYS.keys():
        first, last = (DAYS.index(SHORT_DAYS[word]) for word in (words[0], words[2]))
        return list(DAYS[first : last + 1])
    known = [SHORT_DAYS.get(word, "") for word in words]
    return known if all(known) else []


def read_price(text: str) -> Price:
    """Read "17.00 an hour" or "free first visit"; a line that names no amount is kept as words."""
    bare = re.sub(r"^£\s*", "", text)
    amount, _, each = bare.partition(" ")
    whom = re.search(r" ?\(([^()]{1,200})\)$", each)
    if whom:
        each = each[: whom.start()]
    said = whom[1] if whom else ""
    if amount.lower() == "free":
        return Price(0, each[:120], said)
    try:
        return Price(to_pence(amount), each[:120], said)
    except ValueError:
        return Price(None, text[:120])
