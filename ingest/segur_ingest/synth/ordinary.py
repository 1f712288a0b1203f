"""The many: instances seen whole once, measures and meetings, whose truth is counted while they are made."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from segur_graph.facts import CODES
from segur_ingest.synth.register import NATIONAL, Place, Register, Says, Span, label
from segur_ingest.synth.scenarios import ACTORS, actor

ILE_DE_FRANCE = "11"  # where three times as many seats are vacant
# Of instances, those whose mandates have ended; of seats, those of which nobody can tell, and the vacant ones of other
# groups than usagers; of measures, those whose stages are told.
ENDED, UNTOLD, VACANT_ELSEWHERE, STAGED = 0.2, 0.01, 0.05, 0.2
OTHERS = [group for group in CODES["groups"] if group not in ("usagers", "autres")]
NOT_USERS = [kind for kind in ACTORS.values() if kind != "FAS"]
THEMES = ("gouvernance", "numérique", "soins de proximité", "grand âge", "psychiatrie", "prévention")
# What measures may name without a gap coming of it: types in which the law gives users seats.
SEATED = ("CDU", "CTS", "CRSA", "EPS_CS", "CVS", "CDCA")
PARTS = ("effective", "requested", "lacking", "both", "")

Kind = Mapping[str, Any]
# A seat of usagers: its position and what is so of it.
Seats = Counter[tuple[str, str]]


def instance(kind: Kind, register: Register, place: Place, associations: list[str]) -> str:
    """An instance of a type, listed once, and its seats. Returns its id."""
    random = register.random
    body = register.body(kind["type"], place)
    year = random.randint(kind["year"], 2026)
    seen = f"{year}-{random.randint(1, 5):02}-{random.randint(1, 28):02}"
    ends, after = (f"{year + 3}-12-31", f"{year + 4}-01-01") if random.random() < ENDED else ("", "")
    about = {"id": body, "kind": "instance", "type": kind["type"], "territory": place.here, "source": place.source}
    register.row("bodies", **about, label=label(kind["type"], body), exists_from=f"{year}-01-01")
    cells = {"instance": body, "observed_on": seen, "source": place.source}
    register.row("compositions", **cells, group=kind.get("about", "usagers"), completeness="complete")
    seats = _seats(kind, register, place, {**cells, "mandate_to": ends}, associations)
    register.truth.add(_spans(kind, body, seats, (f"{year}-01-01", seen, after)))
    return body


def _seats(kind: Kind, register: Register, place: Place, cells: Says, associations: list[str]) -> Seats:
    """Writes the seats of an instance; returns those of usagers, counted."""
    random, made = register.random, 0
    counted: Seats = Counter()
    more = 3 if place.region == ILE_DE_FRANCE else 1
    for position, share, number in (
        ("titulaire", kind.get("vacant", 0), kind.get("usagers", 0)),
        ("suppleant", kind.get("bench", 0), kind.get("suppleants", 0)),
    ):
        for _ in range(number):
            draw, made = random.random(), made + 1
            state = "unknown" if draw < UNTOLD else "vacant" if draw < UNTOLD + share * more else "filled"
            held = {"held_for": random.choice(associations), "holder": f"ref-{register.number()}"}
            own = {"id": f"{cells['instance']}-s{made}", "group": "usagers", "regime": kind["regime"]}
            filled = held if state == "filled" else {"mandate_to": ""}
            register.row("seats", **{**cells, **own, "position": position, "state": state, **filled})
            counted[position, state] += 1
    for number in range(made + 1, made + 1 + kind["others"]):
        own = {"id": f"{cells['instance']}-s{number}", "group": random.choice(OTHERS), "position": "titulaire"}
        register.row("seats", **cells, **own, state="vacant" if random.random() < VACANT_ELSEWHERE else "filled")
    return counted


def _spans(kind: Kind, body: str, seats: Seats, days: tuple[str, str, str]) -> list[Span]:
    """Before the list, with it, and once its mandates have ended, if they have."""
    since, seen, ended = days
    if not (floor := kind.get("floor", 0)):
        return [Span(since, {f"structural:{kind['type']}": {"count": 1}})]
    required = kind.get("required", floor)
    before = {f"unknown-composition:{body}": {"required": floor, "seats": 0}}
    spans = [Span(since, before, (floor, 0, 0, 0, floor)), _counted(body, required, seats, seen)]
    if ended:
        after = Counter({(p, "expired" if state == "filled" else state): n for (p, state), n in seats.items()})
        spans.append(_counted(body, required, after, ended))
    return spans


def _counted(body: str, required: int, seats: Seats, since: str) -> Span:
    def both(state: str) -> dict[str, int]:
        return {position: seats[position, state] for position in CODES["positions"]}

    answers: dict[str, Says] = {}
    vacant, expired, unknown = both("vacant"), both("expired"), both("unknown")
    if vacant["titulaire"]:
        answers[f"vacant-seat:{body}"] = {"count": vacant["titulaire"], **vacant}
    elif vacant["suppleant"]:
        answers[f"thin-bench:{body}"] = {"count": vacant["suppleant"], **vacant}
    if any(expired.values()):
        answers[f"expired-mandate:{body}"] = {"count": sum(expired.values()), **expired}
    if any(unknown.values()):
        answers[f"unknown-seat:{body}"] = {"count": sum(unknown.values()), **unknown}
    filled = min(seats["titulaire", "filled"], required)
    empty = min(vacant["titulaire"], required - filled)
    return Span(since, answers, (required, filled, empty, 0, required - filled - empty))


def measure(register: Register) -> None:
    """A measure, its signatories chosen so that users are there, are not, or nobody can tell; its stages."""
    random, day = register.random, _day(register)
    mesure, outcome = f"mesure-{register.number():06d}", random.choice(("covered", "covered", "gap", "unknown"))
    complete = {"gap": "yes", "unknown": random.choice(("", "no")), "covered": random.choice(("", "yes"))}[outcome]
    about = {"id": mesure, "kind": random.choice(CODES["contribution-kinds"]), "date": day}
    about["label"] = label("Mesure", mesure)
    about |= {"pillar": random.choice(CODES["pillars"]), "theme": random.choice(THEMES), "source": NATIONAL}
    about |= {"sector": random.choice(CODES["sectors"]), "concerns": random.choice(("", *SEATED))}
    register.row("measures", **about, signatories_complete=complete)
    _sign(register, mesure, users=outcome == "covered")
    answers: dict[str, Says] = {f"no-usager-signatory:{mesure}": {"count": 1}} if outcome == "gap" else {}
    answers |= {f"unknown-signatories:{mesure}": {}} if outcome == "unknown" else {}
    answers |= _stages(register, mesure) if random.random() < STAGED else {}
    register.truth.add([Span(day, answers)])


def _sign(register: Register, mesure: str, *, users: bool) -> None:
    """Signatures of two actors or more, none twice, users' federations among them or not; then who is asked to sign."""
    random = register.random
    regions = [register.place().region for _ in range(random.randint(2, 4))]
    signing = list(dict.fromkeys(actor(random.choice(NOT_USERS), region) for region in regions))
    if len(signing) == 1:
        signing.append(actor("ARS" if "ordre" in signing[0] else "ORDRE", regions[0]))
    if users:
        signing.append(actor("FAS", regions[0]))
    for body in signing:
        role = "author" if body == signing[0] else "cosignatory"
        register.row("signatures", measure=mesure, body=body, role=role, modality="effective", source=NATIONAL)
    asked = actor("FAS", regions[-1])
    register.row("signatures", measure=mesure, body=asked, role="relay", modality="requested", source=NATIONAL)


def _stages(register: Register, mesure: str) -> dict[str, Says]:
    """Participations of usagers at each stage, and of somebody else at one of them."""
    lacking, untold = [], []
    about = {"measure": mesure, "source": NATIONAL}
    register.row("participations", **about, stage="elaboration", group="etat", modality="effective")
    for stage in CODES["stages"]:
        part = register.random.choice(PARTS)
        for modality in {"both": ("lacking", "effective"), "": ()}.get(part, (part,)):
            register.row("participations", **about, stage=stage, group="usagers", modality=modality)
        if part == "lacking":
            lacking.append(stage)
        elif part != "effective":
            untold.append(stage)
    answers: dict[str, Says] = {}
    if lacking:
        answers[f"stage-uncovered:{mesure}"] = {"count": len(lacking), "stages": lacking}
    if untold:
        answers[f"unknown-stage:{mesure}"] = {"stages": untold}
    return answers


def meeting(register: Register) -> None:
    """A meeting of a region to which its federation came or not."""
    random, reunion = register.random, f"reunion-{register.number():06d}"
    place, day = register.place(), _day(register)
    complete, status = random.choice(("yes", "no", "")), random.choice(CODES["attendance-statuses"])
    cells = {"id": reunion, "label": label("Réunion", reunion), "date": day, "territory": place.around}
    register.row("meetings", **cells, attendance_complete=complete, source=place.source)
    came = dict.fromkeys(random.sample(NOT_USERS, 3), "present") | {"FAS": status}
    for kind, how in came.items():
        group = "usagers" if kind == "FAS" else "etablissements" if kind == "CHU" else "professionnels"
        body = actor(kind, place.region)
        register.row("attendances", meeting=reunion, body=body, group=group, status=how, source=place.source)
    if status != "present":
        says: Says = {"excused": int(status == "excused"), "absent": int(status == "absent")}
        gap = {f"meeting-without-usagers:{reunion}": {"count": 1, **says}}
        register.truth.add([Span(day, gap if complete == "yes" else {f"unknown-attendance:{reunion}": says})])


def _day(register: Register) -> str:
    random = register.random
    return f"{random.randint(2015, 2026)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
