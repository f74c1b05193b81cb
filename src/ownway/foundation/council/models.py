"""Who works here, who signs in, what the council has settled, and what time it is."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now

M = TypeVar("M", bound=models.Model)

PERSONAL_FIELDS = {
    "SignIn": {"email", "name", "password", "last_login"},
    "Staff": {"name", "phone", "email"},
    "OrganisationMember": set[str](),
}


def tracked_without(*fields: str) -> Callable[[type[M]], type[M]]:
    """Keep the history of a table's rows by triggers, some fields left out."""
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    rows = pghistory.ObjForeignKey(related_name="+")
    track: Callable[[type[M]], type[M]] = pghistory.track(
        *events, append_only=True, exclude=list(fields) or None, obj_field=rows
    )
    return track


def tracked(model: type[M]) -> type[M]:
    """Keep the history of a table's rows: who changed what and when, bulk and raw SQL too."""
    return tracked_without()(model)


class SignIns(BaseUserManager["SignIn"]):
    """Makes sign-ins; an e-mail address is one, however it is typed."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "SignIn":
        """Make a sign-in. Without a password it opens by a code sent by e-mail."""
        made = self.model(email=self.normalize_email(email).lower(), **fields)
        made.set_password(password)
        made.save(using=self._db)
        return made

    def get_by_natural_key(self, username: str | None) -> "SignIn":
        """Find by e-mail address in any case."""
        return self.get(email=(username or "").lower())


@tracked_without("password", "last_login")
class SignIn(AbstractBaseUser):
    """A way in for one human being: a resident, a representative, staff, or an organisation's own.

    What they may see hangs on what is tied to it: `Staff`, `OrganisationMember`, or in `people`
    a `PersonSignIn` and `Representative`s.
    """

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = SignIns()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_sign_in_an_email"),
        ]

    def __str__(self) -> str:
        return self.name


class TeamKind(models.TextChoices):
    """What a team is for; routing and lists hang on it."""

    ACCESS = "access", "Access"
    REABLEMENT = "reablement", "Reablement"
    LONG_TERM = "long_term", "Long-term"
    CRISIS = "crisis", "Mental health crisis"
    FINANCE = "finance", "Finance"
    COMMISSIONING = "commissioning", "Commissioning"
    POLICY = "policy", "Policy"


class Team(models.Model):
    """A team of staff."""

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=TeamKind.choices)
    phone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member of staff is here to do; `access.POWERS` says what each may."""

    ACCESS_OFFICER = "access_officer", "Access officer"
    SOCIAL_WORKER = "social_worker", "Social worker"
    OCCUPATIONAL_THERAPIST = "occupational_therapist", "Occupational therapist"
    TEAM_MANAGER = "team_manager", "Team manager"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    COMMISSIONER = "commissioner", "Commissioner"
    POLICY_OWNER = "policy_owner", "Policy owner"
    PROGRAMME_MANAGER = "programme_manager", "Programme manager"
    DIRECTOR = "director", "Director"


@tracked
class Staff(models.Model):
    """Somebody who works for the council."""

    sign_in = models.OneToOneField(SignIn, on_delete=models.PROTECT, related_name="staff")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=30, choices=Role.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for a small round sign."""
        parts = self.name.split()
        return (parts[0][:1] + parts[-1][:1]).upper() if parts else "?"

    @property
    def first_name(self) -> str:
        """What a resident calls them."""
        return self.name.split()[0]


class OrganisationKind(models.TextChoices):
    """What an organisation is, where that changes what it may see."""

    PROVIDER = "provider", "Provider"
    USER_LED = "user_led", "User-led organisation"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    MONEY_SUPPORT = "money_support", "Direct-payment support"
    PARTNER = "partner", "Partner"
    IN_HOUSE = "in_house", "The council's own"


class Organisation(models.Model):
    """A body outside the council's own staff that people sign in for."""

    name = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class OrganisationMember(models.Model):
    """Somebody who signs in for an organisation: a provider's own, or a broker."""

    class Part(models.TextChoices):
        """What they do there."""

        PROVIDER = "provider", "Provider"
        BROKER = "broker", "Broker"

    sign_in = models.OneToOneField(SignIn, on_delete=models.PROTECT, related_name="member")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    part = models.CharField(max_length=20, choices=Part.choices)

    def __str__(self) -> str:
        return f"{self.sign_in} of {self.organisation}"


@tracked
class EqualityAssessment(models.Model):
    """What a change does to whom, and what is done about it, before it may be published.

    It is kept unfinished while somebody writes it. `measured` is the table it was written from,
    small numbers left out, and `of_hash` what that table hangs on (`queries.figures_key`).
    `unmeasured` says who is affected by changes that no table measures, where there are any.
    """

    WORDS = ("change", "data", "groups", "finding", "mitigation", "decision")

    change = models.TextField(blank=True)
    data = models.TextField(blank=True)
    groups = models.TextField(blank=True)
    finding = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    unmeasured = models.TextField(blank=True, default="")
    review_on = models.DateField(null=True, blank=True)
    measured = models.JSONField(default=list, blank=True)
    of_hash = models.CharField(max_length=64, blank=True)
    kept_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None)
                | (
                    ~Q(change="")
                    & ~Q(data="")
                    & ~Q(groups="")
                    & ~Q(finding="")
                    & ~Q(mitigation="")
                    & ~Q(decision="")
                    & Q(review_on__isnull=False)
                ),
                name="settled_with_every_part",
            ),
        ]

    def __str__(self) -> str:
        return f"Equality assessment, {self.kept_at:%Y-%m-%d}"

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts still to be written."""
        words = [name for name in self.WORDS if not getattr(self, name).strip()]
        return (*words, *([] if self.review_on else ["review_on"]))


@tracked
class SettingsVersion(models.Model):
    """What the council has settled from a day on: a profile over a pack, and its own numbers.

    A published version is in force from `starts_on` until the day the next one starts, not on it.
    `base` is the version it was drafted over; `back_to` the older one it is made equal to.
    `effect` is the report of what it did to the caseload, kept as it was when it was published.
    """

    class Status(models.TextChoices):
        """A draft is nobody's rule; a published version is live from its day."""

        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    number = models.PositiveIntegerField(unique=True)
    profile = models.CharField(max_length=60)
    own = models.JSONField(default=dict, blank=True)
    starts_on = models.DateField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    because = models.TextField(blank=True)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    back_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    equality = models.OneToOneField(
        EqualityAssessment, on_delete=models.PROTECT, null=True, related_name="version"
    )
    effect = models.JSONField(null=True, blank=True)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published")
                | (Q(published_at__isnull=False) & Q(equality__isnull=False)),
                name="published_with_an_equality_assessment",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("made_by")),
                name="published_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Settings version {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it is nobody's rule yet."""
        return self.status == self.Status.DRAFT


class DemoClock(models.Model):
    """How far the demo's clock is from the real one; a real council has no row here."""

    only = models.BooleanField(primary_key=True, default=True)
    ahead = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_demo_clock")]

    def __str__(self) -> str:
        return f"{self.ahead} from now"


class Identity(models.Model):
    """The council's own name, telephone numbers and colours, as its pages and letters show them."""

    only = models.BooleanField(primary_key=True, default=True)
    name = models.CharField(max_length=80)
    strap = models.CharField(max_length=80, default="care and support")
    short_name = models.CharField(max_length=40)
    phone = models.CharField(max_length=30)
    hours = models.CharField(max_length=80)
    night_phone = models.CharField(max_length=30)
    email = models.EmailField()
    address = models.CharField(max_length=200)
    brand = models.CharField(max_length=7, blank=True)
    brand_strong = models.CharField(max_length=7, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_identity")]

    def __str__(self) -> str:
        return self.name
