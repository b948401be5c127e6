-- The rows of {tables} are those that a second derivation produces from the same entries: none is missing, none is
-- extra, and all values are equal.
FROM differing_rows
