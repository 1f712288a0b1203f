-- What joins them on a date, one row a fact: who (`source`, a party or a contribution), what (`target`), on what
-- ground (`basis`: effective, requested, law), in which words (`said`), and the row that says it.
-- A contribution is written `measures/…`, a pillar `pillars/…`; a party by its id alone.
WITH filled AS (
    SELECT unnest(s.facts) AS fact FROM seats_now s WHERE s.state = 'filled'
),
counting AS (
    SELECT m.*, n.kind AS told_kind, n.pillar AS told_pillar, n.concerns AS told_concerns,
           n.effect_type AS told_type, n.effect_group AS told_group, n.effect_seats AS told_seats,
           n.proposed_by AS told_by
    FROM measures m JOIN measures_now n ON n.id = m.id
)
SELECT 'member' AS relation, m.member AS source, m.body AS target, m.modality AS basis, m.role AS said,
       'memberships/' || m.fact AS fact, m.source AS document, m.locator AS locator
FROM memberships m
WHERE coalesce(m.member_from <= as_of(), true) AND coalesce(m.member_to >= as_of(), true)
UNION ALL
SELECT 'seat', s.held_for, s.instance, 'effective', s.position, 'observations/' || s.fact, s.source, s.locator
FROM seats s SEMI JOIN filled f ON f.fact = s.fact
WHERE s.held_for IS NOT NULL
UNION ALL
SELECT 'part', b.id, b.parent, CASE WHEN t.status = 'proposed' THEN 'requested' ELSE 'effective' END, NULL,
       'bodies/' || b.fact, b.source, b.locator
FROM bodies b JOIN bodies_told t ON t.id = speaking(b.id) AND t.parent = b.parent
UNION ALL
SELECT 'link', l."from", l."to", 'law', unnest([l.relation, CASE WHEN l.confidence <> 'confirmed' THEN l.confidence END]), 'links/' || l.fact, l.source, l.locator
FROM links l
UNION ALL
SELECT CASE WHEN s.role IN ('lead', 'relay') THEN 'carries' WHEN s.modality = 'effective' THEN 'cosigns' ELSE 'to-cosign' END,
       s.body, 'measures/' || s.measure, s.modality, s.role, 'signatures/' || s.fact, s.source, s.locator
FROM signatures s SEMI JOIN counting c ON c.id = s.measure
UNION ALL
SELECT 'carries', c.proposed_by, 'measures/' || c.id, 'effective', 'proposes', 'measures/' || c.fact, c.source,
       c.locator
FROM counting c WHERE c.proposed_by = c.told_by
UNION ALL
SELECT 'concerns', 'measures/' || c.id, unnest(list_filter(c.concerns, lambda p: list_contains(c.told_concerns, p))),
       CASE WHEN c.told_kind = 'proposal' THEN 'requested' ELSE 'effective' END, NULL, 'measures/' || c.fact, c.source,
       c.locator
FROM counting c
UNION ALL
SELECT 'asks', coalesce(c.told_by, 'measures/' || c.id), c.effect_type, 'requested', CAST(c.effect_seats AS VARCHAR),
       'measures/' || c.fact, c.source, c.locator
FROM counting c WHERE c.effect_type = c.told_type AND c.told_group = 'usagers'
UNION ALL
SELECT 'pillar', 'measures/' || c.id, 'pillars/' || c.pillar, 'effective', NULL, 'measures/' || c.fact, c.source,
       c.locator
FROM counting c WHERE c.pillar = c.told_pillar
ORDER BY ALL
