// The twin of about.rq, whose front matter speaks for both.
MATCH (measure:Contribution)-[:concerns|effect_type]->(:Segur {iri: $party})
MATCH (measure)-[:source]->(source)
OPTIONAL MATCH (carrier)-[:proposes]->(measure)
RETURN DISTINCT measure.iri AS measure, measure.kind AS kind, carrier.iri AS carrier, source.iri AS source
ORDER BY source, measure, carrier
