"""Message entities: the checks the sandbox makes on a bot's, and the ones Telegram finds in a text by itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from bot.sandbox.refusal import JsonObject, bad_request

LAST_PLAIN = "\uffff"
"""Characters after this one are two UTF-16 units, a surrogate pair."""
MAX_ENTITIES = 100
"""https://core.telegram.org/bots/api#messageentity; limits.tginfo.me. Telegram ignores the rest without a word."""

QUOTES = frozenset({"blockquote", "expandable_blockquote"})
VERBATIM = frozenset({"code", "pre"})
FORMATS = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler", "date_time"}) | QUOTES | VERBATIM
FOUND = frozenset({"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"})
KNOWN = FORMATS | FOUND | {"text_link", "text_mention", "custom_emoji"}
NEEDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time"}

_SAFE_LINK = re.compile(r"(?:https?|tg|mailto|tel|ton)(?::|$)", re.IGNORECASE)
_DETECT = re.compile(
    r"(?P<url>(?:\bhttps?://|(?<![\w@.-])(?:[A-Za-z0-9-]+\.)+(?:com|org|net|int|gov|edu|info|news|me|io|eu|uk)/)[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?)\]'’])"
    r"|(?P<bot_command>(?<![\w/.<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?(?![\w/<>]))"
    r"|(?P<mention>(?<![\w@.])@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
    r"|(?P<hashtag>(?<![\w#])#(?=\w*[^\W\d_])\w{1,256})"
)


def utf16_len(text: str) -> int:
    """Length in UTF-16 code units, which is what Telegram counts in."""
    return len(text) if _is_plain(text) else len(text) + sum(char > LAST_PLAIN for char in text)


def utf16_starts(text: str) -> Sequence[int]:
    """The UTF-16 offset at which each code point begins, and at the end the length of the whole."""
    if _is_plain(text):
        return range(len(text) + 1)
    return list(accumulate((2 if char > LAST_PLAIN else 1 for char in text), initial=0))


def _is_plain(text: str) -> bool:
    """Whether every character is one UTF-16 unit, as in nearly all texts."""
    return max(text, default="") <= LAST_PLAIN


def check_entities(text: str, entities: Sequence[JsonObject]) -> None:
    """Refuse entities that Telegram would clip, drop or move, so that a bot's mistake is seen.

    Args:
        text: The text as sent.
        entities: As sent, of the right types.

    Raises:
        Refusal: 400, naming the entity.
    """
    if len(entities) > MAX_ENTITIES:
        raise bad_request(f"sandbox: {len(entities)} entities, Telegram keeps the first {MAX_ENTITIES}")
    starts = utf16_starts(text)
    for at, entity in enumerate(entities):
        _check_one(entity, starts, f"entity {at} ({entity['type']})")
    _check_nesting(entities)


def _check_one(entity: JsonObject, starts: Sequence[int], name: str) -> None:
    kind, begin, length = entity["type"], entity["offset"], entity["length"]
    if kind not in KNOWN:
        raise bad_request(f"sandbox: {name} is of a type Telegram does not know")
    if begin < 0 or length <= 0 or begin + length > starts[-1]:
        raise bad_request(f"sandbox: {name} is outside of the text: {begin}+{length} of {starts[-1]} UTF-16 units")
    for edge in (begin, begin + length):
        if starts[bisect_left(starts, edge)] != edge:
            raise bad_request(f"sandbox: {name} splits a surrogate pair at {edge}")
    needed = NEEDS.get(kind)
    if needed and needed not in entity:
        raise bad_request(f'sandbox: {name} needs "{needed}"')
    if kind == "text_link" and not is_link(entity["url"]):
        raise bad_request(f"sandbox: {name} has a URL that Telegram does not open")


def is_link(url: str) -> bool:
    """Whether Telegram would make a link of it: a known scheme, or a bare host name."""
    if ":" in url.split("/", 1)[0] and not re.match(r"[\w.-]+:\d+(?:/|$)", url):
        return bool(_SAFE_LINK.match(url)) and not any(char.isspace() for char in url)
    return "." in url and not any(char.isspace() for char in url)


def _check_nesting(entities: Sequence[JsonObject]) -> None:
    open_: list[tuple[int, str]] = []
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        begin, end, kind = entity["offset"], entity["offset"] + entity["length"], entity["type"]
        while open_ and open_[-1][0] <= begin:
            open_.pop()
        if open_ and end > open_[-1][0]:
            raise bad_request(f"sandbox: entities {open_[-1][1]} and {kind} overlap without one inside the other")
        outside = {name for _, name in open_}
        if outside & VERBATIM or (kind in VERBATIM and outside - QUOTES):
            raise bad_request(f"sandbox: {kind} cannot be combined with {min(outside)}")
        if kind in QUOTES and outside & QUOTES:
            raise bad_request("sandbox: quotations cannot be nested")
        open_.append((end, kind))


def find_entities(text: str, given: Sequence[JsonObject] = ()) -> list[JsonObject]:
    """The given entities and those Telegram finds by itself: links, commands, mentions, hashtags; in order."""
    starts = utf16_starts(text)
    every = [dict(entity) for entity in given]
    for match in _DETECT.finditer(text):
        begin, end = starts[match.start()], starts[match.end()]
        if not any(_in_the_way(entity, begin, end) for entity in given):
            every.append({"type": str(match.lastgroup), "offset": begin, "length": end - begin})
    return sorted(every, key=lambda e: (e["offset"], -e["length"]))


def _in_the_way(entity: JsonObject, begin: int, end: int) -> bool:
    first, last = entity["offset"], entity["offset"] + entity["length"]
    if last <= begin or end <= first:
        return False
    if entity["type"] in VERBATIM | FOUND | {"text_link", "text_mention"}:
        return True
    return not ((first <= begin and end <= last) or (begin <= first and last <= end))


def trim(text: str, entities: Sequence[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Cut white space off the ends as Telegram does, up to the first entity in front, and move the entities along."""
    kept = text.rstrip()
    if not kept:
        return "", []
    starts = utf16_starts(text)
    lead = starts[len(text) - len(text.lstrip())]
    front = min([lead, *(entity["offset"] for entity in entities)])
    end = starts[len(kept)]
    moved = []
    for entity in entities:
        last = min(entity["offset"] + entity["length"], end)
        if last > entity["offset"]:
            moved.append({**entity, "offset": entity["offset"] - front, "length": last - entity["offset"]})
    return kept[bisect_left(starts, front) :], moved
