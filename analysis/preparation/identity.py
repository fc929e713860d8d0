"""Which answer a document is: its id names the response and the question it came from."""


def document_id(response_id: str, question: str) -> str:
    """Name a document after the answer it came from, so that every line walks back to it."""
    return f"{response_id}:{question}"


def answer_of(document: str) -> tuple[str, str]:
    """Return (response id, question) of a document id made by `document_id`."""
    response_id, _, question = document.partition(":")
    return response_id, question
