// The twin of shortest-path.rq, whose front matter speaks for both.
MATCH (a:Segur {iri: $start}), (b:Segur {iri: $end})
WITH a, b WHERE a <> b
MATCH path = allShortestPaths((a)-[:memberOf|hasSeatIn|parent|coSigns|proposes*..4]-(b))
WHERE none(n IN nodes(path) WHERE n:BodyType OR n:Proposal OR coalesce(n.status, '') IN ['proposed', 'expected'])
WITH DISTINCT [n IN nodes(path) | n.iri] AS way
WITH way, size(way) - 1 AS steps, way[size(way) / 2] AS middle
RETURN steps, CASE WHEN steps > 1 THEN way[1] END AS first, CASE WHEN steps > 2 THEN way[2] END AS second,
       CASE WHEN steps > 3 THEN way[3] END AS third
ORDER BY middle, way[1], way[-2]
LIMIT 1
