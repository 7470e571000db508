"""What there is to ask about: tables and views of a release, and their columns with meanings."""

TABLES = """
SELECT table_name AS name, comment AS meaning, false AS is_view
FROM duckdb_tables() WHERE NOT internal AND schema_name = 'main'
UNION ALL
SELECT view_name, comment, true FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'
ORDER BY is_view DESC, name
"""
"""The views first: they have what most people ask for."""

COLUMNS = """
SELECT table_name, column_name AS name, data_type AS type, comment AS meaning
FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main'
ORDER BY table_name, column_index
"""
