"""The link by which a partner answers a referral: a signed number that needs no account."""

from django.core import signing
from django.urls import reverse

from ownway.journey.prevention.models import PartnerReferral

SALT = "prevention.referral"


def by_link(referral: PartnerReferral, *, site: str) -> str:
    """The link of a referral; none where the address of our site is not known."""
    if not site:
        return ""
    token = signing.dumps(referral.pk, salt=SALT)
    return site.rstrip("/") + reverse("partner-answer", args=[token])


def referral_of(token: str) -> PartnerReferral | None:
    """The referral behind a link; nothing when the link is not ours."""
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    whole = PartnerReferral.objects.select_related("offer", "person", "asked_by")
    return whole.filter(pk=number).first()
