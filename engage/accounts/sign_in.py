"""Signing in and out, on Flask-Security with our own words, limits and page."""

import datetime as dt
from typing import Any

from flask import Flask, current_app, request, session
from flask_login import user_logged_out  # type: ignore[import-untyped]  # has no types
from flask_security import Security, SQLAlchemySessionUserDatastore
from flask_security.forms import LoginForm
from flask_security.signals import user_authenticated
from flask_security.utils import validate_redirect_url
from sqlalchemy.orm import Session
from wtforms import Field

from engage import audit
from engage.accounts import sessions, throttle
from engage.accounts.models import Role, User
from engage.db import db
from engage.orm import new_id, utc_now
from engage.settings import Settings

NOT_RIGHT = "The e-mail address or the password is not right. Check both and try again."
WAIT = "There were too many wrong passwords. Wait 15 minutes, then try again."
NO_EMAIL = "Enter your e-mail address."
NO_PASSWORD = "Enter your password."  # noqa: S105  # a sentence, not a secret

LONGEST_PASSWORD = 1024

CONFIG = {
    "SECURITY_LOGIN_URL": "/desk/sign-in",
    "SECURITY_LOGOUT_URL": "/desk/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/desk/",
    "SECURITY_POST_LOGOUT_VIEW": "/desk/sign-in",
    "SECURITY_LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_FRESHNESS": dt.timedelta(seconds=-1),
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
}


class SignInForm(LoginForm):
    """E-mail address and password; one message for every way of being wrong.

    A message that told a wrong address from a wrong password would tell a stranger who works here.
    """

    remember = None  # type: ignore[assignment]  # the library's way to leave a field out

    def validate(self, **kwargs: Any) -> bool:
        """Check the two fields, counting wrong attempts by address typed and by client."""
        email = (self.email.data or "").strip()
        if not self._filled_in(email):
            return False
        secret, now = _settings().secret_key, utc_now()
        client = request.remote_addr or ""
        with Session(db.engine) as own, own.begin():
            if throttle.must_wait(own, email, client, secret=secret, now=now):
                self.form_errors = [WAIT]
                return False
        right = len(self.password.data or "") <= LONGEST_PASSWORD and super().validate(**kwargs)
        with Session(db.engine) as own, own.begin():
            if right:
                throttle.forget(own, email, secret=secret)
            else:
                throttle.note_failure(own, email, client, secret=secret, now=now)
        if not right:
            self.email.errors = self.password.errors = ()
            self.form_errors = [NOT_RIGHT]
        return right

    def validate_next(self, field: Field) -> None:
        """Forget an address that leads away from this site; the desk is shown instead."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""

    def _filled_in(self, email: str) -> bool:
        self.email.errors = () if email else (NO_EMAIL,)
        self.password.errors = () if self.password.data else (NO_PASSWORD,)
        return not (self.email.errors or self.password.errors)


def init_app(app: Flask) -> None:
    """Give the application its accounts and its sign-in page.

    Only the cookie of a signed-in session opens a page: a token would outlive every session.
    """
    app.config.update(CONFIG)
    datastore = SQLAlchemySessionUserDatastore(db.session, User, Role)
    app.session_interface = sessions.OnlyWhereThereIsOne()
    security = Security(app, datastore, login_form=SignInForm)
    security.principal.identity_loaders.clear()  # each page would look for somebody signed in
    app.login_manager.request_loader(_nobody)  # type: ignore[attr-defined]  # set by Flask-Login
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)


def _nobody(_request: object) -> None:
    """Sign nobody in by a header or an address."""


def _signed_in(_app: Flask, user: User, **_: Any) -> None:
    """Start the session's clocks and record who came in; the view commits."""
    now = utc_now()
    sessions.begin(session, now)
    audit.record(
        db.session(), actor=user.id, verb="sign_in", object_type="user", object_id=user.id, now=now
    )


def _signed_out(_app: Flask, user: object, **_: Any) -> None:
    """Stop the session's clocks, and let no copy of its cookie open anything.

    Whoever presses the button is signed out everywhere; a session that merely ended is not asked
    for a button and changes nothing. The library's view commits nothing, so this does.
    """
    sessions.end(session)
    if isinstance(user, User) and request.endpoint == "security.logout":
        user.fs_uniquifier = new_id()
        db.session.commit()


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings
