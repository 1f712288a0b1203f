--+ focus = "types"
--+ unknown = "unknown-instances"
--+ [title]
--+ fr = "Instance jamais vue"
--+ en = "Body never seen"
--+ [asks]
--+ fr = "{label} ({territory_label}) : {count:instance que la loi exige et qu'aucune source ne montre|instances que la loi exige et qu'aucune source ne montre}. Qui peut le dire ?"
--+ en = "{label} ({territory_label}): {count:body that the law requires and no source shows|bodies that the law requires and no source shows}. Who can tell?"
--+ [finds]
--+ bodies = ["id,kind,type,label,territory,status", "a,instance,CDU,A,DEP-31,expected"]
--+ gives = ["unknown-instances:CDU:DEP-31"]
--+ [finds_not]
--+ bodies = ["id,kind,type,label,territory,status", "a,instance,CDU,A,DEP-31,proposed"]
--+ gives = []
SELECT 'unknown' AS answer, b.type AS focus, b.territory, count(DISTINCT b.id) AS count, {'count': count(DISTINCT b.id)} AS details,
       list('bodies/' || f.fact ORDER BY f.fact) AS premises
FROM bodies_now b
JOIN bodies f ON speaking(f.id) = b.id
WHERE b.kind = 'instance' AND b.existence = 'expected'
GROUP BY b.type, b.territory
