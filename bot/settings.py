"""The settings: their names, defaults and limits, read from a TOML file and the environment, which wins."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as UnreadableVariable

from models.api import SitrepError
from models.hub import Dtype, Quantisation
from models.settings import ReaderSettings

ENV_PREFIX = "SITREP_"
DEFAULT_FILE = Path("config.toml")

_READER = ReaderSettings()

_SECRETS = frozenset({"token", "secret", "status_token"})
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


class SettingsError(SitrepError):
    """A setting is unknown or has a value that is not allowed; the message names it and says what is."""


def _long_enough(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
        raise ValueError("16 to 256 letters, digits, _ and - are needed")
    return secret


def _parts(value: object) -> object:
    """A list as a variable holds it, with commas, taken apart."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Digest(_Section):
    """What a new subscriber starts with."""

    hour: time = Field(default=time(7, 0), description='Hour of the daily digest for new subscribers, "HH:MM".')
    zone: str = Field(default="UTC", description='Their time zone, an IANA name such as "Europe/Kyiv".')
    topics: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description='Their topics, IPTC codes such as "medtop:16000000"; none means all.'
    )

    @field_validator("topics", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        return _parts(value)

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        if zone not in available_timezones():
            close = difflib.get_close_matches(zone, available_timezones(), n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            raise ValueError(f"an IANA time zone name is needed{hint}")
        return zone


class OwnTopicSetting(_Section):
    """A topic of the operator's own."""

    name: str = Field(min_length=1, max_length=40, description="The name readers see.")
    description: str = Field(min_length=10, max_length=500, description="One or two sentences on what belongs to it.")
    examples: tuple[str, ...] = Field(default=(), description="Texts that belong to it, if there are any.")


class Models(_Section):
    """The models that read the articles."""

    summariser: str = Field(
        default=_READER.summariser,
        description='"extractive" (built in), or a model of the Hugging Face hub or a folder.',
    )
    summariser_revision: str | None = Field(default=None, description="Commit of that hub model; pin it.")
    max_words: int = Field(default=_READER.max_words, ge=10, le=120, description="Words of one summary at most.")
    topics_model: str | None = Field(
        default=None,
        description="A hub model for natural language inference, or a folder, to file own topics with; None: vectors.",
    )
    topics_revision: str | None = Field(default=None, description="Commit of that hub model; pin it.")
    topic_threshold: float = Field(
        default=_READER.topic_threshold, ge=0.05, le=0.95, description="Confidence from which a topic is filed."
    )
    device: str = Field(default="cpu", pattern=r"^(cpu|cuda(:\d+)?)$", description='"cpu", "cuda" or "cuda:N".')
    dtype: Dtype = Field(
        default="float32", description='Precision of hub models: "float32", "bfloat16" or "float16" (for "cuda").'
    )
    quantisation: Quantisation = Field(
        default="none",
        description='"int8" quantises hub models as they run, on the CPU; needs pip install "sitrep[int8]".',
    )
    threads: int = Field(default=2, ge=1, le=64, description="CPU threads of the models.")
    in_bot: bool = Field(
        default=True,
        description="Whether the bot reads articles itself; false where `sitrep worker` processes do (docs/scale.md).",
    )
    batch_size: int = Field(default=32, ge=1, le=256, description="Articles read at once.")

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if self.quantisation == "int8" and (self.device != "cpu" or self.dtype == "float16"):
            raise ValueError('"int8" is for device "cpu" and dtype "float32" or "bfloat16"')
        return self


class Limits(_Section):
    """How fast the bot sends, and how late. The speeds are Telegram's own limits; higher ones end in 429 answers."""

    messages_per_s: float = Field(default=30, gt=0, le=1000, description="Messages a second, all chats together.")
    chat_messages_per_s: float = Field(default=1, gt=0, le=30, description="Messages a second in one chat.")
    group_messages_per_min: float = Field(default=20, gt=0, le=600, description="Messages a minute in one group.")
    edition_late_h: float = Field(
        default=6, gt=0, le=168, description="Hours that an edition may be late; a later one is folded into the next."
    )


class Web(_Section):
    """What is served: /healthz, /readyz and /metrics of the bot and of each worker; of the bot also /status for operators and /webhook for Telegram.

    Without a port, nothing. Processes of one machine need a port each.
    """

    port: int | None = Field(default=None, ge=0, le=65535, description="Port to listen on.")
    host: str = Field(default="127.0.0.1", description='Address to listen on; "0.0.0.0" for all networks.')
    status_token: SecretStr | None = Field(
        default=None,
        description="Opens the page /status to operators; 16 to 256 letters, digits, _ and -. None: no page.",
    )

    @field_validator("status_token")
    @classmethod
    def _hard_to_guess(cls, token: SecretStr | None) -> SecretStr | None:
        return _long_enough(token)


class Webhook(_Section):
    """Updates by webhook instead of polling: Telegram posts them to this address, which must lead to web.port."""

    url: str | None = Field(
        default=None, description="What Telegram calls: https, the path /webhook. None: the bot polls."
    )
    secret: SecretStr | None = Field(
        default=None, description="What Telegram must say with every update; 16 to 256 letters, digits, _ and -."
    )

    @field_validator("url")
    @classmethod
    def _can_be_called(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "")
        local = parts.hostname in {"127.0.0.1", "::1", "localhost"}
        if url and not (parts.path == "/webhook" and (parts.scheme == "https" or (parts.scheme == "http" and local))):
            raise ValueError("an address such as https://bot.example.org/webhook is needed")
        return url or None

    @field_validator("secret")
    @classmethod
    def _hard_to_guess(cls, secret: SecretStr | None) -> SecretStr | None:
        return _long_enough(secret)


class Links(_Section):
    """The pages that posts and feeds link to, fetched from public addresses only, as their robots.txt allows."""

    follow: bool = Field(default=True, description="Whether the article that a post links to is read too.")
    keep_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days a page is kept after it was last asked for; the newest 20,000 at most.",
    )


class Retention(_Section):
    """How many days what was taken in and sent is kept. Figures, deadlines, their sentences, and what the search says of stories stay for good."""

    updates_days: int = Field(default=30, ge=3, le=3650, description="Raw updates from Telegram, once handled.")
    articles_days: int = Field(
        default=365,
        ge=45,
        le=36500,
        description="Posts with their texts and readings; those of a story go together, so long after its last.",
    )
    editions_days: int = Field(
        default=180,
        ge=45,
        le=36500,
        description="Editions and sent messages, by which corrections find who was told; a reader's last edition stays.",
    )


class Sandbox(_Section):
    """The local Bot API server that `make run` uses when there is no token. It listens on loopback only."""

    port: int = Field(default=8080, ge=0, le=65535, description="Port of the sandbox's page and Bot API; 0 picks one.")


class Settings(BaseSettings):
    """Everything an operator can set."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        nested_model_default_partial_update=True,
    )

    token: SecretStr | None = Field(default=None, description="The bot's token from @BotFather.")
    channels: Annotated[tuple[int | str, ...], NoDecode] = Field(
        default=(), description='Channels to read, ids (-100...) or "@names"; the bot must be their administrator.'
    )
    feeds: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Feeds to read like channels: addresses of RSS, Atom or JSON feeds."
    )
    admins: Annotated[tuple[int, ...], NoDecode] = Field(default=(), description="Telegram user ids of the operators.")
    database_url: str = Field(
        default="sqlite:///var/sitrep.db",
        description="Where everything is kept: an SQLite file, relative to where the bot is started, or "
        '"postgresql://user:password@host/name" (docs/scale.md).',
    )
    base_url: str = Field(
        default="https://api.telegram.org/bot", description="Bot API server; the token and the method are appended."
    )
    base_file_url: str = Field(default="https://api.telegram.org/file/bot", description="Its file server.")
    tick_s: float = Field(default=60, gt=0, le=60, description="Seconds between looks at who is due.")
    log_format: Literal["console", "json"] = Field(default="console", description='"console" or "json".')
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description='"debug", "info", "warning" or "error".'
    )
    digest: Digest = Digest()
    models: Models = Models()
    limits: Limits = Limits()
    web: Web = Web()
    webhook: Webhook = Webhook()
    links: Links = Links()
    retention: Retention = Retention()
    sandbox: Sandbox = Sandbox()
    topics: tuple[OwnTopicSetting, ...] = Field(default=(), description="Topics of your own.")

    @field_validator("channels", "feeds", "admins", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        return _parts(value)

    @field_validator("channels")
    @classmethod
    def _channel_names(cls, channels: tuple[int | str, ...]) -> tuple[int | str, ...]:
        return tuple(_channel(channel) for channel in channels)

    @field_validator("feeds")
    @classmethod
    def _feed_addresses(cls, feeds: tuple[str, ...]) -> tuple[str, ...]:
        for feed in feeds:
            parts = urlsplit(feed)
            if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
                raise ValueError(f'{feed!r} is not an address such as "https://news.example.org/feed.xml"')
        return feeds

    @field_validator("token", mode="before")
    @classmethod
    def _looks_like_a_token(cls, token: object) -> object:
        text = token.get_secret_value() if isinstance(token, SecretStr) else token
        if text in (None, ""):
            return None
        if not isinstance(text, str) or not _TOKEN.fullmatch(text):
            raise ValueError("a token from @BotFather is needed, digits, a colon and letters, such as 123456:ABC")
        return text

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        scheme, _, rest = url.partition("://")
        if scheme in {"postgresql", "postgres"} and rest:
            return f"postgresql://{rest}"
        path = url.removeprefix("sqlite+aiosqlite:///").removeprefix("sqlite:///")
        if path in {"", url, ":memory:"}:
            raise ValueError(
                '"sqlite:///path/to/file.db" is needed, four slashes for an absolute path, '
                'or "postgresql://user:password@host/name"'
            )
        return f"sqlite+aiosqlite:///{path}"

    @model_validator(mode="after")
    def _somebody_reads(self) -> Self:
        if not self.models.in_bot and not self.database_url.startswith("postgresql"):
            raise ValueError("models.in_bot = false leaves the reading to workers, who need a PostgreSQL database_url")
        return self

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        """RELIABILITY: without a secret anybody could post updates, so there is no webhook without one."""
        if self.webhook.url and self.webhook.secret is None:
            raise ValueError("webhook.secret is missing: without one anybody could post updates")
        if self.webhook.url and self.web.port is None:
            raise ValueError("web.port is missing: the webhook has nothing to listen on")
        if self.web.status_token and self.web.port is None:
            raise ValueError("web.port is missing: the status page has nothing to listen on")
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, which comes in as the arguments."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def _channel(channel: int | str) -> int | str:
    if isinstance(channel, int):
        return channel
    if re.fullmatch(r"-?\d+", channel):
        return int(channel)
    if re.fullmatch(r"@[A-Za-z][A-Za-z0-9_]{3,31}", channel):
        return channel
    raise ValueError(f'{channel!r} is neither an id such as -1001234567890 nor a name such as "@example"')


def load_settings(file: Path | None = None) -> Settings:
    """Read the settings from ``file`` (``config.toml`` where it exists and none is named) and the environment.

    Raises:
        SettingsError: the file is missing or not TOML, a key is unknown, or a value is not allowed.
    """
    path = file or DEFAULT_FILE
    if file is not None and not path.is_file():
        raise SettingsError("settings_file_missing", f"There is no settings file {path}.", file=str(path))
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingsError("settings_file_unreadable", f"{path} is not valid TOML: {error}", file=str(path)) from error
    try:
        return Settings(**values)
    except ValidationError as error:
        lines = [_explain(dict(problem), path, os.environ) for problem in error.errors()]
        raise SettingsError("setting_invalid", "\n".join(lines), count=len(lines)) from error
    except UnreadableVariable as error:
        told = (
            f"A variable that begins with {ENV_PREFIX} cannot be read ({error}): tables such as topics are JSON there."
        )
        raise SettingsError("setting_invalid", told, count=1) from error


def _explain(problem: Mapping[str, object], path: Path, environ: Mapping[str, str]) -> str:
    """One line on one problem: where, which key, which value, what is allowed."""
    location = problem["loc"]
    keys = [str(part) for part in location] if isinstance(location, tuple) else []
    if not keys:
        return f"{path} and the environment: {str(problem['msg']).removeprefix('Value error, ')}."
    dotted = ".".join(key for key in keys if key not in {"int", "str", "function-after"})
    variable = ENV_PREFIX + "__".join(keys[:2]).upper()
    source = variable if variable in environ or ENV_PREFIX + keys[0].upper() in environ else str(path)
    if problem["type"] == "extra_forbidden":
        close = difflib.get_close_matches(keys[-1], _keys_beside(keys), n=1)
        hint = f" Did you mean {close[0]!r}?" if close else f" Known here: {', '.join(sorted(_keys_beside(keys)))}."
        return f"{source}: unknown setting {dotted!r}.{hint}"
    if problem["type"] == "missing":
        return f"{source}: {dotted} is missing."
    reason = str(problem["msg"]).removeprefix("Value error, ")
    hidden = keys[-1] in _SECRETS or (keys[-1] == "database_url" and "@" in str(problem["input"]))
    shown = "(hidden)" if hidden else repr(problem["input"])
    return f"{source}: {dotted} = {shown} is not allowed: {reason}."


def _keys_beside(keys: list[str]) -> list[str]:
    model: type[BaseModel] = Settings
    for key in keys[:-1]:
        field = model.model_fields.get(key)
        annotation = field.annotation if field else None
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            model = annotation
        elif key == "topics":
            model = OwnTopicSetting
    return list(model.model_fields)


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """Names in the environment that begin like settings and are none: slips worth a warning."""
    known = {ENV_PREFIX + name.upper() for name in Settings.model_fields}
    return sorted(name for name in environ if name.startswith(ENV_PREFIX) and name.split("__")[0] not in known)
