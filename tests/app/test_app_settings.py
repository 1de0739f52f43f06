"""Settings: the environment wins, slips are named, and the example cannot drift from the code."""

import tomllib
from datetime import time
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings, unknown_variables
from bot.settings_example import example_config

ROOT = Path(__file__).parents[2]


def write(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_everything_has_its_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings()
    assert settings.token is None
    assert settings.digest.hour == time(7, 0)
    assert settings.tick_s == 60


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path, 'channels = ["@from_file"]\ntick_s = 30\n[digest]\nzone = "Europe/Kyiv"\nhour = "08:15"\n')
    monkeypatch.setenv("SITREP_CHANNELS", "-1001234567890, @from_environment")
    monkeypatch.setenv("SITREP_ADMINS", "7,8")
    monkeypatch.setenv("SITREP_TICK_S", "0.5")
    monkeypatch.setenv("SITREP_TOKEN", "123456:abcDEF")
    monkeypatch.setenv("SITREP_DIGEST__ZONE", "Asia/Tokyo")
    monkeypatch.setenv("SITREP_DIGEST__TOPICS", "medtop:16000000, medtop:11000000")
    settings = load_settings(file)
    assert settings.digest.topics == ("medtop:16000000", "medtop:11000000")
    assert settings.channels == (-1001234567890, "@from_environment")
    assert settings.admins == (7, 8)
    assert settings.tick_s == 0.5
    assert settings.token is not None
    assert settings.token.get_secret_value() == "123456:abcDEF"
    assert (settings.digest.zone, settings.digest.hour) == ("Asia/Tokyo", time(8, 15))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tick = 3", ["unknown setting 'tick'", "Did you mean 'tick_s'?"]),
        ("[models]\nmax_word = 3", ["unknown setting 'models.max_word'", "'max_words'"]),
        ("[models]\nmax_words = 1000", ["models.max_words = 1000", "less than or equal to 120"]),
        ('[digest]\nzone = "Europe/Kiyv"', ["digest.zone = 'Europe/Kiyv'", "did you mean 'Europe/Kyiv'?"]),
        ('channels = ["news"]', ["channels", "'news' is neither an id", "@example"]),
        ('database_url = "mysql://x"', ["database_url = 'mysql://x'", "sqlite:///path/to/file.db"]),
        ('[models]\ndevice = "cuda"\nquantisation = "int8"', ['"int8" is for device "cpu"']),
        ("[retention]\narticles_days = 7", ["retention.articles_days = 7", "greater than or equal to 45"]),
        ('[[topics]]\nname = "Grain"', ["topics.0.description is missing"]),
        ("tick_s = ", ["is not valid TOML"]),
    ],
)
def test_a_slip_is_answered_with_the_key_the_value_and_what_is_allowed(
    tmp_path: Path, text: str, said: list[str]
) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(write(tmp_path, text))
    for part in said:
        assert part in raised.value.message
    assert "config.toml" in raised.value.message


def test_a_bad_variable_is_named_as_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_LIMITS__MESSAGES_PER_S", "many")
    with pytest.raises(SettingsError, match=r"SITREP_LIMITS__MESSAGES_PER_S: limits.messages_per_s = 'many'"):
        load_settings(write(tmp_path, ""))


def test_a_token_never_stands_in_an_error_or_a_repr(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(write(tmp_path, 'token = "not a token but secret"'))
    assert "not a token but secret" not in raised.value.message
    assert "abcDEF" not in repr(load_settings(write(tmp_path, 'token = "123456:abcDEF"')))


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no settings file"):
        load_settings(tmp_path / "elsewhere.toml")


def test_the_example_is_what_the_code_writes_and_holds_the_defaults() -> None:
    written = (ROOT / "config.example.toml").read_text(encoding="utf-8")
    assert written == example_config(), "run: sitrep config > config.example.toml"
    assert Settings(**tomllib.loads(written)) == Settings()


def test_every_setting_stands_in_the_example_with_its_meaning() -> None:
    uncommented = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and " = " in line else line
        for line in example_config().splitlines()
    )
    keys = {line.split(" = ")[0] for line in uncommented.splitlines() if " = " in line}
    for name, field in Settings.model_fields.items():
        section = getattr(field.annotation, "model_fields", None)
        for key, inner in (section or {name: field}).items():
            assert key in keys or key == "topics"
            assert inner.description


def test_misspelt_variables_are_found() -> None:
    assert unknown_variables({"SITREP_TOKN": "x", "SITREP_TOKEN": "y", "SITREP_MODELS__THREADS": "1", "PATH": ""}) == [
        "SITREP_TOKN"
    ]


def test_a_plain_sqlite_address_gets_the_driver_the_store_uses(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, 'database_url = "sqlite:////data/sitrep.db"'))
    assert settings.database_url == "sqlite+aiosqlite:////data/sitrep.db"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[webhook]\nurl = "https://bot.example.org/webhook"\n[web]\nport = 8081\n', "webhook.secret is missing"),
        (
            '[webhook]\nurl = "https://bot.example.org/webhook"\nsecret = "0123456789abcdef"\n',
            "web.port is missing",
        ),
        ('[webhook]\nurl = "http://bot.example.org/webhook"\n', "https://bot.example.org/webhook is needed"),
        ('[webhook]\nurl = "https://bot.example.org/else"\n', "https://bot.example.org/webhook is needed"),
        ('[webhook]\nsecret = "short"\n', "16 to 256 letters"),
    ],
)
def test_promise_16_half_a_webhook_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refused:
        load_settings(write(tmp_path, text))
    assert "short" not in str(refused.value).replace("16 to 256", "")


def test_a_whole_webhook_is_taken_and_its_secret_hidden(tmp_path: Path) -> None:
    text = '[webhook]\nurl = "https://bot.example.org/webhook"\nsecret = "0123456789abcdef"\n[web]\nport = 8081\n'
    settings = load_settings(write(tmp_path, text))
    assert settings.webhook.url == "https://bot.example.org/webhook"
    assert "0123456789abcdef" not in repr(settings)


def test_a_variable_that_should_be_json_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITREP_TOPICS", "my own topic")
    with pytest.raises(SettingsError, match=r'"topics".*JSON') as refused:
        load_settings()
    assert refused.value.code == "setting_invalid"
