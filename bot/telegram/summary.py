"""Owns the words after /summary: a period, topics, words to look for, a link to a post, or a text to read."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.catalogue import Words, message
from bot.desk.topics import topic_name
from bot.telegram.usage import UsageError
from bot.telegram.zones import fold

MAX_WORDS = 8
"""More words than that are not a wish but a text."""

LONGEST = timedelta(days=31)
_SPAN = re.compile(r"(?<!\w)(\d{1,4})\s*(hours?|h|days?|d|weeks?|w)\b", re.IGNORECASE)
_POST = re.compile(
    r"(?:https?://)?(?:t|telegram)\.me/(?:s/)?(?:c/(\d+)|([A-Za-z]\w{3,31}))/(?:\d+/)?(\d+)/?(?:\?\S*)?", re.ASCII
)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FILLER = frozenset({"and", "or", "the", "of", "on", "about", "in", "last", "past", "since", "for", "news", "this"})
_NAMED_SPANS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
_HOURS = {"h": 1, "d": 24, "w": 168}
_TODAY = frozenset({"today"})


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """An edition from the store: ``span`` back from now, the reader's calendar day, or (both unset) since the last one."""

    span: timedelta | None = None
    today: bool = False
    topics: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def start(self, now: datetime, zone: str) -> datetime | None:
        """When the window begins, aware UTC; None for since the last edition."""
        if self.today:
            local = now.astimezone(ZoneInfo(zone))
            return datetime.combine(local.date(), time(), local.tzinfo).astimezone(now.tzinfo)
        return now - self.span if self.span is not None else None


@dataclass(frozen=True, slots=True)
class PostRequest:
    """The stored reading of one post; ``chat`` is a chat id, or a username without its ``@``."""

    chat: int | str
    message_id: int


@dataclass(frozen=True, slots=True)
class TextRequest:
    """A text to be read now; ``published`` is when it first appeared, where that is known, and ``outlet`` where.

    ``post`` is the channel post that it was forwarded from; where that is in the store, its reading will do.
    """

    text: str
    published: datetime | None = None
    outlet: str = ""
    post: PostRequest | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page to be fetched and read now; ``url`` begins with http:// or https://."""

    url: str


SummaryRequest = WindowRequest | PostRequest | TextRequest | PageRequest


def parse_summary(arguments: str, topics: Mapping[str, str], today: frozenset[str] = _TODAY) -> SummaryRequest:
    """Read the arguments of /summary.

    Args:
        arguments: All that follows the command, line breaks included.
        topics: Topic code to name; a word of a name stands for its topic.
        today: What stands for the reader's calendar day, as it is compared.

    Raises:
        UsageError: a period too long.
    """
    written = arguments.strip()
    if link := read_link(written):
        return link
    if "\n" in written or len(written.split()) > MAX_WORDS:
        return TextRequest(written)
    return _window(written, topics, today)


def read_link(written: str) -> PostRequest | PageRequest | None:
    """What a link leads to: a post, or a page; None for words that are more than a link, or none."""
    link = written.strip()
    if post := _POST.fullmatch(link):
        return PostRequest(int(f"-100{post[1]}") if post[1] else post[2], int(post[3]))
    if _LINK.fullmatch(link) is None:
        return None
    return PageRequest(link if link[:4].casefold() == "http" else f"https://{link}")


def match_topic(word: str, topics: Mapping[str, str]) -> str | None:
    """The code of the topic that a word stands for: a whole word of its name, or its first five letters or more."""
    wanted = fold(word)
    names = {part: code for code, name in topics.items() for part in fold(name.replace(",", " ")).split()}
    if wanted in _FILLER:
        return None
    near = [code for part, code in names.items() if len(wanted) >= 5 and part.startswith(wanted.removesuffix("s"))]
    return names.get(wanted) or names.get(wanted.removesuffix("s")) or (near[0] if len(set(near)) == 1 else None)


def closest_topic(words: Iterable[str], topics: Mapping[str, str]) -> str | None:
    """The code of the topic that a misspelt word comes nearest to."""
    names = {
        part: code for code, name in topics.items() for part in fold(name.replace(",", " ")).split() if len(part) > 3
    }
    near = [match for word in words for match in difflib.get_close_matches(fold(word), names, n=1, cutoff=0.75)]
    return names[near[0]] if near else None


def parse_topics(arguments: str, topics: Mapping[str, str]) -> frozenset[str] | None:
    """Read the arguments of /topics: codes of the topics named, none for "all", None where nothing was written.

    Raises:
        UsageError: a word that stands for no topic.
    """
    words = [word for word in re.findall(r"[\w'’\-]+", arguments) if word.casefold() not in _FILLER]
    if not words:
        return None
    if [word.casefold() for word in words] == ["all"]:
        return frozenset()
    found = {word: match_topic(word, topics) for word in words}
    unknown = [word for word, code in found.items() if code is None]
    if unknown:
        near = closest_topic(unknown, topics)
        hint = partial(_meant, near) if near else message("/topics shows them, and /topics all chooses all of them.")
        raise UsageError(message("I know no topic '{written}'."), hint, written=unknown[0])
    return frozenset(code for code in found.values() if code)


def _window(written: str, topics: Mapping[str, str], today: frozenset[str]) -> WindowRequest:
    spans = [_span(found[1], found[2]) for found in _SPAN.finditer(written)]
    words = [word for word in re.findall(r"[\w'’\-]+", _SPAN.sub(" ", written)) if word.casefold() not in _FILLER]
    spans += [_NAMED_SPANS[word.casefold()] for word in words if word.casefold() in _NAMED_SPANS]
    rest = [word for word in words if word.casefold() not in _NAMED_SPANS and fold(word) not in today]
    found = {word: match_topic(word, topics) for word in rest}
    return WindowRequest(
        span=max(spans) if spans else None,
        today=any(fold(word) in today for word in words),
        topics=frozenset(code for code in found.values() if code),
        words=tuple(word for word, code in found.items() if code is None),
    )


def _span(number: str, unit: str) -> timedelta:
    span = timedelta(hours=int(number) * _HOURS[unit[0].casefold()])
    if not timedelta() < span <= LONGEST:
        raise UsageError(
            message("{span} is out of reach: ask for 1h to 31d, such as /summary 24h or /summary 7d."),
            span=f"{number}{unit[0]}",
        )
    return span


def _meant(code: str, words: Words) -> str:
    return words("Did you mean '{name}'?", name=words(topic_name(code)))
