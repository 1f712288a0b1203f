"""`segur ask` and `segur sql`: questions in a terminal."""

import csv
import io
import json

import pytest

from segur_graph.edition import Chosen
from segur_graph.store import Store

TABLES = {
    "bodies": ["id,kind,type,label", "fas,actor,FAS,FAS", "ars,actor,ARS,=ARS", "x,instance,CDU,CDU X"],
    "measures": ["id,kind,label,concerns", "m,proposal,Mesure,x"],
    "signatures": ["measure,body,role,modality", "m,fas,author,effective", "m,ars,cosignatory,requested"],
    "memberships": ["body,member,modality", "x,fas,effective"],
    "seats": ["id,instance,group,position,state,holder,observed_on", "s,x,usagers,titulaire,vacant,REF-1,2026-03-01"],
}


@pytest.fixture(scope="module")
def store(fresh, folders):
    """A store with one edition of a few rows."""
    made = Store(fresh())
    made.publish([Chosen(s, "user") for s in folders(**TABLES)])
    return made


def test_without_a_name_the_questions_are_listed(run):
    """Each question stands there as a sentence with the names of its slots."""
    code, out, _ = run("ask", "--lang", "en")
    assert code == 0
    assert "co-signers" in out
    assert "With whom does, or would, [Body or type] sign, and what?" in out


def test_a_question_is_answered_in_words(run):
    """The table names things, and tells a foreseen signature as such."""
    code, out, _ = run("ask", "co-signers", "--party", "fas")
    assert code == 0
    assert "=ARS" in out
    assert "pressenti" in out


def test_a_program_gets_ids_and_names(run):
    """JSON and CSV have both; no cell of the CSV can start a formula."""
    _, out, _ = run("ask", "co-signers", "--party", "fas", "--format", "json")
    [row] = json.loads(out)["rows"]
    assert (row["other"], row["other_label"], row["theirs"]) == ("ars", "=ARS", "requested")
    _, out, _ = run("ask", "co-signers", "--party", "fas", "--format", "csv")
    assert next(csv.DictReader(io.StringIO(out)))["other_label"] == "'=ARS"
    _, out, _ = run("ask", "co-signers", "--party", "fas", "--format", "excel")
    assert out.startswith("\ufeffother;other_label;")


def test_a_graph_is_turtle_and_a_table_is_not(run):
    """`--format ttl` fits where the question builds a graph."""
    assert "sg:memberOf" in run("ask", "neighbourhood", "--thing", "bodies/fas", "--format", "ttl")[1]
    code, _, err = run("ask", "co-signers", "--party", "fas", "--format", "ttl")
    assert (code, "attendu : table, json, csv" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing",), "question nothing : inconnue"),
        (("co-signers",), "party : valeur absente ; attendu : corevih-grand-est"),
        (("co-signers", "--party", "arz"), "party : arz ; attendu : ars"),
        (("seats-to-fill", "--as-of", "2026-13-01"), "as-of 2026-13-01"),
    ],
)
def test_a_slip_is_bad_usage(run, arguments, said):
    """What is unknown or missing ends in one line that says what was expected, and code 2."""
    code, _, err = run("ask", *arguments)
    assert (code, err.count("\n")) == (2, 1)
    assert said in err


def test_nothing_known_is_said_to_be_unknown(run):
    """An empty answer says that no source knows."""
    assert "est inconnu : ni présent, ni absent" in run("ask", "never-signs-with", "--party", "fas")[1]


def test_names_and_values_are_completed(run, monkeypatch):
    """A shell completes the questions' names, their options, and the values that their pickers propose."""

    def completed(words):
        monkeypatch.setenv("_SEGUR_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
        return run()[1]

    assert "co-signers" in completed("segur ask co-")
    assert "--party" in completed("segur ask co-signers --p")
    assert completed("segur ask co-signers --party f") == "plain,fas\n"


def test_a_file_of_the_users_own_is_one_more_question(run, store, documented):
    """It is listed, answered and helped like any other, with `--store` after it; a bad one stops nothing."""
    own = store.folder / "queries"
    own.mkdir()
    (own / "members-of.rq").write_text(documented["members-of.rq"], "utf-8")
    (own / "bad.rq").write_text("SELECT * { ?s ?p ?o }", "utf-8")
    code, out, err = run("ask")
    assert (code, "members-of" in out, "queries/bad.rq : title : absent" in err) == (0, True, True)
    assert "FAS" in run("ask", "members-of", "--instance", "x", "--store", store.folder)[1]
    assert "transversalite-inter-corevih" in run("ask", "members-of", "--help")[1].replace("\n", "").replace(" ", "")
    assert run("ask", "bad")[0] == 2


def test_sql_reads_the_tables_and_the_views_of_a_date(run):
    """One SELECT sees the tables and what counts on a date."""
    query = "SELECT id, state FROM seats_now"
    assert json.loads(run("sql", query, "--format", "json")[1]) == [{"id": "s", "state": "vacant"}]
    assert json.loads(run("sql", query, "--format", "json", "--as-of", "2026-01-01")[1]) == []


def test_sql_tells_every_column_in_json(run):
    """Two columns of one name are both there, and so is what JSON has no word for."""
    answer = json.loads(run("sql", "SELECT 1 AS a, 2 AS a, INTERVAL 1 DAY AS b;", "--format", "json")[1])
    assert answer == [{"a": 1, "a_1": 2, "b": "1 day, 0:00:00"}]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM seats",
        "SELECT 1; SELECT 2",
        "COPY seats TO 'seats.csv'",
        "SELECT * FROM read_text('/etc/passwd')",
        "FROM glob('/*')",
        "SET enable_external_access = true",
        "ATTACH 'other.db'",
        "SELECT holder FROM seats",
        "WITH gone AS (DELETE FROM seats RETURNING *) SELECT * FROM gone",
        "SELECT",
        "",
    ],
)
def test_sql_does_nothing_else(run, query, tmp_path, monkeypatch):
    """Whatever writes, reads a file, changes a setting or tells a person is refused, with code 2."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run("sql", query)
    assert (code, out) == (2, "")
    assert err.startswith("segur : SQL : ")
    assert not list(tmp_path.iterdir())
