"""Each question keeps its own example: a new file in queries/graph or queries/tables is tested by being there."""

import os
from datetime import date
from itertools import product

import pyoxigraph as ox
import pytest
import rdflib

from segur_graph import answers, asking, catalogue, slots, tabular
from segur_graph.agreement import agree
from segur_graph.errors import BadInput
from segur_graph.graphs.oxigraph import Embedded
from segur_graph.questions import read
from segur_graph.slots import BadValue
from segur_graph.tables import Tables
from segur_ingest.build import shipped as sources

DAY = date(2026, 6, 30)
QUESTIONS = list(catalogue.shipped().values())
HOSTILE = ['x"', "x> } UNION { ?s ?p ?o", "x\ny", "{ UNDEF }", "' OR 1=1 --", "x\\", "../x", "x y"]


@pytest.fixture(scope="module")
def shipped(edition):
    """The edition of what ships: the golden graph."""
    return edition(sources())


@pytest.fixture(scope="module")
def ask(shipped):
    """Asks a question of what ships, on a day."""
    now, graph = Tables(shipped).on(DAY), Embedded(shipped.graph())
    return lambda question, **given: asking.ask(question, now, lambda: graph, given)


@pytest.fixture(scope="module")
def independent(shipped):
    """The golden graph, all its named graphs together, in rdflib."""
    triples = {quad.triple for quad in shipped.graph()}
    return rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


@pytest.fixture
def put(tmp_path):
    """Puts a question file into a folder and gives its path."""

    def write(text, name="mine.rq"):
        path = tmp_path / "queries" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture(params=QUESTIONS, ids=lambda question: question.name)
def question(request):
    """Each question that ships."""
    return request.param


def line(row):
    """A row as a line of CSV."""
    return tabular.text([], [row], end="")


def test_the_parts_of_a_question_agree(question):
    """Its query has the parameters and columns of its front matter, and a theme of its own."""
    agree(question)
    assert question.front.theme != "own"


def test_an_example_gives_the_rows_it_says(question, ask):
    """The answer to a question's example on what ships has the rows that it expects, and none where it expects none."""
    found = [line(row) for row in ask(question, **question.examples).rows]
    assert set(question.front.expects) <= set(found)
    assert bool(found) == bool(question.front.expects)


@pytest.mark.parametrize("question", [q for q in QUESTIONS if not q.dated], ids=lambda question: question.name)
def test_another_engine_gives_the_same_rows(question, ask, independent):
    """A graph question has the same answer from rdflib as from Oxigraph."""
    found = ask(question, **question.examples)
    same = independent.query(found.query)
    if question.builds:
        triples = ox.parse(same.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
        assert {q.triple for q in triples} == {q.triple for q in ox.parse(found.triples, format=ox.RdfFormat.N_TRIPLES)}
    else:
        kinds = {name: column.kind for name, column in question.columns.items()}
        rows = {tuple(_cell(kinds[name], row[name]) for name in kinds) for row in same}
        assert rows == set(found.rows)


def _cell(kind, term):
    if not isinstance(term, rdflib.URIRef):
        return None if term is None else term.toPython()
    return asking._cell(kind, {"type": "uri", "value": str(term)})


def test_an_optional_slot_may_stay_empty(question, ask):
    """A question answers without the values that are optional, with at least as many rows."""
    required = {n: p.example for n, p in question.front.parameters.items() if not p.optional}
    assert len(ask(question, **required).rows) >= len(ask(question, **question.examples).rows)


def test_what_a_picker_proposes_can_be_taken(question, ask, shipped):
    """Each example is among what its picker proposes, and the first value proposed has an answer."""
    now = Tables(shipped).on(DAY)
    for name, parameter in question.front.parameters.items():
        values = [value for value, _ in slots.proposed(parameter, now, "fr")]
        if values:
            assert parameter.example in ("", *values)
            ask(question, **question.examples | {name: values[0]})


def test_no_value_is_pasted_into_a_query(ask, question):
    """A value with quotes, braces or line ends is refused, by name, wherever a thing, code, date or number is asked."""
    for name, value in product(question.front.parameters, HOSTILE):
        with pytest.raises(BadValue, match=f"^{name} : "):
            ask(question, **question.examples | {name: value})


def test_a_text_travels_as_a_term(ask, put):
    """Whatever a text holds, a query of either language gets that text and nothing else."""
    head = (
        '{0} [title]\n{0} fr = "T"\n{0} en = "T"\n{0} [question]\n{0} fr = "{{said}} ?"\n{0} en = "{{said}}?"\n'
        '{0} [parameters.said]\n{0} kind = "text"\n{0} label = {{ fr = "T", en = "T" }}\n{0} example = "x"\n'
        '{0} [columns]\n{0} same = {{ fr = "M", en = "S" }}\n'
    )
    rq = head.format("#+") + "SELECT (?said AS ?same) WHERE {\n  VALUES ?said { UNDEF }\n}\n"
    sql = head.format("--+") + "SELECT $said::VARCHAR AS same\n"
    for name, text in (("said.rq", rq), ("told.sql", sql)):
        question = read(put(text, name))
        agree(question)
        assert [ask(question, said=value).rows for value in HOSTILE] == [[(value,)] for value in HOSTILE]


def test_seats_to_be_filled_are_told(world):
    """Vacant seats of users and those past their mandate are told, with their place; filled ones are not."""
    small = world(
        territories=["code,label,within", "REG-76,Occitanie,", "DEP-31,Haute-Garonne,REG-76"],
        bodies=["id,kind,type,label,territory", "x,instance,CDU,X,DEP-31", "y,instance,CDU,Y,"],
        seats=[
            "id,instance,group,position,state,mandate_to,observed_on",
            "s1,x,usagers,titulaire,vacant,,2026-03-01",
            "s2,x,usagers,titulaire,filled,2026-05-31,2026-03-01",
            "s3,x,usagers,suppleant,filled,,2026-03-01",
            "s4,y,usagers,titulaire,vacant,,2026-03-01",
        ],
    )
    found = _of(small, "seats-to-fill", territory="REG-76")
    assert [(row[0], row[4]) for row in found] == [("x", "vacant"), ("x", "expired")]


def test_interlocks_are_of_organisations(world):
    """Who holds seats in two bodies is told by the organisation on whose behalf they are held."""
    small = world(
        bodies=["id,kind,type,label", "x,instance,CDU,X", "y,instance,CDU,Y", "fas,actor,FAS,F"],
        seats=[
            "id,instance,group,position,state,held_for,holder,observed_on",
            "s1,x,usagers,titulaire,filled,fas,REF-1,2026-03-01",
            "s2,y,usagers,titulaire,filled,fas,REF-1,2026-03-01",
        ],
    )
    assert _of(small, "interlocks", instance="x") == [("fas", "y")]


def test_a_way_leads_only_through_what_is(world):
    """A proposed or expected body, a proposal, a type and what is only asked for join nobody; seats and members do."""
    bodies = ["id,kind,type,label,status", "a,actor,T,A,", "b,actor,T,B,", "c,actor,T,C,"]
    bodies += ["x,instance,T,X,proposed", "y,instance,T,Y,expected", "z,instance,T,Z,", "w,instance,T,W,"]
    members = ["body,member,modality", "x,a,effective", "x,b,effective", "y,a,effective", "y,b,effective"]
    members += ["z,a,effective", "z,b,requested", "z,T,effective", "w,T,effective", "w,b,effective"]
    given = {
        "measures": ["id,kind,label,proposed_by", "m,proposal,M,a"],
        "signatures": ["measure,body,role,modality", "m,b,cosignatory,effective"],
    }
    apart = world(bodies=bodies, memberships=members, **given)
    assert _of(apart, "shortest-path", start="a", end="b") == []
    joined = world(bodies=bodies, memberships=[*members, "z,c,effective", "w,c,effective"], **given)
    assert _of(joined, "shortest-path", start="a", end="b") == [(4, "bodies/z", "bodies/c", "bodies/w")]


def test_a_user_among_the_signatories_is_known_by_its_type_too(world):
    """What a body of a type of users signs or proposes is not told as signed without them; what others sign is."""
    small = world(
        types=["code,kind,label,group", "FAS,actor,FAS,usagers"],
        bodies=["id,kind,type,label,group", "a,actor,ARS,A,administration", "b,actor,T,B,", "f,actor,FAS,F,"],
        measures=["id,kind,label,proposed_by", "m,measure,M,", "n,measure,N,f", "o,measure,O,"],
        signatures=[
            "measure,body,role,modality",
            *(f"{measure},{body},cosignatory,effective" for measure in "mn" for body in "ab"),
            "o,a,cosignatory,effective",
            "o,b,cosignatory,requested",
        ],
    )
    assert _of(small, "signed-without-usagers", party="b") == [("m", "a", "administration")]


def test_norms_from_memory_are_told_where_they_weigh(world):
    """A norm from memory is told where a body of its type exists; another's, or a confirmed one, is not."""
    small = world(
        norms=[
            "code,name_fr,usager_seats_min,confidence",
            "CVS,Conseil,1,from-memory",
            "CDU,Commission,2,confirmed",
            "CPP,Comité,2,from-memory",
        ],
        bodies=["id,kind,type,label", "x,instance,CVS,X", "y,instance,CDU,Y"],
    )
    assert [row[1] for row in _of(small, "unverified-norms")] == ["CVS"]


def _of(small, name, **given):
    """The rows of a question's answer on a small world."""
    now, graph = small.tables.on(DAY), Embedded(small.edition.graph())
    return asking.ask(catalogue.shipped()[name], now, lambda: graph, given).rows


def test_an_unknown_value_is_told_with_its_like(ask):
    """A value that the edition does not know is refused with those that are near."""
    with pytest.raises(BadValue, match="corevih-grand-est"):
        ask(catalogue.shipped()["co-signers"], party="corevih-grand-es")
    with pytest.raises(BadValue, match="party : valeur absente"):
        ask(catalogue.shipped()["co-signers"])


@pytest.mark.parametrize(
    "fault",
    [
        ('en = "Who is in it?"', "", "title.en"),
        ('kind = "bodies"', 'kind = "nothing"', r"parameters\.instance\.kind"),
        ("{instance} ?", "{instance} {other} ?", r"question\.fr"),
        ("{instance} ?", "{instance:d} ?", r"question\.fr"),
        ('panels = ["bodies"]', 'panels = ["measures"]', "panels"),
        ('panels = ["bodies"]', 'view = "matrix"', "view"),
        ('panels = ["bodies"]', 'theme = "other"', "theme"),
        ('panels = ["bodies"]', 'colour = "red"', "colour"),
        ('panels = ["bodies"]', "panels = [", "en-tête"),
        ("VALUES ?instance { UNDEF }", "", "requête"),
        ("VALUES ?instance { UNDEF }", "VALUES ?instance { UNDEF }\n  VALUES ?x { UNDEF }", "requête"),
        ("SELECT DISTINCT ?member", "SELECT DISTINCT ?who", "columns"),
        ("?member sg:memberOf ?instance", "?member sg:memberOf", "requête"),
        ("?member sg:memberOf ?instance", "SeRvIcE#\n<http://127.0.0.1:1/> { ?member ?p ?instance }", "requête"),
        ("?member sg:memberOf ?instance", f"{3000 * '{'} ?member ?p ?instance {3000 * '}'}", "requête"),
        ('kind = "bodies"', 'kind = "date"', r"parameters\.instance\.example"),
        ('label = { fr = "Instance"', 'picker = "DROP TABLE bodies"\n#+ label = { fr = "Instance"', r"\.picker"),
    ],
)
def test_a_file_whose_parts_disagree_is_refused(fault, put, documented, tmp_path):
    """It is refused with its name, the part and what was expected; the other questions stay."""
    was, now, part = fault
    assert was in documented["members-of.rq"]
    put(documented["members-of.rq"].replace(was, now), "members-of.rq")
    found = catalogue.catalogue(tmp_path)
    assert len(found.questions) == len(QUESTIONS)
    with pytest.raises(BadInput, match=rf"^queries/members-of\.rq : \S*{part}.* : .* ; attendu : "):
        found.get("members-of")


@pytest.mark.parametrize(
    "fault",
    [
        ("b.type = $type", "b.type = 'CDU'", "requête"),
        ("SELECT b.id AS body", "DELETE FROM bodies; SELECT b.id AS body", "requête"),
        ("FROM bodies_now b", "FROM read_csv('/etc/passwd') b", "requête"),
        ("b.id AS body", "b.id AS who", "columns"),
        ("b.id AS body", "b.id AS body, b.label", "columns"),
    ],
)
def test_sql_that_does_not_fit_is_refused(fault, put, documented, tmp_path):
    """A query that writes, reads a file, or has other parameters or columns than the front matter is refused."""
    was, now, part = fault
    put(documented["bodies-of-type.sql"].replace(was, now), "bodies-of-type.sql")
    with pytest.raises(BadInput, match=rf"^queries/bodies-of-type\.sql : {part} : "):
        catalogue.catalogue(tmp_path).get("bodies-of-type")


def test_a_file_cannot_take_a_name_or_be_of_another_kind(put, documented, tmp_path):
    """A shipped question's name and another suffix are refused; what is no text, and what never ends, too."""
    put(documented["members-of.rq"], "co-signers.rq")
    put("", "notes.txt")
    put("", "broken.rq").write_bytes(b"#+ \xff")
    os.mkfifo(tmp_path / "queries" / "pipe.rq")
    assert set(catalogue.catalogue(tmp_path).refused) == {"co-signers", "notes", "broken", "pipe"}


def test_an_article_is_told_in_the_language_of_its_reader():
    """The tables keep articles in English; a programme takes them as they stand, a person reads them in words."""
    assert [answers.told("article", "R6144-1 to R6144-6", lang)[8:] for lang in ("fr", "en")] == [
        "à R6144-6",
        "to R6144-6",
    ]


def test_a_file_may_begin_with_a_byte_order_mark(put, documented, tmp_path):
    """A file as some editors of Windows write it is a question too."""
    put("\ufeff" + documented["members-of.rq"], "members-of.rq")
    assert catalogue.catalogue(tmp_path).get("members-of")


def test_the_written_examples_are_questions(put, documented, tmp_path, ask):
    """The two files of docs/questions.md are taken as they stand, and answer their examples."""
    for name, text in documented.items():
        put(text, name)
    found = catalogue.catalogue(tmp_path)
    assert not found.refused
    for name in ("members-of", "bodies-of-type"):
        assert len(ask(found.get(name), **found.get(name).examples).rows) == 7
