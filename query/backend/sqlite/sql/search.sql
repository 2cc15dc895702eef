-- name: section_count
SELECT count(*) FROM section_fact

-- name: match_grams
SELECT rowid, sakuin_tf(gram_index) FROM gram_index WHERE gram_index MATCH ?1

-- name: match_words
SELECT rowid, sakuin_tf(word_index) FROM word_index WHERE word_index MATCH ?1

-- name: match_bytes
SELECT number FROM section WHERE instr(heading, ?1) OR instr(text, ?1) ORDER BY number

-- name: section_text
SELECT heading, text, details FROM section WHERE number = ?1

-- name: title_sections
SELECT other.section
FROM section_fact AS lead JOIN section_fact AS other ON other.document = lead.document
WHERE lead.section = ?1 AND lead.ordinal = 0
ORDER BY other.ordinal

-- name: filter_condition
SELECT section FROM tag WHERE concept = ?1 ORDER BY section

-- name: tagged_with
SELECT section, score FROM tag WHERE concept = ?1 ORDER BY section

-- name: filter_aspect
SELECT section FROM aspect WHERE name = ?1 ORDER BY section

-- name: filter_language
SELECT section, language FROM section_fact ORDER BY section

-- name: filter_site
SELECT section FROM section_fact WHERE site = ?1 COLLATE NOCASE ORDER BY section

-- name: filter_published
SELECT section FROM section_fact
WHERE published <> '' AND (?1 = '' OR published >= ?1)
  AND (?2 = '' OR substr(published, 1, length(?2)) <= ?2)
ORDER BY section

-- name: all_sections
SELECT section FROM section_fact ORDER BY section

-- name: fact
SELECT section, document, ordinal, length, language, site, published FROM section_fact
WHERE section = ?1

-- name: all_facts
SELECT section, document, ordinal, length, language, site, published FROM section_fact
ORDER BY section

-- name: primary_concept
SELECT concept FROM tag WHERE section = ?1 AND is_primary = 1

-- name: section_conditions
SELECT concept FROM tag WHERE section = ?1

-- name: section_aspects
SELECT name FROM aspect WHERE section = ?1

-- name: all_conditions
SELECT section, concept FROM tag ORDER BY section

-- name: all_aspects
SELECT section, name FROM aspect ORDER BY section

-- name: hit
SELECT document.id, document.uri, document.title, document.language,
       coalesce(document.site, ''), coalesce(document.published, ''),
       section.ordinal, section.level, section.parent, section.heading, section.path,
       section.language, section.text, section.source_begin, section.source_end, section.details
FROM section JOIN document ON document.number = section.document
WHERE section.number = ?1

-- name: section_tags
SELECT concept, is_primary FROM tag WHERE section = ?1

-- name: all_tags
SELECT section, concept, is_primary FROM tag ORDER BY section

-- name: hit_tags
SELECT concept, score, is_primary, inherited, spans FROM tag WHERE section = ?1
ORDER BY rank

-- name: hit_aspects
SELECT name FROM aspect WHERE section = ?1 ORDER BY rank

-- name: all_groups
SELECT document, representative FROM duplicate

-- name: group_of
SELECT representative FROM duplicate WHERE document = ?1

-- name: count_tagged
SELECT count(*) FROM tag WHERE concept = ?1

-- name: heading
SELECT section.heading, document.id || '#' || section.ordinal, section.ordinal = 0
FROM section JOIN document ON document.number = section.document
WHERE section.number = ?1

-- name: section_id
SELECT document.id || '#' || section.ordinal
FROM section JOIN document ON document.number = section.document
WHERE section.number = ?1
