// The twin of seats-asked.rq, whose front matter speaks for both.
MATCH (measure)-[:hasEffect]->(effect:Effect)-[:guaranteesSeatsIn]->(type)
WHERE ($type IS NULL OR type.iri = $type) AND ($group IS NULL OR effect.guaranteesSeatsFor = $group)
OPTIONAL MATCH (asker)-[:proposes]->(measure)
RETURN DISTINCT asker.iri AS asker, effect.guaranteedSeats AS seats, effect.guaranteesSeatsFor AS for_group,
       type.iri AS in_type, measure.iri AS measure
ORDER BY in_type, measure, asker
