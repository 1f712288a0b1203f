"""The pages that write: an import looked at and confirmed, a source removed, a seat reported."""

import io
import re
import shutil
from datetime import date, timedelta

import openpyxl  # type: ignore[import-untyped]
import pytest
from starlette.testclient import TestClient

from segur_api.app import create_app
from segur_api.routes import writing
from segur_api.views import importing, uploads
from segur_graph.errors import StoreError
from segur_graph.options import Settings
from segur_graph.store import Store
from segur_ingest import importing as publishing
from segur_ingest.build import choose

TODAY = date.today()  # noqa: DTZ011 - the pages' own day
BEFORE = (TODAY - timedelta(days=20)).isoformat()
SOURCE = b"id,title\nmine,Mes mandats\n"
BODY = b"id,kind,type,label,territory,source\ncdu-1,instance,CDU,CDU des Lices,REG-76,mine\n"
SEATS = (
    "id,instance,group,position,state,observed_on,source\n"
    f"s-1,cdu-1,usagers,titulaire,filled,{BEFORE},mine\n"
    f"s-2,cdu-1,usagers,titulaire,vacant,{BEFORE},mine\n"
).encode()
TABLES = {"sources.csv": SOURCE, "bodies.csv": BODY, "seats.csv": SEATS}
REPORT = {
    "instance": "cdu-1",
    "seat": "s-2",
    "state": "filled",
    "observed_on": TODAY.isoformat(),
    "title": "Compte rendu",
    "url": "https://example.org/cr",
}


@pytest.fixture(scope="module")
def stores(fresh):
    """Two stores, made once: one with what ships, one that has the tables of the tests too."""
    shipped, imported = Store(fresh() / "store"), Store(fresh() / "store")
    with shipped.writing():
        shipped.publish(choose([]))
    shutil.copytree(shipped.folder, imported.folder, dirs_exist_ok=True)
    folder = fresh()
    for name, body in TABLES.items():
        (folder / name).write_bytes(body)
    publishing.publish(imported, publishing.plan(imported, [folder]))
    return {"shipped": shipped, "imported": imported}


@pytest.fixture
def store(request, stores, fresh):
    """A store of its own, in which the tables of the tests are where a test asks for `mine`."""
    kind = "imported" if "mine" in request.fixturenames else "shipped"
    return Store(shutil.copytree(stores[kind].folder, fresh() / "store"))


@pytest.fixture
def pages(store):
    """The pages of a server on this machine, asked from this machine."""
    return _client(store, loopback=True)


@pytest.fixture
def mine(pages):
    """The same, the tables of the tests imported."""
    return pages


@pytest.fixture(scope="module")
def still(stores, fresh):
    """A store with the tables of the tests, for all tests of what is refused."""
    return Store(shutil.copytree(stores["imported"].folder, fresh() / "store"))


@pytest.fixture(scope="module")
def refusing(still):
    """Its pages."""
    return _client(still, loopback=True)


def _client(store, *, loopback):
    app = create_app(Settings(store=str(store.folder)), loopback=loopback)
    return TestClient(app, base_url="http://127.0.0.1:8000", headers={"Accept": "text/html"})


def _send(client, tables=None, **query):
    files = [("files", (name, body)) for name, body in (tables or TABLES).items()]
    return client.post("/importer", files=files, params=query)


def _token(answer):
    (token,) = re.findall(r'name="token" value="([^"]+)"', answer.text)
    return token


def _form(client, path, **fields):
    return client.post(path, files=[(name, (None, value)) for name, value in fields.items()])


def _import(client):
    answer = _form(client, "/importer/confirmer", token=_token(_send(client)), do="confirm")
    assert answer.status_code == 200
    return answer


def _uploads(store):
    return list((store.folder / "uploads").iterdir())


def test_a_clean_import_shows_what_it_would_change_and_writes_nothing(store, pages):
    before = store.edition()
    shown = _send(pages).text
    for said in ("Mes mandats", "ajoutée", "2 sièges observés", "CDU des Lices", "1 siège titulaire"):
        assert said in shown, said
    assert store.edition() == before
    assert len(list(store.editions.iterdir())) == 1


def test_a_confirmed_import_names_its_edition_and_opens_its_gap(store, pages, parse):
    before = store.edition()
    shown = _import(pages)
    assert shown.url.path == "/importer/fait"
    assert store.edition() != before
    assert store.edition().id in shown.text
    assert "/lacunes/vacant-seat:cdu-1" in parse(shown.text).links
    assert _uploads(store) == []


def test_an_upload_is_confirmed_once(pages):
    token = _token(_send(pages))
    assert _form(pages, "/importer/confirmer", token=token, do="confirm").status_code == 200
    again = _form(pages, "/importer/confirmer", token=token, do="confirm")
    assert again.status_code == 410
    assert "plus gardé" in again.text


def test_an_upload_that_is_given_up_is_gone(store, pages):
    before = store.edition()
    _form(pages, "/importer/confirmer", token=_token(_send(pages)), do="drop")
    assert _uploads(store) == []
    assert store.edition() == before


def test_an_upload_that_nobody_confirms_is_swept(store, pages, monkeypatch):
    token = _token(_send(pages))
    monkeypatch.setattr(uploads, "SECONDS", -1)
    assert _form(pages, "/importer/confirmer", token=token, do="confirm").status_code == 410
    assert _uploads(store) == []


@pytest.mark.parametrize("token", ["", "..", "../editions", "x" * 20, "\u00e9" * 20])
def test_a_token_names_an_upload_and_nothing_else(still, refusing, token):
    assert _form(refusing, "/importer/confirmer", token=token, do="drop").status_code == 410
    assert still.edition()


def test_every_faulty_cell_is_shown_in_its_place(still, refusing, parse):
    before = still.edition()
    wrong = SEATS.replace(b"vacant", b"Libre") + b"s-3,cdu-9,usagers,titulaire,filled,12/05/2026,mine\n"
    answer = _send(refusing, TABLES | {"seats.csv": wrong, "autre.csv": b"a\n1\n"})
    page = parse(answer.text)
    assert answer.status_code == 422
    assert "4 fautes" in page.text
    assert len(page.all("td", class_="wrong")) == 3
    for said in ("attendu : filled, vacant, unknown", "2026-05-12", "cdu-9", "table inconnue"):
        assert said in page.text
    assert "--ignore" not in page.text
    assert still.edition() == before
    assert _uploads(still) == []


def test_the_first_faults_are_shown_and_the_rest_counted(refusing, parse):
    rows = b"".join(f"t-{i},cdu-1,usagers,titulaire,Libre,{BEFORE},mine\n".encode() for i in range(250))
    page = parse(_send(refusing, TABLES | {"seats.csv": SEATS + rows}).text)
    assert len(page.all("td", class_="wrong")) == importing.SHOWN
    assert "il en reste 50" in page.text


def test_what_is_imported_again_changes_nothing(store, mine):
    before = store.edition()
    assert "Rien ne change" in _send(mine).text
    assert store.edition() == before


def test_a_large_import_is_not_tried_beforehand(pages, monkeypatch):
    monkeypatch.setattr(importing, "TRIED_ROWS", 1)
    shown = _send(pages)
    assert "trop grandes" in shown.text
    assert _form(pages, "/importer/confirmer", token=_token(shown), do="confirm").status_code == 200


@pytest.mark.parametrize("name", ["../../current", "C:\\evil\\seats.csv", "/etc/passwd"])
def test_a_file_is_kept_under_its_bare_name(still, refusing, name):
    before = (still.folder / "current").read_text("utf-8")
    assert _send(refusing, TABLES | {name: b"x"}).status_code == 422
    assert (still.folder / "current").read_text("utf-8") == before
    assert _uploads(still) == []


@pytest.mark.parametrize("name", ["..", ".seats.csv", "x" * 300 + ".csv", "a\nb.csv"])
def test_a_name_that_is_none_is_a_fault(refusing, name):
    assert _send(refusing, {name: b"x"}).status_code == 422


def test_no_file_is_told(refusing):
    assert "Aucun fichier" in _form(refusing, "/importer", other="x").text


def test_an_upload_that_is_too_large_is_not_read(refusing, monkeypatch):
    monkeypatch.setattr(writing, "FOLDER_BYTES", 100)
    answer = _send(refusing)
    assert answer.status_code == 413
    assert "trop grand" in answer.text
    assert refusing.post("/importer", content=iter([b"x"])).status_code == 411


def test_the_workbook_is_there_to_fill(refusing):
    book = openpyxl.load_workbook(io.BytesIO(refusing.get("/importer/modele.xlsx").content))
    assert {"sources", "bodies", "seats"} <= set(book.sheetnames)


def test_a_source_is_removed_when_it_is_said_twice(store, mine, parse):
    before = store.edition()
    assert "/importer/retirer?source=mine" in parse(mine.get("/importer").text).links
    asked = mine.get("/importer/retirer?source=mine")
    assert "retirée" in asked.text
    assert store.edition() == before
    _form(mine, "/importer/retirer", source="mine")
    assert "mine" not in {s["id"] for s in store.edition().manifest["sources"]}


def test_a_source_that_others_need_stays(store, mine):
    _form(mine, "/signaler", **REPORT)
    before = store.edition()
    answers = mine.get("/importer/retirer?source=mine"), _form(mine, "/importer/retirer", source="mine")
    assert [a.status_code for a in answers] == [409, 409]
    assert "signalements/seats.csv" in answers[0].text
    assert store.edition() == before


def test_a_shipped_source_is_not_removed_here(refusing):
    assert _form(refusing, "/importer/retirer", source="doc-000").status_code == 400
    assert refusing.get("/importer/retirer?source=doc-000").status_code == 400


def test_a_store_that_is_being_written_is_told_and_the_upload_stays(store, pages):
    token = _token(_send(pages))
    with store.writing():
        assert _form(pages, "/importer/confirmer", token=token, do="confirm").status_code == 503
    assert _form(pages, "/importer/confirmer", token=token, do="confirm").status_code == 200


def test_a_reported_seat_closes_its_gap(mine, parse):
    """A reported seat closes its gap; it stays one seat, told as it was seen last."""
    assert "vacant-seat:cdu-1" in mine.get("/lacunes").text
    answer = _form(mine, "/signaler", **REPORT)
    assert answer.url.path == "/doc/bodies/cdu-1"
    told = parse(answer.text).text
    assert "Compte rendu, https://example.org/cr" in told
    assert told.count("· s-2") == 1
    before = parse(mine.get(f"/doc/bodies/cdu-1?as_of={BEFORE}").text).text
    assert "état vacant" in before[before.index("· s-2") :]
    assert "vacant-seat:cdu-1" not in mine.get("/lacunes").text


def test_reports_are_added_and_one_of_the_same_day_is_put_right(mine):
    for fields in ({}, {"state": "vacant"}, {"seat": "s-1"}, {"seat": "new", "new": "s-9", "position": "suppleant"}):
        assert _form(mine, "/signaler", **REPORT | fields).url.path == "/doc/bodies/cdu-1"
    rows = mine.app.state.library.open().tables.query(
        "SELECT id, state, position FROM seats WHERE source = 'signalements' ORDER BY id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("s-1", "filled", "titulaire"),
        ("s-2", "vacant", "titulaire"),
        ("s-9", "filled", "suppleant"),
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"state": ""}, "Dites l'état du siège"),
        ({"state": "libre"}, "Dites l'état du siège"),
        ({"observed_on": "12/05/2026"}, "Attendu un jour qui existe"),
        ({"observed_on": "2999-01-01"}, "pas encore venu"),
        ({"mandate_to": "2026-02-30"}, "Attendu un jour qui existe"),
        ({"title": "  "}, "Une source est requise"),
        ({"url": "javascript:alert(1)"}, "Attendu une adresse"),
        ({"seat": ""}, "Choisissez un siège"),
        ({"seat": "new", "new": "é", "position": "titulaire"}, "Attendu un identifiant"),
        ({"seat": "new", "new": "s-1", "position": "titulaire"}, "déjà dans la liste"),
        ({"seat": "new", "new": "s-9"}, "titulaire ou suppléant"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(still, refusing, parse, fields, told):
    before = still.edition()
    answer = _form(refusing, "/signaler", **REPORT | fields)
    assert answer.status_code == 422
    assert parse(answer.text).text.count(told) == 2
    assert 'aria-invalid="true"' in answer.text
    assert still.edition() == before


def test_a_seat_of_another_body_is_refused_by_the_store(mine):
    other = BODY + b"cdu-2,instance,CDU,CDU du Mail,REG-76,mine\n"
    token = _token(_send(mine, TABLES | {"bodies.csv": other}))
    _form(mine, "/importer/confirmer", token=token, do="confirm")
    fields = {"instance": "cdu-2", "seat": "new", "new": "s-2", "position": "titulaire"}
    assert _form(mine, "/signaler", **REPORT | fields).status_code == 422


def test_an_instance_is_found_by_its_name(refusing, parse):
    assert "/signaler?instance=cdu-1" in parse(refusing.get("/signaler?q=lices").text).links
    assert 'value="s-2" checked' in refusing.get("/signaler?seat=s-2").text
    assert refusing.get("/signaler?instance=ars-occitanie").status_code == 404
    assert refusing.get("/signaler?seat=rien").status_code == 404


ADDRESSES = ("/importer", "/importer/confirmer", "/importer/retirer", "/signaler")


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_elsewhere_does_not_write_here(refusing, path):
    headers = {"Accept": "application/json", "Origin": "https://ailleurs.example"}
    answer = refusing.post(path, content=b"x", headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_public_server_reads_only_unless_the_token_is_sent(store, monkeypatch, lang):
    monkeypatch.setenv("SEGUR_TOKEN", "secret")
    public = _client(store, loopback=False)
    for path in ("/importer", "/signaler"):
        page = public.get(f"{path}?lang={lang}").text
        assert ("que lire" if lang == "fr" else "Reading only") in page
        assert 'method="post"' not in page
    assert _send(public).status_code == 403
    public.headers["Authorization"] = "Bearer secret"
    assert _send(public).status_code == 200


def test_the_pages_write_without_cookies_and_are_kept_by_nobody(refusing):
    for path in ("/importer", "/signaler?instance=cdu-1"):
        answer = refusing.get(path)
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"


def test_an_edition_that_is_no_more_is_told(refusing):
    assert "est plus gardée" in refusing.get("/importer/fait?before=00000000aa&after=00000000bb").text
    assert refusing.get("/importer/fait?before=*&after=../x").status_code == 400


def test_an_attack_in_a_cell_stays_text(pages):
    attack = b'"<script>alert(1)</script>"'
    wrong = BODY.replace(b"CDU,CDU des Lices", attack + b"," + attack)
    for tables in (TABLES | {"bodies.csv": wrong}, TABLES | {"sources.csv": b"id,title\nmine," + attack + b"\n"}):
        assert "<script>alert" not in _send(pages, tables).text


def test_a_disk_that_refuses_is_told(mine, monkeypatch):

    def refuse(*_):
        raise StoreError("disque plein")

    monkeypatch.setattr("segur_api.views.reporting.signal", refuse)
    answer = _form(mine, "/signaler", **REPORT)
    assert answer.status_code == 422
    assert "disque plein" in answer.text
