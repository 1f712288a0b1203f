-- What may stand in a picture on a date, beside the pillars: bodies, the types that rows name, contributions.
-- `status` is empty for a body that exists; a body that is no more is told where it signed what still counts.
WITH levels AS (
    SELECT k.named AS code, coalesce(t.label, n.name_fr, k.named) AS label, coalesce(t.label_en, n.name_en) AS label_en,
           coalesce(t.kind, b.kind, 'instance') AS kind, t."group", coalesce(t.level, n.level) AS level
    FROM (SELECT DISTINCT named FROM narrower) k
    LEFT JOIN types_told t ON t.code = k.named
    LEFT JOIN norms_now n ON n.type = k.named
    LEFT JOIN (SELECT type, min(kind) AS kind FROM bodies_told GROUP BY type) b ON b.type = k.named
),
signing AS (
    SELECT speaking(s.body) AS id FROM signatures s SEMI JOIN measures_now m ON m.id = s.measure
    UNION
    SELECT speaking(m.proposed_by) FROM measures_now m WHERE m.proposed_by IS NOT NULL
)
SELECT 'bodies' AS "table", b.id, b.label, b.label_en, b.kind, b.type, coalesce(b."group", l."group") AS "group",
       b.territory, l.level, speaking(b.parent) AS parent, NULL AS pillar,
       CASE WHEN b.status IN ('proposed', 'expected') THEN b.status
            WHEN n.id IS NULL THEN 'former' ELSE '' END AS status
FROM bodies_told b
LEFT JOIN levels l ON l.code = b.type
LEFT JOIN bodies_now n ON n.id = b.id
WHERE n.id IS NOT NULL OR b.id IN (SELECT s.id FROM signing s)
   OR (b.status = 'proposed' AND coalesce(b.exists_from <= as_of(), true) AND coalesce(b.exists_to >= as_of(), true))
UNION ALL
SELECT 'types', l.code, l.label, l.label_en, l.kind, l.code, l."group", NULL, l.level, NULL, NULL, ''
FROM levels l
UNION ALL
SELECT 'measures', m.id, m.label, m.label_en, m.kind, m.kind, NULL, f.territory, NULL, NULL, m.pillar, ''
FROM measures_now m LEFT JOIN bodies_told f ON f.id = speaking(m.proposed_by)
ORDER BY 1, 2
