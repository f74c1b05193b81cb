"""The languages a page may be in, each with its own name and the way it is written."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Language:
    """One language: its code, what it calls itself, what English calls it, and its direction."""

    code: str
    own: str
    english: str
    direction: str = "ltr"


ENGLISH: Final = Language("en-GB", "English", "English")
LANGUAGES: Final = (
    ENGLISH,
    Language("ar", "العربية", "Arabic", "rtl"),
    Language("bn", "বাংলা", "Bengali"),
    Language("zh", "中文", "Chinese"),
    Language("cy", "Cymraeg", "Welsh"),
    Language("fa", "فارسی", "Farsi", "rtl"),
    Language("gu", "ગુજરાતી", "Gujarati"),
    Language("pl", "Polski", "Polish"),
    Language("pt", "Português", "Portuguese"),
    Language("pa", "ਪੰਜਾਬੀ", "Punjabi"),
    Language("ro", "Română", "Romanian"),
    Language("so", "Soomaali", "Somali"),
    Language("ta", "தமிழ்", "Tamil"),
    Language("tr", "Türkçe", "Turkish"),
    Language("uk", "Українська", "Ukrainian"),
    Language("ur", "اردو", "Urdu", "rtl"),
)


def language(code: str) -> Language | None:
    """A language by its code."""
    return next((one for one in LANGUAGES if one.code.lower() == code.lower()), None)
