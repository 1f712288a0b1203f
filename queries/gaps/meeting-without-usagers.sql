--+ focus = "meetings"
--+ unknown = "unknown-attendance"
--+ severity = "medium"
--+ [title]
--+ fr = "Réunion sans usagers"
--+ en = "Meeting without users"
--+ [says]
--+ fr = "{label} ({date}) : aucun usager présent."
--+ en = "{label} ({date}): no user present."
--+ [says_excused]
--+ fr = "{label} ({date}) : aucun usager présent, {excused:excusé|excusés}."
--+ en = "{label} ({date}): no user present, {excused:excused|excused}."
--+ [asks]
--+ fr = "{label} ({date}) : des usagers étaient-ils présents ? La liste des présents n'est pas dite complète."
--+ en = "{label} ({date}): were users present? The list of those present is not said to be complete."
--+ [finds]
--+ bodies = ["id,kind,type,label,group", "ars,actor,ARS,ARS,etat"]
--+ meetings = ["id,label,date,attendance_complete", "r,R,2026-03-01,yes"]
--+ attendances = ["meeting,body,group,status", "r,ars,etat,present", "r,,usagers,excused"]
--+ gives = ["meeting-without-usagers:r"]
--+ [finds_not]
--+ bodies = ["id,kind,type,label,group", "ars,actor,ARS,ARS,etat"]
--+ meetings = ["id,label,date,attendance_complete", "r,R,2026-03-01,"]
--+ attendances = ["meeting,body,group,status", "r,ars,etat,present"]
--+ gives = ["unknown-attendance:r"]
WITH attended AS (
    SELECT a.meeting, coalesce(bool_or(a.status = 'present') FILTER (a."group" = 'usagers'), false) AS by_usagers,
           count(*) FILTER (a."group" = 'usagers' AND a.status = 'excused') AS excused,
           count(*) FILTER (a."group" = 'usagers' AND a.status = 'absent') AS absent,
           list('attendances/' || a.fact ORDER BY a.fact) AS facts
    FROM attendances a
    GROUP BY a.meeting
)
SELECT CASE WHEN m.attendance_complete = 'yes' THEN 'gap' ELSE 'unknown' END AS answer,
       m.id AS focus, 1 AS count, m.date AS seen_on, {'excused': a.excused, 'absent': a.absent} AS details,
       list_concat((SELECT list('meetings/' || r.fact ORDER BY r.fact) FROM meetings r WHERE r.id = m.id), a.facts) AS premises,
       CASE
           WHEN coalesce(m.attendance_complete, '') <> 'yes' THEN 'asks'
           WHEN a.excused > 0 THEN 'says_excused'
           ELSE 'says'
       END AS sentence,
       m.date, a.excused
FROM meetings_now m
JOIN attended a ON a.meeting = m.id
WHERE NOT a.by_usagers
