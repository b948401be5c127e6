-- What a clock in a zone shows at a moment, to the second, as spreadsheets recognize it.
strftime(timezone({zone}, {time}), '%Y-%m-%d %H:%M:%S')
