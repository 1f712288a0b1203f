// The twin of co-signers.rq, whose front matter speaks for both.
MATCH (:Segur {iri: $party})<-[:party]-(own:CoSignature)-[:measure]->(measure)
MATCH (measure)<-[:measure]-(beside:CoSignature)-[:party]->(other)
WHERE other.iri <> $party
  AND own.role IN ['author', 'cosignatory'] AND beside.role IN ['author', 'cosignatory']
RETURN DISTINCT other.iri AS other, measure.iri AS measure, own.modality AS own, beside.modality AS theirs
ORDER BY measure, theirs, other
