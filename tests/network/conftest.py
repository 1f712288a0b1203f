"""A small network that has every nature, relation, ground and mark, and views made by hand for geometry."""

import random
from datetime import date

import pytest

from segur_graph.drawn.elements import LANES, NATURES, RELATIONS, Edge, Node, View
from segur_graph.drawn.view import Filters, view
from segur_ingest.build import shipped

DAY = date(2026, 6, 30)
HOSTILE = (
    '"\'><script>alert(1)</script>"><img src=x onerror=alert(2)> &amp; javascript:alert(3) </title></svg> \x0b{{7*7}}'
)

WORLD = {
    "territories": [
        "code,label,within",
        "FR,France,",
        "REG-76,Occitanie,FR",
        "DEP-31,Haute-Garonne,REG-76",
        "REG-28,Normandie,FR",
    ],
    "types": [
        "code,kind,label,group,level,broader",
        "FAS,actor,France Assos Santé,usagers,régional,",
        "ARS,actor,Agence régionale de santé,etat,régional,",
        "CRSA,instance,Conférence régionale,,régional,",
        "CDU,instance,Commission des usagers,,établissement,",
        "CME,instance,Commission médicale,,établissement,",
        "EPS_CME,instance,Commission médicale publique,,établissement,CME",
        "GROUPE,instance,Groupe,,,",
    ],
    "norms": [
        "code,name_fr,valid_from,usager_seats_min,confidence",
        "CDU,Commission des usagers,2016-06-04,2,confirmed",
        "EPS_CME,Commission médicale publique,2010-05-03,0,confirmed",
    ],
    "bodies": [
        "id,kind,type,label,label_en,territory,parent,status",
        "fas,actor,FAS,FAS Occitanie,FAS of Occitanie,REG-76,,",
        "ars,actor,ARS,ARS Occitanie,,REG-76,,",
        "pref,actor,ARS,Préfecture,,REG-76,,",
        "far,actor,ARS,ARS Normandie,,REG-28,,",
        "crsa,instance,CRSA,CRSA Occitanie,,REG-76,,",
        "cs,instance,CRSA,Commission spécialisée,,REG-76,crsa,",
        "cdu,instance,CDU,CDU du CHU,,DEP-31,,",
        "unseen,instance,CDU,CDU jamais vue,,DEP-31,,expected",
        "task,instance,GROUPE,Task force,,REG-76,,proposed",
    ],
    "memberships": [
        "body,member,role,modality,member_to",
        "crsa,fas,,effective,",
        "crsa,ars,Présidence,effective,",
        "crsa,pref,,effective,2020-01-01",
        "task,fas,,requested,",
        "task,pref,,requested,",
    ],
    "compositions": ["instance,group,completeness,observed_on", "cdu,usagers,complete,2026-03-01"],
    "seats": [
        "id,instance,group,position,state,held_for,observed_on",
        "s1,cdu,usagers,titulaire,filled,fas,2026-03-01",
        "s2,cdu,usagers,titulaire,vacant,fas,2026-03-01",
    ],
    "measures": [
        "id,kind,label,pillar,proposed_by,concerns,effect_type,effect_group,effect_seats,date",
        "ask,proposal,Des usagers en CME,4,fas,CME,CME,usagers,1,2020-07-10",
        "msg,measure,Messages au public,4,,task,,,,2020-07-10",
        "done,measure,Charte commune,,,CDU,,,,2020-07-10",
        "later,proposal,Plus tard,,fas,,,,,2030-01-01",
    ],
    "signatures": [
        "measure,body,role,modality",
        "msg,ars,cosignatory,requested",
        "msg,pref,cosignatory,requested",
        "done,ars,author,effective",
        "done,cs,cosignatory,effective",
        "done,crsa,lead,requested",
    ],
    "links": [
        "from,relation,to,article,confidence",
        "ars,hosts,crsa,L1432-4,confirmed",
        "far,hosts,crsa,?,from-memory",
    ],
}


@pytest.fixture(scope="session")
def small(world):
    """The tables of the small network."""
    return world(**WORLD).tables


@pytest.fixture(scope="session")
def seen(small):
    """The view of the small network, filtered as asked."""

    def make(territory="", **asked):
        return view(small, DAY, Filters(territory, **{name: frozenset(chosen) for name, chosen in asked.items()}))

    return make


@pytest.fixture(scope="session")
def whole(seen):
    """The whole view of the small network."""
    return seen()


@pytest.fixture(scope="session")
def shipping(world):
    """The whole view of what ships, a month after the last document."""
    return view(world(over=shipped()).tables, date(2020, 7, 31), most=None)


@pytest.fixture(scope="session")
def hostile(world):
    """The view of a network with an attack in every text."""
    cell = '"' + HOSTILE.replace('"', '""') + '"'
    tables = {
        "bodies": ["id,kind,type,label,territory", f"x,actor,ARS,{cell},", f"y,instance,CDU,{cell},"],
        "measures": ["id,kind,label,proposed_by,concerns,pillar", f"m,proposal,{cell},x,y,4"],
        "memberships": ["body,member,role,modality,locator", f"y,x,{cell},effective,{cell}"],
    }
    return view(world(**tables).tables, DAY)


@pytest.fixture(scope="session")
def synthetic():
    """A view of some nodes and edges without any meaning, the same for the same seed."""

    def make(nodes, edges, seed=1):
        chance = random.Random(seed)  # noqa: S311 - a picture, no secret
        natures = NATURES[:3] + NATURES[4:6]
        found = []
        for i in range(nodes):
            nature = chance.choice(natures)
            kind = "instance" if nature == "proposed" else nature
            found.append(
                Node(
                    f"bodies/n{i:04}",
                    {"fr": f"Organisme numéro {i}", "en": f"Body {i}"},
                    nature,
                    kind,
                    "T",
                    chance.choice(("usagers", "etat", "several")),
                    chance.choice(LANES),
                )
            )
        pairs = {tuple(chance.sample(range(nodes), 2)) for _ in range(edges)} if nodes > 1 else set()
        lines = tuple(Edge(found[a].id, found[b].id, chance.choice(RELATIONS), "effective") for a, b in sorted(pairs))
        return View("e", DAY, tuple(found), lines)

    return make
