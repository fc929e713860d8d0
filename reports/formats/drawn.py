"""Drawings as PNG, for programs that cannot place an SVG: drawn by the same engine as the PDF."""

import io
import re
from collections.abc import Mapping

from engage import pdf

SHARPNESS = 2.0  # dots of the picture for each of the drawing
POINTS = 0.75  # of a CSS pixel
_ROOM = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')


def pngs(drawings: Mapping[str, str], *, width: int = 0) -> dict[str, bytes]:
    """Return a PNG of each SVG, by name.

    Args:
        drawings: SVG with a view box, by name.
        width: of every picture in dots of the drawing; 0 keeps the size of its view box.
    """
    if not drawings:
        return {}
    whole = pdf.to_pdf(_pages([_sized(svg, width) for svg in drawings.values()]))
    return dict(zip(drawings, _photographed(whole), strict=True))


def size(svg: str) -> tuple[float, float]:
    """Return width and height of a drawing's view box."""
    found = _ROOM.search(svg)
    if found is None:
        message = "A drawing has no view box, so its size is not known."
        raise ValueError(message)
    return float(found[3]), float(found[4])


def alt(svg: str) -> str:
    """Return the alternative text of a drawing: its title."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415  # only who writes files needs it

    root = ET.fromstring(svg)  # noqa: S314  # our own drawing
    return next((one.text or "" for one in root.iter() if one.tag.endswith("title")), "")


def pages(whole: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2  # noqa: PLC0415  # heavy: only who makes files pays

    with pypdfium2.PdfDocument(whole) as document:
        return len(document)


def _sized(svg: str, width: int) -> tuple[str, float, float]:
    across, down = size(svg)
    scale = width / across if width else 1
    return svg, across * scale, down * scale


def _pages(drawn: list[tuple[str, float, float]]) -> str:
    rules = "".join(
        f"@page p{place} {{ size: {across}px {down}px; margin: 0 }}"
        f" .p{place} {{ page: p{place} }}"
        f" .p{place} svg {{ display: block; width: {across}px; height: {down}px }}"
        for place, (_, across, down) in enumerate(drawn)
    )
    figures = "".join(
        f'<div class="p{place}">{svg}</div>' for place, (svg, _, _) in enumerate(drawn)
    )
    return (
        '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Drawings</title>'
        f"<style>body {{ margin: 0 }} {rules}</style></head><body>{figures}</body></html>"
    )


def _photographed(whole: bytes) -> list[bytes]:
    import pypdfium2  # noqa: PLC0415  # heavy: only who makes files pays

    with pypdfium2.PdfDocument(whole) as document:
        return [_png(page) for page in document]


def _png(page: object) -> bytes:
    out = io.BytesIO()
    page.render(scale=SHARPNESS / POINTS).to_pil().save(out, format="PNG", optimize=True)  # type: ignore[attr-defined]  # pypdfium2 ships no types
    return out.getvalue()
