"""The least that a public page can cost: a bare Flask view, one row read, as many bytes sent."""

from flask import Flask
from sqlalchemy import create_engine, text

from engage.db import make_durable

FIND = text(
    "SELECT version FROM publication JOIN report ON report.id = report_id WHERE slug = :slug"
)


def create_app(address: str, size: str) -> Flask:
    """Return the bare application; its page is as long as the one it is compared with."""
    app, engine = Flask("bare"), create_engine(address)
    make_durable(engine)
    page = "<!DOCTYPE html><html lang='en-GB'><title>Bare</title>".ljust(int(size), "x")

    @app.get("/you-said-we-did/<slug>/")
    def report(slug: str) -> str:
        with engine.connect() as connection:
            version = connection.execute(FIND, {"slug": slug}).scalar()
        return page.replace("Bare", f"Version {version}", 1)

    return app
