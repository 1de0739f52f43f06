"""Owns the wiring of the library: a bot with our time-outs, an application that runs our handlers and nothing else."""

import contextlib
import warnings
from random import Random
from urllib.parse import urlsplit

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    ExtBot,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.warnings import PTBUserWarning

from bot.errors import Fatal
from bot.telegram.buttons import press
from bot.telegram.commands import COMMANDS
from bot.telegram.desk_context import Desk, DeskApplication, DeskContext
from bot.telegram.handlers import HANDLERS, unknown, words
from bot.telegram.inline import inline
from bot.telegram.membership import membership, migration
from bot.telegram.operator_commands import OPERATOR_COMMANDS
from bot.telegram.operator_handlers import OPERATOR_HANDLERS, forwarded
from bot.telegram.outage import Outage, seconds_of
from bot.telegram.progress import Drafts
from bot.telegram.request import DirectRequest, proxy_for
from bot.telegram.time_handlers import location

ANSWER_S = 20.0
"""Seconds to wait for an answer: the library's 5 make needlessly many sends ambiguous."""

_CONNECT_S = 10.0
_CONNECTIONS = 64
_HOME = frozenset({"127.0.0.1", "::1", "localhost"})

_log = structlog.get_logger()


def build_bot(token: str, base_url: str, base_file_url: str) -> ExtBot[None]:
    """A bot that waits long enough for answers, and that reaches a server on this machine without any proxy."""
    # do_api_request is how raw dictionaries are had from the library; it advises against it at each call.
    warnings.filterwarnings("ignore", message="Please use 'Bot\\.", category=PTBUserWarning)
    proxy = None if urlsplit(base_url).hostname in _HOME else proxy_for(base_url)
    requests = [
        DirectRequest(connections, connect_s=_CONNECT_S, answer_s=ANSWER_S, proxy=proxy)
        for connections in (_CONNECTIONS, 1)
    ]
    return ExtBot(
        token, base_url=base_url, base_file_url=base_file_url, request=requests[0], get_updates_request=requests[1]
    )


def build_application(bot: ExtBot[None], desk: Desk) -> DeskApplication:
    """The application: every command of the registry, buttons, words in private, and what concerns membership.

    Raises:
        KeyError: a command of the registry has no handler.
    """
    builder = ApplicationBuilder().application_class(DeskApplication).bot(bot).updater(None).job_queue(None)
    application = builder.context_types(ContextTypes(context=DeskContext)).build()
    assert isinstance(application, DeskApplication)  # noqa: S101  as the builder was told; its types cannot say so
    application.desk = desk
    application.sheets = {}
    application.drafts = Drafts()
    # What came by way of a bot are that bot's words: no command of the person's, and of ours nothing to be read.
    own = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
    written = own & (filters.ChatType.PRIVATE | filters.ChatType.GROUPS)
    for command in COMMANDS:
        application.add_handler(CommandHandler(command.name, HANDLERS[command.name], filters=written))
    for command in OPERATOR_COMMANDS:
        application.add_handler(CommandHandler(command.name, OPERATOR_HANDLERS[command.name], filters=written))
    application.add_handler(MessageHandler(written & filters.StatusUpdate.MIGRATE, migration))
    application.add_handler(MessageHandler(written & filters.COMMAND, unknown))
    private = filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE
    application.add_handler(MessageHandler(private & filters.FORWARDED, forwarded))
    application.add_handler(MessageHandler(private & filters.LOCATION, location))
    application.add_handler(MessageHandler(private & own & (filters.TEXT | filters.CAPTION), words))
    application.add_handler(CallbackQueryHandler(press))
    application.add_handler(InlineQueryHandler(inline))
    application.add_handler(ChatMemberHandler(membership, ChatMemberHandler.MY_CHAT_MEMBER))
    return application


async def connect(application: DeskApplication, random: Random) -> None:
    """Learn who we are (getMe), waiting out any outage; to be done before the worker runs.

    Raises:
        Fatal: Telegram refuses the token.
    """
    outage = Outage("telegram", random)
    while True:
        try:
            await application.initialize()
        except InvalidToken as error:
            raise Fatal(
                "token_refused", "Telegram refuses the token: see token in config.toml, or SITREP_TOKEN."
            ) from error
        except RetryAfter as error:
            await outage.wait("start_slowed_down", error, at_least_s=seconds_of(error))
        except TelegramError as error:
            await outage.wait("telegram_unreachable", error)
        else:
            outage.over()
            return


async def disconnect(application: DeskApplication) -> None:
    """Let go of the connections."""
    with contextlib.suppress(TelegramError):
        await application.shutdown()
