--+ theme = "meeting"
--+ view = "timeline"
--+ panels = ["territories"]
--+ expects = ['2020-05-25,lancement-du-segur-de-la-sante,meeting,,,FR', '2020-06-30,fin-de-la-concertation-nationale-du-segur,deadline,,,FR']
--+ [title]
--+ fr = "Le calendrier d'une concertation"
--+ en = "The calendar of a consultation"
--+ [question]
--+ fr = "Quelles réunions, enquêtes et échéances y a-t-il eu en {territory} ?"
--+ en = "Which meetings, surveys and deadlines were there in {territory}?"
--+ [parameters.territory]
--+ kind = "territories"
--+ label = { fr = "Territoire", en = "Territory" }
--+ example = "REG-28"
--+ optional = true
--+ [columns]
--+ day = { kind = "date", fr = "Le", en = "On" }
--+ meeting = { kind = "meetings", fr = "Quoi", en = "What" }
--+ kind = { kind = "meeting-kinds", fr = "Nature", en = "Nature" }
--+ until = { kind = "date", fr = "Jusqu'au", en = "Until" }
--+ instance = { kind = "bodies", fr = "Instance", en = "Body" }
--+ where = { kind = "territories", fr = "Où", en = "Where" }
SELECT m.date AS day, m."end" AS until, m.id AS meeting, coalesce(m.kind, 'meeting') AS kind,
       speaking(m.instance) AS instance, coalesce(m.territory, b.territory) AS "where"
FROM meetings_now m
LEFT JOIN bodies_told b ON b.id = speaking(m.instance)
WHERE $territory::VARCHAR IS NULL
   OR coalesce(m.territory, b.territory) IN (SELECT l.territory FROM lies_in l WHERE l.area = $territory)
   OR coalesce(m.territory, b.territory) = 'FR'
ORDER BY day, meeting
