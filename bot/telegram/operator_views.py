"""Owns the messages operators steer the bot by. English alone, and no names of readers."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.desk.topics import topic_name
from bot.newsroom.operators import Headcount, Listed, Traffic
from bot.press.message import Button, Message
from bot.press.text import TextBuilder, one_line, shortened
from bot.store import InboxRow, SourceState
from bot.telegram.callback import Verb
from bot.telegram.keyboards import act
from models.api import Article

_MOST = 12
_MOST_SOURCES = 30
_MAX_REASON = 160
_MAX_TITLE = 80
_STATES = {SourceState.READ: "read", SourceState.PAUSED: "paused", SourceState.REMOVED: "removed"}
_PAGES = {
    "sources": "Sources",
    "readers": "Readers",
    "deliveries": "Deliveries",
    "errors": "Last errors",
    "parked": "Parked",
    "preview": "Preview of the next edition",
}


def button(label: str, action: str, argument: int | str = "") -> Button:
    """A button of an operator's."""
    wish = f"{action}/{argument}" if argument != "" else action
    return act(label, Verb.ADMIN, wish)


def menu(held_since: datetime | None) -> Message:
    """What an operator can do."""
    text = TextBuilder().bold("Operation").line()
    if held_since is not None:
        text.line(f"Deliveries are paused since {_moment(held_since)}. Answers still go out.")
    text.line("/admin add @name – read a channel; or forward me a post of it.")
    text.line("/admin announce TEXT – tell every reader; you see it before it goes out.")
    text.line("/admin kill 3 – withdraw the story in line 3 of your last edition or preview.")
    pages = [button(name, action) for action, name in _PAGES.items()]
    return text.message((*((one,) for one in pages), (_hold(held_since),)))


def sources(listed: Sequence[Listed]) -> Message:
    """The channels and what can be done with each."""
    text = TextBuilder().bold("Sources").line()
    if not listed:
        text.line("No channel is read. Make me an administrator of one and forward me a post of it.")
    for number, one in enumerate(listed[:_MOST_SOURCES], 1):
        origin = ", from the settings" if one.from_settings else ""
        last = f"last post {_moment(one.newest)}" if one.newest else "no post yet"
        text.line(f"{number}. {shortened(one_line(one.name), _MAX_TITLE)}: {_STATES[one.state]}{origin}; {last}.")
    if len(listed) > _MOST_SOURCES:
        text.line(f"{len(listed) - _MOST_SOURCES} more are not shown.")
    rows = [
        _controls(number, one.chat_id, one.state)
        for number, one in enumerate(listed[:_MOST_SOURCES], 1)
        if one.chat_id is not None
    ]
    return text.message((*rows, _back()))


def _controls(number: int, chat_id: int, state: SourceState) -> tuple[Button, ...]:
    if state is SourceState.REMOVED:
        return (button(f"{number}: read again", "add", chat_id),)
    turn = ("resume", "resume") if state is SourceState.PAUSED else ("pause", "pause")
    return (
        button(f"{number}: {turn[0]}", turn[1], chat_id),
        button("test", "test", chat_id),
        button("remove", "remove", chat_id),
    )


def decided(title: str, state: SourceState, *, administrator: bool) -> Message:
    """What became of a channel."""
    name = f"“{shortened(one_line(title), _MAX_TITLE)}”"
    text = TextBuilder()
    match state:
        case SourceState.READ:
            text.line(f"{name} is read from its next post on.")
            if not administrator:
                text.line("I am not its administrator yet: Telegram gives me its posts once I am.")
        case SourceState.PAUSED:
            text.line(f"{name} is paused: posts that come meanwhile are not read, not even later.")
        case SourceState.REMOVED:
            text.line(f"{name} is removed. What it told already stays.")
    return text.message((_back("sources", "Sources"),))


def offer(title: str, chat_id: int) -> Message:
    """For a channel that is not read: a post of it was forwarded, or we were made its administrator."""
    text = TextBuilder().line(f"“{shortened(one_line(title), _MAX_TITLE)}” is not among the sources. Shall I read it?")
    return text.message(((button("Read it", "add", chat_id),),))


def lost(title: str) -> Message:
    """For a channel of which we are no administrator any more."""
    text = f"I am no administrator of “{shortened(one_line(title), _MAX_TITLE)}” any more and get no posts of it."
    return TextBuilder().line(text).message((_back("sources", "Sources"),))


def readers(count: Headcount) -> Message:
    """How many readers want what."""
    text = TextBuilder().bold("Readers").line()
    text.line(f"Subscribed: {count.subscribed} of {count.known} known chats.")
    _table(text, "By topic", {topic_name(code) if code else "all topics": n for code, n in count.topics.items()})
    _table(text, "By local hour", count.hours)
    _table(text, "By zone", count.zones)
    return text.message((_back(),))


def deliveries(traffic: Traffic) -> Message:
    """What waits and what went out."""
    text = TextBuilder().bold("Deliveries").line()
    for state, count in traffic.counts.items():
        text.line(f"{state}: {count}")
    text.line(f"Oldest in the queue: due {_moment(traffic.oldest)}." if traffic.oldest else "Nothing is queued.")
    if traffic.held_since is not None:
        text.line(f"Paused since {_moment(traffic.held_since)}. Answers still go out.")
    return text.message(((_hold(traffic.held_since),), _back()))


def errors(traffic: Traffic) -> Message:
    """The last calls that failed for good or may not have arrived."""
    text = TextBuilder().bold("Last errors").line()
    for one in traffic.failures:
        text.line(f"{_moment(one.at)}: {one.kind} {one.state}, {one.method}: {_reason(one.error)}")
    if not traffic.failures:
        text.line("No delivery has failed.")
    return text.message((_back(),))


def parked(updates: Sequence[tuple[InboxRow, str]], articles: Sequence[tuple[Article, str]]) -> Message:
    """What could not be used, and why."""
    text = TextBuilder().bold("Parked").line()
    for row, reason in updates:
        text.line(f"Update {row.update_id}: {_reason(reason)}")
    for article, reason in articles:
        title = shortened(one_line(article.title or article.text), _MAX_TITLE)
        text.line(f"Article “{title}” ({article.outlet}): {_reason(reason)}")
    if not updates and not articles:
        text.line("Nothing is parked: every update and every article could be used.")
    return text.message((_back(),))


def draft(body: str, number: int, chats: int) -> tuple[Message, Message]:
    """An announcement as readers will see it, and the question whether to send it."""
    question = f"This goes to {chats} known chats that can be written to, each after its quiet hours."
    keyboard = ((button("Send it to everybody", "send", number), button("Leave it", "menu")),)
    return TextBuilder().plain(body).message(), TextBuilder().line(question).message(keyboard)


def announced(chats: int) -> Message:
    """An announcement is on its way."""
    return TextBuilder().line(f"The announcement is on its way to {chats} chats.").message((_back(),))


def kill(headline: str, story: int) -> Message:
    """The question whether to withdraw a story."""
    text = TextBuilder().line(f"Withdraw “{shortened(one_line(headline), _MAX_REASON)}”?")
    text.line("It will be in no later edition, and everybody who was told it gets one line that says so.")
    return text.message(((button("Withdraw it", "withdraw", story), button("Leave it", "menu")),))


def killed(chats: int) -> Message:
    """A story is withdrawn."""
    return TextBuilder().line(f"Withdrawn. {chats} chats that were told it are told so.").message((_back(),))


def _table(text: TextBuilder, title: str, counts: Mapping[str, int]) -> None:
    text.blank().bold(title).line()
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    for name, count in ranked[:_MOST]:
        text.line(f"{name}: {count}")
    if len(ranked) > _MOST:
        text.line(f"others: {sum(count for _, count in ranked[_MOST:])}")


def _hold(held_since: datetime | None) -> Button:
    return button("Pause all deliveries", "hold") if held_since is None else button("Resume deliveries", "release")


def _back(action: str = "menu", label: str = "Operation") -> tuple[Button, ...]:
    return (button(label, action),)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _reason(reason: str) -> str:
    return shortened(one_line(reason), _MAX_REASON) or "no reason was kept"
