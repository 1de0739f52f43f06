"""Owns what a handler is given: the use cases, the chat it serves, and the sheet that its answer goes on."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.catalogue import Words, words_in
from bot.newsroom import readers
from bot.newsroom.editions import EditionDesk
from bot.newsroom.links import Pages
from bot.newsroom.readers import Chat, Defaults
from bot.press.message import Message, keyboard_params
from bot.store import Attachment, Store, Subscriber, Turn
from bot.store.outbox import EDIT
from bot.telegram.own_words import in_english
from bot.telegram.progress import Drafts, Progress
from bot.telegram.scene import Scene
from bot.telegram.sheet import CallbackAnswer, Sheet

_MIN_TOPIC_WORD = 4
"""Letters of a word that may stand for a topic in another language: "und" and "та" are none."""

_Data: TypeAlias = dict[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What handlers work with.

    ``pages`` fetches what people's links lead to (None: no links are followed), ``admins`` are the operators' user ids,
    ``channels`` those of the settings.
    """

    store: Store
    editions: EditionDesk
    pages: Pages | None = None
    defaults: Defaults
    clock: Callable[[], datetime]
    admins: frozenset[int] = frozenset()
    channels: tuple[int | str, ...] = ()


class DeskContext(CallbackContext[ExtBot[None], _Data, _Data, _Data]):
    """The context of one update. Replies are collected on its sheet and leave with the update's transaction."""

    sheet: Sheet
    incoming: Update

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> "DeskContext":
        """Made by the application for each update, whose sheet was laid out before."""
        assert isinstance(application, DeskApplication) and isinstance(update, Update)  # noqa: PT018, S101  only we call it
        context = super().from_update(update, application)
        context.incoming = update
        context.sheet = application.sheets[update.update_id]
        return context

    @property
    def desk(self) -> Desk:
        """The use cases."""
        application = self.application
        assert isinstance(application, DeskApplication)  # noqa: S101  made by it alone
        return application.desk

    @property
    def now(self) -> datetime:
        """When the handling of the update began."""
        return self.sheet.now

    @property
    def chat(self) -> Chat:
        """The chat that the update belongs to; for an inline query the private one of who asks."""
        chat = chat_of(self.incoming)
        if chat is None:
            raise LookupError("an update without a chat")
        return chat

    @property
    def words(self) -> Words:
        """What the chat is spoken to in, as its settings were when the handling of the update began."""
        return self.sheet.words

    @property
    def message(self) -> TelegramMessage:
        """The message that was written to us."""
        message = self.incoming.message
        if message is None:
            raise LookupError("an update without a message")
        return message

    @property
    def arguments(self) -> str:
        """What follows the command, line breaks included."""
        words = (self.message.text or "").split(maxsplit=1)
        return words[1] if len(words) > 1 else ""

    @property
    def english_arguments(self) -> str:
        """``arguments`` of a command that takes words with a meaning, which may be those of the reader's language."""
        return in_english(self.arguments, self.words)

    @property
    def topic_words(self) -> dict[str, str]:
        """Code to all the words that a topic may be asked for by: those of its English name, and of the reader's."""
        return {code: _with_own(name, self.words(name)) for code, name in self.desk.defaults.topic_names.items()}

    async def subscriber(self) -> Subscriber:
        """The chat's settings as they stand; a newcomer's where it has none."""
        async with self.desk.store.read() as tx:
            return await readers.find(tx, self.chat, self.desk.defaults, self.now)

    def reply(self, *messages: Message, edition_id: int | None = None) -> None:
        """Answer in the chat: in a group as a reply, in a forum in the topic that was written in."""
        for message in messages:
            self.sheet.say(message, self.chat.chat_id, edition_id=edition_id, **self._place())

    def hand_over(self, attachment: Attachment, caption: Message) -> None:
        """Answer with a file."""
        self.sheet.hand_over(attachment, caption, self.chat.chat_id, **self._place())

    def _place(self) -> dict[str, Any]:
        params: dict[str, Any] = {}
        if self.chat.thread_id is not None:
            params["message_thread_id"] = self.chat.thread_id
        if self.incoming.message is not None and self.chat.kind != "private":
            to = self.incoming.message.message_id
            params["reply_parameters"] = {"message_id": to, "allow_sending_without_reply": True}
        return params

    async def scene(self) -> Scene:
        """What views are drawn from."""
        return self.scene_of(await self.subscriber())

    def scene_of(self, subscriber: Subscriber) -> Scene:
        """The same with settings that have just been changed."""
        return Scene(subscriber=subscriber, now=self.now, topics=self.desk.defaults.topic_names)

    def show(self, message: Message) -> None:
        """Answer a command; for a press, change the message it was made on."""
        if self.incoming.callback_query is None:
            self.reply(message)
        else:
            self.edit(message)

    def edit(self, message: Message) -> None:
        """Put another text and other buttons in place of the message whose button was pressed, or below an old one."""
        pressed = self.incoming.effective_message
        if not isinstance(pressed, TelegramMessage):
            self.reply(message)
            return
        params = {"reply_markup": keyboard_params(())} | message.params()
        self.sheet.send(EDIT, {"chat_id": self.chat.chat_id, "message_id": pressed.message_id, **params})
        if not self.sheet.answer.text:
            self.answer(_changed(pressed.text or "", message.text))

    def answer(self, text: str = "", *, alert: bool = False) -> None:
        """What who pressed the button is shown for a moment."""
        self.sheet.answer = CallbackAnswer(text, alert)

    @asynccontextmanager
    async def working(self, text: str, *, after_s: float = 0.0) -> AsyncIterator[Progress]:
        """Show how far something slow is (what is done within ``after_s`` is not), and let other chats' updates pass."""
        application = self.application
        assert isinstance(application, DeskApplication)  # noqa: S101  made by it alone
        progress = Progress(self.bot, self.chat, self.sheet.row.update_id, application.drafts)
        async with self.sheet.slowly(), progress.shown(text, after_s=after_s):
            yield progress


def _changed(before: str, after: str) -> str:
    """The lines that a press has changed, for who hears the answer and does not see the message; none of another view."""
    old, new = before.splitlines(), after.splitlines()
    return " ".join(line for line in new if line not in old) if old[:1] == new[:1] else ""


class DeskApplication(Application[ExtBot[None], DeskContext, _Data, _Data, _Data, None]):
    """PTB's dispatcher without its updater: our worker hands it one update at a time per chat, and hears of failures."""

    desk: Desk
    sheets: dict[int, Sheet]
    drafts: Drafts

    async def handle(self, update: Update, sheet: Sheet) -> None:
        """Run the handler of an update; its exception, if any, comes through.

        Raises:
            Exception: whatever the handler raised.
        """
        self.sheets[update.update_id] = sheet
        sheet.words = await self._words_for(update, sheet.now)
        try:
            await self.process_update(update)
        finally:
            del self.sheets[update.update_id]

    async def _words_for(self, update: Update, now: datetime) -> Words:
        """The words of the chat; where there is none, of whoever the update is from."""
        chat = chat_of(update)
        if chat is None:
            return words_in(update.effective_user.language_code if update.effective_user else None)
        async with self.desk.store.read() as tx:
            known = await tx.subscribers.get(chat.chat_id)
            spoken = (await readers.find(tx, chat, self.desk.defaults, now)).language
        if known is not None and known.language != spoken:  # Telegram speaks another language to them than it did
            async with self.desk.store.begin(Turn.MAIL) as tx:
                await tx.subscribers.speak(chat.chat_id, spoken)
        return words_in(spoken)

    async def process_error(self, update: object, error: Exception, *_: Any, **__: Any) -> bool:
        """PTB logs a handler's exception and goes on; we need it to know that the update is not done."""
        del update
        raise error


def _with_own(name: str, own: str) -> str:
    """The name, and of its translation the words that are long enough to mean the topic alone."""
    longer = " ".join(word for word in own.replace(",", " ").split() if len(word) >= _MIN_TOPIC_WORD)
    return name if own == name else f"{name} {longer}"


def chat_of(update: Update) -> Chat | None:
    """The chat that an update belongs to; for an inline query the private one of who asks."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None and user is not None and update.inline_query is not None:
        return Chat(chat_id=user.id, kind="private", language=user.language_code)
    if chat is None or not isinstance(chat.id, int):  # the library takes what it is given for an id
        return None
    language = user.language_code if user else None
    return Chat(chat_id=chat.id, kind=chat.type, language=language, thread_id=_thread(update))


def _thread(update: Update) -> int | None:
    """The topic of a forum that was written or pressed in."""
    written = update.effective_message
    in_topic = isinstance(written, TelegramMessage) and written.is_topic_message
    return written.message_thread_id if written is not None and in_topic else None


Handler: TypeAlias = Callable[[Update, DeskContext], Coroutine[Any, Any, None]]
"""What answers a command."""

Press: TypeAlias = Callable[[DeskContext, str], Coroutine[Any, Any, None]]
"""What answers a button, given its argument."""
