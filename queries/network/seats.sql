-- Users' seats, three facts side by side: what the law requires, what sources have seen, what proposals ask for.
-- None seen is said of a complete list alone, where no seat is unknown. `instance` or `type` says whose they are. Of a
-- type, the law speaks for the type itself or for those it names.
SELECT r.instance, NULL AS type, r.required AS law,
       CASE WHEN r.filled > 0 OR (r.list_complete AND r.filled + r.vacant = r.seats) THEN r.filled END AS filled,
       nullif(r.vacant, 0) AS vacant, NULL AS asked
FROM required_now r WHERE r.existence = 'existing'
UNION ALL
SELECT r.instance, NULL, r.required, NULL, NULL, NULL FROM required_now r WHERE r.existence = 'expected'
UNION ALL
SELECT NULL, k.named,
       CASE WHEN count(DISTINCT n.usager_seats_min) = 1 AND count(n.usager_share_min) = 0 THEN min(n.usager_seats_min) END,
       NULL, NULL, any_value(a.seats)
FROM narrower k
LEFT JOIN norms_now n ON n.type = k.type
LEFT JOIN (
    SELECT m.effect_type AS named, max(m.effect_seats) AS seats FROM measures_now m
    WHERE m.effect_group = 'usagers' GROUP BY m.effect_type
) a ON a.named = k.named
GROUP BY k.named
HAVING count(n.usager_seats_min) > 0 OR any_value(a.seats) IS NOT NULL
