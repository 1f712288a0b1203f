--+ theme = "data"
--+ panels = ["types"]
--+ expects = ['REG-28,CTS,,bodies,7,2020-06-08,doc-002']
--+ [title]
--+ fr = "Les chiffres publiés"
--+ en = "The published figures"
--+ [question]
--+ fr = "Quels totaux sont publiés pour {type} ?"
--+ en = "Which totals are published for {type}?"
--+ [parameters.type]
--+ kind = "types"
--+ label = { fr = "Type d'instance", en = "Kind of body" }
--+ example = "CTS"
--+ optional = true
--+ picker = "SELECT DISTINCT type FROM figures"
--+ [columns]
--+ territory = { kind = "territories", fr = "Où", en = "Where" }
--+ type = { kind = "types", fr = "Type d'instance", en = "Kind of body" }
--+ position = { kind = "positions", fr = "Position", en = "Position" }
--+ figure = { kind = "figures", fr = "Ce qui est compté", en = "What is counted" }
--+ value = { kind = "number", fr = "Nombre", en = "Number" }
--+ seen_on = { kind = "date", fr = "Au", en = "On" }
--+ source = { kind = "sources", fr = "Source", en = "Source" }
SELECT f.territory, f.type, f.position, f.figure, f.value, f.observed_on AS seen_on, f.source
FROM figures f
WHERE f.observed_on <= as_of()
  AND ($type::VARCHAR IS NULL OR f.type IN (SELECT w.type FROM narrower w WHERE w.named = $type))
ORDER BY f.type, f.territory, f.figure
