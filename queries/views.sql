-- What the tables say once read together, whatever the date. Run once an edition.
-- R1 to R16 are the rules of docs/rules.md.

-- R1 · The rank of a source: the later its date, the higher; ties by id; no date is oldest.
CREATE TABLE source_rank AS
SELECT s.id AS source, row_number() OVER (ORDER BY s.date NULLS FIRST, s.id) AS rank
FROM sources s;

-- R1 · The latest verdict on a pair of ids, in whichever order they are given.
CREATE TABLE verdicts AS
SELECT least(s.id, s.same_as) AS one, greatest(s.id, s.same_as) AS other,
       arg_max(s.same_as, (r.rank, s.fact)) AS speaks,
       arg_max(s.verdict, (r.rank, s.fact)) AS verdict, arg_max(s.fact, (r.rank, s.fact)) AS fact
FROM same s JOIN source_rank r ON r.source = s.source
GROUP BY 1, 2;

-- R1 · Each body's id that is joined to another, and the id that speaks for it.
CREATE TABLE joined AS
WITH RECURSIVE pairs AS (
    SELECT CASE v.speaks WHEN v.one THEN v.other ELSE v.one END AS id, v.speaks
    FROM verdicts v
    WHERE v.verdict = 'same' AND v.one <> v.other AND v.one IN (SELECT b.id FROM bodies b)
),
linked AS (
    SELECT id, speaks FROM pairs UNION ALL SELECT speaks, id FROM pairs
),
reached AS (
    SELECT id, speaks FROM linked
    UNION
    SELECT r.id, l.speaks FROM reached r JOIN linked l ON l.id = r.speaks
)
SELECT r.id,
       coalesce(min(r.speaks) FILTER (r.speaks NOT IN (SELECT p.id FROM pairs p)), min(r.speaks)) AS speaks
FROM (SELECT * FROM reached UNION SELECT id, id FROM reached) r
GROUP BY r.id
HAVING speaks <> r.id;

CREATE MACRO speaking(party) AS coalesce((SELECT j.speaks FROM joined j WHERE j.id = party), party);

-- R1 · One row a body, type, measure and meeting: each cell is the latest source's that fills it;
-- of joined bodies, the cells of the id that speaks come first.
CREATE TABLE bodies_told AS
SELECT speaks AS id, arg_max(COLUMNS(* EXCLUDE (id, speaks, rank, fact, source, locator, read_at)), rank)
FROM (
    SELECT b.*, speaking(b.id) AS speaks, (speaking(b.id) = b.id, r.rank) AS rank
    FROM bodies b JOIN source_rank r ON r.source = b.source
)
GROUP BY speaks;

CREATE TABLE types_told AS
SELECT code, arg_max(COLUMNS(* EXCLUDE (code, rank, fact, source, locator, read_at)), rank)
FROM (SELECT t.*, r.rank FROM types t JOIN source_rank r ON r.source = t.source)
GROUP BY code;

CREATE TABLE territories_told AS
SELECT code, arg_max(COLUMNS(* EXCLUDE (code, rank, fact, source, locator, read_at)), rank)
FROM (SELECT t.*, r.rank FROM territories t JOIN source_rank r ON r.source = t.source)
GROUP BY code;

CREATE TABLE measures_told AS
SELECT id, arg_max(COLUMNS(* EXCLUDE (id, rank, fact, source, locator, read_at)), rank),
       list(fact ORDER BY rank) AS facts
FROM (SELECT m.*, r.rank FROM measures m JOIN source_rank r ON r.source = m.source)
GROUP BY id;

CREATE TABLE meetings_told AS
SELECT id, arg_max(COLUMNS(* EXCLUDE (id, rank, fact, source, locator, read_at)), rank)
FROM (SELECT m.*, r.rank FROM meetings m JOIN source_rank r ON r.source = m.source)
GROUP BY id;

-- R3 · Naming a type names it and all that have it as broader, at any depth.
CREATE TABLE narrower AS
WITH RECURSIVE known AS (
    SELECT code FROM types_told UNION SELECT code FROM norms UNION SELECT type FROM bodies_told
    UNION SELECT effect_type FROM measures_told WHERE effect_type IS NOT NULL
),
under AS (
    SELECT code AS named, code AS type FROM known
    UNION
    SELECT u.named, t.code FROM under u JOIN types_told t ON t.broader = u.type
)
SELECT named, type FROM under;

-- R3 · The rows that make a type narrower than the one named.
CREATE TABLE broader_rows AS
SELECT n.named, n.type, t.fact
FROM narrower n
JOIN narrower below ON below.type = n.type
JOIN types t ON t.code = below.named
JOIN narrower above ON above.named = n.named AND above.type = t.broader
WHERE n.named <> n.type;

-- A territory and all in which it lies, itself first.
CREATE TABLE lies_in AS
WITH RECURSIVE up AS (
    SELECT code AS territory, code AS area FROM territories_told
    UNION
    SELECT u.territory, t.within FROM up u JOIN territories_told t ON t.code = u.area
    WHERE t.within IS NOT NULL
)
SELECT territory, area FROM up;

-- R4, R5 · The days on which a list was seen, for each group it is about ('all': every group).
CREATE TABLE list_days AS
WITH about AS (SELECT DISTINCT s."group" FROM seats s UNION SELECT 'usagers' UNION SELECT 'all')
SELECT speaking(c.instance) AS instance, a."group", c.observed_on AS day,
       bool_and(c.completeness = 'complete') AS complete, list(c.fact ORDER BY c.fact) AS facts
FROM compositions c JOIN about a ON c."group" IN (a."group", 'all')
GROUP BY 1, 2, 3;

CREATE MACRO numerator(share) AS CAST(split_part(ltrim(share, '>'), '/', 1) AS BIGINT);
CREATE MACRO denominator(share) AS CAST(split_part(share, '/', 2) AS BIGINT);

-- R8 · The numbers that a norm sets for one territory; null where they are not known ('?').
CREATE TABLE norm_numbers AS
SELECT n.fact, split_part(cell, '=', 1) AS territory, try_cast(split_part(cell, '=', 2) AS BIGINT) AS seats
FROM (SELECT n.fact, unnest(n.usager_seats_min_in) AS cell FROM norms n) n;

-- The days on which an answer may change: the first of a period, and the one after its last.
CREATE TABLE days_of_change AS
SELECT DISTINCT day FROM (
    SELECT valid_from AS day FROM norms UNION ALL SELECT valid_to + 1 FROM norms UNION ALL SELECT binding_from FROM norms
    UNION ALL SELECT exists_from FROM bodies_told UNION ALL SELECT exists_to + 1 FROM bodies_told
    UNION ALL SELECT observed_on FROM compositions UNION ALL SELECT observed_on FROM seats
    UNION ALL SELECT mandate_from FROM seats UNION ALL SELECT mandate_to + 1 FROM seats
    UNION ALL SELECT date FROM measures_told UNION ALL SELECT date FROM meetings_told
)
WHERE day IS NOT NULL;
