"""Analysis of a file or in a notebook, without server and database."""
