"""What a figure counts, written one way, so that anybody can count the same again."""

from reports.documents.document import Document, Fact


def of(document: Document, fact: Fact) -> str:
    """Describe what a figure counts: "counted=theme; theme=3f2a; audience=parent_carer".

    Codes are those of the records, names of words stand as they are; nothing is left to guess.
    """
    kind, _, rest = fact.key.partition("/")
    pairs = [("counted", kind)]
    if fact.theme_id:
        pairs.append(("theme", fact.theme_id))
    elif kind == "entry":
        pairs += _of_entry(document, rest)
    if fact.question:
        pairs.append(("question", fact.question))
    if fact.option:
        pairs.append(("option", fact.option))
    if fact.audience:
        pairs.append(("audience", fact.audience))
    if len(pairs) == 1 and rest:
        pairs.append(("audience" if kind in {"responses", "wrote"} else "what", rest))
    return "; ".join(f"{name}={value}" for name, value in pairs)


def _of_entry(document: Document, rest: str) -> list[tuple[str, str]]:
    key = rest.partition("/")[0]
    themes = next((one.theme_ids for one in document.entries if one.key == key), ())
    return [("entry", key), ("any theme of", ",".join(themes))]
