-- name: insert_fingerprint
INSERT INTO fingerprint (document, digest, grams, sketch) VALUES (?1, ?2, ?3, ?4)

-- name: read_fingerprint
SELECT digest, grams, sketch FROM fingerprint WHERE document = ?1

-- name: delete_fingerprint
DELETE FROM fingerprint WHERE document = ?1

-- name: insert_band
INSERT INTO fingerprint_band (key, document) VALUES (?1, ?2)

-- name: read_band
SELECT document FROM fingerprint_band WHERE key = ?1 ORDER BY document

-- name: delete_band
DELETE FROM fingerprint_band WHERE key = ?1 AND document = ?2

-- name: fingerprinted
SELECT fingerprint.document, document.id
FROM fingerprint JOIN document ON document.number = fingerprint.document
ORDER BY fingerprint.document

-- name: has_band
SELECT 1 FROM fingerprint_band WHERE key = ?1 AND document = ?2

-- name: band_count
SELECT count(*) FROM fingerprint_band

-- name: clear_fingerprints
DELETE FROM fingerprint

-- name: clear_bands
DELETE FROM fingerprint_band

-- name: clear_duplicates
DELETE FROM duplicate

-- name: read_wording
SELECT heading, text FROM section WHERE document = ?1 ORDER BY ordinal

-- name: read_duplicate
SELECT document.id, coalesce(document.published, ''), coalesce(duplicate.representative, 0),
       coalesce(duplicate.similarity, 0)
FROM document LEFT JOIN duplicate ON duplicate.document = document.number
WHERE document.number = ?1

-- name: read_members
SELECT document FROM duplicate WHERE representative = ?1 ORDER BY document

-- name: insert_duplicate
INSERT INTO duplicate (document, representative, similarity) VALUES (?1, ?2, ?3)

-- name: delete_duplicate
DELETE FROM duplicate WHERE document = ?1

-- name: list_duplicates
SELECT duplicate.representative, document.id, document.uri, document.title, document.language,
       coalesce(document.site, ''), coalesce(document.published, ''), duplicate.similarity
FROM duplicate JOIN document ON document.number = duplicate.document
               JOIN document AS first ON first.number = duplicate.representative
ORDER BY first.uri, first.id, duplicate.document <> duplicate.representative,
         document.published IS NULL, document.published, document.id

-- name: representatives
SELECT document, duplicate_of FROM duplicates

-- name: duplicates_of
SELECT member.representative, document.id, document.uri, document.title, document.language,
       coalesce(document.site, ''), coalesce(document.published, ''), member.similarity
FROM duplicate AS own JOIN duplicate AS member ON member.representative = own.representative
                      JOIN document ON document.number = member.document
WHERE own.document = (SELECT number FROM document WHERE id = ?1)
ORDER BY member.document <> member.representative, document.published IS NULL, document.published,
         document.id
