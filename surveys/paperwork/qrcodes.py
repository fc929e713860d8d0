"""QR codes: an address that a phone reads from paper or from a wall."""

import io

import segno

PNG_DOTS = 12  # dots of a square: sharp on a poster
QUIET_MODULES = 4  # white around the squares, as the standard asks


def svg(address: str, *, title: str) -> str:
    """Return an SVG drawing of an address; `title` is what a screen reader says instead.

    Medium error correction: a fold or a coffee stain does not make the code useless.
    """
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=QUIET_MODULES, omitsize=True, title=title, xmldecl=False,
        svgclass=None, lineclass=None, nl=False,
    )  # fmt: skip
    return drawn.getvalue().decode()


def png(address: str) -> bytes:
    """Return a PNG picture of an address, for programs that cannot place an SVG."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="png", border=QUIET_MODULES, scale=PNG_DOTS
    )
    return drawn.getvalue()
