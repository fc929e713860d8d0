"""What an installation says about sending mail, read from ENGAGE_MAIL_* once at start."""

import dataclasses
import importlib.util
import re
from collections.abc import Mapping
from typing import Literal, get_args

Way = Literal["outbox", "smtp", "notify"]
Security = Literal["starttls", "tls", "none"]
ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
NOTIFY_KEY = re.compile(
    r".*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)
THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
TIMEOUTS, PORTS, RATES = range(1, 301), range(1, 65536), range(1, 6001)


@dataclasses.dataclass(frozen=True)
class MailSettings:
    """How mail leaves this installation.

    Attributes:
        by: "outbox" writes files and sends nothing, "smtp" and "notify" reach people; empty in
            production until somebody says so.
        sender: address that mail comes from.
        host, port, security, user, password: the mail server; "starttls" on 587 by default.
        timeout: seconds after which a silent server is given up.
        per_minute: how many messages are sent in a minute at most.
        notify_key, notify_template: of GOV.UK Notify; the template holds ((subject)) and ((body)).
        notify_url: where Notify is.
    """

    by: Way | None = "outbox"
    sender: str = ""
    host: str = ""
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = dataclasses.field(default="", repr=False)
    timeout: int = 20
    per_minute: int = 60
    notify_key: str = dataclasses.field(default="", repr=False)
    notify_template: str = ""
    notify_url: str = "https://api.notifications.service.gov.uk"


def load(env: Mapping[str, str], mistakes: list[str], *, production: bool) -> MailSettings:
    """Read ENGAGE_MAIL_*; add one sentence to `mistakes` for each thing that cannot work."""
    found = MailSettings(
        by=_way(env, mistakes, production=production),
        sender=_text(env, "FROM"),
        host=_text(env, "SMTP_HOST"),
        port=_number(env, "SMTP_PORT", MailSettings.port, PORTS, mistakes),
        security=_security(env, mistakes),
        user=_text(env, "SMTP_USER"),
        password=env.get("ENGAGE_MAIL_SMTP_PASSWORD", ""),
        timeout=_number(env, "TIMEOUT", MailSettings.timeout, TIMEOUTS, mistakes),
        per_minute=_number(env, "PER_MINUTE", MailSettings.per_minute, RATES, mistakes),
        notify_key=_text(env, "NOTIFY_KEY"),
        notify_template=_text(env, "NOTIFY_TEMPLATE"),
        notify_url=_text(env, "NOTIFY_URL") or MailSettings.notify_url,
    )
    mistakes += _lacking(found, production=production)
    return found


def _lacking(mail: MailSettings, *, production: bool) -> list[str]:
    """Return a sentence for everything that the chosen way needs and does not have."""
    if mail.by == "smtp":
        return _lacking_smtp(mail, production=production)
    return _lacking_notify(mail) if mail.by == "notify" else []


def _lacking_smtp(mail: MailSettings, *, production: bool) -> list[str]:
    checks = (
        (not mail.host, "ENGAGE_MAIL_SMTP_HOST must name the mail server."),
        (
            not ADDRESS.fullmatch(mail.sender),
            "ENGAGE_MAIL_FROM must be the address that mail comes from.",
        ),
        (
            bool(mail.user) != bool(mail.password),
            "ENGAGE_MAIL_SMTP_USER and ENGAGE_MAIL_SMTP_PASSWORD go together.",
        ),
        (
            production and mail.security == "none" and mail.host not in THIS_MACHINE,
            "ENGAGE_MAIL_SMTP_SECURITY=none would send addresses in the clear; use starttls.",
        ),
    )
    return [sentence for wrong, sentence in checks if wrong]


def _lacking_notify(mail: MailSettings) -> list[str]:
    missing = importlib.util.find_spec("notifications_python_client") is None
    checks = (
        (
            not NOTIFY_KEY.fullmatch(mail.notify_key),
            "ENGAGE_MAIL_NOTIFY_KEY must be an API key of GOV.UK Notify.",
        ),
        (
            not mail.notify_template,
            "ENGAGE_MAIL_NOTIFY_TEMPLATE must be a template with ((subject)) and ((body)).",
        ),
        (
            missing,
            "ENGAGE_MAIL_BY=notify needs a package: pip install notifications-python-client.",
        ),
    )
    return [sentence for wrong, sentence in checks if wrong]


def _way(env: Mapping[str, str], mistakes: list[str], *, production: bool) -> Way | None:
    value = _text(env, "BY") or ("" if production else "outbox")
    if production and value == "outbox":
        mistakes.append("ENGAGE_MAIL_BY=outbox sends nothing; in production use smtp or notify.")
        return None
    for way in get_args(Way):
        if value == way:
            return way  # type: ignore[no-any-return]  # get_args loses the literal's type
    if value:
        mistakes.append(f"ENGAGE_MAIL_BY is {value!r}; use smtp, notify or outbox.")
    return None


def _security(env: Mapping[str, str], mistakes: list[str]) -> Security:
    value = _text(env, "SMTP_SECURITY") or "starttls"
    for security in get_args(Security):
        if value == security:
            return security  # type: ignore[no-any-return]  # as above
    mistakes.append(f"ENGAGE_MAIL_SMTP_SECURITY is {value!r}; use starttls, tls or none.")
    return "starttls"


def _number(
    env: Mapping[str, str], name: str, default: int, allowed: range, mistakes: list[str]
) -> int:
    value = _text(env, name) or str(default)
    if not value.isdecimal() or int(value) not in allowed:
        most = allowed.stop - 1
        mistakes.append(
            f"ENGAGE_MAIL_{name} is {value!r}; use a whole number from {allowed.start} to {most}."
        )
        return default
    return int(value)


def _text(env: Mapping[str, str], name: str) -> str:
    return env.get(f"ENGAGE_MAIL_{name}", "").strip()
