"""Every address that a template writes out leads somewhere."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from engage import resources
from engage.app import create_app
from engage.settings import Settings

WRITTEN = re.compile(r"(?:href|action)=\"(/[^\"]*)\"|\(\"(/[^\"]*)\", *\"")
FILLED_IN = re.compile(r"\{\{.*?\}\}")


def addresses() -> list[str]:
    templates = resources.templates().rglob("*.html")
    found = (
        left or right
        for template in templates
        for left, right in WRITTEN.findall(template.read_text(encoding="utf-8"))
    )
    return sorted({FILLED_IN.sub("1", address).partition("#")[0] for address in found})


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(Settings(mode="test", data_dir=tmp_path_factory.mktemp("data")))


def leads_somewhere(app: Flask, address: str) -> bool:
    if address.startswith("/static/"):
        return (Path(app.static_folder or "") / address.removeprefix("/static/")).is_file()
    try:
        app.url_map.bind("localhost").match(address.partition("?")[0])
    except NotFound:
        return False
    except (MethodNotAllowed, RequestRedirect):
        return True
    return True


def test_there_are_addresses_to_check() -> None:
    assert {"/privacy", "/accessibility"} <= set(addresses())


@pytest.mark.parametrize("address", addresses())
def test_an_address_in_a_template_leads_somewhere(app: Flask, address: str) -> None:
    assert leads_somewhere(app, address)
