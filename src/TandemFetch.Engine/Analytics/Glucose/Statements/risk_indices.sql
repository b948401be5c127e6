-- Low and high blood glucose index. Source: Kovatchev 1997 and 2006; the scale's zero is taken as 112.5 mg/dL, as in
-- iglu lbgi and hbgi.
SELECT
    bucket,
    coalesce(sum(stands::DOUBLE * risk(risk_scale(glucose::DOUBLE)) ORDER BY glucose)
        FILTER (risk_scale(glucose::DOUBLE) < 0), 0) / sum(stands)::DOUBLE AS low_index,
    coalesce(sum(stands::DOUBLE * risk(risk_scale(glucose::DOUBLE)) ORDER BY glucose)
        FILTER (risk_scale(glucose::DOUBLE) > 0), 0) / sum(stands)::DOUBLE AS high_index
FROM analysis_values
GROUP BY bucket;
