"""A synthetic national register, with known gaps planted in it and the truth about them beside."""

import json
from contextlib import ExitStack
from pathlib import Path
from random import Random

from segur_ingest.synth import ordinary, scenarios
from segur_ingest.synth.register import NATIONAL, OTHER, REGIONS, Place, Register, label

# At scale 1.0; of each scenario, as many copies as at scale MOST, and one at least.
COPIES, MOST, MEASURES, MEETINGS = 150, 0.2, 20_000, 5_000
ASSOCIATIONS, ESTABLISHMENTS, MEMBERS = 440, 2_962, 10
TRUTH = "truth.json"


def write(folder: Path, scale: float, seed: int = 0) -> None:
    """Writes an import folder, about `scale` times a country, and what is true of it in `truth.json`.

    The same scale and seed give the same bytes. The truth, on each of some days: the gaps and unknowns
    by `kind:focus`, how many of each kind, completeness; then what adoptions (`what_if`) close and open,
    where the shipped types, norms and territories, and nothing else, lie under the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    planted = scenarios.read()
    with ExitStack() as opened:
        register = Register(folder, Random(seed), opened)  # noqa: S311 (nothing secret hangs on it)
        _sources(register)
        actors = _actors(register, scale)
        for scenario in planted["scenario"]:
            for _ in range(1 if scenario.get("once") else max(1, round(min(scale, MOST) * COPIES))):
                scenarios.plant(scenario, register)
        for kind in planted["ordinary"]:
            for _ in range(round(kind["many"] * scale)):
                _instance(kind, register, actors)
        for _ in range(round(MEASURES * scale)):
            ordinary.measure(register)
        for _ in range(round(MEETINGS * scale)):
            ordinary.meeting(register)
    adoptions = {name: [scenarios.adopted(m) for m in told] for name, told in planted["adoptions"].items()}
    truth = {"scale": scale, "seed": seed, **register.truth.json(adoptions)}
    (folder / TRUTH).write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _sources(register: Register) -> None:
    told = [(Place(region, "").source, f"Registre synthétique de la région {region}") for region in REGIONS]
    told += [(NATIONAL, "Mesures synthétiques"), (OTHER, "Enquête synthétique")]
    for source, title in told:
        date = "2026-05-31" if source == OTHER else "2026-04-30"
        register.row("sources", id=source, title=title, publisher="segur synth", date=date, licence="CC0-1.0")


def _actors(register: Register, scale: float) -> dict[str, list[str]]:
    """The actors that every region has, with a published figure; establishments and associations, returned by type."""
    for region in REGIONS:
        place = Place(region, "")
        for kind in scenarios.ACTORS.values():
            _actor(register, scenarios.actor(kind, region), kind, territory=place.around, source=place.source)
        figure = {"territory": place.around, "type": "CDU", "figure": "bodies", "observed_on": "2025-12-31"}
        register.row("figures", **figure, value=register.random.randint(20, 300), source=place.source)
    made: dict[str, list[str]] = {"ES": [], "ASSOCIATION": []}
    for kind, many, group in (("ES", ESTABLISHMENTS, ""), ("ASSOCIATION", ASSOCIATIONS, "usagers")):
        for _ in range(max(5, round(many * scale))):
            place = register.place()
            made[kind].append(register.body(kind, place))
            _actor(register, made[kind][-1], kind, territory=place.here, group=group, source=place.source)
    return made


def _actor(register: Register, body: str, kind: str, **about: str) -> None:
    register.row("bodies", id=body, kind="actor", type=kind, label=label(kind, body), **about)


def _instance(kind: ordinary.Kind, register: Register, actors: dict[str, list[str]]) -> None:
    """An ordinary instance, the associations that belong to it, the establishment that is its host."""
    place, associations = register.place(), actors["ASSOCIATION"]
    body = ordinary.instance(kind, register, place, associations)
    for member in register.random.sample(associations, min(MEMBERS, len(associations))):
        register.row("memberships", body=body, member=member, role="membre", modality="effective", source=place.source)
    hosts = {"from": register.random.choice(actors["ES"]), "relation": "hosts", "to": body, "confidence": "from-memory"}
    register.row("links", **hosts, source=place.source)
