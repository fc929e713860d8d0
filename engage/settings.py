"""Settings from the environment, validated once at start with one clear sentence per mistake."""

import dataclasses
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from engage import mail_settings
from engage.mail_settings import MailSettings

Mode = Literal["development", "production", "test"]
DEVELOPMENT_KEY = "development-only-key-never-used-in-production"
THRESHOLD_RANGE = range(3, 11)
DAYS_RANGE = range(1, 3651)
READING_RANGE = range(1, 31)
SECRET_LENGTH = 32
PUBLIC_URL = re.compile(r"https?://[\w.-]+(:\d+)?(/\S*)?")
THIS_MACHINE = ("localhost", "127.0.0.1")
MOST_PROXIES = 9


class SettingsError(ValueError):
    """The environment asks for something that cannot work; the message says what to change."""


@dataclasses.dataclass(frozen=True)
class Settings:
    """Everything an installation may decide, with defaults that suit one machine.

    Attributes:
        mode: "production" refuses unset secrets and the demo account.
        data_dir: folder of the database, queue and other files that this installation owns.
        database_url: SQLAlchemy address; SQLite in data_dir unless set.
        queue_url: "redis://..." to move the queue; otherwise it lives beside the database.
        secret_key: signs sessions and keys receipt codes; at least 32 characters.
        threshold: smallest count of people that may be shown (3 to 10).
        threshold_under_18: the same for words written by under-18s (3 to 10).
        equality_key_days: days after a snapshot on which the key that links equality answers to
            responses is destroyed (1 to 3650).
        safeguarding_days: working days within which words are read for safety (1 to 30).
        safeguarding_days_under_18: the same for surveys of children and young people.
        safeguarding_keep_days: days for which the log of safeguarding decisions is kept, and with
            it the words of people who took their answers out (1 to 3650).
        contact_email: address printed on help and complaint pages.
        contact_phone: number printed beside it; production needs one of the two.
        organisation: who runs this installation, as printed in the page header and footer.
        public_url: where people reach it ("https://..."), printed in PDFs as permanent address;
            when set, requests for another host are refused.
        proxies: web servers in front (0 to 9), each of which says who asked, for which host and
            whether by TLS; with too small a number every visitor looks like the same one, with
            too large a number anybody can pretend to be somebody else.
        mail: how mail leaves this installation.
    """

    mode: Mode = "development"
    data_dir: Path = Path("var")
    database_url: str = ""
    queue_url: str = ""
    secret_key: str = DEVELOPMENT_KEY
    threshold: int = 5
    threshold_under_18: int = 10
    equality_key_days: int = 365
    safeguarding_days: int = 3
    safeguarding_days_under_18: int = 1
    safeguarding_keep_days: int = 365
    contact_email: str = ""
    contact_phone: str = ""
    organisation: str = "SEND partnership"
    public_url: str = ""
    proxies: int = 0
    mail: MailSettings = dataclasses.field(default_factory=MailSettings)

    @property
    def database(self) -> str:
        """Return the database address, filling in the embedded default."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'engage.sqlite').resolve()}"

    @property
    def is_production(self) -> bool:
        """Tell whether real people may be using this installation."""
        return self.mode == "production"

    @property
    def hosts(self) -> list[str] | None:
        """Return the hosts that a request may be for, or None where no address is known."""
        host = urlsplit(self.public_url).hostname
        if not host:
            return None
        return [host] if self.is_production else [host, *THIS_MACHINE]


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read ENGAGE_* variables; raise SettingsError listing every mistake, one sentence each."""
    env = os.environ if environ is None else environ
    mistakes: list[str] = []
    settings = Settings(
        mode=_mode(env, mistakes),
        data_dir=Path(env.get("ENGAGE_DATA_DIR") or "var"),
        database_url=_database_url(env, mistakes),
        queue_url=env.get("ENGAGE_QUEUE_URL", ""),
        secret_key=_secret_key(env, mistakes),
        threshold=_threshold(env, "ENGAGE_THRESHOLD", 5, mistakes),
        threshold_under_18=_threshold(env, "ENGAGE_THRESHOLD_UNDER_18", 10, mistakes),
        equality_key_days=_days(env, "ENGAGE_EQUALITY_KEY_DAYS", 365, DAYS_RANGE, mistakes),
        safeguarding_days=_days(env, "ENGAGE_SAFEGUARDING_DAYS", 3, READING_RANGE, mistakes),
        safeguarding_days_under_18=_days(
            env, "ENGAGE_SAFEGUARDING_DAYS_UNDER_18", 1, READING_RANGE, mistakes
        ),
        safeguarding_keep_days=_days(
            env, "ENGAGE_SAFEGUARDING_KEEP_DAYS", 365, DAYS_RANGE, mistakes
        ),
        contact_email=env.get("ENGAGE_CONTACT_EMAIL", ""),
        contact_phone=env.get("ENGAGE_CONTACT_PHONE", ""),
        organisation=env.get("ENGAGE_ORGANISATION") or "SEND partnership",
        public_url=_public_url(env, mistakes),
        proxies=_proxies(env, mistakes),
        mail=mail_settings.load(env, mistakes, production=env.get("ENGAGE_MODE") == "production"),
    )
    if settings.is_production and not (settings.contact_email or settings.contact_phone):
        mistakes.append("ENGAGE_CONTACT_EMAIL or ENGAGE_CONTACT_PHONE must say who can help.")
    if settings.is_production and settings.mail.by and not settings.public_url:
        mistakes.append("ENGAGE_PUBLIC_URL must be set, because mails hold links.")
    if mistakes:
        raise SettingsError("\n".join(mistakes))
    return settings


def _mode(env: Mapping[str, str], mistakes: list[str]) -> Mode:
    value = env.get("ENGAGE_MODE") or "development"
    for mode in get_args(Mode):
        if value == mode:
            return mode  # type: ignore[no-any-return]  # get_args loses the literal's type
    mistakes.append(f"ENGAGE_MODE is {value!r}; use development, production or test.")
    return "development"


def _database_url(env: Mapping[str, str], mistakes: list[str]) -> str:
    url = env.get("ENGAGE_DATABASE_URL", "")
    if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        mistakes.append("ENGAGE_DATABASE_URL must start with sqlite:/// or postgresql+psycopg://.")
    return url


def _secret_key(env: Mapping[str, str], mistakes: list[str]) -> str:
    key = env.get("ENGAGE_SECRET_KEY", "")
    production = env.get("ENGAGE_MODE") == "production"
    if production and (len(key) < SECRET_LENGTH or key == DEVELOPMENT_KEY):
        mistakes.append(
            f"ENGAGE_SECRET_KEY must be set to at least {SECRET_LENGTH} random characters."
        )
    return key or DEVELOPMENT_KEY


def _public_url(env: Mapping[str, str], mistakes: list[str]) -> str:
    url = env.get("ENGAGE_PUBLIC_URL", "").rstrip("/")
    if url and not PUBLIC_URL.fullmatch(url):
        mistakes.append("ENGAGE_PUBLIC_URL must be like https://engage.example.org (or http://).")
        return ""
    return url


def _proxies(env: Mapping[str, str], mistakes: list[str]) -> int:
    value = env.get("ENGAGE_PROXIES") or "0"
    if not re.fullmatch(r"[0-9]", value):
        mistakes.append(
            f"ENGAGE_PROXIES is {value!r}; use a whole number from 0 to {MOST_PROXIES}."
        )
        return 0
    return int(value)


def _days(
    env: Mapping[str, str], name: str, default: int, allowed: range, mistakes: list[str]
) -> int:
    value = env.get(name) or str(default)
    if not value.isdigit() or int(value) not in allowed:
        most = allowed.stop - 1
        mistakes.append(f"{name} is {value!r}; use a whole number from {allowed.start} to {most}.")
        return default
    return int(value)


def _threshold(env: Mapping[str, str], name: str, default: int, mistakes: list[str]) -> int:
    value = env.get(name) or str(default)
    if not value.isdigit() or int(value) not in THRESHOLD_RANGE:
        mistakes.append(f"{name} is {value!r}; use a whole number from 3 to 10.")
        return default
    return int(value)
