"""The command line: what it answers, in which shape, and how it ends."""

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from segur_graph import cli
from segur_graph.edition import Chosen
from segur_graph.store import Store

HEAVY = {"duckdb", "rdflib", "networkx", "rich", "pyoxigraph", "fastapi", "openpyxl", "pydantic"}
DAY = ("--as-of", "2026-06-30")
TABLES = {
    "sources": ["id,title,date", "a,Arrêté,2026-03-01"],
    "territories": ["code,label,within", "REG-76,Occitanie,", "DEP-31,Haute-Garonne,REG-76"],
    "norms": [
        "code,name_fr,legal_basis,valid_from,usager_seats_min,confidence,source_url",
        "CDU,Commission des usagers,CSP L1112-3,2016-06-04,2,confirmed,https://example.org/cdu",
        "EPS_CME,CME,,,0,from-memory,",
    ],
    "bodies": [
        "id,kind,type,label,territory,group,status",
        "x,instance,CDU,CDU X,DEP-31,,",
        "y,instance,CDU,CDU Y,,,",
        "c,instance,EPS_CME,CME,,,",
        "e,instance,CDU,CDU E,REG-76,,expected",
        "ars,actor,ARS,ARS,,etat,",
        "urps,actor,URPS,URPS,,professionnels,",
    ],
    "compositions": ["instance,group,completeness,observed_on", "x,usagers,complete,2026-03-01"],
    "seats": [
        "id,instance,group,position,state,mandate_to,observed_on",
        "s1,x,usagers,titulaire,vacant,,2026-03-01",
        "s2,x,usagers,titulaire,filled,2026-05-31,2026-03-01",
        "s3,y,usagers,titulaire,unknown,,2026-03-01",
        "s4,y,usagers,suppleant,vacant,,2026-03-01",
    ],
    "measures": [
        "id,kind,label,concerns,effect_type,effect_group,effect_seats,signatories_complete",
        "m,measure,Mesure,,,,,yes",
        "n,measure,Autre,,,,,",
        "p,proposal,Proposition,x,EPS_CME,usagers,1,",
    ],
    "signatures": ["measure,body,role,modality", *(f"{m},{b},author,effective" for m in "mn" for b in ("ars", "urps"))],
    "participations": ["measure,stage,group,modality", "m,suivi,usagers,lacking"],
    "meetings": ["id,label,date,territory,attendance_complete", "r,Réunion,2026-03-01,REG-76,yes", "q,R,2026-03-01,,"],
    "attendances": ["meeting,group,status", "r,etat,present", "q,etat,present"],
}


@pytest.fixture(scope="module")
def store(fresh, folders):
    """A store with one edition, in which every kind of gap but one and of unknown but one can be seen."""
    made = Store(fresh())
    made.publish([Chosen(s, "user") for s in folders(**TABLES)])
    return made


@pytest.fixture
def answer(run):
    """The JSON of `segur gaps` with some arguments."""

    def go(*arguments):
        code, out, _ = run("gaps", *DAY, "--format", "json", *arguments)
        assert code == 0
        return json.loads(out)

    return go


def test_help_imports_nothing_heavy():
    """`segur --help` knows every command without importing what they need."""
    code = "import sys; sys.argv = ['segur', '--help']\nfrom segur_graph.cli import main\n"
    code += "try: main()\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert "gaps" in done.stdout
    assert not HEAVY & set(done.stderr.split())


def test_every_command_has_help(run):
    """Each command says in its own help what it does, in French and then, in brackets, in English."""
    run("--version")
    for name in sorted(cli.segur.commands):
        code, out, _ = run(name, "--help")
        assert code == 0, name
        assert "(" in out.partition("Options:")[0].partition("\n")[2], name


@pytest.mark.parametrize(
    "arguments",
    [
        ("gaps", "--kind", "nope"),
        ("gaps", "--kind", "unknown-seat"),
        ("gaps", "--territory", "REG-99"),
        ("gaps", "--as-of", "2026-02-30"),
        ("gaps", "--as-of", "20260630"),
        ("gaps", "--as-of", "hier"),
        ("gaps", "--what-if", "nope"),
        ("gaps", "--format", "xml"),
        ("gaps", "--nope"),
        ("explain", "vacant-seat:nope"),
        ("explain",),
        ("export", "edition.doc"),
        ("nope",),
    ],
)
def test_a_bad_input_ends_with_2(run, arguments):
    """What cannot be understood ends with exit code 2, one line that names it, and nothing on standard output."""
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert arguments[-1] in err or len(arguments) == 1
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [("--edition", "0000"), ("--store", "/nonexistent/store")])
def test_a_store_or_edition_that_is_not_there_ends_with_3(run, arguments):
    """Without the edition asked for the exit code is 3."""
    assert run("gaps", *arguments)[0] == 3


def test_options_stand_before_or_after_the_command(run, store, fresh):
    """Global options mean the same on either side of the command; the later one wins."""
    for arguments in (("--store", store.folder, "gaps"), ("gaps", "--store", store.folder)):
        assert run(*arguments, *DAY, "--format", "json")[0] == 0
    assert run("--store", fresh(), "gaps")[0] == 3
    assert run("--store", fresh(), "gaps", "--store", store.folder)[0] == 0


def test_the_language_stands_before_or_after_the_command(run):
    """`--lang en` on either side tells gaps in English."""
    before, after = run("--lang", "en", "gaps", *DAY), run("gaps", *DAY, "--lang", "en")
    assert before == after
    assert "To be checked" in before[1]
    assert run("gaps", *DAY) != before


@pytest.mark.parametrize(("level", "code"), [("high", 1), ("medium", 1), ("low", 1)])
def test_fail_on_ends_with_1_where_there_is_such_a_gap(run, level, code):
    """`--fail-on` ends with 1 where a gap is as severe, or more; what is printed stays the same."""
    told = run("gaps", *DAY, "--format", "csv", "--fail-on", level)
    assert told[0] == code
    assert told[1] == run("gaps", *DAY, "--format", "csv")[1]


def test_fail_on_looks_at_the_gaps_asked_for_only(run):
    """A low gap does not fail `--fail-on medium`, and unknowns never fail."""
    assert run("gaps", *DAY, "--kind", "structural", "--fail-on", "medium")[0] == 0
    assert run("gaps", *DAY, "--kind", "structural", "--fail-on", "low")[0] == 1
    assert run("gaps", "--as-of", "1990-01-01", "--kind", "vacant-seat", "--fail-on", "low")[0] == 0


def test_messages_go_to_standard_error(run, fresh):
    """Results go to standard output, messages to standard error, where `--quiet` silences them."""
    file = fresh() / "edition.ttl"
    assert run("export", file)[1] == ""
    assert str(file) in run("export", file)[2].replace("\n", "")
    assert run("export", file, "--quiet")[1:] == ("", "")


# The shape of the JSON

TEXT, NULL = str, type(None)
GAP = {
    "id": TEXT,
    "kind": TEXT,
    "severity": TEXT,
    "certainty": TEXT,
    "seen_on": (TEXT, NULL),
    "focus": dict,
    "territory": (TEXT, NULL),
    "count": int,
    "details": dict,
    "stages": list,
    "says": dict,
    "norm": (dict, NULL),
    "premises": list,
    "remedies": list,
}
NORM = {
    "code": TEXT,
    "article": (TEXT, NULL),
    "valid_from": (TEXT, NULL),
    "usager_seats_min": (int, NULL),
    "confidence": TEXT,
    "url": (TEXT, NULL),
}
DETAILS = {
    "structural": set(),
    "below-norm": {"required", "seats"},
    "vacant-seat": {"titulaire", "suppleant"},
    "thin-bench": {"titulaire", "suppleant"},
    "expired-mandate": {"titulaire", "suppleant"},
    "no-usager-signatory": set(),
    "stage-uncovered": set(),
    "meeting-without-usagers": {"excused", "absent"},
    "unknown-norm": set(),
    "unknown-composition": {"required", "seats"},
    "unknown-seat": {"titulaire", "suppleant", "count"},
    "unknown-instances": {"count"},
    "unknown-signatories": set(),
    "unknown-stage": {"stages"},
    "unknown-attendance": {"excused", "absent"},
}


def shaped(value, shape):
    """Whether an object has exactly these keys, each with a value of its type."""
    return set(value) == set(shape) and all(isinstance(value[name], kind) for name, kind in shape.items())


def test_the_answer_has_the_keys_of_the_contract(answer):
    """The JSON has the keys of the contract, in its order, and says for which day and edition it holds."""
    told = answer()
    assert list(told) == ["as_of", "edition", "what_if", "truncated", "gaps", "unknowns", "completeness"]
    assert (told["as_of"], told["what_if"], told["truncated"]) == ("2026-06-30", [], False)
    assert len(told["edition"]) == 16


def test_a_gap_has_the_shape_of_the_contract(answer):
    """Each gap has every key, with a value of its type or null, and its id is made of its kind and focus."""
    for gap in answer()["gaps"]:
        assert shaped(gap, GAP), gap["id"]
        assert list(gap) == list(GAP)
        assert gap["id"] == f"{gap['kind']}:{gap['focus']['id']}"
        assert shaped(gap["focus"], dict.fromkeys(("id", "iri", "label", "type"), TEXT))
        assert shaped(gap["says"], {"fr": TEXT, "en": TEXT})
        assert set(gap["details"]) == DETAILS[gap["kind"]]
        assert gap["norm"] is None or shaped(gap["norm"], NORM)
        assert gap["premises"]


def test_a_premise_and_a_remedy_have_the_shape_of_the_contract(answer):
    """A premise is a fact's address, its source and its place; a remedy a proposal, how it helps, who carries it."""
    gaps = answer()["gaps"]
    for premise in (p for g in gaps for p in g["premises"]):
        assert shaped(premise, {"fact": TEXT, "source": dict, "locator": TEXT})
        assert premise["source"] == {"id": "a", "title": "Arrêté"}
    remedies = [r for g in gaps for r in g["remedies"]]
    assert remedies
    assert all(shaped(r, {"id": TEXT, "label": TEXT, "how": TEXT, "carried_by": list}) for r in remedies)


def test_an_unknown_has_the_shape_of_the_contract(answer):
    """An unknown is a kind, a focus, details and a question."""
    for unknown in answer()["unknowns"]:
        assert list(unknown) == ["kind", "focus", "details", "says"]
        assert set(unknown["details"]) == DETAILS[unknown["kind"]]
        assert "?" in unknown["says"]["fr"]


def test_nearly_every_kind_is_in_these_tests(answer):
    """The store of these tests shows every kind of gap but `below-norm`, and every unknown but `unknown-norm`."""
    told = answer()
    seen = {x["kind"] for x in told["gaps"] + told["unknowns"]}
    assert set(DETAILS) - seen == {"below-norm", "unknown-norm"}


def test_gaps_and_unknowns_are_in_order(answer):
    """Gaps are sorted by severity, kind and focus; unknowns by kind and focus."""
    told = answer()
    gaps = [(("high", "medium", "low").index(g["severity"]), g["kind"], g["focus"]["id"]) for g in told["gaps"]]
    unknowns = [(u["kind"], u["focus"]["id"]) for u in told["unknowns"]]
    assert gaps == sorted(gaps)
    assert unknowns == sorted(unknowns)


def test_there_is_one_gap_and_one_unknown_a_kind_and_focus(answer):
    """No id comes twice."""
    told = answer()
    names = [(x["kind"], x["focus"]["id"]) for x in told["gaps"] + told["unknowns"]]
    assert len(set(names)) == len(names)


def test_a_norm_is_that_of_the_focus_type(answer):
    """The norm of a gap carries the article and address of its row, or null where there is none."""
    norms = {g["id"]: g["norm"] for g in answer()["gaps"]}
    assert norms["vacant-seat:x"] == {
        "code": "CDU",
        "article": "CSP L1112-3",
        "valid_from": "2016-06-04",
        "usager_seats_min": 2,
        "confidence": "confirmed",
        "url": "https://example.org/cdu",
    }
    assert norms["structural:EPS_CME"]["article"] is norms["structural:EPS_CME"]["url"] is None
    assert norms["no-usager-signatory:m"] is norms["meeting-without-usagers:r"] is None


def test_the_focus_of_a_type_is_its_norms_name(answer):
    """A type is called by its code and by the name that its norm gives; an expected instance by type and territory."""
    told = answer()
    focus = next(g["focus"] for g in told["gaps"] if g["kind"] == "structural")
    assert (focus["id"], focus["type"], focus["label"]) == ("EPS_CME", "EPS_CME", "CME")
    expected = next(u["focus"] for u in told["unknowns"] if u["kind"] == "unknown-instances")
    assert (expected["id"], expected["type"], expected["label"]) == ("CDU:REG-76", "CDU", "Commission des usagers")


def test_completeness_adds_up(answer):
    """Completeness has the numbers of the contract, which add up, and both bounds."""
    told = answer()["completeness"]
    numbers = ["required", "documented", "filled", "vacant", "missing", "unknown"]
    assert list(told) == [*numbers, "absent_share"]
    assert told["documented"] == told["filled"] + told["vacant"] + told["missing"]
    assert told["required"] == told["documented"] + told["unknown"] == 6
    assert told["absent_share"] == [0.1667, 1.0]


def test_what_if_tells_what_changes(answer):
    """With measures taken as adopted the JSON also tells what closes, opens and stays."""
    told = answer("--what-if", "p", "--what-if", "m", "--what-if", "p")
    assert list(told)[-3:] == ["closed", "opened", "unchanged"]
    assert told["what_if"] == ["m", "p"]
    assert told["closed"] == ["structural:EPS_CME"]
    assert told["unchanged"] + len(told["opened"]) == len(told["gaps"])


def test_the_csv_has_the_columns_that_were_settled(run):
    """The gaps' CSV has one row a gap, under the columns of the contract."""
    rows = list(csv.DictReader(io.StringIO(run("gaps", *DAY, "--format", "csv")[1])))
    columns = "id kind severity certainty seen_on focus label type territory count says_fr article url"
    assert list(rows[0]) == columns.split()
    vacant = next(row for row in rows if row["id"] == "vacant-seat:x")
    assert (vacant["territory"], vacant["count"], vacant["url"]) == ("DEP-31", "1", "https://example.org/cdu")


def test_the_table_shows_three_counts_and_every_gap(run, answer):
    """The table in a terminal tells the three counts, never their sum, and each gap's sentence."""
    code, out, _ = run("gaps", *DAY)
    gaps, unknowns = answer()["gaps"], answer()["unknowns"]
    assert code == 0
    assert f"Inconnu : {len(unknowns)}" in out
    assert f": {len(gaps)} " not in out.splitlines()[0]
    assert all(gap["id"] in out for gap in gaps)


def test_explain_tells_the_proof_in_numbered_sentences(run):
    """The proof of a gap names what is missing, the article and its address, each row with its source and place."""
    code, out, _ = run("explain", "vacant-seat:x", *DAY)
    lines = out.splitlines()
    assert code == 0
    assert [line.split(".")[0] for line in lines] == [str(n) for n in range(1, len(lines) + 1)]
    for words in ("CDU X", "CSP L1112-3", "https://example.org/cdu", "Arrêté", "seats.csv:2", "Proposition"):
        assert words in out


def test_explain_says_that_an_article_is_not_said(run):
    """A norm without an article is not cited as one that is called None."""
    told = run("explain", "structural:EPS_CME", *DAY)[1]
    assert "La loi : article non dit — sans adresse" in told


def test_explain_tells_what_a_question_rests_on(run):
    """A question is explained too, and said to be no gap."""
    code, out, _ = run("explain", "unknown-seat:y", *DAY)
    assert code == 0
    assert out.splitlines()[-1] == "C'est inconnu : une question à poser, pas une lacune à dire."


def test_the_gaps_open_in_a_french_spreadsheet(run):
    """The gaps open in a French spreadsheet: a byte order mark, semicolons."""
    assert run("gaps", *DAY, "--format", "excel")[1].startswith("\ufeffid;")


def test_today_is_the_day_that_is_meant(run):
    """Without a day the gaps are those of today."""
    assert json.loads(run("gaps", "--format", "json")[1])["as_of"] in {
        date.today().isoformat(),  # noqa: DTZ011 - the reader's own day, as the command takes it
        datetime.now(UTC).date().isoformat(),
    }


def test_stats_and_editions_tell_what_the_store_holds(run, store):
    """`stats` tells the rows of each source by table, `editions` the editions, the current one with a star."""
    assert store.edition().id in run("stats")[1]
    out = run("editions")[1]
    assert store.edition().id in out
    assert "*" in out


def test_build_twice_is_build_once(run, fresh):
    """`segur build` makes the edition of what ships, and again the same."""
    place = fresh()
    first, second = (run("build", "--store", place, "--quiet") for _ in range(2))
    assert first == second
    assert len(Store(place).published()) == 1


def test_a_file_that_cannot_be_written_is_told_in_one_line(run, tmp_path):
    """A folder that is not there ends an export in one line and exit code 2."""
    code, out, err = run("export", tmp_path / "nulle-part" / "x.ttl")
    assert (code, out) == (2, "")
    assert "nulle-part" in err
    assert err.count("\n") == 1
