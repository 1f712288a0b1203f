"""The demonstration beside the explorer: the same application over a store of its own, under a path of its own."""

import os
from contextlib import suppress
from dataclasses import replace
from threading import Lock

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from segur_api.app import create_app
from segur_graph.errors import SegurError
from segur_graph.options import Settings
from segur_graph.store import Store
from segur_ingest import demo

PATH = "/demo"


def application(settings: Settings, *, loopback: bool) -> tuple[FastAPI, Store]:
    """The application over the demonstration's store, and that store, which may still be empty."""
    store = demo.store(settings.opened())
    return create_app(replace(settings, store=str(store.folder), edition=""), loopback=loopback), store


def possible(settings: Settings) -> bool:
    """Whether the demonstration can be served beside a store: it is there, or can be made."""
    store = settings.opened()
    return demo.store(store).current() is not None or os.access(store.folder, os.W_OK)


def beside(app: FastAPI, settings: Settings) -> ASGIApp:
    """An application with the demonstration beside it, which is made when somebody first asks for it."""
    shown, store = application(settings, loopback=app.state.loopback)
    app.state.demo, shown.state.real = f"{PATH}/", "/"
    to_it = Route(PATH, lambda _: RedirectResponse(f"{PATH}/"))
    return Starlette(routes=[to_it, Mount(PATH, _Made(shown, store)), Mount("", app)])


class _Made:
    """An application whose store is filled before it first answers; where that fails it says that it has no edition."""

    def __init__(self, app: ASGIApp, store: Store) -> None:
        self.app, self.store = app, store
        self._lock, self._done = Lock(), False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._done:
            await run_in_threadpool(self._make)
        await self.app(scope, receive, send)

    def _make(self) -> None:
        with self._lock, suppress(SegurError, OSError):
            if not self._done:
                demo.publish(self.store)
                self._done = True
