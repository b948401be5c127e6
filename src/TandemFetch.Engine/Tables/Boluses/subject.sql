json_extract_string(event_data, '$.bolusId')
