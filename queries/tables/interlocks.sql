--+ theme = "meeting"
--+ view = "graph"
--+ panels = ["bodies"]
--+ expects = []
--+ [title]
--+ fr = "Qui est aussi dans d'autres instances ?"
--+ en = "Who is in other bodies too?"
--+ [question]
--+ fr = "Quelles organisations siègent à la fois en {instance} et ailleurs ?"
--+ en = "Which organisations sit both in {instance} and elsewhere?"
--+ [parameters.instance]
--+ kind = "bodies"
--+ label = { fr = "Instance", en = "Body" }
--+ example = "groupe-de-travail-crsa-covid-deconfinement-occitanie"
--+ picker = "SELECT id FROM bodies_told WHERE kind = 'instance'"
--+ [columns]
--+ organisation = { kind = "party", fr = "Organisation", en = "Organisation" }
--+ elsewhere = { kind = "bodies", fr = "Aussi en", en = "Also in" }
SELECT here.party AS organisation, e.instance AS elsewhere
FROM sitting_now here JOIN sitting_now e ON e.party = here.party AND e.instance <> here.instance
WHERE here.instance = speaking($instance)
ORDER BY organisation, elsewhere
