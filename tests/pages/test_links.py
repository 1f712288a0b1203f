"""The addresses of the pages: they lead somewhere, keep the view, and run nothing; no text becomes markup."""

import json
from collections import deque
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest

from segur_api.views.address import Address, outside
from segur_graph.facts import TABLES

OURS = {f"/static/{name}.js" for name in ("site", "picker", "network", "editor")}


def test_who_holds_a_seat_is_never_shown(client):
    assert all("ref-secrete" not in client.get(p).text for p in ("/doc/seats/s1", "/doc/bodies/cdu-310781406"))


def test_every_link_keeps_the_language(client, read, path):
    page = read(client, path, "en")
    assert page.all("html", lang="en")
    ours = [link for link in page.links if link.startswith("/") and not link.startswith(("/static", "/docs"))]
    assert ours
    assert all(parse_qs(urlsplit(link).query).get("lang") in (["en"], ["fr"]) for link in ours)
    assert sum("lang=fr" in link for link in ours) == 2  # the switch, and its hreflang


def test_a_page_holds_no_script_and_no_style_of_its_own(client, read, path):
    page = read(client, path)
    assert not page.all("style")
    assert all(a.get("src") in OURS or a["type"] == "application/ld+json" for a in page.all("script"))
    assert not [(t, n) for t, a in page.elements for n in a if n.startswith("on") or n == "style"]


def test_no_label_becomes_markup_or_a_link_that_runs(hostile, read, path, lang):
    page = read(hostile, path, lang, 404 if path == "/nulle-part" else 200)
    assert all(a.get("src") in OURS or a["type"] == "application/ld+json" for a in page.all("script"))
    assert [a.get("src") for a in page.all("img")] == ["/static/logo.svg"]
    addresses = [a.get(name) or "" for _, a in page.elements for name in ("href", "src", "action")]
    assert not [address for address in addresses if "alert" in address.partition("?")[0]]  # a facet may ask for it
    assert not [n for _, a in page.elements for n in a if n.startswith("on")]
    for block in page.blocks:
        assert not block.strip() or json.loads(block)


@pytest.mark.parametrize(
    "url", ["javascript:x", "JaVaScRiPt:x", "data:text/html,x", "//host/x", "x", "", None, "http://["]
)
def test_only_pages_of_the_web_become_links(url):
    assert outside(url) == ""
    assert outside("https://a.example/x") == "https://a.example/x"


def test_an_address_changes_only_what_it_is_told_to():
    at = Address("/lacunes", {"lang": "en", "kind": "structural", "as_of": "2026-06-30"})
    assert at.here(kind=None, type="CDU") == "/lacunes?lang=en&as_of=2026-06-30&type=CDU"
    assert at.doc("bodies", "a:b") == "/doc/bodies/a:b?lang=en&as_of=2026-06-30"


@pytest.mark.parametrize(("lang", "most"), [("fr", 6), ("en", 2)])
def test_every_link_of_every_page_leads_somewhere(client, parse, lang, most):
    """Every link of every page leads somewhere; in English, where they are the same, a smaller sample does."""
    seen, waiting = set(), deque([f"/?lang={lang}"])
    per_table = dict.fromkeys(TABLES, 0)
    while waiting:
        path = waiting.popleft()
        answer = client.get(path)
        assert answer.status_code == 200, path
        if 'id="top"' not in answer.text:  # a file, or the reference of the API
            continue
        for link in parse(answer.text).links:
            known = urldefrag(link).url
            other_language = "lang=" in known and f"lang={lang}" not in known
            if not known.startswith("/") or known in seen or other_language:
                continue
            seen.add(known)
            if not _enough(known, per_table, most):
                waiting.append(known)
    assert len(seen) > 200


def _enough(link, per_table, most):
    """A few links of each table or page stand for the rest, a question or a file once, and one facet at a time."""
    parts = urlsplit(link)
    own = parts.path.split("/")[2] if parts.path.startswith("/doc/") else parts.path
    per_table[own] = per_table.get(own, 0) + 1
    most = 1 if "/questions/" in own or "/requetes/" in own or "." in own else most
    return per_table[own] > most or len(parse_qs(parts.query)) > 2
