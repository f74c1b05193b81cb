"""How each question is put, to the person or about somebody else, and its short name."""

from dataclasses import dataclass

from ownway.journey.allocation.queries import Words
from ownway.journey.charging.queries import Question


@dataclass(frozen=True)
class Asked:
    """A question in words: its heading, a hint, and a short name of it."""

    title: str
    hint: str
    short: str


_ASKED: dict[str, tuple[str, str, str]] = {
    "money-coming-in": (
        "What money {do} {name} get?",
        "Put together all of {whose} pensions and benefits. Just {his} own, not a partner’s.",
        "Money coming in",
    ),
    "birth-date": ("When {were} {name} born?", "For example, 14 5 1951.", "Date of birth"),
    "where": (
        "Where {do} {name} get the care?",
        "Or where {he} will, once it starts.",
        "Where the care is",
    ),
    "home-life": ("Who {do} {name} live with?", "", "Home life"),
    "savings": (
        "What savings {do} {name} have?",
        "Money in the bank, shares, and other homes. Not the home {he} live{ends} in. "
        "Leave out what {he} share{ends} with a partner.",
        "Savings",
    ),
    "shared-savings": (
        "What savings {do} {name} share with a partner?",
        "The whole of it. We count half.",
        "Shared savings",
    ),
    "your-home": ("{Do} {name} own a home?", "A home {he} own{ends}, or part of one.", "The home"),
    "who-lives-there": (
        "Who else lives in {whose} home?",
        "If one of these lives there, we do not count the home.",
        "Who lives in the home",
    ),
    "moved-in": (
        "When did {name} move into the care home?",
        "The day it became {his} home for good.",
        "Moved in",
    ),
    "care-home-before": (
        "Did {name} live in a care home before this one?",
        "In the year before, so that we left out {his} home for some weeks.",
        "Care home before",
    ),
    "income-pension": ("What pensions {do} {name} get?", "State Pension and others.", "Pensions"),
    "income-work_pension": (
        "What pension from work {do} {name} get?",
        "A pension from a job. Not the State Pension.",
        "Pension from work",
    ),
    "income-savings_credit": (
        "{Do} {name} get Savings Credit?",
        "It is a part of Pension Credit. The letter says how much.",
        "Savings Credit",
    ),
    "income-benefits": (
        "What other benefits {do} {name} get?",
        "Such as Pension Credit, Universal Credit or ESA. Leave out Attendance Allowance, DLA and "
        "PIP: we ask for those by themselves.",
        "Benefits",
    ),
    "income-other": (
        "What other money {do} {name} get?",
        "Such as rent from a lodger. Leave out pay from work: we do not count it.",
        "Other money",
    ),
    "disability-benefit": (
        "What {do} {name} get because of an illness or disability?",
        "Attendance Allowance, the care part of DLA, or the daily living part of PIP. "
        "Leave out the part for getting about.",
        "Disability benefit",
    ),
    "night-care": (
        "Is care at night part of the plan?",
        "Somebody who comes or stays at night.",
        "Care at night",
    ),
    "extra-parts": (
        "Which extra parts of a benefit {do} {name} get?",
        "{Whose} benefit letter names them. Leave all blank if there are none.",
        "Extra parts of a benefit",
    ),
    "child-alone": (
        "{Do} {name} bring up a child alone?",
        "",
        "Brings up a child alone",
    ),
    "children": (
        "How many children {do} {name} look after?",
        "Children under 18 who live at home. Enter 0 if there are none.",
        "Children",
    ),
    "housing": (
        "What {do} {name} pay for the home?",
        "{Whose} part of the rent or mortgage, and the Council Tax. Take off any help {he} "
        "get{ends} with them.",
        "Cost of the home",
    ),
    "extra-costs": (
        "What extra costs {do} {name} have because of an illness or disability?",
        "Such as more heating, washing, special food or help in the house. It does not have to "
        "be in {his} plan. Leave all blank if there are none.",
        "Extra costs",
    ),
    "passed-on": (
        "{Do} {name} pass on part of a work pension?",
        "To a husband, wife or partner who lives at home. Enter 0 if not.",
        "Work pension passed on",
    ),
    "partner-too": (
        "May we look at {whose} partner’s money too?",
        "It can make what {name} pay{ends} less, never more. "
        "It helps if the partner has little to live on.",
        "Look at the partner too",
    ),
    "partner-birth": ("When was the partner born?", "For example, 14 5 1951.", "Partner: born"),
    "partner-income": (
        "What money does the partner get?",
        "Put together all pensions and benefits of the partner.",
        "Partner: money coming in",
    ),
    "partner-savings": (
        "What savings does the partner have?",
        "Only the partner’s own. Leave out what the two share.",
        "Partner: savings",
    ),
    "partner-extra-parts": (
        "Which extra parts of a benefit does the partner get?",
        "The benefit letter names them. Leave all blank if there are none.",
        "Partner: extra parts of a benefit",
    ),
    "partner-housing": (
        "What does the partner pay for the home?",
        "The partner’s part of the rent or mortgage, and the Council Tax.",
        "Partner: cost of the home",
    ),
    "partner-extra-costs": (
        "What extra costs does the partner have because of an illness or disability?",
        "Such as more heating, washing or special food. Leave all blank if there are none.",
        "Partner: extra costs",
    ),
}


def asked(question: Question, subject: Words) -> Asked:
    """A question in words, to the person ("you") or about them."""
    known = _ASKED.get(question.key)
    if known is None:
        name = question.label or question.key.replace("-", " ").capitalize()
        known = (f"{name}: what {{do}} {{name}} get?", "Enter 0 if there is none.", name)
    do = "does" if subject.s else "do"
    forms = {
        "name": subject.name,
        "whose": subject.whose,
        "Whose": subject.Whose,
        "he": subject.he,
        "his": subject.his,
        "ends": subject.ends,
        "do": do,
        "Do": do.capitalize(),
        "were": "was" if subject.s else "were",
    }
    title, hint, short = (words.format(**forms) for words in known)
    return Asked(title, hint, short)
