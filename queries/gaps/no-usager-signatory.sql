--+ focus = "measures"
--+ unknown = "unknown-signatories"
--+ severity = "high"
--+ [title]
--+ fr = "Signée sans usagers"
--+ en = "Signed without users"
--+ [says]
--+ fr = "{label} : {parties:signataire|signataires} ({names}), aucun ne représente les usagers."
--+ en = "{label}: {parties:signatory|signatories} ({names}), none speaks for users."
--+ [asks]
--+ fr = "{label} : des usagers ont-ils signé ? {parties:signataire connu|signataires connus} ({names}), aucun des usagers, et rien ne dit que la liste est complète."
--+ en = "{label}: did users sign? {parties:signatory is|signatories are} known ({names}), none of users, and nothing says that the list is complete."
--+ [asks_mixed]
--+ fr = "{label} : des usagers ont-ils signé ? Plusieurs groupes siègent dans {mixed:l'instance signataire|les instances signataires}, où la loi garantit un siège aux usagers : {mixed}."
--+ en = "{label}: did users sign? Several groups sit in the {mixed:signatory body|signatory bodies}, where the law guarantees users a seat: {mixed}."
--+ [asks_mixed_some]
--+ fr = "{label} : des usagers ont-ils signé ? Aucune source ne dit pour quel groupe signent {mixed} ; la loi garantit un siège aux usagers dans une partie seulement de ces instances."
--+ en = "{label}: did users sign? No source says for which group these sign: {mixed}; the law guarantees users a seat in some of these bodies only."
--+ [asks_mixed_without]
--+ fr = "{label} : des usagers ont-ils signé ? Aucune source ne dit pour quel groupe {mixed:signe ce signataire|signent ces signataires}, et aucune norme en vigueur n'y garantit un siège aux usagers : {mixed}."
--+ en = "{label}: did users sign? No source says for which group {mixed:this party signs|these parties sign}, and no norm in force guarantees users a seat there: {mixed}."
--+ [finds]
--+ bodies = ["id,kind,type,label,group", "ars,actor,ARS,ARS,etat", "urps,actor,URPS,URPS,professionnels"]
--+ measures = ["id,kind,label,signatories_complete", "m,measure,M,yes"]
--+ signatures = ["measure,body,role,modality", "m,ars,author,effective", "m,urps,cosignatory,effective"]
--+ gives = ["no-usager-signatory:m"]
--+ [finds_not]
--+ bodies = ["id,kind,type,label,group", "ars,actor,ARS,ARS,etat", "urps,actor,URPS,URPS,professionnels"]
--+ measures = ["id,kind,label,signatories_complete", "m,measure,M,"]
--+ signatures = ["measure,body,role,modality", "m,ars,author,effective", "m,urps,cosignatory,effective"]
--+ gives = ["unknown-signatories:m"]
WITH signed AS (
    SELECT s.measure, count(*) AS parties, coalesce(bool_or(s."group" = 'usagers'), false) AS by_usagers,
           flatten(list(s.facts ORDER BY s.party)) AS facts, list(s.label ORDER BY s.label) AS names,
           list(s.label ORDER BY s.label) FILTER (s."group" IS NULL) AS mixed,
           bool_and(coalesce(n.usager_seats_min > 0, false) OR n.usager_share_min IS NOT NULL)
               FILTER (s."group" IS NULL) AS users_sit,
           bool_or(coalesce(n.usager_seats_min > 0, false) OR n.usager_share_min IS NOT NULL)
               FILTER (s."group" IS NULL) AS some_sit
    FROM signatories_now s LEFT JOIN norms_now n ON n.type = s.type
    GROUP BY s.measure
)
SELECT CASE WHEN m.signatories_complete = 'yes' AND s.mixed IS NULL THEN 'gap' ELSE 'unknown' END AS answer,
       m.id AS focus, 1 AS count, m.date AS seen_on,
       list_distinct(list_concat(s.facts, list_transform(m.facts, lambda f: 'measures/' || f))) AS premises,
       CASE
           WHEN s.mixed IS NULL THEN NULL
           WHEN s.users_sit THEN 'asks_mixed'
           WHEN s.some_sit THEN 'asks_mixed_some'
           ELSE 'asks_mixed_without'
       END AS sentence,
       s.parties, s.names, s.mixed
FROM measures_now m
JOIN signed s ON s.measure = m.id
WHERE s.parties >= 2 AND NOT s.by_usagers
