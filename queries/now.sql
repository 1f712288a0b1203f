-- What counts on a date. Run once a date, with the variables `as_of` (a day) and `adopted` (ids of
-- measures taken as adopted); the gap rules read the tables *_now.
CREATE TEMP MACRO as_of() AS getvariable('as_of');

-- R2 · The bodies that exist on a date, or that the law requires and nobody has seen ('expected').
CREATE TEMP TABLE bodies_now AS
SELECT b.*, CASE WHEN b.status = 'expected' THEN 'expected' ELSE 'existing' END AS existence
FROM bodies_told b
WHERE (b.status IS NULL OR b.status IN ('existing', 'expected') OR (b.status = 'abolished' AND b.exists_to IS NOT NULL))
  AND coalesce(b.exists_from <= as_of(), true) AND coalesce(b.exists_to >= as_of(), true);

-- R2 · The measures that count on a date.
CREATE TEMP TABLE measures_now AS
SELECT m.* FROM measures_told m WHERE coalesce(m.date <= as_of(), true);

-- R2 · The meetings that count on a date.
CREATE TEMP TABLE meetings_now AS
SELECT m.* FROM meetings_told m WHERE coalesce(m.date <= as_of(), true);

-- R16 · What the measures taken as adopted guarantee to users, a type.
CREATE TEMP TABLE adopted AS
SELECT n.type, max(m.effect_seats) AS seats, flatten(list(m.facts ORDER BY m.id)) AS facts
FROM measures_told m JOIN narrower n ON n.named = m.effect_type
WHERE list_contains(getvariable('adopted'), m.id) AND m.effect_group = 'usagers'
GROUP BY n.type;

-- R3, R16 · The norms of a date, raised by the measures taken as adopted (table `adopted`).
CREATE TEMP TABLE norms_now AS
WITH valid AS (
    SELECT n.* FROM norms n
    WHERE coalesce(n.valid_from <= as_of(), true) AND coalesce(n.valid_to >= as_of(), true)
)
SELECT coalesce(v.code, a.type) AS type, v.* EXCLUDE (code, usager_seats_min, confidence),
       greatest(v.usager_seats_min, a.seats) AS usager_seats_min,
       v.usager_seats_min AS written_min, a.seats AS adopted_seats, a.facts AS adopted_facts,
       CASE WHEN a.seats > coalesce(v.usager_seats_min, -1) THEN 'confirmed' ELSE v.confidence END AS confidence
FROM valid v FULL JOIN adopted a ON a.type = v.code;

-- R4, R5 · The list of each group on a date: its day, whether it is complete, the last complete day.
CREATE TEMP TABLE lists_now AS
SELECT l.instance, l."group", max(l.day) AS day, arg_max(l.complete, l.day) AS complete,
       arg_max(l.facts, l.day) AS facts, max(l.day) FILTER (l.complete) AS closed_on
FROM list_days l
WHERE l.day <= as_of()
GROUP BY l.instance, l."group";

-- R4, R5, R6 · What the seats are on a date: filled, vacant, expired or unknown.
CREATE TEMP TABLE seats_now AS
WITH latest AS (
    SELECT s.id, max(s.observed_on) AS day, arg_max(s.regime, (s.observed_on, r.rank, s.fact)) AS regime
    FROM seats s JOIN source_rank r ON r.source = s.source
    WHERE s.observed_on <= as_of()
    GROUP BY s.id
),
told AS (
    SELECT s.id, speaking(any_value(s.instance)) AS instance, any_value(s."group") AS "group",
           any_value(s.position) AS position, any_value(l.day) AS day, any_value(l.regime) AS regime,
           list(s.fact ORDER BY s.fact) AS facts, min(s.state) <> max(s.state) AS disputed, min(s.state) AS state,
           bool_or(s.mandate_from > as_of()) AS to_begin, bool_or(s.mandate_to < as_of()) AS ended,
           bool_or(s.mandate_to >= as_of()) AS running,
           min(s.mandate_to) FILTER (s.mandate_to < as_of()) AS ended_on
    FROM seats s JOIN latest l ON l.id = s.id AND l.day = s.observed_on
    GROUP BY s.id
)
SELECT t.id, t.instance, t."group", t.position, t.day, t.regime, t.facts, t.ended_on,
       CASE
           WHEN t.disputed THEN 'unknown'
           WHEN t.state <> 'filled' THEN t.state
           WHEN t.to_begin OR (t.ended AND t.running) THEN 'unknown'
           WHEN t.ended THEN 'expired'
           ELSE 'filled'
       END AS state
FROM told t LEFT JOIN lists_now l ON l.instance = t.instance AND l."group" = t."group"
WHERE l.closed_on IS NULL OR t.day >= l.closed_on;

-- R7, R8 · What the law requires of each instance on a date, and the seats that count for it.
-- `required` is null where nothing says a number; `told` is false where a share or a number cannot be computed.
CREATE TEMP TABLE required_now AS
WITH seats_of AS (
    SELECT s.instance, count(*) FILTER (s.position = 'titulaire') AS titulaires,
           list(s.facts ORDER BY s.id) AS facts
    FROM seats_now s
    GROUP BY s.instance
),
counting AS (
    SELECT s.instance, count(*) AS seats, count(*) FILTER (s.state = 'filled') AS filled,
           count(*) FILTER (s.state = 'vacant') AS vacant, flatten(list(s.facts ORDER BY s.id)) AS facts
    FROM seats_now s
    JOIN bodies_now b ON b.id = s.instance
    JOIN norms_now n ON n.type = b.type
    WHERE s.position = 'titulaire' AND s."group" = 'usagers'
      AND (s.regime IS NULL OR n.regimes IS NULL OR list_contains(n.regimes, s.regime))
    GROUP BY s.instance
),
lawful AS (
    SELECT b.id AS instance, b.type, b.territory, b.label, b.existence, n.fact AS norm, n.legal_basis, n.confidence,
           n.adopted_facts, coalesce(n.binding_from, n.valid_from) AS binding_from,
           t.territory IS NOT NULL AND t.seats IS NULL AND n.adopted_seats IS NULL AS number_unknown,
           CASE WHEN t.territory IS NULL THEN n.usager_seats_min ELSE greatest(t.seats, n.adopted_seats) END AS floor,
           CASE WHEN t.territory IS NULL THEN n.confidence
                WHEN n.adopted_seats > coalesce(t.seats, -1) THEN 'confirmed'
                ELSE v.confidence END AS certain_by,
           v.confidence AS share_by, n.usager_share_min AS share,
           CASE
               WHEN n.usager_share_min IS NULL OR b.existence = 'expected' OR NOT coalesce(w.complete, false)
                    OR coalesce(w.day < coalesce(n.binding_from, n.valid_from), false) THEN NULL
               WHEN n.usager_share_min LIKE '>%'
                   THEN coalesce(o.titulaires, 0) * numerator(n.usager_share_min) // denominator(n.usager_share_min) + 1
               ELSE (coalesce(o.titulaires, 0) * numerator(n.usager_share_min) + denominator(n.usager_share_min) - 1)
                    // denominator(n.usager_share_min)
           END AS share_seats,
           w.facts AS share_list, o.facts AS share_facts
    FROM bodies_now b
    JOIN norms_now n ON n.type = b.type
    LEFT JOIN norms v ON v.fact = n.fact
    LEFT JOIN norm_numbers t ON t.fact = n.fact AND t.territory = b.territory
    LEFT JOIN lists_now w ON w.instance = b.id AND w."group" = 'all'
    LEFT JOIN seats_of o ON o.instance = b.id
    WHERE b.kind = 'instance'
)
SELECT l.* EXCLUDE (confidence, certain_by, share_by, share_list, share_facts),
       CASE WHEN l.share_seats > coalesce(l.floor, -1) THEN l.share_by ELSE l.certain_by END AS confidence,
       CASE WHEN l.number_unknown THEN NULL ELSE greatest(l.floor, l.share_seats) END AS required,
       NOT l.number_unknown AND (l.share IS NULL OR l.share_seats IS NOT NULL) AS told,
       coalesce(c.seats, 0) AS seats, coalesce(c.filled, 0) AS filled, coalesce(c.vacant, 0) AS vacant,
       u.day AS list_day, coalesce(u.complete, false) AS list_complete,
       coalesce(u.complete, false) AND coalesce(u.day >= l.binding_from, true) AS list_binds,
       coalesce(c.facts, []) AS seat_facts, coalesce(u.facts, []) AS list_facts,
       CASE WHEN l.share_seats > coalesce(l.floor, -1) THEN l.share_list ELSE [] END AS share_list,
       CASE WHEN l.share_seats > coalesce(l.floor, -1) THEN flatten(l.share_facts) ELSE [] END AS share_facts
FROM lawful l
LEFT JOIN counting c ON c.instance = l.instance
LEFT JOIN lists_now u ON u.instance = l.instance AND u."group" = 'usagers';

-- R3 · What the measures that count name: a type (also through a broader one) or a body.
CREATE TEMP TABLE namings_now AS
WITH said AS (
    SELECT m.id AS measure, m.kind, m.facts, m.effect_type AS party,
           m.effect_group = 'usagers' AS guarantees, false AS concerned
    FROM measures_now m WHERE m.effect_type IS NOT NULL
    UNION ALL
    SELECT m.id, m.kind, m.facts, unnest(m.concerns), false, true FROM measures_now m
)
SELECT s.measure, s.kind, any_value(s.facts) AS facts, coalesce(n.type, speaking(s.party)) AS named,
       n.type IS NOT NULL AS is_type, bool_or(s.guarantees) AS guarantees, bool_or(s.concerned) AS concerned,
       list_sort(list(DISTINCT b.fact) FILTER (b.fact IS NOT NULL)) AS broader_facts
FROM said s
LEFT JOIN narrower n ON n.named = s.party
LEFT JOIN broader_rows b ON b.named = s.party AND b.type = n.type
GROUP BY s.measure, s.kind, coalesce(n.type, speaking(s.party)), n.type IS NOT NULL;

-- R9 · Those whose signature a document foresees.
CREATE TEMP VIEW foreseen_now AS
SELECT s.measure, speaking(s.body) AS party
FROM signatures s SEMI JOIN measures_now m ON m.id = s.measure
WHERE s.modality = 'requested' AND s.role IN ('author', 'cosignatory');

-- R9 · The signatories of the measures that count, each with its group where one is said.
CREATE TEMP TABLE signatories_now AS
WITH signed AS (
    SELECT s.measure, speaking(s.body) AS party, 'signatures/' || s.fact AS fact
    FROM signatures s SEMI JOIN measures_now m ON m.id = s.measure
    WHERE s.modality = 'effective' AND s.role IN ('author', 'cosignatory')
    UNION
    SELECT m.id, speaking(m.proposed_by), 'measures/' || unnest(m.facts)
    FROM measures_now m WHERE m.proposed_by IS NOT NULL
)
SELECT s.measure, s.party, coalesce(b."group", t."group") AS "group",
       coalesce(b.label, t.label, s.party) AS label, coalesce(b.type, s.party) AS type,
       list(s.fact ORDER BY s.fact) AS facts
FROM signed s
LEFT JOIN bodies_told b ON b.id = s.party
LEFT JOIN types_told t ON t.code = coalesce(b.type, s.party)
GROUP BY s.measure, s.party, b."group", t."group", b.label, t.label, b.type;

-- What a gap or an unknown may be about: its label, type and territory; `place` is where it lies (R11).
CREATE TEMP TABLE focuses_now AS
SELECT 'types' AS "table", k.named AS id, coalesce(n.name_fr, t.label, k.named) AS label,
       coalesce(n.name_en, t.label_en) AS label_en, k.named AS type, NULL AS territory, NULL AS place
FROM (SELECT DISTINCT named FROM narrower) k
LEFT JOIN types_told t ON t.code = k.named
LEFT JOIN norms_now n ON n.type = k.named AND n.name_fr IS NOT NULL
UNION ALL
SELECT 'bodies', b.id, b.label, b.label_en, b.type, b.territory, b.territory FROM bodies_told b
UNION ALL
SELECT 'measures', m.id, m.label, m.label_en, m.kind, NULL, b.territory
FROM measures_told m LEFT JOIN bodies_told b ON b.id = speaking(m.proposed_by)
UNION ALL
SELECT 'meetings', m.id, m.label, NULL, coalesce(m.kind, 'meeting'), coalesce(m.territory, b.territory),
       coalesce(m.territory, b.territory)
FROM meetings_told m LEFT JOIN bodies_told b ON b.id = speaking(m.instance);

-- Who sits where: on whose behalf a seat is held that is filled, and who belongs to a body.
CREATE TEMP TABLE sitting_now AS
SELECT speaking(o.held_for) AS party, s.instance
FROM seats_now s JOIN seats o ON o.id = s.id AND o.observed_on = s.day
WHERE s.state = 'filled' AND o.held_for IS NOT NULL
UNION
SELECT speaking(m.member), speaking(m.body) FROM memberships m
WHERE m.modality = 'effective' AND coalesce(m.member_from <= as_of(), true) AND coalesce(m.member_to >= as_of(), true);
