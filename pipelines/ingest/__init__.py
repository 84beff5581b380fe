"""The way of a row: read as text, header recognised, cleaned, checked, loaded or quarantined."""
