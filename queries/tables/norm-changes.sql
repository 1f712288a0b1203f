--+ theme = "law"
--+ view = "timeline"
--+ expects = ['2025-12-27,CNS,10,22,,confirmed,CSP L1411-3; D1411-37 (loi 2024-317; décret 2025-1307)', '2020-05-25,SEGUR_GCR,,0,,from-memory,none (social dialogue)']
--+ [title]
--+ fr = "Ce que la loi a changé"
--+ en = "What the law changed"
--+ [question]
--+ fr = "Quelles normes ont changé depuis le {since} ?"
--+ en = "Which norms have changed since {since}?"
--+ [parameters.since]
--+ kind = "date"
--+ label = { fr = "jour", en = "day" }
--+ example = "2020-01-01"
--+ [columns]
--+ day = { kind = "date", fr = "Le", en = "On" }
--+ type = { kind = "types", fr = "Type d'instance", en = "Kind of body" }
--+ before = { kind = "number", fr = "Sièges d'usagers avant", en = "Users' seats before" }
--+ after = { kind = "number", fr = "Sièges d'usagers ensuite", en = "Users' seats after" }
--+ binding_from = { kind = "date", fr = "S'impose aux instances existantes le", en = "Binds existing bodies from" }
--+ confidence = { kind = "confidences", fr = "Lecture", en = "Reading" }
--+ article = { kind = "article", fr = "Article", en = "Article" }
SELECT n.valid_from AS day, n.code AS type, b.usager_seats_min AS before, n.usager_seats_min AS after,
       n.binding_from, n.confidence, n.legal_basis AS article
FROM norms n
LEFT JOIN norms b ON b.code = n.code AND b.valid_to = n.valid_from - 1
WHERE n.valid_from > $since AND n.valid_from <= as_of()
ORDER BY day DESC, type
