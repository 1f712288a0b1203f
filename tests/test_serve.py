"""`segur serve` as a user types it."""

import os
import signal
import socket
import subprocess
import time
from hashlib import sha256

import httpx
import pytest

from segur_graph.edition import Chosen
from segur_graph.store import Store

TEXT = "La CDU existe."


@pytest.fixture(scope="module")
def store(fresh, folders):
    """The folder of a store with one body, said in a document."""
    store = Store(fresh() / "store")
    document = ["id,title,sha256", f"a,A,{sha256(TEXT.encode()).hexdigest()}"]
    sources = folders(sources=document, bodies=["id,kind,type,label,locator", 'a,instance,CDU,A,"char=3,6"'])
    with store.writing():
        store.publish([Chosen(s, "user") for s in sources])
    return store.folder


@pytest.fixture
def port():
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture
def serving(store, port, tmp_path):
    """A server of its own over a store and a folder of texts, ready: its address and its process."""
    (tmp_path / "document.txt").write_text(TEXT, "utf-8")
    command = ["segur", "--store", str(store), "serve", "--port", str(port), "--texts", str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        address = f"http://127.0.0.1:{port}"
        _wait(address)
        yield address, process
        process.kill()


def _wait(address):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{address}/readyz", timeout=30).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"{address} did not become ready")


def _run(store, *options):
    environment = os.environ | {"SEGUR_STORE": str(store)}
    return subprocess.run(["segur", "serve", *options], env=environment, capture_output=True, text=True, check=False)


def test_the_server_answers_tells_its_address_and_stops(serving):
    """The server tells its address, answers, logs paths without queries, and stops when it is told to."""
    address, process = serving
    bodies = httpx.get(f"{address}/api/v1/bodies?kind=instance").json()["bodies"]
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=20)[1]
    assert [body["id"] for body in bodies] == ["a"]
    assert f"{address}/" in said.splitlines()[0]
    assert "GET /api/v1/bodies 200" in said
    assert "kind=instance" not in said
    assert process.returncode in (0, -signal.SIGTERM)


def test_the_server_quotes_the_texts_that_it_is_given(serving):
    """A fact's page marks its passage."""
    page = httpx.get(f"{serving[0]}/doc/bodies/a", headers={"Accept": "text/html"}).text
    assert "La <mark>CDU</mark> existe." in page


def test_a_server_without_a_store_says_so(tmp_path):
    """Without an edition there is nothing to serve: exit code 3, and what to do."""
    done = _run(tmp_path / "none")
    assert done.returncode == 3
    assert "segur build" in done.stderr


def test_a_port_in_use_is_bad_usage(store):
    """A port that another program holds is told by its number: exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1])
        done = _run(store, "--port", number)
    assert done.returncode == 2
    assert f"--port {number}" in done.stderr
