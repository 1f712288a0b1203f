--+ focus = "bodies"
--+ severity = "medium"
--+ [title]
--+ fr = "Suppléant manquant"
--+ en = "Missing substitute"
--+ [says]
--+ fr = "{label} : {suppleant:siège suppléant d'usagers vacant|sièges suppléants d'usagers vacants}, aucun siège titulaire vacant connu, vu le {seen_on}."
--+ en = "{label}: {suppleant:substitute users' seat|substitute users' seats} vacant, no full seat known to be vacant, seen on {seen_on}."
--+ [finds]
--+ bodies = ["id,kind,type,label", "a,instance,CDU,A"]
--+ seats = ["id,instance,group,position,state,observed_on", "s1,a,usagers,suppleant,vacant,2026-03-01"]
--+ gives = ["thin-bench:a", "unknown-norm:CDU"]
--+ [finds_not]
--+ bodies = ["id,kind,type,label", "a,instance,CDU,A"]
--+ seats = ["id,instance,group,position,state,observed_on", "s1,a,usagers,suppleant,vacant,2026-03-01", "s2,a,usagers,titulaire,vacant,2026-03-01"]
--+ gives = ["vacant-seat:a", "unknown-norm:CDU"]
SELECT 'gap' AS answer, s.instance AS focus, count(*) AS count, min(s.day) AS seen_on,
       {'titulaire': 0, 'suppleant': count(*)} AS details,
       flatten(list(list_transform(s.facts, lambda f: 'seats/' || f) ORDER BY s.id)) AS premises,
       count(*) AS suppleant
FROM seats_now s
JOIN bodies_now b ON b.id = s.instance AND b.existence = 'existing'
WHERE s."group" = 'usagers' AND s.state = 'vacant'
GROUP BY s.instance
HAVING bool_and(s.position = 'suppleant')
