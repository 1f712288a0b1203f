// The twin of signed-without-usagers.rq, whose front matter speaks for both.
MATCH (:Segur {iri: $party})-[:coSigns|proposes]->(measure)
MATCH (measure)<-[:coSigns|proposes]-(signatory)
OPTIONAL MATCH (signatory)-[:type]->(type)
WITH measure, collect(DISTINCT {iri: signatory.iri, group: coalesce(signatory.group, type.group)}) AS signatories
WHERE none(s IN signatories WHERE coalesce(s.group, '') = 'usagers')
UNWIND signatories AS other
WITH measure, other WHERE other.iri <> $party
RETURN measure.iri AS measure, other.iri AS other, other.group AS group
ORDER BY measure, other
