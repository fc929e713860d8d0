"""Numbers before they are shown: counted, tied together, protected, said with their base."""
