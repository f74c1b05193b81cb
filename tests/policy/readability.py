"""Flesch–Kincaid grade, counted with plain rules for English syllables."""

import re

_SENTENCE_END = re.compile(r"[.!?;:]+(?:\s|$)")
_WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)?")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(text: str) -> float:
    """The school grade at which a text can be read; figures and signs are not words."""
    words = _WORD.findall(text)
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    plain = re.sub(r"[’']s$", "", word.lower())
    count = len(_VOWELS.findall(plain))
    silent = re.search(r"[^aeiouyl]es?$|[^aeioutd]ed$", plain) and count > 1
    return max(1, count - bool(silent))
