"""Forms over HTTP: the pages on which any stage has its forms filled in."""

from ownway.foundation.forms.http.dense import DensePage
from ownway.foundation.forms.http.flow import FormFlow
from ownway.foundation.forms.http.stores import Store, StoredAnswers, TriedAnswers

__all__ = ["DensePage", "FormFlow", "Store", "StoredAnswers", "TriedAnswers"]
