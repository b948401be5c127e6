-- Records which rules wrote the output of a stage.
MERGE INTO bookkeeping.stage_versions
USING (VALUES {rules}) AS rules(stage, version)
ON stage_versions.stage = rules.stage
WHEN MATCHED THEN UPDATE SET version = rules.version
WHEN NOT MATCHED THEN INSERT VALUES (rules.stage, rules.version)
