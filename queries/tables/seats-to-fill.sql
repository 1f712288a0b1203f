--+ theme = "seats"
--+ panels = ["territories"]
--+ expects = []
--+ [title]
--+ fr = "Les sièges à pourvoir"
--+ en = "The seats to be filled"
--+ [question]
--+ fr = "Quels sièges d'usagers sont vacants, ou à mandat échu, en {territory} ?"
--+ en = "Which seats of users are vacant, or past their mandate, in {territory}?"
--+ [parameters.territory]
--+ kind = "territories"
--+ label = { fr = "Territoire", en = "Territory" }
--+ example = "REG-76"
--+ optional = true
--+ [columns]
--+ instance = { kind = "bodies", fr = "Instance", en = "Body" }
--+ territory = { kind = "territories", fr = "Où", en = "Where" }
--+ position = { kind = "positions", fr = "Siège", en = "Seat" }
--+ regime = { kind = "regimes", fr = "Régime", en = "Regime" }
--+ state = { fr = "État", en = "State" }
--+ seats = { kind = "number", fr = "Combien", en = "How many" }
--+ seen_on = { kind = "date", fr = "Vu le", en = "Seen on" }
SELECT s.instance, b.territory, s.position, s.regime, s.state, count(*) AS seats, min(s.day) AS seen_on
FROM seats_now s
JOIN bodies_now b ON b.id = s.instance
WHERE s."group" = 'usagers' AND s.state IN ('vacant', 'expired')
  AND ($territory::VARCHAR IS NULL
       OR b.territory IN (SELECT l.territory FROM lies_in l WHERE l.area = $territory))
GROUP BY s.instance, b.territory, s.position, s.regime, s.state
ORDER BY s.state DESC, s.instance, s.position DESC
