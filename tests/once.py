"""What every new application works out again from the same text, worked out once a session.

A test gets an application of its own, so that nothing is left over from the test before. Its
templates, addresses, statements and questionnaires are the same each time; what Python makes of
them is kept here. None of this is ever changed by a test: keys hold the whole text.
"""

import contextlib
import hashlib
import io
import pickle
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import psycopg
import pytest
import yaml
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from engage.db import db
from surveys import document
from surveys.editions import languages

BUILDERS = ("_build", "_build_unknown")
PARTS = ("_parts", "_trace", "_converters", "arguments")


class Templates(BytecodeCache):
    """Compiled templates, by name and text."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.load_bytecode(io.BytesIO(self._kept[bucket.key]))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Templates()
STATEMENTS: LRUCache[Any, Any] = LRUCache(3000)
#: Open connections that no application has, by address.
CONNECTIONS: dict[str, list[psycopg.Connection[Any]]] = {}


def share(app: Flask) -> None:
    """Let an application use what others made of the same templates and statements."""
    app.jinja_env.bytecode_cache = TEMPLATES
    with app.app_context():
        db.engine.update_execution_options(compiled_cache=STATEMENTS)
        if db.engine.dialect.name == "postgresql":
            _keep_connections(db.engine)


def _keep_connections(engine: Engine) -> None:
    """Hand connections on to the next application: a new one knows no table and no plan yet."""
    kept = CONNECTIONS.setdefault(str(engine.url), [])

    def keep(connection: psycopg.Connection[Any]) -> None:
        if not connection.broken and not connection.closed:
            connection.rollback()
            connection.autocommit = False
            kept.append(connection)

    @event.listens_for(engine, "do_connect")
    def on_connect(*_: Any) -> psycopg.Connection[Any] | None:
        return kept.pop() if kept else None

    engine.dialect.do_close = keep  # there is no event that keeps one open


@contextlib.contextmanager
def worked_out() -> Iterator[None]:
    """Keep what becomes of addresses, dialects and questionnaires until the block is left."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Rule, "compile", _addresses())
        patched.setattr(document, "_schema_mistakes", _mistakes())
        patched.setattr(yaml, "load", _copies(yaml.load))
        patched.setattr(languages, "with_translations", _copies(languages.with_translations))
        # Statements are kept by dialect, of which each application has a new one that is alike.
        patched.setattr(DefaultDialect, "__eq__", lambda one, other: type(one) is type(other))
        patched.setattr(DefaultDialect, "__hash__", lambda one: hash(type(one)))
        yield


def _addresses() -> Any:
    compiled: dict[tuple[object, ...], dict[str, Any]] = {}
    compile_one = Rule.compile

    def once(rule: Rule) -> None:
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), rule.merge_slashes)
        if key in compiled:
            vars(rule).update(compiled[key])
            for name in BUILDERS:
                setattr(rule, name, compiled[key][name].__get__(rule))
            return
        compile_one(rule)
        kept = {name: getattr(rule, name) for name in PARTS}
        compiled[key] = kept | {name: getattr(rule, name).__func__ for name in BUILDERS}

    return once


def _mistakes() -> Any:
    found: dict[str, list[str]] = {}
    look = document._schema_mistakes  # noqa: SLF001  # there is no other way in

    def once(one: Mapping[str, Any]) -> list[str]:
        key = hashlib.sha256(repr(one).encode()).hexdigest()
        if key not in found:
            found[key] = list(look(one))
        return found[key]

    return once


def _copies(work_out: Callable[..., Any]) -> Any:
    """Work something out once for each text and hand out copies, which callers may change."""
    found: dict[bytes, bytes] = {}

    def once(source: Any, *more: Any, **named: Any) -> Any:
        if not isinstance(source, str | dict):  # a file says something else each time it is read
            return work_out(source, *more, **named)
        key = hashlib.sha256(repr((source, more, named)).encode()).digest()
        if key not in found:
            found[key] = pickle.dumps(work_out(source, *more, **named))
        return pickle.loads(found[key])  # noqa: S301  # packed a line above

    return once
