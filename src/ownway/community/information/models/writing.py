"""Pages, their versions, the texts of each version, and what their readers said of them."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ownway.community.information.models.languages import ENGLISH, LANGUAGES, Language
from ownway.foundation.council.models import tracked


class Group(models.TextChoices):
    """Where a page stands in the guide; an answer is reached by the questions alone."""

    START = "start", "Start here"
    HELP = "help", "Getting help"
    MONEY = "money", "Money"
    CONTROL = "control", "Your plan and your choices"
    CARERS = "carers", "If you care for someone"
    RIGHTS = "rights", "Your rights"
    ANSWER = "answer", "Answers to the questions"


class Audience(models.TextChoices):
    """Whom a page is for."""

    EVERYBODY = "everybody", "Everybody"
    NOT_ELIGIBLE = "not_eligible", "People who do not get support from us"
    PAYS_OWN = "pays_own", "People who pay for their own care"
    HAS_BUDGET = "has_budget", "People with a budget"
    CARERS = "carers", "People who care for someone"


@tracked
class Page(models.Model):
    """One page of information: its address, its owner, and when it must be checked again."""

    slug = models.SlugField(max_length=60, unique=True)
    group = models.CharField(max_length=10, choices=Group.choices, default=Group.HELP)
    place = models.PositiveSmallIntegerField(default=100)
    audiences = ArrayField(models.CharField(max_length=20, choices=Audience.choices), default=list)
    owner = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    live = models.OneToOneField(
        "Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_on = models.DateField(null=True, blank=True)
    next_check_on = models.DateField(null=True, blank=True)
    taken_down_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["place", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(live=None) | Q(next_check_on__isnull=False),
                name="a_live_page_is_checked_again",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_live(self) -> bool:
        """Whether anybody may read it."""
        return self.live_id is not None and self.taken_down_on is None

    def is_late(self, on: date) -> bool:
        """Whether its check is overdue."""
        return self.is_live and self.next_check_on is not None and self.next_check_on < on


@tracked
class Version(models.Model):
    """A page as it is written, read by the panel, and published; a published one never changes."""

    class Status(models.TextChoices):
        """From a draft, by the readers' panel, to the public."""

        DRAFT = "draft", "Draft"
        WITH_PANEL = "with_panel", "Waiting for readers’ panel"
        PUBLISHED = "published", "Published"
        REPLACED = "replaced", "Replaced"

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    because = models.CharField(max_length=200, blank=True)
    at_once = models.BooleanField(default=False)
    made_by = models.ForeignKey("council.Staff", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "council.Staff", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="a_version_has_its_number"),
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(status__in=["draft", "with_panel"]),
                name="one_open_version_a_page",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["published", "replaced"])
                | Q(sent_at__isnull=False, published_at__isnull=False, published_by__isnull=False),
                name="published_after_the_panel_read_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page}, version {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether it is still on its way to the public."""
        return self.status in (self.Status.DRAFT, self.Status.WITH_PANEL)


class Text(models.Model):
    """The words of one version in one language and one form."""

    class Form(models.TextChoices):
        """The same page, for different readers."""

        PLAIN = "plain", "Standard"
        EASY = "easy", "Easy read"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(
        max_length=8, choices=[(one.code, one.english) for one in LANGUAGES], default=ENGLISH.code
    )
    form = models.CharField(max_length=8, choices=Form.choices, default=Form.PLAIN)
    title = models.CharField(max_length=90)
    summary = models.CharField(max_length=250)
    body = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["version", "language", "-form"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "language", "form"], name="one_text_a_language_and_form"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tongue(self) -> Language:
        """Its language, with its own name and the way it is written."""
        return next(one for one in LANGUAGES if one.code == self.language)


@tracked
class Reader(models.Model):
    """A volunteer of the readers' panel."""

    sign_in = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_reader"
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["joined_on", "pk"]

    def __str__(self) -> str:
        return str(self.sign_in)


@tracked
class Reading(models.Model):
    """What one reader of the panel said of one version."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="readings")
    is_yes = models.BooleanField()
    words = models.CharField(max_length=1000, blank=True)
    reply = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "reader"], name="a_reader_says_it_once"),
            models.CheckConstraint(condition=Q(is_yes=True) | ~Q(words=""), name="a_no_says_why"),
        ]

    def __str__(self) -> str:
        return f"{'Yes' if self.is_yes else 'No'} to {self.version}"


class Opinion(models.Model):
    """Whether a page was of use to somebody. Nothing tells who it was."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="opinions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8, default=ENGLISH.code)
    form = models.CharField(max_length=8, choices=Text.Form.choices, default=Text.Form.PLAIN)
    is_useful = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["page", "-on"])]

    def __str__(self) -> str:
        return f"{'Useful' if self.is_useful else 'Not useful'}: {self.page}"


class ReadDay(models.Model):
    """How often a page was read on a day; of its readers nothing is kept."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="read_days")
    on = models.DateField()
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "on"], name="one_count_a_page_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.page} on {self.on}: {self.reads}"
