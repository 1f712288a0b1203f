"""Who may write: this machine, or who has the token."""

import pytest
from fastapi import Depends

from segur_api.app import create_app
from segur_api.deps import loopback, writable
from segur_graph.options import Settings

HERE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def writing(store, asking):
    """Posts to an application that listens to this machine alone, or to all."""
    apps = {only_here: create_app(Settings(store=str(store)), loopback=only_here) for only_here in (True, False)}
    for app in apps.values():
        app.post("/write", dependencies=[Depends(writable)])(lambda: "written")

    def post(base=HERE, *, only_here=True, **headers):
        return asking(apps[only_here], base)("POST", "/write", headers=headers).status_code

    return post


@pytest.mark.parametrize("base", [HERE, "http://localhost:8000", "http://[::1]:8000"])
def test_this_machine_writes(writing, base):
    """A server that listens on a loopback address takes what is sent to it under a loopback name."""
    assert writing(base) == writing(base, Origin=base) == 200


@pytest.mark.parametrize(
    ("base", "headers"),
    [
        (HERE, {"Origin": "https://evil.example"}),
        (HERE, {"Origin": "null"}),
        (HERE, {"Origin": "http://127.0.0.1:9999"}),
        (HERE, {"X-Forwarded-For": "203.0.113.7"}),
        ("http://evil.example:8000", {}),
        ("http://localhost.evil.example", {"Origin": "http://localhost.evil.example"}),
    ],
)
def test_a_page_elsewhere_does_not_write(writing, base, headers):
    """Another origin, another name that leads here, or a proxy is refused."""
    assert writing(base, **headers) == 403


def test_a_public_server_takes_no_writing(writing, monkeypatch):
    """A server that others reach takes no writing, whatever is sent, unless it has a token."""
    monkeypatch.delenv("SEGUR_TOKEN", raising=False)
    assert writing(only_here=False) == writing(only_here=False, Authorization="Bearer ") == 403


@pytest.mark.parametrize(
    ("sent", "status"), [("Bearer s3crét", 200), ("Bearer other", 403), ("Bearer ", 403), ("Basic s3crét", 403)]
)
def test_the_token_writes(writing, monkeypatch, sent, status):
    """Who sends the token may write; anything else is refused."""
    monkeypatch.setenv("SEGUR_TOKEN", "s3crét")
    assert writing(only_here=False, Authorization=sent.encode()) == status


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("", False)],  # noqa: S104
)
def test_a_loopback_address_is_this_machines(host, expected):
    """Only addresses that others cannot reach are loopback addresses."""
    assert loopback(host) is expected
