"""Fetches documents of posts from the Bot API server's file store."""

from __future__ import annotations

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.errors import Retryable, Skip
from bot.intake.attached import MAX_FILE_BYTES


class TelegramFiles:
    """The files that posts brought.

    Args:
        bot: Whose server is asked. The token in its address goes nowhere else.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str) -> bytes:
        """The bytes of a file.

        Raises:
            Skip: ``file_gone``: Telegram does not give it (any more); ``file_too_large``.
            Retryable: ``file_unreachable``: not now.
        """
        try:
            file = await self._bot.get_file(file_id)
            if (file.file_size or 0) > MAX_FILE_BYTES:
                raise Skip("file_too_large", "The document is larger than 20 MiB.")
            return bytes(await file.download_as_bytearray())
        except (BadRequest, Forbidden) as error:
            raise Skip("file_gone", "Telegram does not give the document.") from error
        except TelegramError as error:
            raise Retryable("file_unreachable", "The document could not be fetched now.") from error
