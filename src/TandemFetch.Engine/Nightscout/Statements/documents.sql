    -- Documents with all columns that comparisons use: the first and last time and the last log position by which
    -- another uploader may know them.
    FROM (
        {select}
    )
    UNION ALL BY NAME
    SELECT NULL::BIGINT AS last_position, NULL::BIGINT AS first_ms, NULL::BIGINT AS last_ms
    WHERE false
