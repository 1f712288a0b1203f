// The twin of document.rq, whose front matter speaks for both.
MATCH (fact)-[:source]->(:Segur {iri: $source})
MATCH (fact)-[told:source]->()
OPTIONAL MATCH (fact)-[:measure|body|meeting|instance]->(about)
RETURN DISTINCT fact.iri AS fact, about.iri AS about, told.locator AS place
ORDER BY fact
