"""The SPARQL editor and the search box in a real Chromium: by keyboard, accessible, without a script."""

import re

import pytest

pytestmark = pytest.mark.browser
SG = "PREFIX sg: <https://w3id.org/segur-graph/def#>\n"
STARTED = SG + "SELECT ?measure { ?measure "
WRONG = SG + "SELECT * {\n  ?s foo:b ?o }"
CHOSEN = "query.nextElementSibling.querySelector('[aria-selected=true] .is-name')?.textContent"


@pytest.fixture
def show(chromium, site):
    """Opens a page of the site; in the end nothing went wrong, no style or script was refused."""
    contexts, wrong = [], []

    def open_page(path, width=1440, **options):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, base_url=site, **options))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.on("console", lambda m: wrong.extend([] if "status of 400" in m.text or m.type != "error" else [m.text]))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def edit(show):
    """Opens the editor with a query, the caret at its end, the terms there."""

    def opened(query, width=1440, lang="fr"):
        page = show(f"/sparql?lang={lang}", width)
        with page.expect_response("**/sparql/terms*"):
            page.locator("#query").fill(query)
        return page

    return opened


def test_the_colours_lie_behind_the_letters(edit):
    """The layer of colours says the query letter for letter, line for line, where it wraps too."""
    query = STARTED + '"é ; à" } # rien\n\n  VALUES ?x { <https://example.org/a-long-address/that/must/be/wrapped> }\n'
    page = edit(query, width=390)
    lines = page.locator(".editor-paint .line").evaluate_all("all => all.map(line => line.textContent)")
    assert "\n".join(lines) == query
    assert page.locator(".is-variable").all_inner_texts() == ["?measure", "?measure", "?x"]
    assert page.locator(".is-comment").inner_text() == "# rien"
    taller = page.evaluate("query.scrollHeight - document.querySelector('.editor-paint').scrollHeight")
    assert taller == 0


def test_a_term_is_completed_by_keyboard_and_brings_its_prefix(edit):
    """A term is completed by keyboard and brings its prefix; it can be undone."""
    page = edit(STARTED)
    page.keyboard.type("sg:x usager")
    page.locator(".editor .listbox").wait_for()
    assert page.evaluate(CHOSEN) == "groups:usagers"
    assert page.locator(".editor [aria-selected=true]").inner_text().count("personnes soignées")
    assert page.evaluate("document.getElementById(query.getAttribute('aria-activedescendant')).role") == "option"
    page.keyboard.press("Enter")
    groups = "PREFIX groups: <https://w3id.org/segur-graph/scheme/groups/>\n"
    assert page.locator("#query").input_value() == f"{groups}{STARTED}sg:x groups:usagers"
    page.keyboard.press("Control+z")
    assert not page.locator("#query").input_value().startswith(groups)


def test_a_term_is_found_by_its_name_in_the_other_language(edit):
    """A term is found by its name in the other language, without its accents."""
    page = edit(STARTED)
    page.keyboard.type("siege")
    page.locator(".editor .listbox").wait_for()
    assert "sg:Seat" in page.locator(".editor .is-name").all_inner_texts()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * { ?s a users")
    assert page.evaluate(CHOSEN) is not None


def test_the_list_closes_and_tab_goes_on(edit):
    """Escape closes the list, Enter is then a new line, and Tab leaves the editor."""
    page = edit(STARTED)
    page.keyboard.type("seat")
    page.locator(".editor .listbox").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert page.locator("#query").input_value() == f"{STARTED}seat\n"
    page.keyboard.type("seat")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "submit"
    assert not page.locator(".editor .listbox").is_visible()


def test_control_enter_asks_without_a_reload(edit):
    """Control and Enter ask without a reload; the address holds the query, the caret stays."""
    page = edit(SG + "SELECT ?type { ?type a sg:BodyType } LIMIT 3")
    page.evaluate("window.stayed = true")
    page.keyboard.press("Control+Enter")
    page.locator("#reponse tbody tr").nth(2).wait_for()
    assert page.evaluate("window.stayed && document.activeElement === query")
    assert "query=PREFIX" in page.url
    assert "query=PREFIX" in page.locator(".langs a[lang=en]").get_attribute("href")
    page.goto(page.url)
    assert page.locator("#reponse tbody tr").count() == 3


@pytest.mark.parametrize("width", [1440, 390])
def test_an_error_is_marked_at_its_place_and_the_caret_goes_there(edit, width):
    """An error is marked at its place and the caret goes there; all of it accessible, the open list too."""
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped, unused-ignore]

    page = edit(WRONG, width)
    page.keyboard.press("Control+Enter")
    page.locator("#found [data-line]").click()
    assert page.locator(".editor-paint .is-wrong").inner_text() == "  ?s foo:b ?o }"
    assert page.locator("#query").get_attribute("aria-invalid") == "true"
    start, end = page.evaluate("[query.selectionStart, query.selectionEnd]")
    assert WRONG[start:end] == page.locator(".editor-paint .is-fault").inner_text() == "foo:b"
    page.keyboard.type("sg:se")
    page.locator(".editor .listbox").wait_for()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not page.locator(".editor-paint .is-wrong").count()


def test_a_running_query_can_be_stopped(edit):
    """A running query can be stopped, and the next one is answered."""
    page = edit("SELECT (COUNT(*) AS ?n) { " + " . ".join(f"?s{n} ?p{n} ?o{n}" for n in range(9)) + " }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Arrêter").click()
    page.locator("#query").fill("ASK { ?s ?p ?o }")
    page.keyboard.press("Control+Enter")
    page.locator("#reponse").wait_for()
    assert "Oui." in page.locator("#reponse").inner_text()


def test_without_a_script_it_is_a_form(show):
    """Without a script it is a form that runs, and says where the error is."""
    page = show("/sparql?lang=fr", java_script_enabled=False)
    page.locator("#query").fill(WRONG)
    page.get_by_role("button", name="Demander").click()
    assert page.locator("#query").input_value() == WRONG
    assert re.search(r"Ligne 3, colonne \d+", page.locator("#found").inner_text())
    page.locator("[aria-labelledby=examples] a").first.click()
    assert page.locator("#reponse").count() == 1


def test_the_search_box_is_walked_by_keyboard(show):
    """The slash goes to the search box, arrows choose, Escape closes, Enter opens what was chosen."""
    page = show("/reseau?lang=fr")
    page.keyboard.press("/")
    box, names = page.locator("#q-all"), page.locator(".look [role=listbox]")
    page.keyboard.type("cme")
    names.wait_for()
    assert box.get_attribute("role") == "combobox"
    page.keyboard.press("Escape")
    assert not names.is_visible()
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "cme"
    page.keyboard.type(" ")
    names.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == names.locator("[aria-selected=true]").get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/doc/**lang=fr**")


def test_enter_without_a_choice_searches(show):
    page = show("/sparql?lang=en")
    page.keyboard.press("/")
    page.keyboard.type("cme")
    page.locator(".look [role=listbox]").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/chercher?**q=cme**")
