-- Text that no spreadsheet takes for a formula: an apostrophe precedes what would begin one.
regexp_replace({text}::VARCHAR, '^({formula})', '''\1')
