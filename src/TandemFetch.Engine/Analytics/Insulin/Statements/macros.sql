-- What the measures of insulin have in common.
CREATE OR REPLACE TEMP MACRO is_automatic(kind, source) AS
    coalesce(kind IN ('Automatic', 'Eating Soon Automatic'), false)
    OR coalesce(source IN ('Algorithm', 'Eating Soon'), false);
