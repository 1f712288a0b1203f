--+ theme = "asking"
--+ expects = ['COREVIH,6,transversalite-inter-corevih,,,', 'PRIV_CME,1,france-assos-sante-occitanie,1,0,"CSP L6161-2, L6161-2-1, L6161-2-2"']
--+ [title]
--+ fr = "Ce qu'on demande, ce que la loi garantit"
--+ en = "What is asked for, what the law guarantees"
--+ [question]
--+ fr = "De quels types d'instance parle-t-on le plus, et que garantit la loi aux usagers ?"
--+ en = "Which kinds of body are spoken of most, and what does the law guarantee to users?"
--+ [columns]
--+ type = { kind = "types", fr = "Type d'instance", en = "Kind of body" }
--+ contributions = { kind = "number", fr = "Contributions qui en parlent", en = "Contributions that speak of it" }
--+ askers = { kind = "party", fr = "Portées par", en = "Carried by" }
--+ asked = { kind = "number", fr = "Sièges d'usagers demandés", en = "Users' seats asked for" }
--+ guaranteed = { kind = "number", fr = "Sièges garantis par la loi", en = "Seats the law guarantees" }
--+ article = { kind = "article", fr = "Article", en = "Article" }
SELECT n.named AS type, count(DISTINCT n.measure) AS contributions,
       list_sort(list(DISTINCT speaking(m.proposed_by)) FILTER (m.proposed_by IS NOT NULL)) AS askers,
       max(m.effect_seats) FILTER (n.guarantees) AS asked,
       any_value(w.usager_seats_min) AS guaranteed, any_value(w.legal_basis) AS article
FROM namings_now n
JOIN measures_now m ON m.id = n.measure
LEFT JOIN norms_now w ON w.type = n.named
LEFT JOIN types_told t ON t.code = n.named
WHERE n.is_type AND (t.kind = 'instance' OR w.type IS NOT NULL)
GROUP BY n.named
ORDER BY contributions DESC, type
