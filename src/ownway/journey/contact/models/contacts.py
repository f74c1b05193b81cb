"""A contact from first word to settled, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ownway.foundation.council.models import tracked


class Channel(models.TextChoices):
    """How it came."""

    PHONE = "phone", "Phone"
    EMAIL = "email", "E-mail"
    ONLINE = "online", "Online"
    IN_PERSON = "in_person", "In person"
    LETTER = "letter", "Letter"
    CONTACT_POINT = "contact_point", "Contact point"
    REFERRAL = "referral", "Referral"


class Urgency(models.TextChoices):
    """How soon."""

    TODAY = "today", "Today"
    THIS_WEEK = "this_week", "This week"
    CAN_WAIT = "can_wait", "Can wait"


class Reason(models.TextChoices):
    """What about, in the words people use on the telephone."""

    DEMENTIA = "dementia", "Caring for someone with dementia"
    CARING = "caring", "Caring for someone"
    FALL = "fall", "Help at home after a fall"
    HOSPITAL = "hospital", "Coming home from hospital"
    DAILY = "daily", "Washing, dressing or meals"
    ALONE = "alone", "Lonely or low"
    EQUIPMENT = "equipment", "Equipment or alarms"
    MONEY = "money", "Money and benefits"
    HOUSING = "housing", "Home and housing"
    CHANGE = "change", "A change in support we know of"
    CRISIS = "crisis", "In crisis, or in great distress"
    CONCERN = "concern", "Worried about someone’s safety"
    OTHER = "other", "Something else"


class Outcome(models.TextChoices):
    """Four ways to settle a contact."""

    SIGNPOST = "signpost", "Signpost"
    SCREEN = "screen", "Screen"
    REFER = "refer", "Refer"
    CONCERN = "concern", "Concern"


class ReferTo(models.TextChoices):
    """Whom a contact may be handed to."""

    REABLEMENT = "reablement", "Reablement team"
    EQUIPMENT = "equipment", "Equipment visit"
    CRISIS = "crisis", "Mental health crisis team"


class ConcernDecision(models.TextChoices):
    """What is decided on a worry for safety. Source: Care Act 2014 s.42(1) and (2)."""

    ENQUIRY = "enquiry", "A safeguarding enquiry is made"
    HELP = "help", "No enquiry, but something is done to keep them safe"
    NOTHING = "nothing", "Nothing more needs to be done"


class Source(models.TextChoices):
    """Through which door it came."""

    DESK = "desk", "The access desk"
    GET_HELP = "get_help", "Asked for help online"
    CONCERN = "concern", "A concern reported online"
    EMAIL = "email", "An e-mail"
    PARTNER = "partner", "A partner’s referral"
    CONTACT_POINT = "contact_point", "A contact point"


class Agreed(models.TextChoices):
    """Whether a provider may be told who somebody is."""

    NOT_ASKED = "", "Not asked"
    YES = "yes", "Yes"
    NO = "no", "No"


@tracked
class Contact(models.Model):
    """One approach by one human being: it is settled once."""

    caller = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    about = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts_about",
    )
    caller_name = models.CharField(max_length=160, blank=True)
    caller_phone = models.CharField(max_length=30, blank=True)
    caller_email = models.EmailField(blank=True)
    caller_postcode = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=20, choices=Source.choices, default=Source.DESK)
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.PHONE)
    urgency = models.CharField(max_length=20, choices=Urgency.choices, default=Urgency.THIS_WEEK)
    is_urgent = models.BooleanField(default=False)
    because_urgent = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    said = models.TextField(blank=True)
    hope = models.CharField(max_length=300, blank=True)
    looked_for = models.CharField(max_length=120, blank=True)
    agreed = models.CharField(max_length=10, choices=Agreed.choices, blank=True)
    place = models.CharField(max_length=120, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    began_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    clock = models.OneToOneField("record.Clock", on_delete=models.PROTECT, related_name="contact")
    owner = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="contacts"
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    outcome_words = models.CharField(max_length=300, blank=True)
    refer_to = models.CharField(max_length=20, choices=ReferTo.choices, blank=True)
    refer_because = models.CharField(max_length=300, blank=True)
    own_words = models.TextField(blank=True)
    told = models.TextField(blank=True)
    call_back_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sent_key = models.CharField(max_length=40, null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome="")),
                name="settled_by_somebody_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(settled_at__gte=F("began_at")),
                name="settled_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(caller=None) | ~Q(about=F("caller")),
                name="about_somebody_else_than_the_caller",
            ),
        ]
        indexes = [
            models.Index(fields=["began_at"], condition=Q(settled_at=None), name="open_contacts"),
            models.Index(fields=["-settled_at"]),
        ]

    def __str__(self) -> str:
        return f"Contact {self.pk}"

    @property
    def is_settled(self) -> bool:
        """Whether it is done."""
        return self.settled_at is not None

    @property
    def is_confidential(self) -> bool:
        """Whether it is a worry for safety: those who act for the person may be the danger."""
        return (
            self.reason == Reason.CONCERN
            or self.outcome == Outcome.CONCERN
            or self.source == Source.CONCERN
        )

    @property
    def number(self) -> int:
        """The number people quote."""
        return self.pk

    @property
    def subject(self) -> str:
        """How clocks, tasks and events name it."""
        return f"contact:{self.pk}"


class Result(models.TextChoices):
    """What the call-back found."""

    SUITS = "suits", "Suits"
    DOES_NOT_SUIT = "does_not_suit", "Does not suit"
    NOT_TRIED = "not_tried", "Not tried yet"


class WhyNot(models.TextChoices):
    """Why something local does not suit; gaps in the market are counted by these."""

    TRANSPORT = "transport", "No transport"
    PRICE = "price", "Costs too much"
    TIMES = "times", "Wrong days or times"
    FULL = "full", "Full, or a waiting list"
    ACCESS = "access", "Cannot get in or about"
    NOT_FOR_THEM = "not_for_them", "Not for them"
    NO_ANSWER = "no_answer", "Nobody answered"
    OTHER = "other", "Something else"


@tracked
class Signpost(models.Model):
    """An entry of the directory picked in a contact; told to the person when `sent_at` is set.

    What the entry said is kept as it stood then, so that a later change rewrites no history.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="signposts")
    entry_key = models.CharField(max_length=64)
    name = models.CharField(max_length=160)
    what = models.CharField(max_length=200, blank=True)
    price = models.CharField(max_length=80, blank=True)
    when = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    picked_at = models.DateTimeField()
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=20, choices=Result.choices, blank=True)
    why_not = models.CharField(max_length=20, choices=WhyNot.choices, blank=True)
    result_words = models.CharField(max_length=300, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    result_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["picked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "entry_key"], name="each_entry_once"),
            models.CheckConstraint(
                condition=Q(result="") | Q(result_at__isnull=False, sent_at__isnull=False),
                name="a_result_of_what_was_sent",
            ),
            models.CheckConstraint(
                condition=~Q(result="does_not_suit") | ~Q(why_not=""),
                name="what_does_not_suit_has_a_why",
            ),
        ]
        indexes = [models.Index(fields=["result", "why_not"])]

    def __str__(self) -> str:
        return self.name


@tracked
class Screening(models.Model):
    """A first look at one person: a provisional band under the rules of the day, or a carer."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="screenings")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="screenings")
    is_carer = models.BooleanField(default=False)
    answers = models.JSONField(default=dict, blank=True)
    band = models.CharField(max_length=40, blank=True)
    is_likely_eligible = models.BooleanField(default=False)
    decision = models.JSONField(default=dict, blank=True)
    asks_assessment = models.BooleanField(default=False)
    worker = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contact", "person"], name="screened_once_a_contact"),
        ]

    def __str__(self) -> str:
        return f"Screening of {self.person}"


class ConcessionKind(models.TextChoices):
    """Simple services that start at the desk."""

    PARKING_BADGE = "parking_badge", "Parking badge"
    TAXI_CARD = "taxi_card", "Taxi card"
    BUS_PASS = "bus_pass", "Bus pass"


class ApplicationStatus(models.TextChoices):
    """How far an application is."""

    RECEIVED = "received", "Received"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"


@tracked
class Application(models.Model):
    """An application for a concession: its number, and that it was received."""

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, related_name="applications"
    )
    kind = models.CharField(max_length=20, choices=ConcessionKind.choices)
    status = models.CharField(
        max_length=20, choices=ApplicationStatus.choices, default=ApplicationStatus.RECEIVED
    )
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(status="received"),
                name="one_open_application_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def number(self) -> str:
        """The number people quote: PB-00012."""
        letters = "".join(word[0] for word in self.get_kind_display().split()).upper()
        return f"{letters}-{self.pk:05d}"


class Passing(models.Model):
    """A contact handed from one member of staff to another: counted, for nobody likes it."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="passings")
    from_staff = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, related_name="+"
    )
    to_staff = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.contact} to {self.to_staff}"
