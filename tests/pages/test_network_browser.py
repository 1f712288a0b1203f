"""The page Réseau in a real Chromium: the keyboard, the fiche beside the picture, the whole state in the address."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(chromium, site):
    """A window on the network of Occitanie; in the end nothing went wrong."""
    wrong = []
    shown = chromium.new_page(viewport={"width": 1440, "height": 900}, base_url=site)
    shown.on("pageerror", lambda e: wrong.append(str(e)))
    shown.on("request", lambda r: wrong.extend([] if r.url.startswith(site) else [r.url]))
    yield shown
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
