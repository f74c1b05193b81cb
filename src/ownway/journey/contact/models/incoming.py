"""What comes in writing: e-mails, and referrals by partners."""

from django.db import models

from ownway.foundation.council.models import tracked
from ownway.journey.contact.models.contacts import Contact


@tracked
class Message(models.Model):
    """An e-mail that came, kept once however often it is brought in."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="mails")
    key = models.CharField(max_length=250, unique=True)
    from_name = models.CharField(max_length=160, blank=True)
    from_email = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    files = models.JSONField(default=list, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    came_at = models.DateTimeField()

    class Meta:
        ordering = ["came_at", "pk"]
        indexes = [models.Index(fields=["from_email", "subject"])]

    def __str__(self) -> str:
        return f"E-mail of {self.contact}"


@tracked
class Referral(models.Model):
    """Somebody sent to us by a partner, like a hospital nurse, with what they know."""

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="referral")
    member = models.ForeignKey(
        "council.OrganisationMember", on_delete=models.PROTECT, related_name="+"
    )
    person_name = models.CharField(max_length=160)
    date_of_birth = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True)
    has_agreed = models.BooleanField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Referral of {self.contact}"
