import pytest

from engage.settings import DEVELOPMENT_KEY, SettingsError, load

PRODUCTION = {
    "ENGAGE_MODE": "production",
    "ENGAGE_SECRET_KEY": "k" * 32,
    "ENGAGE_CONTACT_EMAIL": "help@example.org",
}


def test_an_empty_environment_suits_one_machine() -> None:
    settings = load({})
    assert settings.mode == "development"
    assert settings.database.startswith("sqlite:///")
    assert settings.database.endswith("/var/engage.sqlite")
    assert not settings.is_production


def test_production_with_a_secret_and_a_contact_is_accepted() -> None:
    assert load(PRODUCTION).is_production


@pytest.mark.parametrize("secret", ["", "short", DEVELOPMENT_KEY])
def test_production_refuses_a_secret_that_is_none(secret: str) -> None:
    with pytest.raises(SettingsError, match="ENGAGE_SECRET_KEY must be set"):
        load({**PRODUCTION, "ENGAGE_SECRET_KEY": secret})


def test_production_refuses_to_leave_people_without_a_contact() -> None:
    with pytest.raises(SettingsError, match="must say who can help"):
        load({**PRODUCTION, "ENGAGE_CONTACT_EMAIL": ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENGAGE_MODE", "live"),
        ("ENGAGE_DATABASE_URL", "mysql://localhost/engage"),
        ("ENGAGE_THRESHOLD", "2"),
        ("ENGAGE_THRESHOLD", "many"),
        ("ENGAGE_THRESHOLD_UNDER_18", "11"),
        ("ENGAGE_PUBLIC_URL", "engage.example.org"),
        ("ENGAGE_PUBLIC_URL", "https://"),
        ("ENGAGE_PROXIES", "-1"),
        ("ENGAGE_PROXIES", "10"),
        ("ENGAGE_PROXIES", "nginx"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_use(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load({name: value})


@pytest.mark.parametrize(
    ("environment", "hosts"),
    [
        ({}, None),
        (
            {"ENGAGE_PUBLIC_URL": "http://127.0.0.1:8000"},
            ["127.0.0.1", "localhost", "127.0.0.1"],
        ),
        (
            {**PRODUCTION, "ENGAGE_PUBLIC_URL": "https://Engage.example.org:8443/"},
            ["engage.example.org"],
        ),
    ],
)
def test_the_public_address_says_which_hosts_are_ours(
    environment: dict[str, str], hosts: list[str] | None
) -> None:
    assert load(environment).hosts == hosts


def test_the_proxies_in_front_are_counted() -> None:
    assert load({}).proxies == 0
    assert load({"ENGAGE_PROXIES": "2"}).proxies == 2


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as raised:
        load({"ENGAGE_MODE": "live", "ENGAGE_THRESHOLD": "99"})
    assert str(raised.value).count("\n") == 1


# --- Mail -----------------------------------------------------------------------------------

SMTP = {
    "ENGAGE_MAIL_BY": "smtp",
    "ENGAGE_MAIL_FROM": "engage@example.org",
    "ENGAGE_MAIL_SMTP_HOST": "mail.example.org",
}
NOTIFY = {
    "ENGAGE_MAIL_BY": "notify",
    "ENGAGE_MAIL_NOTIFY_KEY": "k-8b3aa916-ec82-434e-b0c5-d5d9b371d6a3"
    "-dcdc5083-2fee-4fba-8afd-51f3f4bcb7b0",
    "ENGAGE_MAIL_NOTIFY_TEMPLATE": "1c7a1c7a",
}
PUBLIC = {**PRODUCTION, "ENGAGE_PUBLIC_URL": "https://engage.example.org"}


def test_mail_goes_into_files_until_somebody_says_otherwise() -> None:
    assert load({}).mail.by == "outbox"
    assert load(PRODUCTION).mail.by is None, "real people get nothing by accident"


@pytest.mark.parametrize("way", [SMTP, NOTIFY])
def test_a_complete_way_to_send_is_accepted(way: dict[str, str]) -> None:
    mail = load({**PUBLIC, **way}).mail
    assert mail.by == way["ENGAGE_MAIL_BY"]
    assert (mail.port, mail.security, mail.per_minute) == (587, "starttls", 60)
    assert mail.notify_key not in repr(mail) or not mail.notify_key


@pytest.mark.parametrize("way", [SMTP, NOTIFY])
def test_an_incomplete_way_is_refused_in_one_sentence(way: dict[str, str]) -> None:
    for name in way.keys() - {"ENGAGE_MAIL_BY"}:
        with pytest.raises(SettingsError) as raised:
            load({**PUBLIC, **way, name: ""})
        assert name in str(raised.value)
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ENGAGE_MAIL_BY": "outbox"}, "sends nothing"),
        ({"ENGAGE_MAIL_BY": "pigeon"}, "use smtp, notify or outbox"),
        ({"ENGAGE_MAIL_SMTP_PORT": "0"}, "whole number from 1 to 65535"),
        ({"ENGAGE_MAIL_TIMEOUT": "long"}, "ENGAGE_MAIL_TIMEOUT"),
        ({"ENGAGE_MAIL_PER_MINUTE": "0"}, "ENGAGE_MAIL_PER_MINUTE"),
        ({"ENGAGE_MAIL_SMTP_SECURITY": "none"}, "in the clear"),
        ({"ENGAGE_MAIL_SMTP_SECURITY": "ssl"}, "use starttls, tls or none"),
        ({"ENGAGE_MAIL_SMTP_USER": "engage"}, "go together"),
        ({"ENGAGE_PUBLIC_URL": ""}, "mails hold links"),
    ],
)
def test_a_wrong_mail_setting_is_named_with_what_to_use(
    changed: dict[str, str], sentence: str
) -> None:
    with pytest.raises(SettingsError, match=sentence):
        load({**PUBLIC, **SMTP, **changed})
