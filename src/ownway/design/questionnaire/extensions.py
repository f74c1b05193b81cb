"""Which FHIR extensions we act on, which we keep without acting, and which we refuse by name.

A published extension (hl7.org) that we do not list changes what a form does, so it is refused.
Another publisher's extension may by FHIR's own rule be passed over, so it is kept word for
word, given back on export, and named in a note to whoever brings the form in.
"""

HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
OWNWAY = "https://ownway.example/fhir/StructureDefinition/"

KNOWN = OWNWAY + "known"
SUBJECT = OWNWAY + "subject"
TOGETHER = OWNWAY + "together"
WORDING = OWNWAY + "wording"
HINT = OWNWAY + "hint"
TELEPHONE = OWNWAY + "telephone"

CONTROL = HL7 + "questionnaire-itemControl"
HIDDEN = HL7 + "questionnaire-hidden"
LEAST = HL7 + "minValue"
MOST = HL7 + "maxValue"
LEAST_LENGTH = HL7 + "minLength"
DECIMALS = HL7 + "maxDecimalPlaces"
FEWEST = HL7 + "questionnaire-minOccurs"
MOST_OCCURS = HL7 + "questionnaire-maxOccurs"
UNIT = HL7 + "questionnaire-unit"
UNIT_OPTION = HL7 + "questionnaire-unitOption"
ENTRY_FORMAT = HL7 + "entryFormat"
OPEN_LABEL = SDC + "openLabel"
EXCLUSIVE = HL7 + "questionnaire-optionExclusive"
VARIABLE = HL7 + "variable"
CALCULATED = SDC + "calculatedExpression"
WEIGHTS = frozenset({HL7 + "ordinalValue", HL7 + "itemWeight"})

ACTED_ON_ITEM = frozenset({
    KNOWN, SUBJECT, TOGETHER, WORDING, HINT, CONTROL, HIDDEN, LEAST, MOST, LEAST_LENGTH,
    DECIMALS, FEWEST, MOST_OCCURS, UNIT, UNIT_OPTION, ENTRY_FORMAT, OPEN_LABEL, VARIABLE,
    CALCULATED, TELEPHONE,
})  # fmt: skip
ACTED_ON_OPTION = frozenset({EXCLUSIVE, HINT, *WEIGHTS})

KEPT = frozenset({
    HL7 + "questionnaire-choiceOrientation",
    HL7 + "questionnaire-displayCategory",
    HL7 + "questionnaire-optionPrefix",
    HL7 + "questionnaire-supportLink",
    HL7 + "questionnaire-sliderStepValue",
    HL7 + "rendering-style",
    HL7 + "rendering-xhtml",
    HL7 + "rendering-markdown",
    HL7 + "rendering-styleSensitive",
    HL7 + "designNote",
    HL7 + "translation",
    HL7 + "display",
    HL7 + "terminology-server",
    SDC + "choiceColumn",
    SDC + "collapsible",
    SDC + "columnCount",
    SDC + "itemMedia",
    SDC + "itemAnswerMedia",
    SDC + "observationExtract",
    SDC + "observationLinkPeriod",
    SDC + "optionalDisplay",
    SDC + "preferredTerminologyServer",
    SDC + "shortText",
    SDC + "width",
})  # fmt: skip


def short(url: str) -> str:
    """The part of an extension's address that a reader would call its name."""
    return url.rstrip("/").rsplit("/", 1)[-1][:80]


def is_published(url: str) -> bool:
    """Published by HL7, or one of ours: its meaning is known, so it must be acted on."""
    return url.startswith(("http://hl7.org/", "https://hl7.org/", OWNWAY))
