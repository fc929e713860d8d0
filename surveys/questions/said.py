"""What somebody has typed themselves, wherever it stands in a stored answer."""

Values = tuple[str, ...]
#: Begins a stored value that is somebody's own words beside a key.
OWN = "="


def words_to_read(stored: Values) -> str:
    """Return all that somebody has typed in an answer: words, and a name or an age for printing."""
    typed = (value.lstrip(OWN).removeprefix("name:").removeprefix("age:") for value in stored)
    return " ".join(typed)


def words_beside(stored: Values) -> str:
    """Return the own words that stand beside keys, without their mark; nothing without any."""
    return " ".join(value[1:] for value in stored[1:] if value.startswith(OWN))
