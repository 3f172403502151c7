"""Exports of the tables: CSV, XLSX, Parquet and JSON Lines, whole or for a query, in flat memory."""
