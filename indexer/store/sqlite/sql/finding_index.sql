-- name: finding_index_generation
SELECT coalesce((SELECT CAST(value AS INTEGER) FROM info WHERE key = 'generation'), 0),
       coalesce((SELECT generation FROM finding_index), -1)

-- name: read_finding_index
SELECT pairs FROM finding_index
WHERE generation = coalesce((SELECT CAST(value AS INTEGER) FROM info WHERE key = 'generation'), 0)

-- name: write_finding_index
INSERT INTO finding_index (number, generation, pairs) VALUES (1, ?1, ?2)
ON CONFLICT (number) DO UPDATE SET generation = excluded.generation, pairs = excluded.pairs
