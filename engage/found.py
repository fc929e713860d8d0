"""What an address of a staff page names, or the page that says it is not there."""

from flask import abort

from engage import consultations
from engage.consultations import Consultation
from engage.db import db


def plan_or_404(slug: str) -> Consultation:
    """Return the consultation of an address."""
    return consultations.by_slug(db.session(), slug) or abort(404)
