-- Whether a word before a parenthesis is a keyword, or the name of functions that return a value for a row.
SELECT
    (
        EXISTS (FROM duckdb_keywords() WHERE keyword_name = lower($word))
        OR EXISTS (FROM duckdb_functions() WHERE function_name = lower($word))
    )
    AND NOT EXISTS (
        FROM duckdb_functions()
        WHERE function_name = lower($word)
          AND function_type IN ('table', 'pragma')
    ) AS only_reads
