"""The commands that serve. Imports click and the standard library only: `segur --help` is to be quick."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from segur_graph.errors import BadInput
from segur_graph.options import FICTION, TEXTS, Settings, command

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def listening(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of a server."""
    host = click.option("--host", default="127.0.0.1", metavar="H", show_default=True, help="Adresse d'écoute.")
    port = click.option(
        "--port", default=8000, metavar="P", show_default=True, type=click.IntRange(0, 65535), help="Port."
    )
    return host(port(function))


@command
@listening
@TEXTS
def serve(settings: Settings, host: str, port: int, texts: Path | None) -> None:
    """Sert les pages et l'API de l'édition courante. (Serve the pages and the API.)"""
    edition = settings.read()
    taken = _listen(host, port)

    from segur_api import demonstration
    from segur_api.app import create_app
    from segur_api.deps import loopback

    app = create_app(settings, loopback=loopback(host), texts=texts)
    app.state.library.open()
    both = not edition.fictional and demonstration.possible(settings)
    _run(settings, demonstration.beside(app, settings) if both else app, taken, f"Ségur Graph {edition.id}", host)


@command
@listening
@click.option("--afresh", is_flag=True, help="Recommence : oublie ce qui y a été ajouté.")
def demo(settings: Settings, host: str, port: int, afresh: bool) -> None:  # noqa: FBT001 - a flag of the command
    """Sert une région fictive, à part, où tout peut s'essayer. (Serve a fictional region to try.)"""
    taken = _listen(host, port)

    from segur_api import demonstration
    from segur_api.deps import loopback
    from segur_ingest import demo as region

    app, store = demonstration.application(settings, loopback=loopback(host))
    edition = region.publish(store, afresh=afresh)
    app.state.library.open()
    click.echo(FICTION[settings.language], err=True)
    _run(settings, app, taken, f"Ségur Graph {edition.id}", host, "visite")


def _run(settings: Settings, app: "ASGIApp", taken: socket.socket, what: str, host: str, page: str = "") -> None:
    """Serves until it is told to stop."""
    import uvicorn

    if not settings.quiet:
        click.echo(f"{what} : {_address(host, taken)}{page}   (Ctrl+C)", err=True)
    config = uvicorn.Config(
        app, log_config=_log(settings), access_log=False, server_header=False, timeout_graceful_shutdown=10
    )
    uvicorn.Server(config).run(sockets=[taken])


def _address(host: str, taken: socket.socket) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{taken.getsockname()[1]}/"


def _listen(host: str, port: int) -> socket.socket:
    """The socket, taken before anything else is promised; BadInput where it cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        why = (error.strerror or str(error)).partition(" (")[0]
        raise BadInput(f"--host {host} --port {port} : {why} ; attendu : une adresse d'ici et un port libre") from error


def _log(settings: Settings) -> dict[str, object]:
    """Errors, and unless `--quiet` a line a request: to standard error."""
    level = "WARNING" if settings.quiet else "INFO"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "loggers": {
            "segur": {"handlers": ["stderr"], "level": level, "propagate": False},
            "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        },
    }


commands: list[click.Command] = [serve, demo]
