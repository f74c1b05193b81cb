"""A form's file as it is handed in."""

from typing import Any

from django import forms

from ownway.design.questionnaire.jsontext import MOST_BYTES


class BringIn(forms.Form):
    """A FHIR Questionnaire file."""

    file = forms.FileField(
        label="File",
        help_text="A FHIR R4 Questionnaire, as JSON",
        error_messages={"required": "Choose a file"},
    )

    def clean_file(self) -> bytes:
        """The text of the file, not yet read as a form."""
        file: Any = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is bigger than {MOST_BYTES // 1_000_000} MB")
        text: bytes = file.read()
        return text

    @property
    def source(self) -> str:
        """What the file is called."""
        return str(getattr(self.files.get("file"), "name", ""))
