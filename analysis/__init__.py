"""Theme analysis: a library on plain dataclasses and arrays, with thin edges to the database."""
