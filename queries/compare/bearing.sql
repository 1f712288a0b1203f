-- What bears on some foci on a date: a row for each thing that counts, of what aspect it is, in which state, since
-- and until when, and the rows that say so. `$bodies`, `$types`, `$measures`, `$meetings` are the foci.
SELECT 'bodies' AS "table", b.id AS focus, 'body' AS aspect, b.id AS thing, b.label,
       concat_ws('|', b.existence, b.type, b.territory, b."group", b.parent) AS state,
       b.exists_from AS since, b.exists_to AS until, NULL AS begun,
       (SELECT list('bodies/' || r.fact) FROM bodies r WHERE speaking(r.id) = b.id) AS facts
FROM bodies_now b WHERE list_contains($bodies, b.id)
UNION ALL
SELECT 'bodies', b.id, 'norm', n.fact, coalesce(n.legal_basis, n.name_fr),
       concat_ws('|', n.confidence, n.usager_seats_min, n.usager_share_min, n.usager_seats_min_in, n.regimes, n.binding_from),
       n.valid_from, n.valid_to, NULL, ['norms/' || n.fact]
FROM bodies_told b JOIN norms_now n ON n.type = b.type WHERE list_contains($bodies, b.id) AND n.fact IS NOT NULL
UNION ALL
SELECT 'bodies', l.instance, 'list', l."group", l."group", concat_ws('|', l.complete, l.day),
       l.day, NULL, NULL, list_transform(l.facts, lambda f: 'compositions/' || f)
FROM lists_now l WHERE list_contains($bodies, l.instance) AND l."group" IN ('usagers', 'all')
UNION ALL
SELECT 'bodies', s.instance, 'seat', s.id, s.id, concat_ws('|', s.state, s."group", s.position, s.regime, s.day),
       s.day, s.ended_on,
       (SELECT max(o.mandate_from) FROM seats o WHERE list_contains(s.facts, o.fact)),
       list_transform(s.facts, lambda f: 'seats/' || f)
FROM seats_now s WHERE list_contains($bodies, s.instance)
UNION ALL
SELECT 'bodies', f.focus, 'verdict', s.fact, concat_ws(' = ', s.id, s.same_as), s.verdict,
       NULL, NULL, NULL, ['same/' || s.fact]
FROM same s JOIN (SELECT unnest($bodies) AS focus) f
     ON f.focus IN (s.id, s.same_as, speaking(s.id), speaking(s.same_as))
UNION ALL
SELECT 'types', n.type, 'norm', n.fact, coalesce(n.legal_basis, n.name_fr),
       concat_ws('|', n.confidence, n.usager_seats_min, n.usager_share_min, n.category),
       n.valid_from, n.valid_to, NULL, ['norms/' || n.fact]
FROM norms_now n WHERE list_contains($types, n.type) AND n.fact IS NOT NULL
UNION ALL
SELECT 'types', n.named, 'naming', n.measure, m.label, concat_ws('|', n.kind, n.guarantees, n.concerned),
       m.date, NULL, NULL, list_transform(n.facts, lambda f: 'measures/' || f)
FROM namings_now n JOIN measures_now m ON m.id = n.measure WHERE list_contains($types, n.named)
UNION ALL
SELECT 'types', b.type, 'instance', b.id, b.label, concat_ws('|', b.existence, b.territory),
       b.exists_from, b.exists_to, NULL,
       (SELECT list('bodies/' || r.fact) FROM bodies r WHERE speaking(r.id) = b.id)
FROM bodies_now b WHERE list_contains($types, b.type) AND b.kind = 'instance'
UNION ALL
SELECT 'measures', m.id, 'measure', m.id, m.label, concat_ws('|', m.kind, m.signatories_complete),
       m.date, NULL, NULL, list_transform(m.facts, lambda f: 'measures/' || f)
FROM measures_now m WHERE list_contains($measures, m.id)
UNION ALL
SELECT 'measures', s.measure, 'signatory', s.party, s.label, concat_ws('|', s."group", s.type), NULL, NULL, NULL, s.facts
FROM signatories_now s WHERE list_contains($measures, s.measure)
UNION ALL
SELECT 'measures', s.measure, 'norm', n.fact, coalesce(n.legal_basis, n.name_fr),
       concat_ws('|', n.usager_seats_min, n.usager_share_min), n.valid_from, n.valid_to, NULL, ['norms/' || n.fact]
FROM signatories_now s JOIN norms_now n ON n.type = s.type
WHERE list_contains($measures, s.measure) AND s."group" IS NULL AND n.fact IS NOT NULL
UNION ALL
SELECT 'measures', p.measure, 'participation', p.fact, p.stage, concat_ws('|', p.modality, p."group"),
       NULL, NULL, NULL, ['participations/' || p.fact]
FROM participations p WHERE list_contains($measures, p.measure)
UNION ALL
SELECT 'meetings', m.id, 'meeting', m.id, m.label, m.attendance_complete, m.date, NULL, NULL,
       (SELECT list('meetings/' || r.fact) FROM meetings r WHERE r.id = m.id)
FROM meetings_now m WHERE list_contains($meetings, m.id)
UNION ALL
SELECT 'meetings', a.meeting, 'attendance', a.fact, a."group", a.status, NULL, NULL, NULL, ['attendances/' || a.fact]
FROM attendances a WHERE list_contains($meetings, a.meeting)
