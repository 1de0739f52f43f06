"""The command line: every way to start Sitrep. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import __version__
from bot.logs import configure_logs
from bot.settings import Settings, load_settings
from models.api import SitrepError

app = typer.Typer(
    name="sitrep",
    help="Turns the news channels you follow into short situation reports in Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="Settings file; config.toml in this folder where it exists.")
]


@app.command()
def run(
    config: ConfigOption = None,
    *,
    try_out: Annotated[
        bool, typer.Option("--try", help="Without a token, run against the built-in sandbox with sample news.")
    ] = False,
) -> None:
    """Run the bot in the foreground until it is told to stop."""
    settings = _settings(config)
    if settings.token is not None:
        gc.disable()  # until the bot has started: nothing of what is imported becomes garbage
        with _stoppable():
            from bot.app import run_bot
            from bot.clock import Clock

            asyncio.run(run_bot(settings, Clock()))
    elif try_out:
        with _stoppable():
            from bot.demo.session import run_demo

            asyncio.run(run_demo(_quieter(settings), stay=True))
    else:
        _stop(
            SitrepError(
                "token_missing",
                "There is no token. Get one from @BotFather in Telegram and set SITREP_TOKEN, or write it into "
                "config.toml; or try Sitrep without one: sitrep run --try",
            )
        )


@app.command()
def demo(config: ConfigOption = None) -> None:
    """Show the whole job in this terminal with sample news, without a token or network, and end."""
    from bot.demo.session import run_demo

    asyncio.run(run_demo(_quieter(_settings(config)), stay=False))


@app.command()
def sandbox(config: ConfigOption = None) -> None:
    """Start only the local Bot API server and its page, for a bot of your own to talk to."""
    with _stoppable():
        from bot.demo.session import run_sandbox

        asyncio.run(run_sandbox(_settings(config)))


@app.command()
def read(
    source: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A text file, a web address, or - for input.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    published: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of publication; today where not given.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Read one text: summary, topics, key figures, deadlines."""
    settings = _settings(config)
    from rich.console import Console

    from bot.app import reader_settings
    from bot.read_command import load_article, print_reading, reading_json
    from bot.reader_process import make_reader

    article = load_article(source, published=published.date() if published else None, now=datetime.now(UTC))
    [reading] = make_reader(reader_settings(settings)).read([article])
    if as_json:
        sys.stdout.write(reading_json(article, reading) + "\n")
    else:
        print_reading(Console(), article, reading)


@app.command()
def replay(
    file: Annotated[
        Path | None, typer.Argument(help="Posts, as TOML or JSON lines; the sample month where not given.")
    ] = None,
    *,
    topics: Annotated[str, typer.Option(help="The reader's topics, such as 'politics, economy'.")] = "all",
    zone: Annotated[str, typer.Option(help="The reader's time zone: a city, a zone or an offset.")] = "UTC",
    hour: Annotated[str, typer.Option(help="When the edition comes.")] = "08:00",
    database: Annotated[Path | None, typer.Option(help="Keep the database in this new file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line of JSON for each edition.")] = False,
    config: ConfigOption = None,
) -> None:
    """Put a month of posts through the bot, and print the editions a reader would have had."""
    settings = _quieter(_settings(config))
    from bot.app import reader_settings
    from bot.reader_process import make_reader
    from bot.replay import run_replay, wish_of

    wish = wish_of(topics=topics, zone=zone, hour=hour)
    asyncio.run(
        run_replay(file, partial(make_reader, reader_settings(settings)), wish, database=database, as_json=as_json)
    )


@app.command()
def worker(config: ConfigOption = None) -> None:
    """Read articles for a bot on PostgreSQL, one of any number of workers, until told to stop."""
    with _stoppable():
        from bot.clock import Clock
        from bot.reading_worker import run_worker

        asyncio.run(run_worker(_settings(config), Clock()))


@app.command()
def migrate(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; say what would run. Exit code 1 where something would.")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Bring the database to this version's schema. The bot does it at every start, too."""
    settings = _settings(config)
    if check:
        from bot.schema_check import check_schema

        said, code = asyncio.run(check_schema(settings.database_url))
        typer.echo(said)
        raise typer.Exit(code)
    from bot.app import migrate_database

    asyncio.run(migrate_database(settings))


@app.command()
def fetch(config: ConfigOption = None) -> None:
    """Fetch the hub models that the settings name, with a progress bar; they are kept in the hub's cache."""
    settings = _settings(config)
    from bot.app import reader_settings
    from models.hub import fetch as fetch_model

    chosen = reader_settings(settings)
    wanted = [model for model in (chosen.hub_summariser, chosen.hub_topics) if model is not None]
    for model in wanted:
        typer.echo(f"{model.name}: {fetch_model(model.name, model.revision, progress=True)}")
    if not wanted:
        typer.echo("The settings name no model of the hub; what is built in needs none.")


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; its folder must exist.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace the file where it exists.")] = False,
    config: ConfigOption = None,
) -> None:
    """Copy the database to a file. The bot may go on running."""
    from bot.backup import run_backup

    typer.echo(run_backup(_settings(config).database_url, file, force=force))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `sitrep backup` has written.")], config: ConfigOption = None
) -> None:
    """Put a backup in the place of the database, which is kept beside it. The bot must be stopped."""
    from bot.backup import run_restore

    typer.echo(run_restore(_settings(config).database_url, file, datetime.now(UTC)))


@app.command(name="config")
def print_config() -> None:
    """Print an example configuration with every setting, its meaning and its default."""
    from bot.settings_example import example_config

    sys.stdout.write(example_config())


@app.callback(invoke_without_command=True)
def about(*, version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False) -> None:
    """Sitrep."""
    if version:
        typer.echo(f"sitrep {__version__}")
        raise typer.Exit


def _settings(config: Path | None) -> Settings:
    settings = load_settings(config)
    secret = settings.token.get_secret_value() if settings.token else None
    configure_logs(style=settings.log_format, level=settings.log_level, secret=secret)
    return settings


def _quieter(settings: Settings) -> Settings:
    """The conversation is on the screen: of the log only what needs somebody."""
    configure_logs(style=settings.log_format, level="warning", secret=None)
    return settings


def _stop(error: SitrepError) -> NoReturn:
    sys.stderr.write(f"sitrep: {error.message}\n")
    raise SystemExit(2)


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Work that SIGTERM or Ctrl-C end with code 0: here while it is still being imported, later in its event loop.

    Once the work is over, they tell nothing new.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)


def main() -> None:
    """Run the command line; an error that has a cure is one message and exit code 2, not a traceback."""
    try:
        app()
    except SitrepError as error:
        _stop(error)


if __name__ == "__main__":
    main()
