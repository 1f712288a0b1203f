--+ theme = "signing"
--+ view = "matrix"
--+ expects = ['4,usagers,22']
--+ [title]
--+ fr = "Quel groupe porte quel pilier ?"
--+ en = "Which group carries which pillar?"
--+ [question]
--+ fr = "Combien de contributions chaque groupe signe-t-il dans chaque pilier ?"
--+ en = "How many contributions does each group sign in each pillar?"
--+ [columns]
--+ pillar = { kind = "pillars", fr = "Pilier", en = "Pillar" }
--+ group = { kind = "groups", fr = "Groupe", en = "Group" }
--+ measures = { kind = "number", fr = "Contributions signées", en = "Contributions signed" }
SELECT m.pillar, s."group", count(DISTINCT m.id) AS measures
FROM signatories_now s JOIN measures_now m ON m.id = s.measure
WHERE m.pillar IS NOT NULL AND s."group" IS NOT NULL
GROUP BY m.pillar, s."group"
ORDER BY m.pillar, s."group"
