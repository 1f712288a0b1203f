"""What surrounds a body, and the path between two, for programs."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from segur_api.deps import READS, Read, Reading, answer
from segur_api.errors import BadParameter
from segur_api.models.paths import Neighbourhood, NetworkPath
from segur_graph import paths
from segur_graph.drawn import view as views
from segur_graph.drawn.elements import Edge, Node, View
from segur_graph.errors import BadInput

router = APIRouter(prefix="/api/v1", tags=["network"])

Centre = Annotated[str, Query(description="A body, type, measure or pillar, by its id.", examples=["types/CME", "CME"])]
Steps = Annotated[int, Query(ge=1, le=6, description="How many steps around it.")]
From = Annotated[str, Query(alias="from", description="Where the path begins.", examples=["ars-occitanie"])]
To = Annotated[str, Query(description="Where it leads.", examples=["crsa-occitanie"])]


@router.get("/neighbourhood", response_model=Neighbourhood, **READS)
def neighbourhood(reading: Read, centre: Centre, steps: Steps = 1) -> Response:
    """What surrounds a node: each line with its ground and the rows that say it."""
    whole = reading.opened.network(reading.as_of)
    key = _resolved(whole, "centre", centre)
    near = views.around(whole, key, steps)
    nodes = [_node(n, reading) for n in near.nodes]
    return answer(reading, centre=key, steps=steps, nodes=nodes, edges=[_edge(e) for e in near.edges])


@router.get("/path", response_model=NetworkPath, **READS)
def path(reading: Read, start: From, to: To) -> Response:
    """The shortest way between two bodies.

    It never goes through a proposed body, a foreseen membership, a request, a gap or a type; where there is no
    such way, the answer says so, and why the nearest one does not count.
    """
    whole = reading.opened.network(reading.as_of)
    found = paths.path(whole, _resolved(whole, "from", start), _resolved(whole, "to", to))
    steps = [
        {
            "start": step.start,
            "end": step.end,
            "edge": _edge(step.edge),
            "counts": not step.reasons,
            "reasons": paths.why(step.reasons, reading.lang),
        }
        for step in found.steps
    ]
    outcome = "established" if found.established else "none" if found.steps else "nothing"
    says = found.told(reading.lang)
    return answer(reading, start=found.start, end=found.end, outcome=outcome, says=says, steps=steps)


def _resolved(whole: View, parameter: str, name: str) -> str:
    try:
        return paths.resolved(whole, name)
    except BadInput as error:
        raise BadParameter(parameter, name, "/api/v1/bodies, /api/v1/types, /api/v1/measures") from error


def _node(node: Node, reading: Reading) -> dict[str, Any]:
    return {
        "id": node.id,
        "label": node.labels[reading.lang],
        "nature": node.nature,
        "group": node.group,
        "basis": node.basis,
        "state": node.state,
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {"id": edge.id, **asdict(edge)}
