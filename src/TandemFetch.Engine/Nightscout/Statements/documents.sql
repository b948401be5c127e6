    -- Documents with all columns that comparisons use: the first and last time and the last log position by which
    -- another uploader may know them, and when what they show ends.
    FROM (
        {select}
    )
    UNION ALL BY NAME
    SELECT NULL::BIGINT AS last_position, NULL::BIGINT AS first_ms, NULL::BIGINT AS last_ms,
        NULL::BIGINT AS until_ms
    WHERE false
