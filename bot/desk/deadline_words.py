"""What the words around a deadline say: whose and what it is, and whether it was moved, dropped, or only talked about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.desk.words import stem

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*(?:['’][^\W\d_]+)?")
_KEPT_LETTERS = 5
"""Letters of a stem that are compared: "elect", "election" and "electoral" are one word here, "withdrawal" is "withdraw"."""

_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_EMPTY = frozenset(
    f"""
    {_MONTHS} {_DAYS} jan feb mar apr jun jul aug sept sep oct nov dec
    a an the of in on at to for from by with and or nor but as if is are was were be been being has have had do does did its
    it their his her our your they he she we i you who whom whose which that this these those there what when where while
    will would shall should must may might can could cannot not no than then so also still only now ahead already both all any
    after before until till since within under over about around into through during out off up down per more less least most
    say says said saying tell tells told announce announces announced report reports reported according confirm confirmed warn
    warned repeat repeated remind reminded add added deadline deadlines date dates day days week weeks month months quarter
    year years time hours end ends ending ended later earlier early late last next new first second third final begin begins
    began start starts started take takes took place hold holds held due plan plans planned set agree agrees agreed want wants
    give gives gave given get gets make makes made keep keeps stay stays remain remains come comes go goes run runs expire
    expires expired lapse lapses extend extends extended extension postpone postponed put puts push pushed back move moved moves
    brought bring brings forward delay delays delayed defer deferred prolong prolonged reschedule rescheduled shorten shortened
    instead rather because cancel cancelled canceled call called scrap scrapped drop dropped abandon abandoned longer another
    s
    """.split()
)
_SAME_NAMES = (
    (re.compile(r"\b(?:U\.S\.|US|United States|Americans?|White House|Washington)(?!\w)"), "Usa"),
    (re.compile(r"\b(?:U\.K\.|UK|United Kingdom|Britain|British|London)(?!\w)"), "Ukay"),
    (re.compile(r"\b(?:U\.N\.|UN|United Nations)(?!\w)"), "Unations"),
    (re.compile(r"\b(?:E\.U\.|EU|European Union|Brussels|European Commission)(?!\w)"), "Eunion"),
    (re.compile(r"\bIMF\b"), "International Monetary Fund"),
)
"""Names that wire copy uses for one another."""

_COUNTRIES = {
    people: country
    for pair in """
    turkish turkey, french france, dutch netherlands, spanish spain, greek greece, iraqi iraq, iranian iran, chinese china,
    polish poland, danish denmark, swedish sweden, finnish finland, swiss switzerland, irish ireland, scottish scotland,
    welsh wales, thai thailand, cuban cuba, peruvian peru, omani oman, qatari qatar, malian mali, filipino philippines
    """.replace("\n", " ").split(",")
    for people, country in [pair.split()]
}
"""Adjectives of countries that their first letters do not give away."""

_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "final", "last", "initial"})
_BEHIND_A_NAME = frozenset(
    [
        "will",
        "must",
        "has",
        "have",
        "had",
        "is",
        "was",
        "may",
        "can",
        "would",
        "should",
        "agreed",
        "gave",
        "said",
        "wants",
        "plans",
        "faces",
        "expects",
        "needs",
        "completed",
        "repaid",
    ]
)
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]{2,40}(?:\([^)]{1,20}\) )?[—–-]+ ")

_MOVE = re.compile(
    r"""\b(?:
      (?:extend|prolong|adjourn|shorten|lengthen)(?:s|ed|ing)? | postpon(?:es?|ed|ing|ement) | reschedul(?:es?|ed|ing) |
      delay(?:s|ed|ing)? | defer(?:s|red|ring)? | extension |
      (?:put|puts|putting|push|pushes|pushed|move[sd]?|moving|bring|brings|brought|pull|pulls|pulled)
         \ (?:[\w’'-]+\ ){0,6}?(?:off|back|forward)\b |
      move[sd]?\ (?:[\w’'-]+\ ){0,8}?(?:from|to)\ (?=[^.]{0,12}\d) |
      new\ (?:deadline|date)\b |
      (?:instead\ of|rather\ than)\ (?=[^.]{0,20}(?:\d|Mon|Tue|Wed|Thu|Fri|Sat|Sun|month|week|year)) |
      (?:later|earlier|longer)\ than\ (?:first\ |originally\ |initially\ )?(?:planned|announced|expected|agreed|scheduled|promised) |
      (?:more|extra|additional)\ (?:days?|weeks?|months?|time)\b | another\ (?:\d+|two|three|four|six|ten)\ (?:days|weeks|months) |
      now\ (?:has|have|ends?|expires?|runs)\b | reopened\b | renew(?:ed|ing)\b |
      stopgap
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that say that a day is another one than before."""

_DROP = re.compile(
    r"""\b(?:
      cancel(?:s|led|ed|ling|ing|lation)? | scrap(?:s|ped|ping)? | drop(?:s|ped|ping)\b | abandon(?:s|ed|ing)? |
      annul(?:s|led|ling)? | repeal(?:s|ed|ing)? | revok(?:es|ed|ing) |
      call(?:s|ed|ing)?\ (?:[\w’'-]+\ ){0,5}?off | was\ off\b |
      (?:withdrew|withdrawn|lift(?:s|ed)?)\ (?:[\w’'-]+\ ){0,3}?(?:ultimatum|plans?|demand|threat|deadline|offer|order) |
      (?:days?|weeks?|months?|hours?|well)\ (?:before|ahead\ of)\ (?:[\w’'-]+\ ){0,3}?(?:deadline|schedule|target) |
      ahead\ of\ (?:[\w’'-]+\ ){0,2}?(?:deadline|schedule)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words that say that a day does not hold any more: the matter was dropped, or done before it."""

_SUPPOSED = re.compile(
    r"""\b(?:
      ask(?:s|ed|ing)? | seek(?:s|ing)? | sought | want(?:s|ed)? | demand(?:s|ed|ing)? | propos(?:es?|ed|al|ing) | suggest(?:s|ed)? |
      urg(?:es?|ed|ing) | request(?:s|ed|ing)? | plead(?:s|ed)? | call(?:s|ed)?\ (?:for|on) | (?-i:may) | might | could |
      consider(?:s|ed|ing)? | refus(?:es?|ed|ing|al) | reject(?:s|ed|ing)? | rul(?:es?|ed|ing)\ out | den(?:y|ies|ied) |
      never | unless | if | whether | threaten(?:s|ed|ing)? | unlikely | likely | hop(?:es?|ed|ing) | mull(?:s|ed|ing)? |
      against | opposed? | expected\ to | speculat\w+ | rumou?r\w* | pressure
    )\b | (?<!will\ )\bnot\b(?!\ (?:be\ )?(?:complete|ready|start|open|begin|before)) | n['’]t\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Words before a move that make it talk: nobody has moved anything yet."""

_FORMER = re.compile(
    r"""(?:
      (?:\binstead\ of|\brather\ than|(?:\band|,)\ not)(?:\ (?:on|by|until|from|for|in))? |
      \bwould\ have\ (?:been\ )?\w+(?:\ (?:on|by|until|in))? |
      \bhad\ (?:meant|planned|hoped)\ to\ [^.,;]{1,40}\ (?:on|by|until|in)
    )(?:\ the)?\ $""",
    re.VERBOSE | re.IGNORECASE,
)
"""Before a day: it is the one that held until now."""
_FORMER_IF_MOVED = re.compile(
    r"\b(?:(?:was|were) (?:to|due)(?: \w+)?(?: (?:on|by|for|in|until))?|(?<!are )(?<!is )planned (?:for|on|by)|(?:first|old|earlier) deadline \w+(?: out)?(?: on)?)(?: the)? $",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(r"\bnot (?:\w+ ){0,2}(?:on|by|until|in|for) $", re.IGNORECASE)
_BUT_THAT = re.compile(r"\s*,?\s*but\b", re.IGNORECASE)
_FROM_THIS = re.compile(r"\bfrom (?:the )?$", re.IGNORECASE)
_TO_THAT = re.compile(r"\s*(?:to|until)\b", re.IGNORECASE)

_REPORTED = re.compile(r"\b(?:said|announced|told|confirmed|says|decided|declared)\b", re.IGNORECASE)
_WOULD = re.compile(r"\bwould\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def terms(text: str) -> frozenset[str]:
    """The words that tell what a deadline is about, each by its first letters; days, numbers and empty words left out."""
    found = (word for word in _WORD.findall(_plain(text)) if not word[0].isdigit() and bare(word) not in _EMPTY)
    return frozenset(key(word) for word in found)


def key(word: str) -> str:
    """The letters of a word that are compared."""
    plain = bare(word)
    return stem(_COUNTRIES.get(plain, plain)).rstrip("e")[:_KEPT_LETTERS]


def bare(word: str) -> str:
    """A word in lower case without a possessive ending."""
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")


def _plain(text: str) -> str:
    for pattern, name in _SAME_NAMES:
        text = pattern.sub(name, text)
    return text


@lru_cache(maxsize=4096)
def names(sentence: str) -> frozenset[str]:
    """Names in a sentence, by their first letters; its first word counts where a verb, a name or an 's follows."""
    found: set[str] = set()
    sentence = _plain(_DATELINE.sub("", sentence))
    words = list(_WORD.finditer(sentence))
    for index, match in enumerate(words):
        word = match[0]
        if not word[0].isupper() or bare(word) in _EMPTY:
            continue
        following = words[index + 1][0] if index + 1 < len(words) else ""
        if index or following in _BEHIND_A_NAME or following[:1].isupper() or bare(word) != word.lower():
            found.add(key(word))
    return frozenset(found)


def counts(text: str) -> frozenset[str]:
    """The numbers and ordinals that tell one part of a matter from another ("500 soldiers", "the second round")."""
    words = (bare(word) for word in _WORD.findall(text))
    return frozenset(word for word in words if (word[0].isdigit() and len(word) > 1) or word in _ORDINALS)


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence does to a deadline: ``moves`` or ``drops`` it as a fact, or only ``supposes`` a day."""

    moves: bool
    drops: bool
    supposes: bool


@lru_cache(maxsize=4096)
def told(sentence: str, surface: str = "") -> Told:
    """What a sentence says of the deadline in it; talk behind the day (``surface``) is of something else."""
    day = sentence.find(surface) if surface else -1
    move, drop = _MOVE.search(sentence), _DROP.search(sentence)
    talk = _SUPPOSED.search(sentence)
    would = _WOULD.search(sentence)
    supposed_at = talk.start() if talk else len(sentence)
    if would and not _REPORTED.search(sentence):
        supposed_at = min(supposed_at, would.start())
    return Told(
        moves=move is not None and move.start() < supposed_at,
        drops=drop is not None and drop.start() < supposed_at,
        supposes=supposed_at < (_first(move, drop) if move or drop else day if day >= 0 else len(sentence)),
    )


@lru_cache(maxsize=4096)
def is_former(sentence: str, surface: str) -> bool:
    """Whether a sentence names a day (``surface``) as the one that held until now: "on 20 March instead of 15 March"."""
    at = sentence.find(surface) if surface else -1
    if at < 0:
        return False
    before, behind = sentence[:at], sentence[at + len(surface) :]
    if _FORMER.search(before) or (_NOT_THIS.search(before) and _BUT_THAT.match(behind)):
        return True
    if _MOVE.search(sentence) is None:
        return False
    from_to = _FROM_THIS.search(before) and _TO_THAT.match(behind)
    return bool(from_to or _FORMER_IF_MOVED.search(before))


_VERB = re.compile(
    r"""\b(?:postpon(?:es|ed|ing|e)|delay(?:s|ed|ing)?|defer(?:s|red|ring)?|adjourn(?:s|ed)?|reschedul(?:es|ed|ing|e)|
    (?:extend|prolong|shorten)(?:s|ed|ing)?|(?:put|puts|push|pushed|bring|brought|move|moved)(?=\ )
    (?:\ (?:off|back|forward))?)\b""",
    re.VERBOSE,
)
_OBJECT = re.compile(
    r"\s+(?:by\s+(?:\S+\s+){1,3}?|(?:until|to)\s+(?:\S+\s+){1,3}?)?(?:the|its|their|his|her|a|an|\S+['’]s)\s+((?:[\w’'-]+\s*){1,6})"
)
_PASSIVE = re.compile(
    r"(?:^|[,;:—]\s+)(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir)\s+)?([^,;:—]{2,120}?)\s+(?:is|are|was|were|(?:has|have|had)\s+been|been)\s+(?:\w+ly\s+)?$"
)
_NOUN_ENDS = re.compile(
    r"\b(?:of|on|in|at|for|from|to|until|till|by|with|between|over|that|which|who|after|because|off|back|forward|and|as|was|were|is|are)\b"
    r"|[\d\"“]"
)


_OF_VERBS = ("ment", "ing", "ion", "ance", "ence", "al", "ery", "ure", "sale")
"""Endings of nouns that say again what is due ("its payment"), whatever verb was used before ("must repay")."""


@lru_cache(maxsize=4096)
def moved_thing(sentence: str) -> str | None:
    """The noun that a sentence says was moved: "talks" in "Talks on pay were postponed"; None where it is not plain.

    "The deadline", "the date" and "the time" are of something else, and name nothing.
    """
    for verb in _VERB.finditer(sentence):
        found = _PASSIVE.search(sentence[: verb.start()]) or _OBJECT.match(sentence, verb.end())
        if found is None:
            continue
        words = _WORD.findall(_NOUN_ENDS.split(found[1], maxsplit=1)[0])
        if words:
            thing = bare(words[-1])
            return thing if thing.isalpha() and thing not in _EMPTY and not thing.endswith(_OF_VERBS) else None
    return None


def _first(*found: re.Match[str] | None) -> int:
    return min(match.start() for match in found if match is not None)
