"""`segur sparql`: what it reads, and what it refuses in one line."""

import pytest

from segur_graph.edition import Chosen
from segur_graph.store import Store


@pytest.fixture(scope="module")
def store(fresh, folders):
    """A store that knows one type."""
    made = Store(fresh() / "store")
    with made.writing():
        made.publish([Chosen(s, "user") for s in folders(types=["code,kind,label", "CDU,instance,Commission"])])
    return made.folder


@pytest.fixture
def sparql(segur, store):
    """Runs `segur sparql` on it."""
    return lambda *arguments: segur("sparql", "--store", store, *arguments)


@pytest.mark.parametrize(
    ("sent", "says"), [(b"", "requête vide"), (b"# rien\n", "requête vide"), (b"\xff\x00", "UTF-8"), (None, "q.rq")]
)
def test_a_file_that_holds_no_query_is_told_in_one_line(sparql, tmp_path, sent, says):
    file = tmp_path / "q.rq"
    if sent is not None:
        file.write_bytes(sent)
    ran = sparql(file)
    assert ran.returncode == 2
    assert says in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


def test_a_form_in_which_there_is_no_answer_is_refused(sparql):
    """Yes and no have no CSV, and are not passed off as one."""
    ran = sparql("--format", "csv", "ASK { ?s ?p ?o }")
    assert ran.returncode == 2
    assert "--format csv" in ran.stderr


def test_a_description_needs_no_braces(sparql):
    assert "Commission" in sparql("DESCRIBE <https://w3id.org/segur-graph/id/types/CDU>").stdout
