--+ focus = "bodies"
--+ severity = "medium"
--+ [title]
--+ fr = "Mandat échu"
--+ en = "Mandate ended"
--+ [says]
--+ fr = "{label} : {count:mandat d'usagers arrivé à son terme|mandats d'usagers arrivés à leur terme} (le premier le {ended}), à vérifier : une prolongation a pu être décidée."
--+ en = "{label}: {count:users' mandate has|users' mandates have} come to an end (the first on {ended}), to be checked: an extension may have been decided."
--+ [finds]
--+ bodies = ["id,kind,type,label", "a,instance,CDU,A"]
--+ seats = ["id,instance,group,position,state,mandate_to,observed_on", "s1,a,usagers,titulaire,filled,2026-06-29,2026-03-01"]
--+ gives = ["expired-mandate:a", "unknown-norm:CDU"]
--+ [finds_not]
--+ bodies = ["id,kind,type,label", "a,instance,CDU,A"]
--+ seats = ["id,instance,group,position,state,mandate_to,observed_on", "s1,a,usagers,titulaire,filled,2026-06-30,2026-03-01"]
--+ gives = ["unknown-norm:CDU"]
SELECT 'gap' AS answer, s.instance AS focus, count(*) AS count, min(s.day) AS seen_on,
       {'titulaire': count(*) FILTER (s.position = 'titulaire'),
        'suppleant': count(*) FILTER (s.position = 'suppleant')} AS details,
       flatten(list(list_transform(s.facts, lambda f: 'seats/' || f) ORDER BY s.id)) AS premises,
       min(s.ended_on) AS ended
FROM seats_now s
JOIN bodies_now b ON b.id = s.instance AND b.existence = 'existing'
WHERE s."group" = 'usagers' AND s.state = 'expired'
GROUP BY s.instance
