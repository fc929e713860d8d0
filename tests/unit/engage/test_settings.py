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
