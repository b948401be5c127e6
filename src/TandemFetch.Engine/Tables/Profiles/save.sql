-- The profiles in version $id of the settings, and their segments. Segments whose values are all zero are not in use.
INSERT INTO profiles BY NAME
SELECT
    id AS pump_settings_id,
    device_assignment_id,
    timestamp,
    try_cast(profile ->> '$.idp' AS INTEGER) AS profile_id,
    profile ->> '$.name' AS name,
    coalesce((profile ->> '$.idp') = (settings ->> '$.details.profiles.activeIdp'), false) AS active,
    try_cast(profile ->> '$.insulinDuration' AS INTEGER) AS insulin_minutes,
    try_cast(profile ->> '$.maxBolus' AS DECIMAL(10, 3)) / 1000 AS max_bolus,
    profile ->> '$.carbEntry' AS carb_entry
FROM (
    SELECT *, unnest(json_extract(settings, '$.details.profiles.profile[*]')) AS profile
    FROM pump_settings
    WHERE id = $id)
WHERE try_cast(profile ->> '$.idp' AS INTEGER) IS NOT NULL;

INSERT INTO profile_segments BY NAME
WITH profile AS (
    SELECT id, device_assignment_id, unnest(json_extract(settings, '$.details.profiles.profile[*]')) AS profile
    FROM pump_settings
    WHERE id = $id
), segments AS (
    SELECT *, json_extract(profile, '$.timeDependentSegments[*]') AS segment
    FROM profile
), segment AS (
    SELECT
        id, device_assignment_id,
        try_cast(profile ->> '$.idp' AS INTEGER) AS profile_id,
        unnest(range(1, len(segment) + 1)) AS number,
        unnest(segment) AS segment
    FROM segments
), value AS (
    SELECT
        *,
        coalesce(try_cast(segment ->> '$.startTime' AS INTEGER), 0) AS start_minute,
        try_cast(segment ->> '$.basalRate' AS INTEGER) AS basal_rate,
        try_cast(segment ->> '$.isf' AS INTEGER) AS isf,
        try_cast(segment ->> '$.carbRatio' AS INTEGER) AS carb_ratio,
        try_cast(segment ->> '$.targetBg' AS INTEGER) AS target_bg
    FROM segment
)
SELECT
    id AS pump_settings_id,
    device_assignment_id,
    profile_id,
    number AS segment,
    start_minute,
    basal_rate::DECIMAL(10, 3) / 1000 AS basal_rate,
    isf AS correction_factor,
    carb_ratio::DECIMAL(10, 3) / 1000 AS carb_ratio,
    target_bg
FROM value
WHERE profile_id IS NOT NULL
  AND (start_minute > 0 OR basal_rate > 0 OR isf > 0 OR carb_ratio > 0 OR target_bg > 0);
