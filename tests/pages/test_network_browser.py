"""The page Réseau in a real Chromium: the keyboard, the fiche beside the picture, the whole state in the address."""

import socket
import threading
import time
from shutil import which

import pytest
import uvicorn

from segur_api.app import create_app
from segur_graph.options import Settings

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def site(store):
    """The address of a server over what ships and the small register."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(store=str(store))), log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listening.close()


@pytest.fixture(scope="module")
def page(site):
    """A window on the network of Occitanie; in the end nothing went wrong."""
    from playwright.sync_api import sync_playwright

    wrong = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shown = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=site)
        shown.on("pageerror", lambda e: wrong.append(str(e)))
        shown.on("request", lambda r: wrong.extend([] if r.url.startswith(site) else [r.url]))
        yield shown
        browser.close()
    assert wrong == []


def test_the_keyboard_walks_along_the_lines(page):
    """The picture is one tab stop; an arrow goes to a neighbour, Enter opens its fiche, Escape leaves."""
    page.goto("/reseau?territory=REG-76&node=bodies/ars-occitanie")
    page.wait_for_selector("#stage.is-live")
    assert page.locator('#stage .node[tabindex="0"]').count() == 1
    page.locator('#stage .node[tabindex="0"]').focus()
    page.keyboard.press("ArrowDown")
    there = page.evaluate("document.activeElement.dataset.id")
    ends = page.evaluate(
        "id => [...document.querySelectorAll('#stage path[data-source]')].some(({ dataset: d }) =>"
        "[d.source, d.target].includes(id) && [d.source, d.target].includes('bodies/ars-occitanie'))",
        there,
    )
    assert ends
    page.keyboard.press("Enter")
    page.wait_for_function("id => document.querySelector('#stage .is-chosen')?.dataset.id === id", arg=there)
    assert page.locator("#panel .joined").count() > 0
    page.keyboard.press("Escape")
    page.locator("#stage .is-chosen").wait_for(state="detached")
    assert page.evaluate("document.activeElement.closest('.tabs') !== null")


def test_the_address_is_the_state(page):
    """A node is chosen and the picture moved: the same address shows the same."""
    page.goto("/reseau?territory=REG-76")
    page.wait_for_selector("#stage.is-live")
    page.locator("#panel [data-node]").first.click()
    page.wait_for_url("**node=**")
    page.get_by_role("button", name="Agrandir").click()
    page.wait_for_url("**at=**")
    state = (
        "[document.querySelector('#stage .is-chosen').dataset.id, document.querySelector('#panel').innerText,"
        "document.querySelector('#stage [opacity]') !== null, document.querySelector('#stage svg').style.transform"
        ".match(/scale\\(([\\d.]{4})/)[1]]"
    )
    before = page.evaluate(state)
    page.goto(page.url)
    page.wait_for_selector("#stage.is-live")
    assert page.evaluate(state) == before


def test_a_box_filters_without_a_reload(page):
    """A box of the legend removes at once what it stands for; the address says so."""
    page.goto("/reseau?territory=REG-76")
    page.wait_for_selector("#stage.is-live")
    page.evaluate("window.stayed = true")
    page.locator("#f-nature-proposal").click()
    page.wait_for_url("**nature=actor**")
    page.locator("#stage .node.proposal").first.wait_for(state="detached")
    assert page.evaluate("window.stayed")
    assert "group=" not in page.url
