// The twin of about.rq, whose front matter speaks for both.
MATCH (party:Segur {iri: $party})
MATCH (party)-[:type*0..1]->(of)-[:broader*0..]->(named)
MATCH (measure:Contribution)-[:concerns|effect_type]->(named)
MATCH (measure)-[:source]->(source)
OPTIONAL MATCH (carrier)-[:proposes]->(measure)
RETURN DISTINCT measure.iri AS measure, measure.kind AS kind, named.iri AS named, carrier.iri AS carrier, source.iri AS source
ORDER BY source, measure, named, carrier
