"""How a form's fields are shown."""

import pytest
from django import forms

from ownway.design.fields import DateField, errors, field


class Note(forms.Form):
    note = forms.CharField(label="Your note", max_length=5)


def test_a_browser_is_never_told_to_cut_off_what_is_pasted() -> None:
    assert "maxlength" not in field(Note()["note"])


def test_what_is_too_long_is_kept_and_said_in_our_words() -> None:
    typed = Note({"note": "Sang all day"})

    assert "Keep this to 5 letters: it has 12" in errors(typed)
    assert "Sang all day" in field(typed["note"])


def test_the_summary_names_the_faults_of_every_form_of_a_page() -> None:
    shown = errors(Note({"note": ""}), None, Note({"note": "Too long"}, prefix="other"))

    assert shown.count("<li>") == 2
    assert 'href="#id_other-note"' in shown


class Born(forms.Form):
    born = DateField(label="Date of birth")


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("1850", "Check the year: 1850 is too long ago"),
        ("51", "Enter the year in full, like 1951"),
        ("9999", "Check the year: 9999 is too far ahead"),
        ("x", "Enter a real date, like 14 5 1951"),
    ],
)
def test_a_year_that_cannot_be_right_is_said_for_what_it_is(year: str, said: str) -> None:
    typed = Born({"born_day": "14", "born_month": "5", "born_year": year})

    assert said in errors(typed)
    assert f'value="{year}"' in field(typed["born"])
