-- The rows of {tables} are those that a second derivation makes of the same entries: none is missing, none is surplus,
-- and all values are equal.
FROM differing_rows
