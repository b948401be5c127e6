-- DuckDB moves conditions of a query neither past the limit nor past the order of a view, so that no expression of a
-- query is evaluated for a row that the bound hides.
WHERE source.{time} >= make_timestamptz({since})
LIMIT 9223372036854775807
