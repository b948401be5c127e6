-- Text without the apostrophe that keeps a spreadsheet from taking it for a formula.
regexp_replace({text}, '^''([=+\-@\t\r\n＝＋－＠])', '\1')
