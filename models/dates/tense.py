"""Tells from the words around a date whether the sentence looks back or ahead."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from models.dates.tables import words
from models.tokens import Kind, Token

_REACH_BACK = 24
_REACH_AHEAD = 14

_FUTURE = words(
    "will shall won't wo 'll we'll i'll they'll he'll she'll it'll you'll we’ll i’ll they’ll he’ll she’ll it’ll would "
    "upcoming scheduled slated expected due payable effective expects plans planning forthcoming tentatively must"
)
_LEANS_AHEAD = words(
    "set plan plans planned planning scheduled slated expected expects expect due agreed agrees vowed vows pledged "
    "promised promises ordered asked told urged instructed required want wants wanted hopes hope hoped intends intend "
    "intended has have is are poised ready preparing likely unlikely invited needs need committed time deadline bound "
    "eligible continue continues aims aim able going supposed allowed obliged ought deal agreement forced "
    "forward payable effective seeking seeks looking calls called prepares "
    "decided proposes proposed offered"
)
_AHEAD_WHEN_BARE = words(
    "meet meets begins starts opens takes expires ends meets resumes returns votes faces kicks closes goes arrives departs "
    "visits travels heads concludes matures becomes comes runs lasts continues plan plans go goes hosts host plays play leaves hopes "
    "close closes passes choose chooses elect begin start open resume return vote face expire end reopen convene gather arrive depart head conclude"
)
PAST_VERBS = words(
    "was were had did said told came went made took began became got gave found left held met kept brought led fell "
    "rose grew won lost sent saw shot struck hit broke spoke wrote ran stood sat spent sold bought built felt flew "
    "fought chose cut drew drove heard hurt knew laid lay let paid put quit read rode sank set shook slid spread "
    "stole swept swore taught threw thought understood withdrew woke wore wasn't weren't didn't hadn't wasn’t weren’t "
    "didn’t hadn’t died fled sought dropped"
)
_NOT_VERBS = words("need needed indeed hundred speed seed feed breed united unprecedented proceed exceed")
_PLANNED = words("scheduled slated expected due set been")
_NO_VERB_AFTER = words("to be being is are a an the its their his her our still yet")
_STOPS = frozenset({".", "!", "?", ";"})
_ABBREVIATIONS = words(
    "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mr Mrs Ms Dr Gen Lt Col Maj Capt Sgt Sen Rep Gov Rev St No Prof "
    "Corp Inc Co Ltd vs Adm Brig Hon Jr Sr Calif Mass Conn Pa Va Fla Ill Ind Mich Minn Wash Wis Ariz Colo Tenn Ga"
)
_BY = frozenset({"by", "until", "till", "through"})
_BETWEEN = words("at least the end of early late mid - around about close beginning start")
_REPORTED = words(
    "said told added announced agreed extended postponed suspended delayed adjourned closed banned "
    "halted given gave ordered imposed pledged vowed promised demanded warned set called asked urged"
)

_MOVED = words(
    "postponed postpones postpone rescheduled delayed delays delay deferred defers defer adjourned extended extends extend "
    "prolonged prolongs prolong moved moves move shifted shifts"
)
"""Verbs before "to" or "until" and the new day of something."""

_MOVED_PAIRS = frozenset(
    (verb, particle)
    for verbs, particles in (("put puts", "off back"), ("pushed pushes brought brings moved pulled", "back forward up"))
    for verb in verbs.split()
    for particle in particles.split()
)
_MOVED_PAIRS_FIRST = frozenset(verb for verb, _ in _MOVED_PAIRS)
_PASSIVE = words("is was be been being are were")
_TO_NEW_DAY = words("to until till for")
_MOVED_REACH = 26


class Tense(Enum):
    """Which way the sentence looks."""

    PAST = -1
    UNKNOWN = 0
    LIKELY = 1
    """Something is meant to happen ("agreed to", "begins"), which may be told the day after too."""
    FUTURE = 2

    @property
    def ahead(self) -> bool:
        """Whether the sentence looks ahead."""
        return self.value > 0


def _ends_sentence(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.text not in _STOPS:
        return False
    if token.text != "." or index == 0:
        return True
    before = tokens[index - 1].text
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    short = before in _ABBREVIATIONS or (len(before) == 1 and before.isupper())
    return follows is None or (not short and not follows.glued)


def _leaning(tokens: Sequence[Token], index: int) -> Tense:
    """What one word says of the tense, with the words before it."""
    token = tokens[index]
    word = token.lower
    before = tokens[index - 1].lower if index else ""
    if (word == "to" and before in _LEANS_AHEAD) or (word == "be" and before == "to"):
        had = "had" in (tokens[k].lower for k in range(max(0, index - 4), index - 1))
        return Tense.PAST if had and before in _PLANNED else Tense.LIKELY
    if word in _FUTURE:
        return Tense.PAST if "had" in (before, tokens[index - 2].lower if index > 1 else "") else Tense.FUTURE
    if word == "been" and before in {"had", "hadn't", "hadn’t"}:
        return Tense.PAST
    if before in _NO_VERB_AFTER or token.kind is not Kind.WORD:
        return Tense.UNKNOWN
    regular = word.endswith("ed") and len(word) > 4 and word not in _NOT_VERBS and token.text[0].islower()
    if regular or word in PAST_VERBS:
        return Tense.PAST
    return Tense.LIKELY if word in _AHEAD_WHEN_BARE and token.text == word else Tense.UNKNOWN


def gives_new_day(tokens: Sequence[Token], start: int) -> bool:
    """Whether the date at token ``start`` is the new day of what was moved: "put off its vote from May 1 to May 15"."""
    link = start - 1
    while link > 0 and tokens[link].lower in _BETWEEN:
        link -= 1
    if link < 1 or tokens[link].lower not in _TO_NEW_DAY:
        return False
    for index in range(link - 1, max(-1, link - _MOVED_REACH), -1):
        if _ends_sentence(tokens, index):
            return False
        word, behind = tokens[index].lower, tokens[index + 1].lower
        if word in _MOVED and (behind != "from" or tokens[index - 1].lower in _PASSIVE):
            return tokens[link].lower != "for" or word == "rescheduled"
        if word in _MOVED_PAIRS_FIRST and any((word, tokens[k].lower) in _MOVED_PAIRS for k in range(index + 1, link)):
            return True
    return False


def _bound(tokens: Sequence[Token], start: int) -> bool:
    """Whether "by" or "until" stands before, perhaps with "at least" or "the end of" between."""
    index = start - 1
    while index > 0 and start - index <= 4 and tokens[index].lower in _BETWEEN:
        index -= 1
    return index >= 0 and (tokens[index].lower in _BY or tokens[index].lower == "deadline")


def _has_until(tokens: Sequence[Token], start: int) -> bool:
    """Read "has until June 30"."""
    near = [token.lower for token in tokens[max(0, start - 4) : start]]
    return "until" in near and not {"has", "have"}.isdisjoint(near)


def _is_on(tokens: Sequence[Token], start: int) -> bool:
    """Read "The vote is Tuesday", "the hearing is set for Monday"."""
    index = start - 1
    while (
        index > 0
        and start - index <= 3
        and tokens[index].lower in {"on", "for", "set", "not", "until", "in", "up", "likely", "planned", "scheduled"}
    ):
        index -= 1
    return index > 0 and tokens[index].lower in {"is", "are"}


def _nearest(tokens: Sequence[Token], indexes: range) -> tuple[Tense, str]:
    """The first of the words, inside the sentence, that has a tense, and what it says."""
    for index in indexes:
        if _ends_sentence(tokens, index):
            break
        leaning = _leaning(tokens, index)
        if leaning is not Tense.UNKNOWN:
            return leaning, tokens[index].lower
    return Tense.UNKNOWN, ""


def tense_at(tokens: Sequence[Token], start: int, end: int) -> Tense:
    """The tense that governs the tokens ``[start, end)``: the nearest verb before them, else the nearest after."""
    before = tokens[start - 1].lower if start else ""
    bound = _bound(tokens, start)
    if before == "since":
        return Tense.PAST
    new_day = gives_new_day(tokens, start)
    if new_day or (bound and _has_until(tokens, start)) or _is_on(tokens, start):
        return Tense.FUTURE if bound or new_day else Tense.LIKELY
    if end < len(tokens) and (leaning := _leaning(tokens, end)) in {Tense.PAST, Tense.FUTURE}:
        return leaning
    leaning, verb = _nearest(tokens, range(start - 1, max(-1, start - _REACH_BACK), -1))
    if leaning is Tense.PAST and (bound or before == "before"):
        return Tense.FUTURE if bound and verb in _REPORTED else Tense.UNKNOWN
    if leaning is Tense.UNKNOWN:
        leaning, verb = _nearest(tokens, range(end, min(len(tokens), end + _REACH_AHEAD)))
        return Tense.FUTURE if bound and (leaning is Tense.UNKNOWN or verb in _REPORTED) else leaning
    return Tense.PAST if leaning is Tense.LIKELY and before == "after" else leaning
