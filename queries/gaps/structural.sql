--+ focus = "types"
--+ unknown = "unknown-norm"
--+ [title]
--+ fr = "Aucun siège garanti"
--+ en = "No seat guaranteed"
--+ [says]
--+ fr = "{label} : aucun texte n'y garantit de siège aux usagers ({article})."
--+ en = "{label}: no text guarantees users a seat there ({article})."
--+ [asks]
--+ fr = "{label} : quel texte dit si des usagers y siègent ? Aucune norme n'est connue."
--+ en = "{label}: which text says whether users sit there? No norm is known."
--+ [asks_floor]
--+ fr = "{label} : combien de sièges d'usagers au moins ? Le texte connu ({article}) n'en fixe aucun minimum."
--+ en = "{label}: how many users' seats at least? The known text ({article}) sets no minimum."
--+ [asks_ended]
--+ fr = "{label} : quel texte dit si des usagers y siègent ? La dernière norme connue a pris fin le {ended}."
--+ en = "{label}: which text says whether users sit there? The last known norm ended on {ended}."
--+ [asks_replaced]
--+ fr = "{label} : cette instance existe-t-elle encore ? Sa dernière norme a pris fin le {ended} ; ce type est remplacé par : {successor}."
--+ en = "{label}: does this body still exist? Its last norm ended on {ended}; this type is replaced by: {successor}."
--+ [finds]
--+ norms = ["code,name_fr,usager_seats_min,confidence", "EPS_CME,CME,0,confirmed"]
--+ measures = ["id,kind,label,concerns", "m,proposal,M,EPS_CME"]
--+ gives = ["structural:EPS_CME"]
--+ [finds_not]
--+ norms = ["code,name_fr,usager_seats_min,usager_share_min,confidence", "CVS,CVS,0,1/2,confirmed"]
--+ bodies = ["id,kind,type,label", "a,instance,CVS,A", "b,instance,GROUPE,B"]
--+ gives = ["unknown-composition:a", "unknown-norm:GROUPE"]
WITH present AS (
    SELECT b.type, count(*) AS bodies, min(b.id) AS one
    FROM bodies_now b
    WHERE b.kind = 'instance' AND b.existence = 'existing'
    GROUP BY b.type
),
one_body AS (
    SELECT p.type, p.bodies, list('bodies/' || b.fact ORDER BY b.fact) AS facts
    FROM present p JOIN bodies b ON speaking(b.id) = p.one
    GROUP BY p.type, p.bodies
),
named AS (
    SELECT n.named AS type,
           list_transform(flatten(list(n.facts ORDER BY n.measure)), lambda f: 'measures/' || f) AS facts,
           list_transform(flatten(list(n.broader_facts ORDER BY n.measure)), lambda f: 'types/' || f) AS broader_facts,
           bool_or(n.guarantees AND n.kind = 'proposal') AS asked_for
    FROM namings_now n
    WHERE n.is_type
    GROUP BY n.named
),
last_norms AS (
    SELECT n.code AS type, max(n.valid_to) AS ended, any_value(coalesce(s.label, t.replaced_by)) AS successor
    FROM norms n
    LEFT JOIN types_told t ON t.code = n.code
    LEFT JOIN types_told s ON s.code = t.replaced_by
    WHERE n.valid_to < as_of()
    GROUP BY n.code
)
SELECT CASE
           WHEN n.usager_seats_min = 0 THEN 'says'
           WHEN n.type IS NOT NULL THEN 'asks_floor'
           WHEN l.ended IS NULL THEN 'asks'
           WHEN l.successor IS NULL THEN 'asks_ended'
           ELSE 'asks_replaced'
       END AS sentence, l.ended, l.successor,
       CASE WHEN n.usager_seats_min = 0 THEN 'gap' ELSE 'unknown' END AS answer,
       coalesce(o.type, a.type) AS focus, 1 AS count, NULL AS seen_on,
       CASE WHEN n.category IN ('governance', 'primary-care') OR a.asked_for THEN 'high' ELSE 'low' END AS severity,
       coalesce(n.confidence, 'confirmed') AS confidence,
       list_concat(['norms/' || n.fact], a.facts, a.broader_facts, o.facts) AS premises,
       n.legal_basis AS article, o.bodies
FROM one_body o
FULL JOIN named a ON a.type = o.type
LEFT JOIN norms_now n ON n.type = coalesce(o.type, a.type)
LEFT JOIN last_norms l ON l.type = coalesce(o.type, a.type)
WHERE (n.usager_seats_min = 0 AND n.usager_share_min IS NULL)
   OR (o.type IS NOT NULL AND n.usager_seats_min IS NULL AND n.usager_share_min IS NULL)
