// The twin of neighbourhood.rq, whose front matter speaks for both.
MATCH (:Segur {iri: $thing})-[link:coSigns|isToCoSign|memberOf|hasSeatIn|proposes|concerns|parent|type|territory|effect_type]-()
RETURN DISTINCT startNode(link).iri AS subject, type(link) AS predicate, endNode(link).iri AS object
