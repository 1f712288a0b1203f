"""The legend: what each colour, letter, shape and line means, in French and English."""

from collections.abc import Mapping

from segur_graph import say
from segur_graph.drawn.elements import Edge, Node, Seats
from segur_graph.options import Lang

INK, SOFT, OUTLINE, PAGE = "#15212d", "#465565", "#22303c", "#ffffff"
GAP, CHECK, SIGN = "#b3261e", "#9a6200", "#6a3d9a"
SLATE = "#5b6b7b"

# Colour and letter of each stakeholder group; distinct under protan, deutan and tritan vision.
GROUPS: dict[str, tuple[str, str]] = {
    "usagers": ("#ec941e", "U"),
    "etat": ("#1d48b4", "É"),
    "collectivites": ("#73d3e9", "C"),
    "professionnels": ("#672271", "P"),
    "etablissements": ("#a84c82", "H"),
    "assurance-maladie": ("#303030", "A"),
    "prevention-ethique": ("#c4bb6a", "S"),
    "qualifies": ("#8d99a6", "Q"),
    "autres": ("#8d99a6", "X"),
    "several": ("#4a9f75", "D"),
    "unsaid": ("#dfe5eb", "·"),
}

# Each word in French and in English.
WORDS: dict[str, tuple[str, str]] = {
    "title": ("Réseau de la démocratie en santé", "Network of French health democracy"),
    "desc": ("{nodes} éléments et {edges} liens, au {day}.", "{nodes} elements and {edges} links, on {day}."),
    "nature": ("Forme : nature", "Shape: nature"),
    "group": ("Couleur et lettre : groupe", "Colour and letter: group"),
    "relation": ("Trait : lien", "Line: link"),
    "key": ("Légende", "Key"),
    "state": ("Marque : lacune", "Mark: gap"),
    "basis": ("Ce que dit la source", "What the source says"),
    "actor": ("Acteur", "Actor"),
    "instance": ("Instance", "Body"),
    "proposed": ("Instance proposée", "Proposed body"),
    "type": ("Type (les CDU, les CHU)", "Type (CDUs, CHUs)"),
    "proposal": ("Proposition", "Proposal"),
    "measure": ("Mesure", "Measure"),
    "pillar": ("Pilier du Ségur", "Ségur pillar"),
    "pillar_of": ("Pilier {}", "Pillar {}"),
    "several": ("Instance où plusieurs groupes siègent", "Body in which several groups sit"),
    "unsaid": ("Groupe non dit", "Group not said"),
    "member": ("Fait partie", "Is part of"),
    "seat": ("Siège", "Seat"),
    "part": ("Relève de", "Comes under"),
    "link": ("Lien de droit", "Legal link"),
    "carries": ("Porte, pilote", "Carries, leads"),
    "cosigns": ("Co-signe", "Co-signs"),
    "to-cosign": ("Pressenti pour co-signer", "Expected to co-sign"),
    "concerns": ("Concerne", "Concerns"),
    "pillar_edge": ("Relève du pilier", "Belongs to pillar"),
    "asks": ("Demande des sièges d'usagers", "Asks for users' seats"),
    "effective": ("observé", "observed"),
    "requested": ("demandé, pas acquis", "asked for, not granted"),
    "law": ("exigé par la loi", "required by law"),
    "gap": ("Lacune établie", "Established gap"),
    "check": ("Lacune à vérifier", "Gap to be checked"),
    "unknown": ("Inconnu", "Unknown"),
    "national": ("National", "National"),
    "actors": ("Région · acteurs", "Region · actors"),
    "instances": ("Région · instances", "Region · bodies"),
    "proposed_lane": ("Région · proposées, mesures", "Region · proposed, measures"),
    "territory": ("Territoire", "Territory"),
    "establishment": ("Établissement", "Establishment"),
    "expected": ("exigée par la loi, pas observée", "required by law, not observed"),
    "former": ("n'existe plus à cette date", "no longer exists on that date"),
    "foreseen": ("pressentie", "foreseen"),
    "seats_law": ("loi {}", "law {}"),
    "seats_filled": ("vus {}", "seen {}"),
    "seats_vacant": ("vacants {}", "vacant {}"),
    "seats_asked": ("demandés {}", "asked {}"),
    "seats_number": ("sièges : {}", "seats: {}"),
    "from-memory": ("de mémoire", "from memory"),
    "left_out": (
        "{} éléments hors de l'image : par les filtres ou le voisinage",
        "{} elements outside the picture: use filters or the neighbourhood",
    ),
    "footer": ("Ségur Graph · édition {} · au {}", "Ségur Graph · edition {} · on {}"),
}


# The code lists of what rows say of an edge; a member's role is text.
SAID_IN = {
    "link": "relations",
    "seat": "positions",
    "cosigns": "signatory-roles",
    "to-cosign": "signatory-roles",
    "carries": "signatory-roles",
}


def word(name: str, lang: Lang) -> str:
    """A word of the legend."""
    return WORDS[name][lang == "en"]


def nature(node: Node, lang: Lang) -> str:
    """What a node is: "Instance proposée"."""
    return word(node.nature, lang)


def relation(name: str, lang: Lang) -> str:
    """What a line means: "Porte, pilote"."""
    return word("pillar_edge" if name == "pillar" else name, lang)


def line(name: str, basis: str, lang: Lang) -> str:
    """What a line means, and on what ground where its kind does not say it: "Fait partie (demandé, pas acquis)"."""
    said = relation(name, lang)
    return said if basis == "effective" or name in ("to-cosign", "asks") else f"{said} ({word(basis, lang)})"


def lane(name: str, lang: Lang) -> str:
    """The name of a lane: "Région · acteurs"."""
    return word("proposed_lane" if name == "proposed" else name, lang)


def group(name: str, lang: Lang) -> str:
    """The name of a stakeholder group, or of having none; empty for a pillar."""
    if name in ("", "several", "unsaid"):
        return word(name, lang) if name else ""
    return say.code("groups", name, lang)


def colour(node: Node) -> str:
    """The colour of a node: its group's."""
    return SLATE if node.nature == "pillar" else GROUPS.get(node.group, GROUPS["unsaid"])[0]


def letter(node: Node) -> str:
    """The letter of a node: its group's, or a pillar's number."""
    return node.pillar if node.nature == "pillar" else GROUPS.get(node.group, GROUPS["unsaid"])[1]


def seats(told: Seats, lang: Lang) -> str:
    """Users' seats, the three facts side by side: "loi 2 · vus 1 · demandés 3"; empty where nothing is said."""
    names = ("law", "filled", "vacant", "asked")
    said = [(n, getattr(told, n)) for n in names if getattr(told, n) is not None]
    return " · ".join(word(f"seats_{name}", lang).format(number) for name, number in said)


def status(node: Node, lang: Lang) -> str:
    """What a node's status means, in words; empty for what exists, or is a proposed body, which its nature says."""
    return word(node.status, lang) if node.status in ("expected", "former", "foreseen") else ""


def described(node: Node, lang: Lang) -> str:
    """A node in one line, for those who hear it: name, nature, group, status, seats, marks."""
    said = [node.labels[lang], nature(node, lang), group(node.group, lang), status(node, lang), seats(node.seats, lang)]
    marks = [
        f"{word(m.state, lang)} : {m.words[lang]}" if lang == "fr" else f"{word(m.state, lang)}: {m.words[lang]}"
        for m in node.marks
    ]
    return ", ".join(part for part in (*said, *marks) if part)


def details(edge: Edge, lang: Lang) -> str:
    """What the rows of an edge say beside its kind: roles, number of seats, the kind of legal link."""
    told = (_detail(edge.relation, said, lang) for said in edge.said if said != "proposes")
    return ", ".join(told)


def _detail(relation: str, said: str, lang: Lang) -> str:
    if relation == "asks":
        return word("seats_number", lang).format(said)
    if said == "from-memory":
        return word(said, lang)
    scheme = SAID_IN.get(relation)
    return say.code(scheme, said, lang) if scheme else said


def told(edge: Edge, nodes: Mapping[str, Node], lang: Lang) -> str:
    """An edge in one line: "ARS Occitanie → Task force : fait partie (demandé, pas acquis)"."""
    kind = relation(edge.relation, lang).lower()
    said = f" ({'; '.join(part for part in (details(edge, lang), word(edge.basis, lang)) if part)})"
    return f"{nodes[edge.source].labels[lang]} → {nodes[edge.target].labels[lang]} : {kind}{said}"
