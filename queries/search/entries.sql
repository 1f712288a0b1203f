-- What the search box finds, in the order in which equals are told: a thing of another kind is one more UNION ALL.
-- `code` is what experts call it by, `more` other words by which it may be found.
SELECT "table", id, label, label_en, code, more FROM (
    SELECT 1 AS kind, 'types' AS "table", t.code AS id, t.label, t.label_en, t.code AS code,
           NULL AS more, 0 AS rank
    FROM types_told t
    UNION ALL
    SELECT 2, 'bodies', b.id, b.label, b.label_en, NULL, concat_ws(' ', b.type, t.label, p.label, b.id),
           CASE WHEN b.status IN ('abolished', 'expected') THEN 1 ELSE 0 END
    FROM bodies_told b
    LEFT JOIN types_told t ON t.code = b.type
    LEFT JOIN territories_told p ON p.code = b.territory
    UNION ALL
    SELECT 3, 'measures', m.id, m.label, m.label_en, NULL, concat_ws(' ', m.theme, m.id), 0
    FROM measures_told m
    UNION ALL
    SELECT 4, 'norms', n.fact, any_value(n.name_fr), any_value(n.name_en), any_value(n.code),
           any_value(concat_ws(' ', n.legal_basis, n.category)), 0
    FROM norms n GROUP BY n.fact
    UNION ALL
    SELECT 5, 'territories', t.code, t.label, NULL, t.code, NULL, 0
    FROM territories_told t
)
ORDER BY kind, rank, length(label), label, id
