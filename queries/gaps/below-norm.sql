--+ focus = "bodies"
--+ unknown = "unknown-composition"
--+ severity = "high"
--+ [title]
--+ fr = "Moins de sièges que la loi"
--+ en = "Fewer seats than the law requires"
--+ [says]
--+ fr = "{label} : il manque {count:siège|sièges} d'usagers, {seats:aucun n'est compté|est compté|sont comptés} pour {required:exigé|exigés} ({article}) ; liste complète vue le {list_day}."
--+ en = "{label}: {count:users' seat is|users' seats are} missing, {seats:none counts|counts|count} for {required:required|required} ({article}); complete list seen on {list_day}."
--+ [asks]
--+ fr = "{label} : combien de sièges d'usagers compte-t-elle ? La loi en exige {required} ({article}) ; {seats:aucun n'est connu|est connu|sont connus}, et aucune liste complète ne le dit."
--+ en = "{label}: how many users' seats does it have? The law requires {required} ({article}); {seats:none is known|is known|are known}, and no complete list tells."
--+ [asks_old]
--+ fr = "{label} : combien de sièges d'usagers compte-t-elle ? La loi en exige {required} ({article}) ; la liste du {list_day} est plus ancienne que l'obligation ({binding_from})."
--+ en = "{label}: how many users' seats does it have? The law requires {required} ({article}); the list of {list_day} is older than the duty ({binding_from})."
--+ [asks_share]
--+ fr = "{label} : combien de sièges compte-t-elle en tout ? La loi en réserve une part aux usagers ({share}, {article}), qui ne se calcule que sur une liste complète de tous les groupes."
--+ en = "{label}: how many seats does it have in all? The law gives users a share of them ({share}, {article}), which only a complete list of every group allows to compute."
--+ [asks_number]
--+ fr = "{label} : combien de sièges la loi y donne-t-elle aux usagers ? Le texte propre à ce territoire n'a pas été lu ({article})."
--+ en = "{label}: how many seats does the law give users there? The text of this territory has not been read ({article})."
--+ [finds]
--+ norms = ["code,name_fr,usager_seats_min,regimes,confidence", "CDU,CDU,2,ru,confirmed"]
--+ bodies = ["id,kind,type,label", "a,instance,CDU,A"]
--+ compositions = ["instance,group,completeness,observed_on", "a,usagers,complete,2026-03-01"]
--+ seats = ["id,instance,group,position,state,observed_on", "s1,a,usagers,titulaire,filled,2026-03-01"]
--+ gives = ["below-norm:a"]
--+ [finds_not]
--+ norms = ["code,name_fr,usager_seats_min,regimes,confidence", "CDU,CDU,2,ru,confirmed"]
--+ bodies = ["id,kind,type,label", "a,instance,CDU,A"]
--+ seats = ["id,instance,group,position,state,observed_on", "s1,a,usagers,titulaire,filled,2026-03-01"]
--+ gives = ["unknown-composition:a"]
SELECT CASE WHEN r.seats < r.required AND r.list_binds THEN 'gap' ELSE 'unknown' END AS answer,
       r.instance AS focus, r.required - r.seats AS count, r.list_day AS seen_on, r.confidence,
       {'required': r.required, 'seats': r.seats} AS details,
       list_concat(
           ['norms/' || r.norm],
           list_transform(r.adopted_facts, lambda f: 'measures/' || f),
           list_transform(r.list_facts, lambda f: 'compositions/' || f),
           list_transform(r.share_list, lambda f: 'compositions/' || f),
           list_transform(list_concat(r.seat_facts, r.share_facts), lambda f: 'seats/' || f)
       ) AS premises,
       CASE
           WHEN r.seats < r.required AND r.list_binds THEN 'says'
           WHEN r.number_unknown THEN 'asks_number'
           WHEN NOT r.told THEN 'asks_share'
           WHEN r.list_complete THEN 'asks_old'
           ELSE 'asks'
       END AS sentence,
       r.required, r.seats, r.list_day, r.binding_from, r.share, r.legal_basis AS article
FROM required_now r
WHERE r.existence = 'existing' AND (coalesce(r.seats < r.required, false) OR NOT r.told)
