--+ theme = "place"
--+ panels = ["territories"]
--+ expects = ['ars-occitanie,régional,ARS,REG-76', 'groupe-de-travail-fas-occitanie,,GROUPE,REG-76']
--+ [title]
--+ fr = "Qui agit sur un territoire ?"
--+ en = "Who acts in a territory?"
--+ [question]
--+ fr = "Quels organismes, à chaque échelon, y a-t-il en {territory} et dans ce qu'elle contient ?"
--+ en = "Which bodies, at each level, are there in {territory} and what lies in it?"
--+ [parameters.territory]
--+ kind = "territories"
--+ label = { fr = "Territoire", en = "Territory" }
--+ example = "REG-76"
--+ [columns]
--+ body = { kind = "bodies", fr = "Organisme", en = "Body" }
--+ level = { kind = "levels", fr = "Échelon", en = "Level" }
--+ type = { kind = "types", fr = "Type", en = "Type" }
--+ where = { kind = "territories", fr = "Où", en = "Where" }
SELECT b.id AS body, t.level, b.type, b.territory AS "where"
FROM bodies_now b
LEFT JOIN types_told t ON t.code = b.type
WHERE b.existence = 'existing'
  AND b.territory IN (SELECT l.territory FROM lies_in l WHERE l.area = $territory)
ORDER BY list_position(['national', 'régional', 'départemental-territorial', 'local', 'établissement'], t.level),
         b.type, b.territory, b.id
