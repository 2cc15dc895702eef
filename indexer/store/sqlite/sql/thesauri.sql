-- name: has_thesauri
SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'user_thesaurus'

-- name: list_thesauri
SELECT name, format, bytes FROM user_thesaurus ORDER BY name

-- name: put_thesaurus
INSERT INTO user_thesaurus (name, format, bytes) VALUES (?1, ?2, ?3)
ON CONFLICT (name) DO UPDATE SET format = excluded.format, bytes = excluded.bytes

-- name: remove_thesaurus
DELETE FROM user_thesaurus WHERE name = ?1
