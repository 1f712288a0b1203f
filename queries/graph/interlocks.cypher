// The twin of interlocks.rq, whose front matter speaks for both.
MATCH (:Segur {iri: $instance})<-[:memberOf|hasSeatIn]-(organisation)
MATCH (organisation)-[:memberOf|hasSeatIn]->(elsewhere)
WHERE elsewhere.iri <> $instance
RETURN DISTINCT organisation.iri AS organisation, elsewhere.iri AS elsewhere
ORDER BY organisation, elsewhere
