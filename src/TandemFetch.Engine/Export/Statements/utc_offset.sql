-- A zone's offset from UTC at a moment, such as UTC-04:00. Without the letters, spreadsheets would take it for a
-- number or a formula.
CASE WHEN isfinite({time}) THEN
    format(
        'UTC{}{:02d}:{:02d}',
        CASE WHEN timezone({zone}, {time}) < timezone('UTC', {time}) THEN '-' ELSE '+' END,
        abs(date_diff('minute', timezone('UTC', {time}), timezone({zone}, {time}))) // 60,
        abs(date_diff('minute', timezone('UTC', {time}), timezone({zone}, {time}))) % 60)
END
