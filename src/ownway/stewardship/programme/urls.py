"""Addresses of the council's policy."""

from django.urls import path

from ownway.stewardship.programme.views import calibrations, drafts, effect, packs, publishing

CALIBRATIONS = "council/policy/calibrations/"

urlpatterns = [
    path("council/policy/", packs.policy, name="policy"),
    path("council/policy/compare/", packs.compare, name="policy-compare"),
    path(CALIBRATIONS, calibrations.calibrations, name="policy-calibrations"),
    path(
        f"{CALIBRATIONS}<int:calibration_id>/",
        calibrations.calibration,
        name="policy-calibration",
    ),
    path(
        f"{CALIBRATIONS}<int:calibration_id>/pack.toml",
        calibrations.pack,
        name="policy-calibration-pack",
    ),
    path("council/policy/drafts/new/", drafts.new, name="policy-new-draft"),
    path("council/policy/drafts/<int:number>/", drafts.draft, name="policy-draft"),
    path("council/policy/drafts/<int:number>/withdraw/", drafts.withdraw, name="policy-withdraw"),
    path("council/policy/drafts/<int:number>/sum/", drafts.example, name="policy-example"),
    path("council/policy/drafts/<int:number>/effect/", effect.effect, name="policy-effect"),
    path("council/policy/drafts/<int:number>/effect/people/", effect.people, name="policy-losing"),
    path("council/policy/drafts/<int:number>/equality/", effect.equality, name="policy-equality"),
    path("council/policy/drafts/<int:number>/publish/", publishing.publish, name="policy-publish"),
    path("council/policy/<int:number>/", packs.version, name="policy-version"),
    path("council/policy/<int:number>/proof/", packs.proof, name="policy-proof"),
    path("council/policy/<int:number>/back/", publishing.roll_back, name="policy-roll-back"),
]
