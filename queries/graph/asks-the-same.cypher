// The twin of asks-the-same.rq, whose front matter speaks for both.
MATCH (said:IdentityVerdict {verdict: 'same'})-[:thing|same_as]->(:Segur {iri: $measure})
MATCH (said)-[:thing|same_as]->(other:Contribution)-[:source]->(source)
WHERE other.iri <> $measure
OPTIONAL MATCH (asker)-[:proposes]->(other)
RETURN DISTINCT other.iri AS other, asker.iri AS asker, source.iri AS source
ORDER BY source, other, asker
