-- Text without the apostrophe that keeps a spreadsheet from taking it for a formula.
regexp_replace({text}, '^''({formula})', '\1')
