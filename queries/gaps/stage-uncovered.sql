--+ focus = "measures"
--+ unknown = "unknown-stage"
--+ severity = "medium"
--+ [title]
--+ fr = "Étape sans usagers"
--+ en = "Stage without users"
--+ [says]
--+ fr = "{label} : les usagers n'ont pas pris part à {stages:l'étape suivante|ces étapes} : {stages:@stages}."
--+ en = "{label}: users took no part in {stages:this stage|these stages}: {stages:@stages}."
--+ [asks]
--+ fr = "{label} : les usagers prennent-ils part à {stages:l'étape suivante|ces étapes} : {stages:@stages} ?"
--+ en = "{label}: do users take part in {stages:this stage|these stages}: {stages:@stages}?"
--+ [finds]
--+ measures = ["id,kind,label", "m,measure,M"]
--+ participations = ["measure,stage,group,modality", "m,elaboration,usagers,effective", "m,diffusion,usagers,effective", "m,suivi,usagers,requested", "m,evaluation,usagers,lacking"]
--+ gives = ["stage-uncovered:m", "unknown-stage:m"]
--+ [finds_not]
--+ measures = ["id,kind,label", "m,measure,M"]
--+ participations = ["measure,stage,group,modality", "m,elaboration,usagers,requested", "m,elaboration,usagers,lacking", "m,elaboration,usagers,effective", "m,diffusion,usagers,effective", "m,suivi,usagers,effective", "m,evaluation,usagers,effective"]
--+ gives = ["unknown-stage:m"]
WITH stages AS (
    SELECT unnest(['elaboration', 'diffusion', 'suivi', 'evaluation']) AS stage, unnest([1, 2, 3, 4]) AS place
),
said AS (
    SELECT m.id, m.date, g.stage, g.place,
           coalesce(bool_or(p.modality = 'effective'), false) AS effective,
           coalesce(bool_or(p.modality = 'lacking'), false) AS lacking,
           list('participations/' || p.fact ORDER BY p.fact) FILTER (p.fact IS NOT NULL) AS facts
    FROM measures_now m
    SEMI JOIN participations any_row ON any_row.measure = m.id
    CROSS JOIN stages g
    LEFT JOIN participations p ON p.measure = m.id AND p.stage = g.stage AND p."group" = 'usagers'
    GROUP BY m.id, m.date, g.stage, g.place
)
SELECT CASE WHEN s.lacking AND NOT s.effective THEN 'gap' ELSE 'unknown' END AS answer,
       s.id AS focus, count(*) AS count, any_value(s.date) AS seen_on,
       list(s.stage ORDER BY s.place) AS stages, flatten(list(s.facts ORDER BY s.place)) AS premises
FROM said s
WHERE s.lacking OR NOT s.effective
GROUP BY answer, s.id
