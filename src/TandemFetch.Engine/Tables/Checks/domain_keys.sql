-- No two rows of a domain table have the same key: no entry begins two rows, and no day has two totals.
{keys}
