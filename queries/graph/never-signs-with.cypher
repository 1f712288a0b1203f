// The twin of never-signs-with.rq, whose front matter speaks for both.
MATCH (other)-[:coSigns|isToCoSign]->(elsewhere)
WHERE NOT EXISTS {
  MATCH (:Segur {iri: $party})-[:coSigns|isToCoSign]->(measure) WHERE (other)-[:coSigns|isToCoSign]->(measure)
}
RETURN other.iri AS other, count(DISTINCT elsewhere) AS measures
ORDER BY measures DESC, other
