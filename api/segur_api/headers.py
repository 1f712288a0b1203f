"""What every answer bears: the rules of the browser, the edition, its tag; and the line in the log."""

import logging
from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from segur_api import errors

log = logging.getLogger("segur")

# Not `no-referrer`: it makes a browser send `Origin: null` with our own forms.
SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Headers:
    """Wraps the application: HEAD is GET without its body, and no fault leaves without an answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, and notes its path; never its query, nor who asked."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked, began = scope["method"], perf_counter()
        inner = {**scope, "method": "GET" if asked == "HEAD" else asked}
        answered = _Answer(inner, send, head=asked == "HEAD")
        try:
            await self.app(inner, receive, answered)
        except Exception as error:
            log.exception("%s %s", asked, scope["path"])
            if answered.status:
                raise
            await errors.answer(Request(inner), error)(inner, receive, answered)
        took = (perf_counter() - began) * 1000
        log.info("%s %s %s %.0f ms", asked, scope["path"].encode("ascii", "replace").decode(), answered.status, took)


class _Answer:
    """Sends an answer on, with its headers."""

    def __init__(self, scope: Scope, send: Send, *, head: bool) -> None:
        self.scope, self.send, self.head = scope, send, head
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._mark(MutableHeaders(scope=message))
        elif self.head:
            message = {**message, "body": b""}
        await self.send(message)

    def _mark(self, headers: MutableHeaders) -> None:
        for name, value in SECURITY.items():
            headers.setdefault(name, value)  # what is framed has rules of its own
        state = self.scope.get("state", {})
        if edition := state.get("edition"):
            headers["Segur-Edition"] = edition
        if "etag" in state and self.status in (200, 304):
            headers["ETag"] = state["etag"]
            headers.add_vary_header("Accept")
            headers.setdefault("Cache-Control", "public, max-age=3600" if state.get("fixed") else "public, no-cache")
