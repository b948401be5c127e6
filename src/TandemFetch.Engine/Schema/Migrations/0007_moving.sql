-- What is needed for rows to move with their entries, when a clock was set otherwise than was known, and not to be derived again.

ALTER TABLE cgm_sessions ADD COLUMN ended_position BIGINT;
COMMENT ON COLUMN cgm_sessions.ended_position IS 'Place of the entry that ends it; null while it goes on.';

ALTER TABLE underived_ranges ADD COLUMN has_therapy BOOLEAN DEFAULT true;
COMMENT ON COLUMN underived_ranges.has_therapy IS 'Whether therapy_entries and what is made of it are to be derived, too.';
