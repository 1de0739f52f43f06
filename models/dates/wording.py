"""Edits the phrase of a deadline as the editor of a calendar would: subject, verb, object, and nothing in front or behind."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from models.api import Bond
from models.dates.cues import AUXILIARIES, ENDING_VERBS, EVENT_VERBS, REPORTING
from models.dates.tables import words
from models.dates.tense import PAST_VERBS

_LONGEST: Final = 14
_FEWEST: Final = 3
_SUBJECT: Final = 9

_ASIDE: Final = re.compile(r",\s(?:which|who|whose|whom|where|including|with|along with|together with)\b[^,]{1,120},\s")
"""Said in passing between two commas."""

_TOLD_OF: Final = re.compile(
    r"""^(?:.*\s)?(?:(?:an?|the)\s)(?P<noun>(?:(?!(?:an?|the)\s)[^\s,]+\s){1,7}?)
    (?:on\s\w+day\s)?(?:that|which)\s
    (?P<verb>(?:will|would|must|begins|starts|ends|expires|opens|closes|lapses|runs\sout|takes?\seffect|takes?\splace|comes\sinto\sforce)\b.*)$""",
    re.VERBOSE,
)
"""A thing with its own day: of "signed a truce on Friday that begins" the truce begins."""

_OWN_CLAUSE: Final = re.compile(r"^(?P<noun>[^,]{3,80}), (?:which|who) (?P<rest>(?P<verb>[^\s,]+)[^,]*)$")
_LAST_NOUN: Final = re.compile(r"^.*\s(?=(?:the|an?|its|their)\s)")
_AND_CLAUSE: Final = re.compile(r"^(?P<first>.{8,}),\s(?:and|but)\s(?P<rest>(?:the|an?|its|their)\s\S+\s.*)$")
_HEADING: Final = re.compile(r"^(?:[^,;:]{2,40}[,;:]\s)(?P<rest>(?:[^\s,;:]+\s){1,8}?to\s[a-z]+.*)$")
_TO: Final = re.compile(
    r"\s(?:is|are|was|were)\s(?:now\s|still\s|also\s)?(?P<no>not\s)?(?:(?:due|set|scheduled|slated|planned|supposed|meant)\s)?to\s(?=[a-z])"
)
_WEEKDAY: Final = re.compile(
    r"\son\s(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?:\s(?:night|morning|evening))?\b(?:,\s\d{1,2}\s\w+,?)?"
)
"""The day on which it was said or agreed: the day of the matter itself stands before the line."""

_UNQUOTED: Final = str.maketrans("", "", '"“”')
_BEING: Final = words("is was are were will would has had")
_WHEN_MEETING: Final = re.compile(
    r"""^.*\b(?:when|as|before|after|until)\s(?P<noun>
      (?:the\s)?[A-Z][\w\s]{1,40}\s(?:meets?|votes?|convenes?|opens?|begins?|starts?)
    | (?:the|its|an?)\s[\w\s'’.-]{3,60}\s(?:runs\sout|ends|expires|lapses|takes\seffect))$""",
    re.VERBOSE,
)
_FORESEEN: Final = re.compile(
    r"^(?:[^\s,]+\s){1,6}?(?:foresees|foresee|provides\sfor|calls\sfor|envisages|stipulates)\s(?=(?:the|an?)\s)"
)
_FROM_TO: Final = re.compile(
    r"\sfrom\s(?:about\s|some\s|around\s|nearly\s)?[\d.,]+(?:\s[a-z]+)?\s(?=to\s(?:about\s|some\s|around\s)?[\d.,]+)"
)
_INSTEAD: Final = re.compile(r"^(?P<kept>(?:\S+\s){3,}?)instead\sof\s.*$")
_PUT_OFF: Final = re.compile(
    r"""^(?P<who>[^,]{2,60}?)\s(?:has\s|have\s)?
    (?:puts?\soff|postpone[sd]|delay(?:s|ed)|move[sd]|pushe[sd]\sback|extend(?:s|ed)|prolong(?:s|ed)|renew(?:s|ed)|defer(?:s|red))\s
    (?P<whose>its\s|their\s|the\s)?(?:own\s)?(?P<what>(?!(?:by|from|to|until|again|further|for|in|on)\s)[a-z][^,]{3,}?)(?:\sby\s\S+\s(?:days|weeks|months))?$""",
    re.VERBOSE,
)
"""Somebody gives something a new day: the line is about the thing."""

_LOOKING: Final = re.compile(r"^(?:.*\s)?looking forward to (?:seeing )?(?=\S)", re.IGNORECASE)
_EXPECTED: Final = re.compile(
    r"(?<!\bit)\s(?:is|are)\s(?:now\s|still\s)?(?=(?:expected|likely|due|closed|open|possible|planned)\b)"
)
_HELD: Final = re.compile(
    r"\s(?:will\s(?:now\s)?(?:be\sheld|take\splace)|takes?\splace|is\sheld|are\sheld"
    r"|(?:is|are|has\sbeen|have\sbeen)\s(?:now\s|still\s)?(?:planned|scheduled|slated|set)|to\sbe\sheld|to\stake\splace)"
    r"(?=\s(?:in|at)\s|$)"
)
_MOVED_TAIL: Final = re.compile(
    r"\s(?:(?:is|are|was|were|has\sbeen|have\sbeen)\s)?"
    r"(?:put\soff|pushed\sback|put\sback|brought\sforward|postponed|rescheduled|delayed(?:\sagain)?|deferred|adjourned|extended|prolonged)"
    r"(?:\sby\s\S+\s(?:days|weeks|months))?$"
)
_DANGLING: Final = words(
    """during between instead as soon and or but that too only just then on in at by of to from for with until before within
    than the a an its which who early late around well over so ahead not is are was were"""
)
_PARTICLED: Final = words("move moves moved step steps kick kicks come comes go goes hand run runs walk")
_OPENERS: Final = words(
    "and but or so that then whose while as if when because although meanwhile however also still now"
)
_JOINED: Final = words("will would must shall should wants plans needs hopes aims expects intends faces")
_KEPT_THE: Final = words("hague gambia bahamas times")
_FINITE: Final = AUXILIARIES | PAST_VERBS - {"set", "cut", "put", "hit", "read", "quit", "found", "left"}
_ENDS_OF: Final = MappingProxyType({"ending": "end", "closing": "close", "withdrawing": "withdraw", "leaving": "leave"})
_HEADLINE_ING: Final = re.compile(
    rf"^(?P<who>(?:[A-Z][\w.’']*\s){{1,3}})(?P<verb>{'|'.join(_ENDS_OF)})\s(?!of\b)(?P<rest>\S.*)$"
)
_PLAIN_PAST: Final = words("cut set put hit left found")
_OBJECTS: Final = words("the a an its their his her")
_PRESENT: Final = words(
    "get gets says wants keeps lets allows makes gives covers holds plans cuts rises falls remains stands provides calls wait waits"
)
_LEADS: Final = words("On In At After Before By For With During Under Shortly Since From Despite As")
_AFTER_NOUN: Final = words("of in on at for from to with by against between near over that which who")
_BREAKS: Final = words("because after following despite amid unless if while although as with from under through along")


def edited(what: str, bond: Bond) -> str:
    """A phrase of a source made ready for a calendar.

    Args:
        what: A clause about what is due or is to happen, with whatever stands around it in its sentence.
        bond: Whether something is due, or happens on the day.

    Returns:
        The subject and what it is to do in at most about fourteen words: without asides, who reported it, a second
        thing the subject does, and words that the date already says ("is to", "will be held", "has been put off").
        Never empty unless ``what`` is.
    """
    phrase = _LOOKING.sub("", without_asides(_WEEKDAY.sub("", what)))
    if meeting := _WHEN_MEETING.match(phrase):
        phrase = meeting["noun"]
    phrase = _INSTEAD.sub(r"\g<kept>", _FROM_TO.sub(" ", _FORESEEN.sub("", phrase))).rstrip()
    phrase = _moved_thing(_own_clause(phrase))
    phrase = _last_clause(_second_verb(phrase))
    phrase = _without_reporter(phrase)
    if ing := _HEADLINE_ING.match(phrase):
        phrase = f"{ing['who']}to {_ENDS_OF[ing['verb']]} {ing['rest']}"
    phrase = _TO.sub(lambda match: f" {match['no'] or ''}to ", phrase)
    if bond is Bond.EVENT or _MOVED_TAIL.search(phrase):
        phrase = _kept(_HELD.sub("", _MOVED_TAIL.sub("", phrase)), phrase)
    phrase = _EXPECTED.sub(" ", phrase)
    if phrase.count('"') % 2 or phrase.count("“") != phrase.count("”"):
        phrase = phrase.translate(_UNQUOTED)
    found = _bare(_shortened(_bare(phrase.split())))
    return _capital(" ".join(found)) or what


def without_asides(phrase: str) -> str:
    """A phrase without what is said in passing between two commas: "The decree, which had been due to end, was extended"."""
    return _ASIDE.sub(" ", phrase)


def last_part(headline: str) -> str:
    """The part of a headline that its last day belongs to: "inquiry to report" of "Toll at 20, inquiry to report"."""
    match = _HEADING.match(headline)
    return match["rest"] if match else headline


def _own_clause(phrase: str) -> str:
    if match := _TOLD_OF.match(phrase):
        return f"{match['noun']}{match['verb']}"
    match = _OWN_CLAUSE.match(phrase)
    if match is None:
        return phrase
    dated = match["verb"] in ENDING_VERBS | EVENT_VERBS or match["verb"] in _BEING
    noun = match["noun"]
    if dated and any(_finite(word) or word in {"to", "remain", "remains"} for word in noun.split()):
        noun = _LAST_NOUN.sub("", noun)
    return f"{noun} {match['rest']}" if dated else noun


def _last_clause(phrase: str) -> str:
    """Of two sentences joined by "and", the second: "Two are missing, and the divers go home"."""
    match = _AND_CLAUSE.match(phrase)
    if match is None:
        return phrase
    whole = all(any(_acts(word) for word in match[part].split()[1:]) for part in ("first", "rest"))
    return match["rest"] if whole else phrase


def _acts(word: str) -> bool:
    return _finite(word) or word in EVENT_VERBS | ENDING_VERBS | _PRESENT


def _moved_thing(phrase: str) -> str:
    match = _PUT_OFF.match(phrase)
    if (
        match is None
        or _finite(match["who"].split()[-1])
        or match["who"].split()[-1] in {"to", "not", "will", "be", "and", "who"}
    ):
        return phrase
    who = match["who"].removeprefix("The ").removeprefix("the ")
    owned = (match["whose"] or "").strip() in {"its", "their"}
    if owned:
        return f"{who}{_possessive(who)} {match['what']}"
    named = any(word[:1].isupper() for word in match["what"].split()) or len(who.split()) > _FEWEST
    return match["what"] if named else f"{match['what']} ({who})"


def _possessive(noun: str) -> str:
    return "'" if noun.endswith("s") else "'s"


def _second_verb(phrase: str) -> str:
    """Of two things a subject does, the one at the date: "The court has set hearings and plans to give its verdict"."""
    found = phrase.split()
    for k in range(len(found) - 2, 1, -1):
        if found[k] in {"and", "but"} and found[k + 1] in _JOINED:
            verb = next((j for j in range(1, k) if _finite(found[j])), None)
            if verb is not None and verb <= _SUBJECT and not found[0].startswith(("“", '"')):
                return " ".join([*found[:verb], *found[k + 1 :]])
    return phrase


def _finite(word: str) -> bool:
    return word in _FINITE or (word.endswith("ed") and len(word) > 4 and word.islower())


def _without_reporter(phrase: str) -> str:
    """A phrase without who says so: "Biden says US ending missions", "The court held must be completed" stays."""
    found = phrase.split()
    for k in range(1, min(6, len(found) - _FEWEST)):
        if found[k] in REPORTING - {"according", "declared", "confirmed"} and not found[k - 1].endswith("to"):
            behind = k + 1 + (found[k + 1] == "that")
            person = found[behind] in {"he", "she"} and any(word[:1].isupper() for word in found[1:k])
            if person or found[behind] in {"it", "they"}:
                return " ".join([*found[: k - 1], found[k - 1].rstrip(","), *found[behind + 1 :]])
            opens = found[behind][:1].isupper() or found[behind] in {"the", "a", "an", "its", "it", "he", "she", "they"}
            has_verb = any(word in AUXILIARIES or word == "to" or word.endswith("ing") for word in found[behind:])
            return " ".join(found[behind:]) if opens and has_verb else phrase
    return phrase


def _kept(shorter: str, phrase: str) -> str:
    """The shorter phrase where it still says something."""
    return shorter if len(shorter.split()) > 1 or shorter[:1].isupper() else phrase


def _shortened(found: list[str]) -> list[str]:
    """At most ``_LONGEST`` words, cut where something hangs on behind."""
    if len(found) <= _LONGEST:
        return found
    for k in range(_LONGEST, _FEWEST, -1):
        comma = found[k - 1].endswith((",", ";"))
        if (comma or found[k] in _BREAKS) and any(word in AUXILIARIES or word == "to" for word in found[:k]):
            return [*found[: k - 1], found[k - 1].rstrip(",;")]
    return found


def _bare(found: list[str]) -> list[str]:
    while len(found) > 1 and found[0].lower() in _OPENERS:
        found = found[1:]
    while len(found) > 1 and found[-1].strip(",").lower() in _DANGLING and found[-2].lower() not in _PARTICLED:
        found = found[:-1]
    if len(found) > _FEWEST + 2 and found[-1] in {"planned", "scheduled"}:
        found = found[:-1]
    if len(found) > 1 and found[0] in {"The", "the", "A", "a", "An", "an"} and found[1].lower() not in _KEPT_THE:
        found = found[1:]
    return [*found[:-1], found[-1].rstrip(",;:")] if found else found


_SOME_OF = re.compile(
    r"^(?:(?:the (?:first|last|rest|next)|\d[\d,.]*|some|many|most|all|both|half) of )+", re.IGNORECASE
)


def subject_of(sentence: str) -> str:
    """The words a sentence has before its first verb; empty where they are many, or none.

    "On Monday, the minister, who resigned, said" gives "the minister".
    """
    found = without_asides(sentence).split()
    if found and found[0] in _LEADS and any(word.endswith(",") for word in found[:_SUBJECT]):
        comma = next(k for k, word in enumerate(found) if word.endswith(","))
        found = found[comma + 1 :]
    elif found and found[0] in _LEADS:
        return ""
    for k, word in enumerate(found[: _SUBJECT + 2]):
        does = word in _PLAIN_PAST and found[k + 1 : k + 2] and found[k + 1] in _OBJECTS
        if k and (_finite(word) or word in _PRESENT or does):
            return _SOME_OF.sub("the ", " ".join(found[:k])).split(",")[0]
        if word.endswith((".", ";", ":", "?", "!")) or word.startswith(("“", '"')):
            return ""
    return ""


def head_of(phrase: str) -> str:
    """The noun a noun phrase is about: "mandate" of "the mandate of the mission"."""
    found = phrase.split()
    stop = next((k for k, word in enumerate(found) if k and word in _AFTER_NOUN), len(found))
    return found[stop - 1].strip(",") if found else ""


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]
