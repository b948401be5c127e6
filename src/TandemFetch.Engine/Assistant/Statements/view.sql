CREATE VIEW {view} AS
SELECT {columns}
FROM {source} AS source
