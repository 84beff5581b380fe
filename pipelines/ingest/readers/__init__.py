"""One module a form of file: each gives the rows as text and the data sets they may belong to."""
