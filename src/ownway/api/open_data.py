"""What is open data: read by anybody from any page, asked again cheaply, and never written."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from ownway.api.problems import problem
from ownway.foundation.council.http import public_page

READ = ("GET", "HEAD", "OPTIONS")
ALLOWED = {
    "Access-Control-Allow-Methods": ", ".join(READ),
    "Access-Control-Allow-Headers": "Accept, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
View = Callable[..., HttpResponseBase]


def open_data(view: View) -> View:
    """Answer reading only, and let a page of any other site read the answer."""

    @public_page
    @csrf_exempt
    @wraps(view, assigned=("__module__", "__doc__"))
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = _answered(view, request, *args, **kwargs)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        return answer

    return opened


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=ALLOWED | {"Allow": ALLOWED[_METHODS]})
    if request.method not in READ:
        answer = problem(405, "This is open data: it can be read with GET and HEAD")
        answer["Allow"] = ALLOWED[_METHODS]
        return answer
    if request.method == "HEAD":
        # The server leaves out the body of an answer to HEAD.
        request.method = "GET"
        try:
            return view(request, *args, **kwargs)
        finally:
            request.method = "HEAD"
    return view(request, *args, **kwargs)


_METHODS = "Access-Control-Allow-Methods"
