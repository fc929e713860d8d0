"""Where the files that are not code live, in a checkout and in an installed wheel alike."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """Return the folder of templates: inside the package in a wheel, beside it in a checkout.

    Raises FileNotFoundError when neither is there, which means a broken installation.
    """
    for folder in (PACKAGE / "templates", PACKAGE.parent / "templates"):
        if folder.is_dir():
            return folder
    message = "The templates folder is missing: install Engage again."
    raise FileNotFoundError(message)


def static() -> Path:
    """Return the folder of style sheets and other files that are served as they are."""
    return PACKAGE / "static"


def translations() -> Path:
    """Return the folder of catalogues of the words around the questions, one for a language."""
    return PACKAGE / "translations"
