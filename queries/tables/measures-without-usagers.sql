--+ theme = "signing"
--+ expects = ['doc-004-contribution-commune,corevih-bourgogne-franche-comte|corevih-centre-val-de-loire|corevih-grand-est|corevih-guadeloupe-saint-martin-saint-barthelemy|corevih-hauts-de-france|corevih-lyon-vallee-du-rhone|corevih-paca-ouest-corse,,']
--+ [title]
--+ fr = "Que signe-t-on sans les usagers ?"
--+ en = "What is signed without users?"
--+ [question]
--+ fr = "Quelles contributions du pilier {pillar} ont plusieurs signataires, et aucun usager connu parmi eux ?"
--+ en = "Which contributions of pillar {pillar} have several signatories, and no known user among them?"
--+ [parameters.pillar]
--+ kind = "pillars"
--+ label = { fr = "Pilier", en = "Pillar" }
--+ example = ""
--+ optional = true
--+ [columns]
--+ measure = { kind = "measures", fr = "Contribution", en = "Contribution" }
--+ signatories = { kind = "party", fr = "Signataires", en = "Signatories" }
--+ groups = { kind = "groups", fr = "Leurs groupes connus", en = "Their known groups" }
--+ list_complete = { kind = "answers", fr = "Liste dite complète", en = "List said complete" }
SELECT s.measure, list(s.party ORDER BY s.party) AS signatories,
       list(DISTINCT s."group" ORDER BY s."group") FILTER (s."group" IS NOT NULL) AS groups,
       any_value(m.signatories_complete) AS list_complete
FROM signatories_now s JOIN measures_now m ON m.id = s.measure
WHERE $pillar::VARCHAR IS NULL OR m.pillar = $pillar
GROUP BY s.measure
HAVING count(*) > 1 AND NOT coalesce(bool_or(s."group" = 'usagers'), false)
ORDER BY s.measure
