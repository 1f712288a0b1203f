--+ theme = "signing"
--+ view = "matrix"
--+ expects = ['assurance-maladie,etablissements,1', 'usagers,professionnels,1']
--+ [title]
--+ fr = "Quels groupes signent ensemble ?"
--+ en = "Which groups sign together?"
--+ [question]
--+ fr = "Combien de contributions deux groupes signent-ils ou signeraient-ils ensemble ?"
--+ en = "How many contributions do two groups sign, or would they sign, together?"
--+ [columns]
--+ one = { kind = "groups", fr = "Un groupe", en = "One group" }
--+ other = { kind = "groups", fr = "L'autre", en = "The other" }
--+ measures = { kind = "number", fr = "Contributions, pressenties comprises", en = "Contributions, foreseen ones too" }
WITH signing AS (
    SELECT s.measure, s."group" FROM signatories_now s
    UNION
    SELECT s.measure, coalesce(b."group", t."group")
    FROM signatures s SEMI JOIN measures_now m ON m.id = s.measure
    LEFT JOIN bodies_told b ON b.id = speaking(s.body)
    LEFT JOIN types_told t ON t.code = coalesce(b.type, s.body)
    WHERE s.role IN ('author', 'cosignatory')
)
SELECT a."group" AS one, b."group" AS other, count(DISTINCT a.measure) AS measures
FROM signing a JOIN signing b ON b.measure = a.measure AND b."group" <> a."group"
GROUP BY a."group", b."group"
ORDER BY a."group", b."group"
