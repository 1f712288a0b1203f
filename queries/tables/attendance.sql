--+ theme = "meeting"
--+ view = "matrix"
--+ expects = ['reunion-du-groupe-de-travail-crsa-covid-deconfinement-occitanie-2020-05-28,autres,present', 'reunion-du-groupe-de-travail-crsa-covid-deconfinement-occitanie-2020-05-28,usagers,present']
--+ [title]
--+ fr = "Qui vient aux réunions ?"
--+ en = "Who comes to meetings?"
--+ [question]
--+ fr = "Quels groupes étaient à chaque réunion en {territory} ?"
--+ en = "Which groups were at each meeting in {territory}?"
--+ [parameters.territory]
--+ kind = "territories"
--+ label = { fr = "Territoire", en = "Territory" }
--+ example = "REG-76"
--+ optional = true
--+ [columns]
--+ meeting = { kind = "meetings", fr = "Réunion", en = "Meeting" }
--+ group = { kind = "groups", fr = "Groupe", en = "Group" }
--+ how = { kind = "attendance-statuses", fr = "Présence", en = "Attendance" }
SELECT a.meeting, a."group", list(DISTINCT a.status ORDER BY a.status) AS how
FROM attendances a
JOIN meetings_now m ON m.id = a.meeting
LEFT JOIN bodies_told b ON b.id = speaking(m.instance)
WHERE $territory::VARCHAR IS NULL
   OR coalesce(m.territory, b.territory) IN (SELECT l.territory FROM lies_in l WHERE l.area = $territory)
GROUP BY a.meeting, a."group", m.date
ORDER BY m.date, a.meeting, a."group"
