"""The command that serves. Imports click and the standard library only: `segur --help` is to be quick."""

import socket
from pathlib import Path

import click

from segur_graph.errors import BadInput
from segur_graph.options import TEXTS, Settings, command


@command
@click.option("--host", default="127.0.0.1", metavar="H", show_default=True, help="Adresse d'écoute.")
@click.option("--port", default=8000, metavar="P", show_default=True, type=click.IntRange(0, 65535), help="Port.")
@TEXTS
def serve(settings: Settings, host: str, port: int, texts: Path | None) -> None:
    """Sert les pages et l'API de l'édition courante. (Serve the pages and the API.)"""
    edition = settings.read()
    listening = _listen(host, port)

    import uvicorn

    from segur_api.app import create_app
    from segur_api.deps import loopback

    app = create_app(settings, loopback=loopback(host), texts=texts)
    app.state.library.open()
    if not settings.quiet:
        click.echo(f"Ségur Graph {edition.id} : {_address(host, listening)}   (Ctrl+C)", err=True)
    config = uvicorn.Config(
        app, log_config=_log(settings), access_log=False, server_header=False, timeout_graceful_shutdown=10
    )
    uvicorn.Server(config).run(sockets=[listening])


def _address(host: str, listening: socket.socket) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"


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


commands: list[click.Command] = [serve]
