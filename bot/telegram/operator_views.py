"""Owns the messages operators steer the bot by; no names of readers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from babel.numbers import format_decimal

from bot.catalogue import Words, message
from bot.desk.topics import topic_name
from bot.newsroom.operators import Headcount, Listed, Traffic
from bot.press.message import Button, Message
from bot.press.text import TextBuilder, one_line, shortened
from bot.store import InboxRow, SourceState, State
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act
from models.api import Article

_MOST = 12
_MOST_SOURCES = 30
_MAX_REASON = 160
_MAX_TITLE = 80
_STATES = {
    # L10n: Of a channel: its posts are read.
    SourceState.READ: message("read"),
    # L10n: Of a channel: its posts are not read for a while.
    SourceState.PAUSED: message("paused"),
    # L10n: Of a channel: its posts are not read any more.
    SourceState.REMOVED: message("removed"),
}
_STANDING = {
    # L10n: Of messages to readers, before how many there are; so in the following.
    State.QUEUED: message("queued"),
    State.SENDING: message("sending"),
    State.SENT: message("sent"),
    # L10n: Nobody knows whether they arrived.
    State.UNCERTAIN: message("uncertain"),
    # L10n: Put aside, as they could not be sent.
    State.PARKED: message("parked"),
    # L10n: Not sent, as they were too late or nobody could get them.
    State.DROPPED: message("dropped"),
}
_PAGES = {
    "sources": message("Sources"),
    "readers": message("Readers"),
    "deliveries": message("Deliveries"),
    "errors": message("Last errors"),
    # L10n: Messages and articles that could not be used and were put aside.
    "parked": message("Parked"),
    "preview": message("Preview of the next edition"),
}


def button(label: str, action: str, argument: int | str = "") -> Button:
    """A button of an operator's."""
    wish = f"{action}/{argument}" if argument != "" else action
    return act(label, Verb.ADMIN, wish)


def menu(words: Words, held_since: datetime | None) -> Message:
    """What an operator can do."""
    text = TextBuilder().bold(words("Operation")).line()
    if held_since is not None:
        text.line(words("Deliveries are paused since {moment}. Answers still go out.", moment=_moment(held_since)))
    text.line(words("/admin add @name – read a channel; or forward me a post of it."))
    text.line(words("/admin announce TEXT – tell every reader; you see it before it goes out."))
    text.line(words("/admin kill 3 – withdraw the story in line 3 of your last edition or preview."))
    pages = [button(words(name), action) for action, name in _PAGES.items()]
    return text.message((*((one,) for one in pages), (_hold(words, held_since),)))


def sources(words: Words, listed: Sequence[Listed]) -> Message:
    """The channels and what can be done with each."""
    text = TextBuilder().bold(words("Sources")).line()
    if not listed:
        text.line(words("No channel is read. Make me an administrator of one and forward me a post of it."))
    for number, one in enumerate(listed[:_MOST_SOURCES], 1):
        text.line(f"{number}. {_source(words, one)}")
    left = len(listed) - _MOST_SOURCES
    if left > 0:
        text.line(words.plural("{count} more is not shown.", "{count} more are not shown.", left))
    rows = [
        _controls(words, number, one.chat_id, one.state)
        for number, one in enumerate(listed[:_MOST_SOURCES], 1)
        if one.chat_id is not None
    ]
    return text.message((*rows, _back(words)))


def _source(words: Words, one: Listed) -> str:
    """As in "Sample Wire: read, from the settings; last post 2026-11-22 10:00 UTC."."""
    name, state = shortened(one_line(one.name), _MAX_TITLE), words(_STATES[one.state])
    # L10n: A channel and its state: "Sample Wire: read, from the settings".
    told = (
        words("{name}: {state}, from the settings", name=name, state=state) if one.from_settings else f"{name}: {state}"
    )
    if one.newest is None:
        # L10n: {source} is a channel and its state.
        return words("{source}; no post yet.", source=told)
    # L10n: {source} is a channel and its state.
    return words("{source}; last post {moment}.", source=told, moment=_moment(one.newest))


def _controls(words: Words, number: int, chat_id: int, state: SourceState) -> tuple[Button, ...]:
    # L10n: On the buttons of operators {number} is the number of a channel in the list above.
    if state is SourceState.REMOVED:
        return (button(words("{number}: read again", number=number), "add", chat_id),)
    turn = (
        button(words("{number}: resume", number=number), "resume", chat_id)
        if state is SourceState.PAUSED
        else button(words("{number}: pause", number=number), "pause", chat_id)
    )
    # L10n: A button of operators: reads the last post of a channel, as a trial.
    test = button(words("test"), "test", chat_id)
    # L10n: A button of operators: takes a channel off the list of sources.
    return (turn, test, button(words("remove"), "remove", chat_id))


def decided(words: Words, title: str, state: SourceState, *, administrator: bool) -> Message:
    """What became of a channel."""
    name = shortened(one_line(title), _MAX_TITLE)
    text = TextBuilder()
    match state:
        case SourceState.READ:
            text.line(words("“{name}” is read from its next post on.", name=name))
            if not administrator:
                text.line(words("I am not its administrator yet: Telegram gives me its posts once I am."))
        case SourceState.PAUSED:
            text.line(words("“{name}” is paused: posts that come meanwhile are not read, not even later.", name=name))
        case SourceState.REMOVED:
            text.line(words("“{name}” is removed. What it told already stays.", name=name))
    return text.message((_back(words, "sources", words("Sources")),))


def offer(words: Words, title: str, chat_id: int) -> Message:
    """For a channel that is not read: a post of it was forwarded, or we were made its administrator."""
    name = shortened(one_line(title), _MAX_TITLE)
    text = TextBuilder().line(words("“{name}” is not among the sources. Shall I read it?", name=name))
    # L10n: A button: begin to read this channel.
    return text.message(((button(words("Read it"), "add", chat_id),),))


def lost(words: Words, title: str) -> Message:
    """For a channel of which we are no administrator any more."""
    name = shortened(one_line(title), _MAX_TITLE)
    text = words("I am no administrator of “{name}” any more and get no posts of it.", name=name)
    return TextBuilder().line(text).message((_back(words, "sources", words("Sources")),))


def readers(words: Words, count: Headcount) -> Message:
    """How many readers want what."""
    text = TextBuilder().bold(words("Readers")).line()
    text.line(
        words.plural(
            "Subscribed: {subscribed} of {count} known chat.",
            "Subscribed: {subscribed} of {count} known chats.",
            count.known,
            subscribed=format_decimal(count.subscribed, locale=words.locale),
        )
    )
    by_topic = {words(topic_name(code)) if code else words("all topics"): n for code, n in count.topics.items()}
    _table(words, text, words("By topic"), by_topic)
    _table(words, text, words("By local hour"), count.hours)
    _table(words, text, words("By zone"), count.zones)
    return text.message((_back(words),))


def deliveries(words: Words, traffic: Traffic) -> Message:
    """What waits and what went out."""
    text = TextBuilder().bold(words("Deliveries")).line()
    for state, count in traffic.counts.items():
        text.line(f"{words(_STANDING[State(state)])}: {format_decimal(count, locale=words.locale)}")
    if traffic.oldest:
        text.line(words("Oldest in the queue: due {moment}.", moment=_moment(traffic.oldest)))
    else:
        text.line(words("Nothing is queued."))
    if traffic.held_since is not None:
        text.line(words("Paused since {moment}. Answers still go out.", moment=_moment(traffic.held_since)))
    return text.message(((_hold(words, traffic.held_since),), _back(words)))


def errors(words: Words, traffic: Traffic) -> Message:
    """The last calls that failed for good or may not have arrived."""
    text = TextBuilder().bold(words("Last errors")).line()
    for one in traffic.failures:
        text.line(f"{_moment(one.at)}: {one.kind} {one.state}, {one.method}: {_reason(words, one.error)}")
    if not traffic.failures:
        text.line(words("No delivery has failed."))
    return text.message((_back(words),))


def parked(words: Words, updates: Sequence[tuple[InboxRow, str]], articles: Sequence[tuple[Article, str]]) -> Message:
    """What could not be used, and why."""
    text = TextBuilder().bold(words("Parked")).line()
    for row, reason in updates:
        text.line(words("Update {number}: {reason}", number=row.update_id, reason=_reason(words, reason)))
    for article, reason in articles:
        title = shortened(one_line(article.title or article.text), _MAX_TITLE)
        why = _reason(words, reason)
        text.line(words("Article “{title}” ({outlet}): {reason}", title=title, outlet=article.outlet, reason=why))
    if not updates and not articles:
        text.line(words("Nothing is parked: every update and every article could be used."))
    return text.message((_back(words),))


def draft(words: Words, body: str, number: int, chats: int) -> tuple[Message, Message]:
    """An announcement as readers will see it, and the question whether to send it."""
    question = words.plural(
        "This goes to {count} known chat that can be written to, after its quiet hours.",
        "This goes to {count} known chats that can be written to, each after its quiet hours.",
        chats,
    )
    # L10n: "Leave it" is a button that does nothing more: the announcement is not sent, the story not withdrawn.
    keyboard = ((button(words("Send it to everybody"), "send", number), button(words("Leave it"), "menu")),)
    return TextBuilder().plain(body).message(), TextBuilder().line(question).message(keyboard)


def announced(words: Words, chats: int) -> Message:
    """An announcement is on its way."""
    text = words.plural(
        "The announcement is on its way to {count} chat.", "The announcement is on its way to {count} chats.", chats
    )
    return TextBuilder().line(text).message((_back(words),))


def kill(words: Words, headline: str, story: int) -> Message:
    """The question whether to withdraw a story."""
    text = TextBuilder().line(words("Withdraw “{headline}”?", headline=shortened(one_line(headline), _MAX_REASON)))
    text.line(words("It will be in no later edition, and everybody who was told it gets one line that says so."))
    return text.message(((button(words("Withdraw it"), "withdraw", story), button(words("Leave it"), "menu")),))


def killed(words: Words, chats: int) -> Message:
    """A story is withdrawn."""
    text = words.plural(
        "Withdrawn. {count} chat that was told it is told so.",
        "Withdrawn. {count} chats that were told it are told so.",
        chats,
    )
    return TextBuilder().line(text).message((_back(words),))


def _table(words: Words, text: TextBuilder, title: str, counts: Mapping[str, int]) -> None:
    text.blank().bold(title).line()
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    for name, count in ranked[:_MOST]:
        text.line(f"{name}: {format_decimal(count, locale=words.locale)}")
    if len(ranked) > _MOST:
        others = sum(count for _, count in ranked[_MOST:])
        # L10n: The last line of a table of counts: all the rest together.
        text.line(words("others: {number}", number=format_decimal(others, locale=words.locale)))


def _hold(words: Words, held_since: datetime | None) -> Button:
    if held_since is None:
        return button(words("Pause all deliveries"), "hold")
    return button(words("Resume deliveries"), "release")


def _back(words: Words, action: str = "menu", label: str = "") -> tuple[Button, ...]:
    # L10n: The title of what operators see, and the button that leads back there: the running of the bot.
    return (button(label or words("Operation"), action),)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _reason(words: Words, reason: str) -> str:
    return shortened(one_line(reason), _MAX_REASON) or words("no reason was kept")
