--+ theme = "seats"
--+ panels = ["types"]
--+ expects = ['cts-haute-garonne,6,,,,confirmed']
--+ [title]
--+ fr = "Les sièges exigés, et ce qu'on en sait"
--+ en = "Required seats, and what is known of them"
--+ [question]
--+ fr = "Combien de sièges d'usagers la loi exige-t-elle dans chaque {type}, et combien sont connus ?"
--+ en = "How many users' seats does the law require in each {type}, and how many are known?"
--+ [parameters.type]
--+ kind = "types"
--+ label = { fr = "Type d'instance", en = "Kind of body" }
--+ example = "CTS"
--+ optional = true
--+ picker = "SELECT DISTINCT type FROM bodies_told WHERE kind = 'instance'"
--+ [columns]
--+ instance = { kind = "bodies", fr = "Instance", en = "Body" }
--+ required = { kind = "number", fr = "Exigés par la loi", en = "Required by law" }
--+ filled = { kind = "number", fr = "Vus occupés", en = "Seen filled" }
--+ vacant = { kind = "number", fr = "Vus vacants", en = "Seen vacant" }
--+ listed_on = { kind = "date", fr = "Liste vue le", en = "List seen on" }
--+ confidence = { kind = "confidences", fr = "Lecture de la norme", en = "Reading of the norm" }
SELECT r.instance, r.required,
       CASE WHEN r.seats > 0 OR r.list_day IS NOT NULL THEN r.filled END AS filled,
       CASE WHEN r.seats > 0 OR r.list_day IS NOT NULL THEN r.vacant END AS vacant,
       r.list_day AS listed_on, r.confidence
FROM required_now r
WHERE $type::VARCHAR IS NULL OR r.type IN (SELECT w.type FROM narrower w WHERE w.named = $type)
ORDER BY r.required DESC NULLS LAST, r.instance
