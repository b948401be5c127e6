-- How many blocks the file has, including free ones, and their size in bytes.
SELECT
    total_blocks,
    block_size
FROM pragma_database_size()
WHERE database_name = current_database()
