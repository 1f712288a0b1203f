"""The demonstration served beside the real pages: apart from them, named on every page, walked in eight steps."""

from collections import deque
from datetime import date
from urllib.parse import urldefrag

import pytest
from starlette.testclient import TestClient

from segur_api.app import create_app
from segur_api.demonstration import application, beside, possible
from segur_api.views.visit import steps
from segur_graph.options import Settings
from segur_ingest import demo

HTML = {"Accept": "text/html"}
BANNER = {"fr": "Région fictive", "en": "Fictional region"}


@pytest.fixture(scope="module")
def both(real):
    """The real pages and the demonstration, served together to this machine."""
    settings = Settings(store=str(real.folder))
    app = beside(create_app(settings, loopback=True), settings)
    return TestClient(app, headers=HTML, base_url="http://localhost")


@pytest.fixture(scope="module")
def alone(real):
    """The demonstration by itself, as `segur demo` serves it."""
    app, store = application(Settings(store=str(real.folder)), loopback=True)
    demo.publish(store)
    return TestClient(app, headers=HTML, base_url="http://localhost")


def test_its_errors_are_marked_as_fictional_too(alone):
    """Its errors are marked as fictional too: a page that says that something is not there says where."""
    alone.get("/")
    wrong = alone.get("/doc/bodies/nothing")
    assert wrong.status_code == 404
    assert BANNER["fr"] in wrong.text


def test_every_proof_on_the_network_has_its_page(alone, read):
    """Every proof of a link on the network has its page, a seat's observation too."""
    centre = read(alone, "/reseau?view=near&centre=bodies/cdu-sornette&node=bodies/cdu-sornette")
    proofs = [link for link in centre.links if link.startswith("/doc/")]
    assert any("/observations/" in link for link in proofs)
    assert {alone.get(link).status_code for link in proofs} == {200}


def test_a_question_of_another_place_is_not_on_a_body_s_page(alone):
    """The bodies that the law requires in another department are no question of this one."""
    assert "Fictanie-Maritime" in alone.get("/lacunes").text
    assert "Fictanie-Maritime" not in alone.get("/doc/bodies/cdu-sornette").text


def test_a_country_without_regions_shows_no_empty_map(alone):
    """A country without regions shows no empty map of eighteen."""
    assert "Les 18 régions" not in alone.get("/territoires").text


@pytest.fixture(params=steps(), ids=lambda step: str(step.number))
def step(request):
    """A step of the visit."""
    return request.param


def test_the_real_pages_lead_to_it(both, read):
    """The first screen leads to the demonstration, which is made when it is first asked for, and leads back."""
    assert "/demo/?lang=en" in read(both, "/", "en").links
    assert both.get("/demo").url.path == "/demo/"
    assert "/?lang=en" in read(both, "/demo/", "en", 200).links


def test_without_it_the_command_is_told(page):
    """Where it is not served beside, the first screen tells the command."""
    assert "segur demo" in page("/").text
    assert not [link for link in page("/").links if link.startswith("/demo")]


def test_the_visit_is_of_the_demonstration(both, client):
    """The real pages lead to the visit of the demonstration; without one there is none."""
    assert both.get("/visite").url.path == "/demo/visite"
    assert client.get("/visite").status_code == 404
    assert both.get("/visite/tableur.xlsx").status_code == 404
    assert BANNER["fr"] not in both.get("/?visite=1").text


def test_every_page_of_it_stays_in_it_and_names_it(both, parse, lang):
    """No link, form or file of its pages leads out of it, but the one that says so; each page bears the banner."""
    seen: set[str] = set()
    waiting = deque([f"/demo/visite?lang={lang}", f"/demo/?visite=1&lang={lang}"])
    while waiting and len(seen) < 60:
        path = waiting.popleft()
        answer = both.get(path)
        assert answer.status_code == 200, path
        if 'id="top"' not in answer.text:
            continue
        shown = parse(answer.text)
        assert BANNER[lang] in shown.text, path
        said = [a.get(n) for t, a in shown.elements for n in ("href", "src", "action") if a.get(n)]
        ours = [address for address in said if address.startswith("/")]
        assert {a for a in ours if not a.startswith("/demo/")} == {f"/?lang={lang}"}, path
        new = {urldefrag(link).url for link in shown.links if link.startswith("/demo/") and f"lang={lang}" in link}
        waiting.extend(sorted(new - seen))
        seen |= new
    assert len(seen) >= 60


def test_every_question_answers_on_it(both, read):
    """Each question of its page opens with an answer, though no example of the real region is known there."""
    asked = [link for link in read(both, "/demo/requetes").links if "/requetes/" in link]
    assert len(asked) > 20
    assert not [link for link in asked if both.get(link).status_code != 200]


def test_each_step_is_a_page_that_says_which_step_it_is(both, step, lang):
    """Each step is there, in both languages, and its strip marks it."""
    path, _, query = step.path.partition("?")
    text = both.get(f"/demo{path}?{query}&visite={step.number}&lang={lang}").text
    assert f"{step.number} {'sur' if lang == 'fr' else 'of'} {len(steps())}" in text
    assert text.count('aria-current="step"') == 1


def test_the_visit_goes_along(both, read):
    """A link of a step's page keeps the step, but for the API, which refuses what it does not know."""
    links = read(both, "/demo/lacunes?visite=8").links
    assert [link for link in links if "/lacunes/" in link and "visite=8" in link]
    api = [link for link in links if "/api/" in link]
    assert api
    assert all(both.get(link).status_code == 200 for link in api)


def test_the_visit_leads_to_a_proof_of_each_kind(alone, read):
    """The visit's page lists every kind of gap, with a proof that answers."""
    found = [link for link in read(alone, "/visite").links if "/lacunes/" in link]
    assert len({link.split("/lacunes/")[1].split(":")[0] for link in found}) == 8
    assert all(alone.get(link).status_code == 200 for link in found)


def test_what_is_cited_keeps_no_step(alone, read):
    """The address that a proof is cited by says nothing of the visit."""
    text = read(alone, "/lacunes/vacant-seat:cdu-sornette?visite=2").text
    assert "edition=fictif" in text
    assert "visite=2" not in text


def test_a_seat_reported_there_closes_its_gap_there_alone(both, real):
    """The leader reports the empty seat as filled: its gap closes, and the real store has not moved."""
    before = real.edition().id
    gap = "/demo/lacunes/vacant-seat:cdu-sornette"
    assert both.get(gap).status_code == 200
    seen = date.today().isoformat()  # noqa: DTZ011 - the reader's own day
    fields = {"instance": "cdu-sornette", "seat": "cdu-sornette-t2", "state": "filled", "title": "Compte rendu"}
    form = {name: (None, value) for name, value in (fields | {"observed_on": seen}).items()}
    sent = both.post("/demo/signaler?visite=7", files=form)
    assert str(sent.url).startswith("http://localhost/demo/doc/bodies/cdu-sornette")
    assert both.get(gap).status_code == 404
    assert real.edition().id == before


def test_it_is_not_offered_where_it_cannot_be_made(tmp_path):
    """Beside a store that cannot be written and that has none, it is not offered."""
    assert not possible(Settings(store=str(tmp_path / "none")))
