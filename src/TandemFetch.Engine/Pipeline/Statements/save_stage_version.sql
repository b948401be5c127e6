-- Records which rules wrote the output of a stage.
MERGE INTO bookkeeping.stage_versions
USING (SELECT $stage AS stage, $version AS version) AS rules
ON stage_versions.stage = rules.stage
WHEN MATCHED THEN UPDATE SET version = rules.version
WHEN NOT MATCHED THEN INSERT VALUES (rules.stage, rules.version)
