"""A refusal is one line in the log; a fault of ours keeps its traceback."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.http import HttpResponse
from django.utils.log import log_response


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the log writes, as the settings have set it up."""
    (console,) = (one for one in logging.getLogger().handlers if one.name == "console")
    assert isinstance(console, logging.StreamHandler)
    before, written = console.stream, StringIO()
    console.setStream(written)
    yield written
    console.setStream(before)


def answer(status: int, wrong: Exception) -> None:
    """Log an answer as the framework does where a page ends in an exception."""
    try:
        raise wrong
    except Exception as caught:
        response = HttpResponse(status=status)
        log_response("%s: %s", "Said", "/desk/", response=response, exception=caught)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_one_line(log: StringIO, status: int) -> None:
    answer(status, PermissionError("This page is for council staff"))

    (line,) = log.getvalue().splitlines()
    assert line.endswith("WARNING django.request Said: /desk/")


def test_a_fault_of_ours_keeps_its_traceback(log: StringIO) -> None:
    answer(500, ZeroDivisionError("nothing"))

    assert "Traceback" in log.getvalue()
    assert "ZeroDivisionError: nothing" in log.getvalue()
