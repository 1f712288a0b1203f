--+ theme = "asking"
--+ view = "matrix"
--+ expects = ['doc-000-appui-des-cvs,suivi,requested', 'doc-003-reflexion-collective,elaboration,effective']
--+ [title]
--+ fr = "À quelles étapes prend-on part ?"
--+ en = "Who takes part at which stage?"
--+ [question]
--+ fr = "À quelles étapes de chaque contribution {group} prennent-ils part, ou le demandent-ils ?"
--+ en = "At which stages of each contribution do {group} take part, or ask to?"
--+ [parameters.group]
--+ kind = "groups"
--+ label = { fr = "Groupe", en = "Group" }
--+ example = "usagers"
--+ [columns]
--+ measure = { kind = "measures", fr = "Contribution", en = "Contribution" }
--+ stage = { kind = "stages", fr = "Étape", en = "Stage" }
--+ how = { kind = "modalities", fr = "Comment", en = "How" }
SELECT m.id AS measure, p.stage, list(DISTINCT p.modality ORDER BY p.modality) AS how
FROM participations p JOIN measures_now m ON m.id = p.measure
WHERE p."group" = $group
GROUP BY m.id, p.stage
ORDER BY m.id, list_position(['elaboration', 'diffusion', 'suivi', 'evaluation'], p.stage)
