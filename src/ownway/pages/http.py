"""What is measured of every page."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse


class ServerTiming:
    """In the demo and tests each answer says how long it took and how many queries it made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Measure one answer."""
        if not settings.SERVER_TIMING:
            return self.get_response(request)
        asked = 0

        def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
            nonlocal asked
            asked += 1
            return execute(sql, params, many, context)

        start = time.perf_counter()
        with connection.execute_wrapper(count):
            response = self.get_response(request)
        spent = (time.perf_counter() - start) * 1000
        response["Server-Timing"] = f'page;dur={spent:.1f}, queries;desc="{asked}"'
        return response
