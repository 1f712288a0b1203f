"""The map of the regions, a territory's page, two territories side by side, published figures."""


def _region(text, code):
    """The tile of a region."""
    start = text.index('<ul class="map">')
    at = text.index(f"/doc/territories/{code}?", start)
    return text[text.rindex("<li", 0, at) : text.index("</li>", at)]


def test_a_tile_is_hatched_only_where_nothing_is_known_and_never_says_none(client):
    """A region of which nothing is known is hatched and says so; one with a published total is not."""
    text = client.get("/territoires?lang=fr").text
    assert "lacune" not in _region(text, "REG-94")
    assert "is-unknown" in _region(text, "REG-94")
    assert "est connu ici" in _region(text, "REG-94")
    assert "is-unknown" not in _region(text, "REG-11")
    assert "ni lacune documentée, ni question posée" in _region(text, "REG-11")
    assert text.split('<ul class="map">')[1].split("</ul>")[0].count("<li") == 18


def test_a_called_seat_is_neither_required_nor_vacant(page, lang):
    """The call of Auvergne-Rhône-Alpes is a publication: no total counts its seats."""
    shown = page("/doc/territories/REG-84", lang)
    assert "1 200 sièges de CDU" in shown.text
    assert not shown.all("table", class_="list is-published")


def test_published_totals_stand_beside_what_is_known_and_are_not_added(page):
    """A territory's page gives each total with its last day; their sum is nowhere."""
    text = page("/doc/territories/REG-11").text
    for said in ("905", "611", "31 décembre 2022", "aucune instance de ce type n'est connue ici"):
        assert said in text
    assert page("/doc/territories/REG-94").text.count("Aucun total publié n'a été lu") == 1


def test_two_territories_stand_side_by_side_unranked(client, page):
    """Both sides have their bounds; an unknown territory is refused, the same one twice is told."""
    shown = page("/territoires/comparer?a=REG-76&b=REG-94")
    assert "rien ne dit où il manque le plus" in shown.text
    assert "Aucun siège exigé n'est connu ici" in shown.text
    assert page("/territoires/comparer?a=REG-76&b=NOPE", status=400)
    assert "deux fois le même" in page("/territoires/comparer?a=REG-76&b=REG-76").text
    rows = client.get("/territoires/comparer.csv?a=REG-76&b=REG-94").text.splitlines()
    assert [row.split(",")[0] for row in rows] == ["code", "REG-76", "REG-94"]


def test_the_short_address_leads_to_the_fiche(client):
    """The short address of a territory leads to its one page, with the language."""
    answer = client.get("/territoires/REG-76?lang=en", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/doc/territories/REG-76?lang=en")
