// The twin of stage-voices.rq, whose front matter speaks for both.
MATCH (:Segur {iri: $measure})<-[:measure]-(row:Participation)
OPTIONAL MATCH (row)-[:party]->(party)
RETURN DISTINCT row.stage AS stage, row.group AS group, party.iri AS party, row.modality AS modality
ORDER BY stage, group, party
