--+ theme = "meeting"
--+ view = "graph"
--+ panels = ["bodies"]
--+ expects = ['groupe-de-travail-crsa-covid-deconfinement-occitanie,commission-specialisee-dans-le-domaine-des-droits-des-usagers-de-la-crsa-occitanie', 'groupe-de-travail-crsa-covid-deconfinement-occitanie,urps-medecins-occitanie']
--+ [title]
--+ fr = "Qui siège ensemble ?"
--+ en = "Who sits together?"
--+ [question]
--+ fr = "Avec qui {party} siège-t-il, et dans quelles instances ?"
--+ en = "With whom does {party} sit, and in which bodies?"
--+ [parameters.party]
--+ kind = "party"
--+ label = { fr = "Organisme ou type", en = "Body or type" }
--+ example = "france-assos-sante-occitanie"
--+ picker = "SELECT DISTINCT member FROM memberships WHERE modality = 'effective' UNION SELECT held_for FROM seats WHERE held_for IS NOT NULL"
--+ [columns]
--+ instance = { kind = "bodies", fr = "Instance", en = "Body" }
--+ beside = { kind = "party", fr = "Avec", en = "With" }
SELECT own.instance, b.party AS beside
FROM sitting_now own JOIN sitting_now b ON b.instance = own.instance AND b.party <> own.party
WHERE own.party = speaking($party)
ORDER BY own.instance, beside
