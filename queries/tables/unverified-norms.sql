--+ theme = "law"
--+ expects = []
--+ [title]
--+ fr = "Les normes à vérifier d'abord"
--+ en = "The norms to verify first"
--+ [question]
--+ fr = "Quelles normes citées de mémoire pèsent sur une instance existante ou sur une demande ?"
--+ en = "Which norms quoted from memory bear on an existing body or on a request?"
--+ [columns]
--+ norm = { kind = "norms", fr = "Norme de mémoire", en = "Norm from memory" }
--+ type = { kind = "types", fr = "Type", en = "Kind" }
--+ seats = { kind = "number", fr = "Sièges d'usagers cités", en = "Users' seats quoted" }
--+ instances = { kind = "number", fr = "Instances existantes", en = "Existing bodies" }
--+ requests = { kind = "number", fr = "Contributions qui en parlent", en = "Contributions that speak of it" }
--+ article = { kind = "article", fr = "Article à relire", en = "Article to read again" }
WITH existing AS (
    SELECT b.type, count(*) AS instances FROM bodies_now b WHERE b.kind = 'instance' GROUP BY b.type
),
spoken AS (
    SELECT w.named AS type, count(DISTINCT w.measure) AS requests FROM namings_now w WHERE w.is_type GROUP BY w.named
)
SELECT n.fact AS norm, n.type, n.usager_seats_min AS seats, coalesce(e.instances, 0) AS instances,
       coalesce(s.requests, 0) AS requests, n.legal_basis AS article
FROM norms_now n
LEFT JOIN existing e ON e.type = n.type
LEFT JOIN spoken s ON s.type = n.type
WHERE n.confidence = 'from-memory' AND coalesce(e.instances, s.requests) IS NOT NULL
ORDER BY coalesce(e.instances, 0) + coalesce(s.requests, 0) DESC, n.type
