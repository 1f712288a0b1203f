// The tokens of a SPARQL query, for the eye: the server's own reading is the one that counts.

const WORDS = `BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT DESCRIBE ASK FROM NAMED WHERE GROUP BY HAVING ORDER ASC DESC
LIMIT OFFSET VALUES UNDEF OPTIONAL GRAPH UNION MINUS FILTER BIND IN NOT EXISTS true false COUNT SUM MIN MAX AVG SAMPLE
GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE COALESCE IF STRLEN SUBSTR UCASE LCASE STRSTARTS
STRENDS CONTAINS STRBEFORE STRAFTER ENCODE_FOR_URI CONCAT REPLACE REGEX ABS ROUND CEIL FLOOR YEAR MONTH DAY NOW STRDT
STRLANG SAMETERM ISIRI ISBLANK ISLITERAL ISNUMERIC`;

export const KEYWORDS = WORDS.split(/\s/);
const KNOWN = new Set(["A", ...KEYWORDS.map((word) => word.toUpperCase())]);
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>#[^\r\n]*)`,
    String.raw`(?<iri><[^<>"{}|^\x60\\\x00-\x20]*>)`,
    String.raw`(?<text>'''[^]*?'''|"""[^]*?"""|'(?:[^'\\\r\n]|\\.)*'|"(?:[^"\\\r\n]|\\.)*"|@[a-z]+(?:-[a-z\d]+)*)`,
    String.raw`(?<variable>[?$][\p{L}\p{N}_]*)`,
    String.raw`(?<name>(?:[\p{L}_][\p{L}\p{N}_.-]*)?:[\p{L}\p{N}_%-]*(?:\.+[\p{L}\p{N}_%-]+)*)`,
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_]*)`,
    String.raw`(?<space>\s+)`,
    String.raw`(?<sign>.)`,
  ].join("|"),
  "giu",
);

// Each with its kind, text and place; a word that is no keyword is of no kind.
export function tokens(query) {
  return [...query.matchAll(TOKEN)].map(({ 0: text, index: at, groups }) => {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined);
    return { kind: kind === "word" && !KNOWN.has(text.toUpperCase()) ? "" : kind, text, at };
  });
}
