// The twin of proposed-bodies.rq, whose front matter speaks for both.
MATCH (instance:Body {status: 'proposed'})<-[:body]-(membership:Membership)-[:member]->(member)
MATCH (membership)-[:source]->(source)
RETURN DISTINCT instance.iri AS instance, member.iri AS member, source.iri AS source
ORDER BY instance, member
