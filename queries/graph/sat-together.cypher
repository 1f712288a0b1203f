// The twin of sat-together.rq, whose front matter speaks for both.
MATCH (:Segur {iri: $party})-[:hasSeatIn|memberOf]->(instance)
MATCH (instance)<-[:hasSeatIn|memberOf]-(beside) WHERE beside.iri <> $party
RETURN DISTINCT instance.iri AS instance, beside.iri AS beside
ORDER BY instance, beside
