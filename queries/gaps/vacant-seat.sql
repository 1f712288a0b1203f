--+ focus = "bodies"
--+ unknown = "unknown-seat"
--+ severity = "high"
--+ [title]
--+ fr = "Siège vacant"
--+ en = "Vacant seat"
--+ [says]
--+ fr = "{label} : {titulaire:siège titulaire d'usagers vacant|sièges titulaires d'usagers vacants}, vu le {seen_on}."
--+ en = "{label}: {titulaire:full users' seat|full users' seats} vacant, seen on {seen_on}."
--+ [says_bench]
--+ fr = "{label} : {titulaire:siège titulaire d'usagers vacant|sièges titulaires d'usagers vacants} et {suppleant:siège suppléant|sièges suppléants}, vu le {seen_on}."
--+ en = "{label}: {titulaire:full users' seat|full users' seats} vacant and {suppleant:substitute's|substitutes'}, seen on {seen_on}."
--+ [asks]
--+ fr = "{label} : {count:siège d'usagers est-il occupé|sièges d'usagers sont-ils occupés} ? Les sources ne le disent pas, ou se contredisent."
--+ en = "{label}: {count:users' seat — is it|users' seats — are they} filled? The sources do not say, or contradict one another."
--+ [finds]
--+ bodies = ["id,kind,type,label", "a,instance,CDU,A"]
--+ seats = ["id,instance,group,position,state,observed_on", "s1,a,usagers,titulaire,vacant,2026-03-01"]
--+ gives = ["vacant-seat:a", "unknown-norm:CDU"]
--+ [finds_not]
--+ bodies = ["id,kind,type,label", "a,instance,CDU,A"]
--+ seats = ["id,instance,group,position,state,observed_on", "s1,a,usagers,titulaire,unknown,2026-03-01"]
--+ gives = ["unknown-seat:a", "unknown-norm:CDU"]
WITH told AS (
    SELECT CASE s.state WHEN 'vacant' THEN 'gap' ELSE 'unknown' END AS answer, s.*
    FROM seats_now s
    JOIN bodies_now b ON b.id = s.instance AND b.existence = 'existing'
    WHERE s."group" = 'usagers' AND s.state IN ('vacant', 'unknown')
),
counted AS (
    SELECT t.answer, t.instance AS focus,
           count(*) FILTER (t.position = 'titulaire') AS titulaire,
           count(*) FILTER (t.position = 'suppleant') AS suppleant,
           min(t.day) FILTER (t.position = 'titulaire') AS seen_on,
           flatten(list(list_transform(t.facts, lambda f: 'seats/' || f) ORDER BY t.id)) AS premises
    FROM told t
    GROUP BY t.answer, t.instance
)
SELECT c.answer, c.focus, CASE c.answer WHEN 'gap' THEN c.titulaire ELSE c.titulaire + c.suppleant END AS count,
       c.seen_on, {'titulaire': c.titulaire, 'suppleant': c.suppleant} AS details, c.premises, c.titulaire, c.suppleant,
       CASE WHEN c.answer = 'unknown' THEN 'asks' WHEN c.suppleant > 0 THEN 'says_bench' ELSE 'says' END AS sentence
FROM counted c
WHERE c.answer = 'unknown' OR c.titulaire > 0
