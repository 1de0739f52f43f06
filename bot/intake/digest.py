"""Tells a post of several articles, each with its own link, from a post that is one article, and takes it apart."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.intake.anchors import Anchor
from bot.intake.boilerplate import is_boilerplate, words
from bot.intake.cleaning import clean
from bot.intake.links import leads_to_article, plain_address
from bot.intake.post import Post

MAX_ITEMS = 30
_MIN_WORDS = 4
"""What is told in fewer words is a label of a link ("Full text", "In Ukrainian"), no article."""
_MAX_LINE_WORDS = 45
_MAX_AROUND_WORDS = 25
"""What stands before and after the items of a digest is a greeting; more of it is an article with links below."""
_ENOUGH = 3
"""Items without marks or a digest's title that make one; two paragraphs with a link each may still be one article."""
_AT_END = 0.5
_EMPTY = re.compile(r"\(\s{0,3}\)|\[\s{0,3}\]")
_MAX_CALL = 60

_MARKED = re.compile(
    r"\s*(?:\(?\d{1,2}(?:[.)]|\ufe0f?\u20e3)(?!\d)\s*|[•‣◦▪▫●○◆◇■□►▶▸→➔➜➤»✅☑🔹🔸🔺🔻🔴🟢🔵🟠🟡⚫⚪📌❗⚡👉➡🗞📰]\ufe0f?\s*|[-–—*+]\s+)(?=\S)"
)
_DIGEST = re.compile(
    r"\b(?:digest|round-?up|briefing|bulletin|headlines|in brief|news ?letter|(?:top|main|other|today['’]?s|morning|evening|weekly|daily) "
    r"(?:news|stories|reads|links|headlines)|(?:news|stories) (?:of|this|for) |what (?:you )?(?:to read|missed|we['’]re reading)"
    r"|(?:good )?(?:morning|evening|weekend)|today in|this week|catch up|the day in)\b",
    re.IGNORECASE,
)
_ONE_EVENT = re.compile(
    r"\b(?:what we know|key (?:points|facts|takeaways)|takeaways|timeline|related|read (?:also|more)|see also|more on (?:this|the)|background"
    r"|sources?|references|further reading|in (?:pictures|photos)|explained|full (?:text|story)|update[sd]?|live)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:he|she|it|they|his|her|its|their|this|that|these|those|such|but|and|so|however|meanwhile|also|earlier|later|then|according"
    r"|in addition|in total|the same|previously|after that|read|source|more(?! than)|full|details|watch|photo|video)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![.!?:\n])(?<![.!?:”\"] )\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Febr)uary|March|April|May|June|July|August"
    r"|(?:Septem|Octo|Novem|Decem)ber|The\b)[A-Z][\w’'-]{2,}"
)
_CALL = re.compile(
    r"[\s(\[–—|:.,>→»👉🔗➡-]*(?:(?:read|see|find out|learn|details|full|more|source|link|via|here|continue|story|article|report|open)\b[\s\w]{0,18})?"
    r"[\s)\]|:.>→»👉🔗➡-]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article of a digest. ``name`` tells it from the others, and stays while its link does: an edit may move or reword it."""

    name: str
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the post, and the distinct articles it links to."""

    start: int
    end: int
    anchors: tuple[Anchor, ...]

    @property
    def links(self) -> frozenset[str]:
        return frozenset(plain_address(anchor.url) for anchor in self.anchors)


def items_of(posts: Sequence[Post]) -> tuple[Item, ...]:
    """The articles of a digest, in order; none where the posts, those of an album or a single one, are one article.

    Said conservatively: a wrong cut makes two stories of one event, and a missed one only a long article. Each item has one
    link of its own and words of its own, little stands around them, and they are marked as a list, titled as a digest, or at
    least three, of matters that have no name in common and none of which goes on from the one before.
    """
    told = [post for post in posts if post.text.strip()]
    if len(told) != 1 or len(_links(told[0].anchors)) < 2:
        return ()
    text, anchors = told[0].text, [anchor for anchor in told[0].anchors if leads_to_article(anchor.url)]
    if any(anchor.end <= anchor.start for anchor in anchors):
        return ()
    for cut, marked in ((_by_marks, True), (_by_blanks, False), (_by_lines, False)):
        parts = [_part(start, end, anchors) for start, end in cut(text)]
        if _is_digest(text, parts, marked=marked):
            return tuple(_item(text, part) for part in parts if part.anchors)
    return ()


def _links(anchors: Sequence[Anchor]) -> frozenset[str]:
    return frozenset(plain_address(anchor.url) for anchor in anchors if leads_to_article(anchor.url))


def _part(start: int, end: int, anchors: Sequence[Anchor]) -> _Part:
    return _Part(start, end, tuple(anchor for anchor in anchors if start <= anchor.start < end))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _by_marks(text: str) -> list[tuple[int, int]]:
    """What stands before the first marked line, then from each mark to the next; after the last item's blank line nothing is its."""
    marks = [start for start, end in _lines(text) if _MARKED.match(text[start:end])]
    if len(marks) < 2:
        return []
    bounds = [0, *marks, len(text)]
    parts = list(pairwise(bounds))
    start, end = parts[-1]
    blank = re.search(r"\n\s*\n", text[start:end])
    if blank is not None and not any(_MARKED.match(line) for line in text[start + blank.end() : end].split("\n")):
        parts[-1:] = [(start, start + blank.start()), (start + blank.end(), end)]
    return parts


def _by_blanks(text: str) -> list[tuple[int, int]]:
    breaks = [
        (0, 0),
        *((found.start(), found.end()) for found in re.finditer(r"\n[ \t]*\n\s*", text)),
        (len(text), len(text)),
    ]
    return [(before[1], after[0]) for before, after in pairwise(breaks)]


def _by_lines(text: str) -> list[tuple[int, int]]:
    return list(_lines(text))


def _is_digest(text: str, parts: Sequence[_Part], *, marked: bool) -> bool:
    items = [part for part in parts if part.anchors]
    if not 2 <= len(items) <= MAX_ITEMS or (marked and parts[0].anchors):
        return False
    first = parts.index(items[0])
    last = parts.index(items[-1])
    title = _told(text, parts[:first])
    titled = bool(_DIGEST.search(title))
    told = [_words_of(text, part) for part in items]
    return (
        all(len(part.links) == 1 for part in items)
        and len(frozenset().union(*(part.links for part in items))) == len(items)
        and all(part.anchors or not text[part.start : part.end].strip() for part in parts[first:last])
        and words(f"{title}\n{_told(text, parts[last + 1 :])}") <= _MAX_AROUND_WORDS
        and not _ONE_EVENT.search(text[: items[0].start])
        and (titled or not title.rstrip().endswith("."))
        and all(words(one) >= _MIN_WORDS and not _GOES_ON.match(one) and not _ONE_EVENT.match(one) for one in told)
        and (titled or not _share_a_name(told))
        and (marked or ((titled or len(items) >= _ENOUGH) and all(_is_headlined(text, part) for part in items)))
    )


def _told(text: str, parts: Sequence[_Part]) -> str:
    """What stands in the parts that is not about the channel."""
    lines = clean("\n".join(text[part.start : part.end] for part in parts)).split("\n")
    return "\n".join(line for line in lines if not is_boilerplate(line))


def _share_a_name(told: Sequence[str]) -> bool:
    """Whether one name stands in all of them: it is one event, told with several links."""
    inner = {name for one in told for name in _NAME.findall(one[1:])}
    return any(all(re.search(rf"\b{re.escape(name)}\b", one) for one in told) for name in inner)


def _is_headlined(text: str, part: _Part) -> bool:
    """Whether the link is where a digest has it: over the headline, or behind the words; not within a sentence."""
    whole = text[part.start : part.end].rstrip()
    if words(whole) > _MAX_LINE_WORDS:
        return False
    anchor = part.anchors[0]
    before, after = text[part.start : anchor.start], text[anchor.end : part.start + len(whole)]
    heads = not words(before) and (words(text[anchor.start : anchor.end]) >= _MIN_WORDS)
    ends = len(before) >= _AT_END * len(whole) and _is_call(after)
    return heads or ends


def _words_of(text: str, part: _Part) -> str:
    """What an item says: without its mark, written addresses, and the call to read on that its link stands behind."""
    pieces, at = [], part.start
    for anchor in sorted(part.anchors, key=lambda anchor: anchor.start):
        pieces.append(text[at : anchor.start])
        covered = text[anchor.start : anchor.end]
        if not _is_address(covered, anchor.url) and not _is_call(covered):
            pieces.append(covered)
        at = max(at, anchor.end)
    said = _EMPTY.sub("", "".join([*pieces, text[at : part.end]]))
    said = _MARKED.sub("", said, count=1) if _MARKED.match(said) else said
    lines = [line for line in said.strip().split("\n") if not _is_call(line)]
    return "\n".join(line.rstrip(" \t\ufe0f([–—|:>→»👉🔗➡-") for line in lines).strip()


def _is_call(words_there: str) -> bool:
    """Whether there is nothing but a call to read on, or signs that point somewhere."""
    return len(words_there) <= _MAX_CALL and _CALL.fullmatch(words_there) is not None


def _is_address(covered: str, url: str) -> bool:
    return covered.strip().removesuffix("/") in url or url.removeprefix("https://").removeprefix("http://") in covered


def _item(text: str, part: _Part) -> Item:
    link = plain_address(part.anchors[0].url)
    name = hashlib.sha256(link.encode("utf-8", "replace")).hexdigest()[:12]
    return Item(name=name, text=_words_of(text, part), link=link)
