"""Who people are, where they live, who they are to each other, and how they need to be told."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Collate, Now

from ownway.foundation.council.models import tracked

PERSONAL_FIELDS = {
    "Household": {
        "address_line_1",
        "address_line_2",
        "town",
        "postcode",
        "easting",
        "northing",
        "uprn",
    },
    "Person": {
        "title",
        "first_name",
        "last_name",
        "likes_to_be_called",
        "sort_name",
        "sounds_like",
        "date_of_birth",
        "sex",
        "ethnic_group",
        "first_language",
        "phone",
        "best_time",
        "email",
        "nhs_number",
        "died_on",
        "support_reason",
        "is_carer",
        "employment",
    },
    "Relationship": {"kind"},
    "FormatNeed": {"format", "detail"},
    "Consent": {"scope", "given_to"},
    "Alert": {"words", "what_is_done"},
    "Representative": {"kind", "scope", "authority"},
    "ReasonToLook": {"because"},
}


@tracked
class Household(models.Model):
    """The people at one address. Place is the national grid, in metres."""

    address_line_1 = models.CharField(max_length=120, blank=True)
    address_line_2 = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=80, blank=True)
    postcode = models.CharField(max_length=10, blank=True, db_index=True)
    easting = models.PositiveIntegerField(null=True, blank=True)
    northing = models.PositiveIntegerField(null=True, blank=True)
    uprn = models.CharField(max_length=12, blank=True)

    def __str__(self) -> str:
        return self.one_line

    @property
    def one_line(self) -> str:
        """14 Copper Lane, Alderbrook, AL3 4QT."""
        parts = [self.address_line_1, self.address_line_2, self.town, self.postcode]
        return ", ".join(part for part in parts if part)


class Sex(models.TextChoices):
    """As the person gives it; not asked is not the same as not said."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Another way"
    UNKNOWN = "unknown", "Not known yet"


class SupportReason(models.TextChoices):
    """Primary support reason, by the words of the national returns."""

    PHYSICAL_ACCESS = "physical_access", "Physical support: access and mobility"
    PHYSICAL_CARE = "physical_care", "Physical support: personal care"
    SENSORY = "sensory", "Sensory support"
    MEMORY = "memory", "Support with memory and cognition"
    LEARNING = "learning", "Learning disability support"
    MENTAL_HEALTH = "mental_health", "Mental health support"
    SOCIAL = "social", "Social support"
    UNKNOWN = "unknown", "Not known yet"


@tracked
class Person(models.Model):
    """Anybody who draws on care, cares, or both. One row for one human being."""

    title = models.CharField(max_length=20, blank=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    likes_to_be_called = models.CharField(max_length=80, blank=True)
    sort_name = models.CharField(max_length=170, db_index=True)
    sounds_like = models.CharField(max_length=40, blank=True, db_index=True)
    date_of_birth = models.DateField(null=True, blank=True, db_index=True)
    sex = models.CharField(max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    ethnic_group = models.CharField(max_length=60, blank=True)
    first_language = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    best_time = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    nhs_number = models.CharField(max_length=10, null=True, blank=True)
    nhs_number_traced = models.BooleanField(default=False)
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    is_carer = models.BooleanField(default=False)
    support_reason = models.CharField(
        max_length=20, choices=SupportReason.choices, default=SupportReason.UNKNOWN
    )
    employment = models.CharField(max_length=40, blank=True)
    died_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nhs_number"],
                condition=Q(nhs_number__isnull=False),
                name="one_person_an_nhs_number",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name", "id"]),
            GinIndex(Func(F("sort_name"), function="people_lexemes"), name="people_by_name"),
            models.Index(
                Collate(Func(F("phone"), function="people_digits"), "C"),
                name="people_by_phone",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Harold Jones."""
        return f"{self.first_name} {self.last_name}"

    # Set by queries.tell_apart, where somebody of the same title and last name is on the page.
    has_namesake = False

    @property
    def formal_name(self) -> str:
        """Mr Jones when the title is known and no other is here; else the whole name."""
        return (
            self.name if self.has_namesake or not self.title else f"{self.title} {self.last_name}"
        )

    @property
    def called(self) -> str:
        """How they like to be spoken to."""
        return self.likes_to_be_called or self.formal_name

    @property
    def initials(self) -> str:
        """Two letters for a small round sign."""
        return (self.first_name[:1] + self.last_name[:1]).upper()


class RelationshipKind(models.TextChoices):
    """What the first person is to the second."""

    WIFE = "wife", "Wife"
    HUSBAND = "husband", "Husband"
    PARTNER = "partner", "Partner"
    DAUGHTER = "daughter", "Daughter"
    SON = "son", "Son"
    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    SISTER = "sister", "Sister"
    BROTHER = "brother", "Brother"
    RELATIVE = "relative", "Other relative"
    FRIEND = "friend", "Friend"
    NEIGHBOUR = "neighbour", "Neighbour"


@tracked
class Relationship(models.Model):
    """`person` is the `kind` of `other`: Edith is the wife of Harold, and his main carer."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relationships_to")
    kind = models.CharField(max_length=20, choices=RelationshipKind.choices)
    cares_for = models.BooleanField(default=False)
    is_emergency_contact = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="one_relationship_a_pair"),
            models.CheckConstraint(
                condition=~Q(person=F("other")), name="nobody_is_their_own_relative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} is the {self.get_kind_display().lower()} of {self.other}"


class Format(models.TextChoices):
    """The Accessible Information Standard's ways to tell somebody something."""

    LARGE_PRINT = "large_print", "Large print"
    EASY_READ = "easy_read", "Easy read"
    AUDIO = "audio", "Audio"
    BRAILLE = "braille", "Braille"
    BSL = "bsl", "British Sign Language video"
    TRANSLATION = "translation", "Another language"
    PHONE = "phone", "By telephone"
    ADVOCATE = "advocate", "Through an advocate"


@tracked
class FormatNeed(models.Model):
    """How somebody needs to be told, recorded once and met everywhere."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="format_needs")
    format = models.CharField(max_length=20, choices=Format.choices)
    detail = models.CharField(max_length=120, blank=True)
    recorded_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "format"], name="each_format_once"),
        ]

    def __str__(self) -> str:
        return self.get_format_display()


@tracked
class Consent(models.Model):
    """What somebody agreed that others may see, until when; taken back, it ends at once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    scope = models.CharField(max_length=60)
    given_to = models.CharField(max_length=160, blank=True)
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.scope} for {self.given_to or 'the council'}"


@tracked
class Alert(models.Model):
    """What whoever meets the person must know first."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="alerts")
    words = models.CharField(max_length=120)
    what_is_done = models.CharField(max_length=160, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.words


@tracked
class NamedWorker(models.Model):
    """The member of staff a person can name: one at a time, told at once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="named_workers")
    staff = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="named_for")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_at=None), name="one_named_worker_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff} for {self.person}"


class PersonSignIn(models.Model):
    """A person's own way in."""

    sign_in = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="person_sign_in"
    )
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="way_in")

    def __str__(self) -> str:
        return f"{self.sign_in} is {self.person}"


@tracked
class Representative(models.Model):
    """Somebody who may act for a person: within a scope, until a day, on a recorded authority."""

    class Kind(models.TextChoices):
        """On what footing they act."""

        FAMILY = "family", "Family or friend"
        ATTORNEY = "attorney", "Attorney"
        ADVOCATE = "advocate", "Advocate"
        BROKER = "broker", "Broker"
        SUITABLE_PERSON = "suitable_person", "Suitable person"

    sign_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="acts_for"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representatives")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    scope = models.CharField(max_length=60, default="everything")
    authority = models.TextField(blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sign_in", "person"],
                condition=Q(ends_at=None),
                name="acts_once_for_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_in} for {self.person}"


class ReasonToLook(models.Model):
    """A reason a member of staff gave to open a record that is not theirs; it runs out."""

    staff = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, related_name="reasons_to_look"
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reasons_to_look")
    because = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.staff} on {self.person}: {self.because}"
