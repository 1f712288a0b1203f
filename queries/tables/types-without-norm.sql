--+ theme = "law"
--+ expects = ['COREVIH,corevih-bourgogne-franche-comte|corevih-centre-val-de-loire|corevih-grand-est|corevih-guadeloupe-saint-martin-saint-barthelemy|corevih-hauts-de-france|corevih-lyon-vallee-du-rhone|corevih-paca-ouest-corse', 'GROUPE,copermo-comite-interministeriel-de-la-performance-hospitaliere|groupe-de-travail-crsa-covid-deconfinement-occitanie|groupe-de-travail-fas-occitanie|transversalite-inter-corevih']
--+ [title]
--+ fr = "Les instances sans norme connue ce jour-là"
--+ en = "Bodies without a known norm on that day"
--+ [question]
--+ fr = "Pour quels types d'instance existants ne connaît-on aucune norme en vigueur ?"
--+ en = "For which kinds of existing body is no norm in force known?"
--+ [columns]
--+ type = { kind = "types", fr = "Type d'instance", en = "Kind of body" }
--+ instances = { kind = "bodies", fr = "Instances", en = "Bodies" }
SELECT b.type, list(b.id ORDER BY b.id) AS instances
FROM bodies_now b
WHERE b.kind = 'instance' AND b.type NOT IN (SELECT n.type FROM norms_now n)
GROUP BY b.type
ORDER BY len(instances) DESC, b.type
