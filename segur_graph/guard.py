"""What is refused of a foreign SPARQL query before an engine sees it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from segur_graph.errors import BadInput
from segur_graph.names import BASE

BYTES = 16_384
NESTING = 64
PATTERNS = 50

_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
TOKENS = re.compile(
    r"(?P<space>\s+|\#[^\r\n]*)"
    rf"|(?P<iri><(?:[^<>\"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>)"
    r"|(?P<text>'''(?:[^'\\]|\\.|'(?!''))*'''|\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\""
    r"|'(?:[^'\\\r\n]|\\.)*'|\"(?:[^\"\\\r\n]|\\.)*\")"
    r"|(?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<name>(?:[^\W\d_][\w.-]*|_)?:(?:[\w:%]|\\[^uU]|-|\.(?=[\w:%\\-]))*)"
    r"|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<sign>\|\||&&|\^\^|.)",
    re.DOTALL,
)
TERMS = ("iri", "text", "variable", "name", "number")
UPDATES = {"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


class Refused(BadInput):
    """A query that is not run: why, in both languages, and where (line and column from 1)."""

    def __init__(self, fr: str, en: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"SPARQL {line}:{column} : {fr}")
        self.says = {"fr": f"{line}:{column} : {fr}", "en": f"{line}:{column}: {en}"}
        self.told = {"line": line, "column": column}


@dataclass(frozen=True)
class Token:
    """A token that is no space; `at` is its place in the text."""

    kind: str
    text: str
    at: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query without spaces and comments."""
    for found in TOKENS.finditer(query):
        if found.lastgroup != "space":
            yield Token(str(found.lastgroup), found[0], found.start())


def check(query: str) -> None:
    """Refused where a query is too large, reaches out or writes."""
    try:
        size = len(query.encode())
    except UnicodeEncodeError as error:
        raise Refused("attendu : UTF-8", "expected: UTF-8") from error
    if size > BYTES:
        raise Refused(f"{size} octets ; au plus {BYTES}", f"{size} bytes; at most {BYTES}")
    found = list(tokens(query))
    if not found:
        raise Refused("requête vide", "empty query")
    _check_words(query, found)
    _check_from(query, found)
    _check_shape(query, found)


def names_dataset(query: str) -> bool:
    """Whether a query names its graphs itself (FROM)."""
    return any(token.text.upper() == "FROM" for token in tokens(query))


def _refuse(query: str, token: Token, fr: str, en: str) -> Refused:
    line = query.count("\n", 0, token.at) + 1
    return Refused(fr, en, line, token.at - query.rfind("\n", 0, token.at))


def _check_words(query: str, found: list[Token]) -> None:
    depth = 0
    for token in found:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if _may_hide_service(token):
            raise _refuse(query, token, "SERVICE : refusé, rien ne sort d'ici", "SERVICE: refused, nothing leaves here")
        if token.text == "\\":
            raise _refuse(query, token, "échappement hors d'un texte", "an escape outside a text")
        if depth <= 0 and token.text.upper() in UPDATES:
            word = token.text.upper()
            raise _refuse(query, token, f"{word} : refusé, ici on ne fait que lire", f"{word}: refused, reading only")


def _may_hide_service(token: Token) -> bool:
    """The engine has no lexer: it takes `trueSERVICEex:a` for three words, and `?a<?b)SERVICE#>` for no IRI.

    Where a long text has an escape that it does not know, or stands behind `?a<?b#>`, it reads what is in it as query.
    """
    text = token.text.upper()
    if token.kind == "name":
        prefix, _, local = text.partition(":")
        return "SERVICE" in prefix or "SERVICE" in local.partition(".")[2]
    hides = token.kind == "word" or (token.kind == "iri" and ")" in text) or text.startswith(("'''", '"""'))
    return "SERVICE" in text and hides


def _check_from(query: str, found: list[Token]) -> None:
    """FROM may name graphs of ours, in full."""
    for token, after, second in zip(found, found[1:], found[2:], strict=False):
        if token.text.upper() == "FROM":
            graph = second if after.text.upper() == "NAMED" else after
            if not graph.text.startswith(f"<{BASE}"):
                said = f"FROM {graph.text}"
                raise _refuse(query, graph, f"{said} : attendu <{BASE}…>", f"{said}: expected <{BASE}…>")


def _check_shape(query: str, found: list[Token]) -> None:
    """Counts nesting, and triple patterns from above."""
    opened: list[str] = []
    patterns = 0
    values = False
    before, rest = Token("sign", "", 0), found[1:]
    for token, after in zip(found, [*rest, Token("sign", "}", 0)], strict=True):
        inside = bool(opened) and opened[-1] == "("
        if token.text.upper() == "VALUES":
            values = True
        if inside and token.kind == "iri" and ("(" in token.text or ")" in token.text):
            raise _refuse(
                query, token, "parenthèse dans une IRI : écrire %28, %29", "bracket in an IRI: write %28, %29"
            )
        if token.kind == "sign" and token.text in "{([":
            opened.append(token.text)
        elif token.kind == "sign" and token.text in "})]" and opened:
            values = opened.pop() != "{" and values
        if len(opened) > NESTING:
            raise _refuse(query, token, f"plus de {NESTING} niveaux", f"more than {NESTING} levels")
        listed = inside and token.kind in TERMS and before.kind in TERMS
        patterns += not values and (_begins_pattern(token, after, inside=inside) + 2 * listed)
        if patterns > PATTERNS:
            raise _refuse(query, token, f"plus de {PATTERNS} motifs", f"more than {PATTERNS} triple patterns")
        before = token


def _begins_pattern(token: Token, after: Token, *, inside: bool) -> bool:
    if token.kind != "sign":
        return False
    if token.text in ("/", "|", "["):
        return True
    return not inside and (token.text == "{" or (token.text in (".", ";", ",") and after.text not in ("}", "]")))
