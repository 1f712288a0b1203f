"""The pages in a real Chromium: accessible, quiet, usable by keyboard, whole addresses."""

import re
from urllib.parse import urljoin

import pytest

pytestmark = pytest.mark.browser

SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.fixture
def open_page(chromium, site):
    """Opens a page; in the end nothing was asked elsewhere and nothing went wrong."""
    contexts, wrong = [], []

    def show(path, lang="fr", size="wide", **options):
        context = chromium.new_context(viewport=SIZES[size], **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: wrong.extend([] if r.url.startswith(site) else [r.url]))
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("console", lambda m: wrong.extend([] if _harmless(m) else [m.text]))
        page.goto(f"{site}{path}{'&' if '?' in path else '?'}lang={lang}")
        return page

    yield show
    for context in contexts:
        context.close()
    assert wrong == []


def _harmless(message):
    """An error page is an answer 404, which the browser notes."""
    return message.type not in ("error", "warning") or "status of 404" in message.text


# Each language and each width once: all four of them find nothing that these do not.
BOTH = pytest.mark.parametrize(("size", "lang"), [("wide", "fr"), ("narrow", "en")])


@BOTH
def test_every_page_is_accessible_and_fits_its_screen(open_page, shown, size, lang):
    """Every page is accessible and fits its screen; in French, whose words are longer, a phone's too."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped, unused-ignore]

    page, axe, wrong = open_page("/", lang, size), Axe(), []
    for path in shown:
        page.set_viewport_size(SIZES[size])
        page.goto(urljoin(page.url, f"{path}{'&' if '?' in path else '?'}lang={lang}"))
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [(path, v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]
        for screen in {size, "narrow"}:
            page.set_viewport_size(SIZES[screen])
            fits = page.evaluate("document.documentElement.scrollWidth") <= SIZES[screen]["width"]
            wrong += [] if fits else [(path, screen, [])]
    assert wrong == []


@BOTH
def test_the_visit_is_accessible_and_fits_its_screen(open_page, size, lang):
    """The visit is walked from its first step to its last, each accessible and within its screen."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped, unused-ignore]

    page, axe, wrong = open_page("/demo/visite", lang, size), Axe(), []
    page.get_by_role("link", name={"fr": "Commencer", "en": "Start"}[lang]).click()
    while (onward := page.locator(".step-on .is-main")).inner_text() not in ("Fin de la visite", "End of the visit"):
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wrong += [(page.url, v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]
        wrong += [page.url] if page.evaluate("document.documentElement.scrollWidth") > SIZES[size]["width"] else []
        onward.click()
    assert "visite=8" in page.url
    assert wrong == []


def test_from_the_cme_to_the_passage_in_three_clicks(open_page):
    page = open_page("/")
    gap = page.locator(".gap", has_text="Commission médicale d'établissement (public)")
    gap.get_by_role("link", name="Preuve").click()
    assert page.get_by_role("link", name=re.compile("CSP L6144-1")).get_attribute("href").startswith("https://")
    assert page.get_by_text("France Assos Santé Occitanie").count()
    page.get_by_role("link", name="Des usagers représentés en CME").first.click()
    assert page.get_by_text("caractères").count()


def test_who_signs_with_the_ars_in_two_clicks(open_page):
    page = open_page("/")
    page.get_by_role("link", name="Co-signatures", exact=True).click()
    page.get_by_role("row", name=re.compile("ARS Occitanie")).first.get_by_role("link", name="ARS Occitanie").click()
    assert page.locator(".partners.is-signed").get_by_role("link", name="CHU de Toulouse").count() == 1
    assert page.locator(".partners.is-foreseen").get_by_role("link", name="Préfecture de région Occitanie").count() == 1


def test_from_a_cell_of_the_matrix_to_who_asks_for_the_same(open_page):
    """From a cell of the matrix on the first screen to the other request, its document and its reason."""
    page = open_page("/", size="narrow")
    page.get_by_role("link", name="demande la même chose").first.click()
    there = page.locator(":target")
    assert there.get_by_text("Pourquoi").count()
    assert there.get_by_role("link", name="doc-000").count()


def test_a_facet_narrows_without_a_reload_and_the_address_says_it(open_page):
    page = open_page("/lacunes")
    page.evaluate("window.stayed = true")
    rows = page.locator(".is-gaps tbody tr")
    before = rows.count()
    page.locator('[data-key="kind=vacant-seat"]').click()
    page.wait_for_url("**kind=vacant-seat**")
    assert page.evaluate("window.stayed")
    assert 0 < rows.count() < before
    assert page.evaluate("document.activeElement.dataset.key") == "kind=vacant-seat"
    assert "sur" in page.locator("#status").inner_text()
    page.go_back()
    rows.nth(before - 1).wait_for()
    assert "kind" not in page.url


def test_the_same_address_shows_the_same_view(open_page):
    page = open_page("/lacunes")
    for key in ("severity=high", "standing=established"):
        page.locator(f'[data-key="{key}"]').click()
        page.wait_for_url(f"**{key}**")
    shown = page.locator("main").inner_text()
    again = open_page("/lacunes")
    again.goto(page.url)
    assert again.locator("main").inner_text() == shown


def test_a_territory_is_chosen_without_losing_the_language(open_page):
    page = open_page("/", "en")
    page.select_option("#territory", "REG-28")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**territory=REG-28**")
    assert "lang=en" in page.url
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("#territory").input_value() == "REG-28"


def test_the_keyboard_reaches_everything_in_order(open_page):
    page = open_page("/lacunes")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    wanted = page.locator("main").locator("a[href], button:visible, select, summary").count()
    reached = set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        where, outlined = page.evaluate(
            """(e => [[...document.querySelectorAll('*')].indexOf(e), getComputedStyle(e).outlineStyle])
            (document.activeElement)"""
        )
        assert outlined != "none" or where == page.evaluate(
            "[...document.querySelectorAll('*')].indexOf(document.body)"
        )
        reached.add(where)
    assert len(reached) >= wanted
    page.locator('[data-key="severity=high"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**severity=high**")


def test_every_page_is_whole_without_javascript(open_page):
    page = open_page("/lacunes", java_script_enabled=False)
    page.locator('[data-key="kind=vacant-seat"]').click()
    assert "kind=vacant-seat" in page.url
    assert page.get_by_role("button", name="Imprimer").count() == 0
    page.select_option("#territory", "REG-76")
    page.get_by_role("button", name="Voir", exact=True).click()
    assert "territory=REG-76" in page.url
    assert "kind=vacant-seat" in page.url


def test_the_gaps_print_with_the_questions_and_the_sources_on_a_few_pages(open_page):
    page = open_page("/lacunes")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= 5
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Ce que l'on ne sait pas").is_visible()
    assert page.locator("h2", has_text="Les sources citées").is_visible()


def test_what_a_script_offers_is_there_with_one(open_page):
    page = open_page("/lacunes/vacant-seat:cdu-310000002")
    assert page.get_by_role("button", name="Imprimer").is_visible()
    assert page.get_by_role("button", name="Copier").is_visible()
