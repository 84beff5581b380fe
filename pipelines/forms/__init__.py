"""Excel forms that people fill in: the cells they are made of, and a department's workbook."""
