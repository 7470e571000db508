"""Files of office programs: texts, tables, slides, messages."""
