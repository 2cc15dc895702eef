-- name: insert_advice
INSERT INTO advice (id, section, ordinal, action, stance, is_for, strength, phase, population,
                    window_from, window_to, anchor, dose, qualifier, attribution, implicit, speaker,
                    in_heading, quote_begin, quote_end, quote_key, cues, details)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
        ?21, ?22, ?23)

-- name: insert_advice_condition
INSERT INTO advice_condition (advice, rank, condition, action) VALUES (?1, ?2, ?3, ?4)

-- name: delete_advice_conditions
DELETE FROM advice_condition WHERE advice IN (SELECT number FROM advice WHERE section = ?1)

-- name: delete_advice
DELETE FROM advice WHERE section = ?1

-- name: read_advice
SELECT number, id, action, stance, is_for, strength, phase, population, window_from, window_to,
       anchor, dose, qualifier, attribution, implicit, speaker, in_heading, quote_begin, quote_end,
       quote_key, cues, details
FROM advice
WHERE section = ?1
ORDER BY ordinal

-- name: read_one_advice
SELECT number, id, action, stance, is_for, strength, phase, population, window_from, window_to,
       anchor, dose, qualifier, attribution, implicit, speaker, in_heading, quote_begin, quote_end,
       quote_key, cues, details
FROM advice
WHERE number = ?1

-- name: find_advice
SELECT number, section FROM advice WHERE id = ?1 LIMIT 1

-- name: read_advice_conditions
SELECT condition FROM advice_condition WHERE advice = ?1 ORDER BY rank

-- name: read_advice_place
SELECT document.id, document.uri, document.title, document.language, coalesce(document.site, ''),
       coalesce(document.published, ''), section.ordinal, section.heading, section.path,
       section.language, section.text, section.heading_map, section.text_map, section.details
FROM section JOIN document ON document.number = section.document
WHERE section.number = ?1

-- name: all_advice
SELECT advice.number, advice.id, advice.section
FROM document CROSS JOIN section ON section.document = document.number
              CROSS JOIN advice ON advice.section = section.number
              CROSS JOIN section_fact ON section_fact.section = section.number
WHERE (?3 = '[]' OR advice.stance IN (SELECT value FROM json_each(?3)))
  AND (?4 = '[]' OR section_fact.language IN (SELECT value FROM json_each(?4)))
  AND (?5 = '[]' OR section_fact.site IN (SELECT value FROM json_each(?5)))
  AND (?6 = '[]' OR EXISTS (SELECT 1 FROM aspect WHERE aspect.section = section.number
                            AND aspect.name IN (SELECT value FROM json_each(?6))))
  AND (?7 = '' OR document.id = ?7)
  AND (?8 < 0 OR section.ordinal = ?8)
  AND (?9 = 0 OR advice.attribution = 'misconception')
ORDER BY document.uri, document.id, section.ordinal, advice.ordinal

-- The same of chosen actions (?1) and conditions (?2), by their indexes.
-- name: chosen_advice
WITH chosen (number) AS (
  SELECT number FROM advice
  WHERE ?2 = '[]' AND action IN (SELECT value FROM json_each(?1))
  UNION
  SELECT advice FROM advice_condition
  WHERE condition IN (SELECT value FROM json_each(?2))
    AND (?1 = '[]' OR action IN (SELECT value FROM json_each(?1)))
)
SELECT advice.number, advice.id, advice.section
FROM chosen CROSS JOIN advice ON advice.number = chosen.number
            CROSS JOIN section ON section.number = advice.section
            CROSS JOIN document ON document.number = section.document
            CROSS JOIN section_fact ON section_fact.section = section.number
WHERE (?3 = '[]' OR advice.stance IN (SELECT value FROM json_each(?3)))
  AND (?4 = '[]' OR section_fact.language IN (SELECT value FROM json_each(?4)))
  AND (?5 = '[]' OR section_fact.site IN (SELECT value FROM json_each(?5)))
  AND (?6 = '[]' OR EXISTS (SELECT 1 FROM aspect WHERE aspect.section = section.number
                            AND aspect.name IN (SELECT value FROM json_each(?6))))
  AND (?7 = '' OR document.id = ?7)
  AND (?8 < 0 OR section.ordinal = ?8)
  AND (?9 = 0 OR advice.attribution = 'misconception')
ORDER BY document.uri, document.id, section.ordinal, advice.ordinal
