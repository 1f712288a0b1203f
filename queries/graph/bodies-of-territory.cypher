// The twin of bodies-of-territory.rq, whose front matter speaks for both.
MATCH (place:Territory)-[:within*0..]->(:Segur {iri: $territory})
MATCH (body:Body)-[:territory]->(place)
MATCH (body)-[:type]->(type)
RETURN DISTINCT body.iri AS body, type.iri AS type, place.iri AS where, type.level AS level
ORDER BY where, level, type, body
