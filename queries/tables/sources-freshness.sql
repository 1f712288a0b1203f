--+ theme = "data"
--+ expects = ['doc-001,CRSA Occitanie,2020-05-28,73,17,0,', 'convergences,Ségur Graph,,,0,0,Licence Ouverte 2.0']
--+ [title]
--+ fr = "De quand datent les sources ?"
--+ en = "How fresh are the sources?"
--+ [question]
--+ fr = "De quand date chaque source, et combien de sièges et de contributions repose sur elle ?"
--+ en = "How old is each source, and how many seats and contributions rest on it?"
--+ [columns]
--+ source = { kind = "sources", fr = "Source", en = "Source" }
--+ publisher = { fr = "Éditeur", en = "Publisher" }
--+ day = { kind = "date", fr = "Date", en = "Date" }
--+ months = { kind = "number", fr = "Âge, en mois", en = "Age, in months" }
--+ contributions = { kind = "number", fr = "Contributions", en = "Contributions" }
--+ seats = { kind = "number", fr = "Sièges vus", en = "Seats seen" }
--+ licence = { fr = "Licence", en = "Licence" }
SELECT s.id AS source, s.publisher, s.date AS day, date_diff('month', s.date, as_of()) AS months,
       (SELECT count(*) FROM measures m WHERE m.source = s.id) AS contributions,
       (SELECT count(DISTINCT o.id) FROM seats o WHERE o.source = s.id) AS seats, s.licence
FROM sources s
ORDER BY s.date NULLS LAST, s.id
