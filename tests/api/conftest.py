"""Fixtures of the service: a small store, the application over it, and a client that asks without a network."""

import anyio
import httpx
import pytest

from segur_api.app import create_app
from segur_graph.edition import Chosen
from segur_graph.options import Settings
from segur_graph.store import Store

DAY = "2026-06-30"
HOLDER = "REF-OF-A-PERSON"
ROWS = {
    "sources": ["id,title,date,url", "a,Registre,2026-03-05,https://example.org/a", "b,Propositions,2020-06-15,"],
    "types": [
        "code,kind,label,label_en,broader,group",
        "FAS,actor,France Assos Santé,,,usagers",
        "ARS,actor,Agence régionale de santé,Regional health agency,,etat",
        "CME,instance,Commission médicale,,,",
        "EPS_CME,instance,Commission médicale (public),,CME,",
    ],
    "territories": ["code,label,within", "FR,France,", "REG-76,Occitanie,FR", "DEP-31,Haute-Garonne,REG-76"],
    "norms": [
        "code,name_fr,valid_from,usager_seats_min,regimes,category,confidence,legal_basis",
        "CDU,Commission des usagers,2016-06-04,2,ru,rights,confirmed,CSP L1112-3",
        "EPS_CME,Commission médicale (public),2010-05-03,0,,governance,confirmed,CSP L6144-1",
        "CVS,Conseil de la vie sociale,2004-03-27,1,,rights,from-memory,CASF L311-6",
    ],
    "bodies": [
        "id,kind,type,label,territory,status",
        "ars-76,actor,ARS,ARS Occitanie,REG-76,",
        "fas-76,actor,FAS,FAS Occitanie,REG-76,",
        "cdu-31,instance,CDU,CDU de Toulouse,DEP-31,",
        "cdu-31.v2,instance,CDU,=CDU de Rangueil,DEP-31,",
        "trap.ttl,instance,CDU,CDU au nom trompeur,FR,",
        "trap,instance,CTS,CTS au nom court,FR,proposed",
        "cdu-old,instance,CDU,CDU (ancien nom),DEP-31,",
        "cme-1,instance,EPS_CME,CME du CHU,DEP-31,",
        "cts-1,instance,CTS,CTS projetée,DEP-31,proposed",
    ],
    "same": ["id,same_as,verdict", "cdu-old,cdu-31,same"],
    "compositions": ["instance,group,completeness,observed_on", "cdu-31,all,complete,2026-03-01"],
    "seats": [
        "id,instance,group,regime,position,state,held_for,holder,observed_on",
        f"s1,cdu-31,usagers,ru,titulaire,filled,fas-76,{HOLDER},2026-03-01",
        "s2,cdu-31,usagers,ru,titulaire,filled,,,2025-03-01",
        "s2,cdu-31,usagers,ru,titulaire,vacant,,,2026-03-01",
    ],
    "measures": [
        "id,kind,label,pillar,theme,sector,proposed_by,date,concerns,effect_type,effect_group,effect_seats,source,locator",
        'm-cme,proposal,Deux sièges en CME,4,gouvernance,sanitaire,fas-76,2020-06-15,,EPS_CME,usagers,2,b,"char=10,20"',
        "m-visites,measure,Visites,1,visites,medico-social,ars-76,2020-06-15,cdu-31,,,,b,",
    ],
    "signatures": ["measure,body,role,modality,source", "m-visites,FAS,cosignatory,requested,b"],
    "participations": ["measure,stage,group,modality,source", "m-visites,suivi,usagers,lacking,b"],
    "meetings": ["id,label,date,territory,attendance_complete,source", "reu-1,Réunion,2020-07-01,REG-76,yes,b"],
    "attendances": ["meeting,body,group,status,source", "reu-1,fas-76,usagers,excused,b"],
}


class Client:
    """Asks an application, as a browser or a program would, without following redirections."""

    def __init__(self, app, base="http://127.0.0.1:8000"):
        self.app, self.base = app, base

    def __call__(self, method, path, **asked):
        """Sends a request."""

        async def send():
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=self.base) as client:
                return await client.request(method, path, **asked)

        return anyio.run(send)

    def get(self, path, **asked):
        """Sends a GET."""
        return self("GET", path, **asked)

    def json(self, path, **asked):
        """The JSON of an answer that must be one."""
        answer = self.get(path, **asked)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="session")
def publish(folders):
    """Publishes the small store's rows, some tables replaced, in a folder."""

    def make(folder, **tables):
        store = Store(folder)
        with store.writing():
            return store.publish([Chosen(s, "user") for s in folders(**(ROWS | tables))])

    return make


@pytest.fixture(scope="session")
def store(fresh, publish):
    """The folder of the small store."""
    folder = fresh() / "store"
    publish(folder)
    return folder


@pytest.fixture(scope="session")
def app(store):
    """The application over the small store."""
    return create_app(Settings(store=str(store)))


@pytest.fixture(scope="session")
def client(app):
    """Asks the application over the small store."""
    return Client(app)


@pytest.fixture(scope="session")
def asking():
    """Makes a client of another application."""
    return Client


@pytest.fixture(scope="session")
def day():
    """The date on which the tests look."""
    return DAY


@pytest.fixture(scope="session")
def holder():
    """The reference of a person that the small store holds."""
    return HOLDER
