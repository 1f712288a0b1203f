--+ theme = "asking"
--+ view = "matrix"
--+ expects = ['accès aux soins,france-assos-sante-occitanie,1', 'équipes et management,transversalite-inter-corevih,13']
--+ [title]
--+ fr = "De quoi chacun parle-t-il ?"
--+ en = "What does each speak of?"
--+ [question]
--+ fr = "Combien de propositions chacun porte-t-il sur chaque thème ?"
--+ en = "How many proposals does each carry on each theme?"
--+ [columns]
--+ theme = { fr = "Thème", en = "Theme" }
--+ asker = { kind = "party", fr = "Qui propose", en = "Who proposes" }
--+ proposals = { kind = "number", fr = "Propositions", en = "Proposals" }
SELECT m.theme, speaking(m.proposed_by) AS asker, count(*) AS proposals
FROM measures_now m
WHERE m.theme IS NOT NULL AND m.proposed_by IS NOT NULL
GROUP BY m.theme, asker
ORDER BY m.theme, asker
