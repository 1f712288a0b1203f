// The twin of sit-together.rq, whose front matter speaks for both.
MATCH (:Segur {iri: $party})-[:memberOf|hasSeatIn]->(instance)
MATCH (other)-[:memberOf|hasSeatIn]->(instance)
WHERE other.iri <> $party
RETURN DISTINCT instance.iri AS instance, other.iri AS with
ORDER BY instance, with
