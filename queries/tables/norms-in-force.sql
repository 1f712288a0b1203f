--+ theme = "law"
--+ panels = ["types"]
--+ expects = ['CDU,2,,2016-06-04,,confirmed,"CSP L1112-3; R1112-79 to R1112-94, R1112-81-1 (loi 2016-41 art. 183; décret 2016-726)"']
--+ [title]
--+ fr = "Ce que la loi exige ce jour-là"
--+ en = "What the law requires on that day"
--+ [question]
--+ fr = "Que garantit la loi aux usagers en {type} ?"
--+ en = "What does the law guarantee to users in {type}?"
--+ [parameters.type]
--+ kind = "types"
--+ label = { fr = "Type d'instance", en = "Kind of body" }
--+ example = "CDU"
--+ optional = true
--+ picker = "SELECT DISTINCT code FROM norms"
--+ [columns]
--+ type = { kind = "types", fr = "Type d'instance", en = "Kind of body" }
--+ seats = { kind = "number", fr = "Sièges d'usagers au moins", en = "Users' seats, at least" }
--+ share = { fr = "Part au moins", en = "Share, at least" }
--+ since = { kind = "date", fr = "Depuis le", en = "Since" }
--+ until = { kind = "date", fr = "Jusqu'au", en = "Until" }
--+ confidence = { kind = "confidences", fr = "Lecture", en = "Reading" }
--+ article = { kind = "article", fr = "Article", en = "Article" }
SELECT n.type, n.usager_seats_min AS seats, n.usager_share_min AS share, n.valid_from AS since, n.valid_to AS until,
       n.confidence, n.legal_basis AS article
FROM norms_now n
WHERE $type::VARCHAR IS NULL OR n.type IN (SELECT w.type FROM narrower w WHERE w.named = $type)
ORDER BY n.type
