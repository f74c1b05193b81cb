"""Every address is behind sign-in, but for those listed here."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    # Open to everybody
    "home",
    "your-rights",
    "your-facts",
    "read-your-way",
    "theme",
    "live",
    "ready",
    "directory",
    "directory-list",
    "directory-entry",
    # By a signed link, which says what it opens
    "keep-entry",
    "keep-entry-change",
    "keep-entry-part",
    "directory-map",
    "directory-mistake",
    "directory-mistake-told",
    "directory-shared",
    "directory-shortlist",
    "directory-shortlist-change",
    "directory-shortlist-sent",
    "whats-on",
    "get-help",
    "get-help-step",
    "get-help-check",
    "get-help-sent",
    "report-a-concern",
    "tell-a-concern",
    "concern-sent",
    "partner-answer",
    "provider-answer",
    "equipment-check",
    "equipment-question",
    "equipment-answer",
    "equipment-ask",
    "equipment-reach",
    "equipment-send",
    "equipment-sent",
    "equipment-shops-near",
    "how-a-budget-is-worked-out",
    "try-a-budget",
    "try-a-carer-budget",
    "transparency-record",
    "transparency-json",
    "transparency-csv",
    "guide",
    "guide-ask",
    "glossary",
    "guide-page",
    "guide-large",
    "guide-useful",
    "contact-points",
    "contact-points-list",
    "campaign",
    "money-check",
    "paying-yourself",
    "what-the-mark-means",
    "quality-of-life",
    "visit-report",
    "entry-ratings",
    "rate-entry",
    "rating-sent",
    "prove-rating",
    # Open data, for machines
    "api",
    "api-openapi",
    "api-elsewhere",
    "oruk",
    "oruk-services",
    "oruk-service",
    "oruk-services-at",
    "oruk-service-at",
    "oruk-taxonomies",
    "oruk-taxonomy",
    "oruk-terms",
    "oruk-term",
    "oruk-organizations",
    "oruk-organization",
    # Signing in and out
    "account_login",
    "account_logout",
    "sign-out",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_inactive",
    "mfa_authenticate",
    "mfa_login_webauthn",
    # The demonstration's own; a real council has no such address
    "demo",
    "demo-sign-in",
    "demo-clock",
    "demo-jobs",
}
SAMPLE = {"int": "1", "str": "x", "slug": "x", "uuid": "00000000-0000-4000-8000-000000000000"}


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Every name with a sample address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        at = before + _sample(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, at)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or at, "/" + at


def _sample(route: str) -> str:
    import re

    return re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLE.get(m.group(1) or "str", "x"), route)


ALL = sorted(set(addresses()))


@pytest.mark.parametrize(("name", "address"), ALL, ids=[f"{n} {a}" for n, a in ALL])
def test_an_address_asks_a_stranger_to_sign_in_unless_it_is_listed_as_public(
    name: str, address: str, client: Client, council: None
) -> None:
    if name.split(":")[-1] in PUBLIC:
        pytest.skip("public")

    answer = client.get(address)

    assert answer.status_code == 302, f"{address} answered {answer.status_code} to a stranger"
    assert answer["Location"].startswith("/sign-in/")


def test_every_name_listed_as_public_exists() -> None:
    names = {name.split(":")[-1] for name, _ in ALL}

    assert not PUBLIC - names
