"""Words that bound a number or say which way it moved, as tables."""

from __future__ import annotations

from typing import Final

from models.api import Qualifier, Trend
from models.figures.wordlist import words

_BEFORE: Final = {
    Qualifier.ABOUT: """about|around|barely|scarcely|approximately|approx|approx.|roughly|nearly|almost|some|circa|close to|an estimated|estimated|an
        approximate|in the region of|virtually|practically|in the order of|on the order of|just about|more or less|~|≈|∼|somewhere around|near|nearing|approaching
        |as roughly|reportedly about|well-nigh""",
    Qualifier.MORE_THAN: """more than|over|above|greater than|in excess of|upwards of|upward of|exceeding|exceeded|exceeds|exceed|topping|topped|beyond|surpassed
        |surpassing|surpasses|surpass|north of|higher than|larger than|bigger than|older than|longer than|heavier than|taller than|faster than|stronger than|warmer than|deeper than|wider than|further than|farther than|just over|well over|far more than|many more than|slightly more than|>|better than|worth more than""",
    Qualifier.AT_LEAST: """at least|no less than|no fewer than|not less than|not fewer than|a minimum of|minimum of|≥|at minimum|at a minimum|minimum|not under""",
    Qualifier.UP_TO: """up to|upto|as many as|as much as|at most|no more than|not more than|a maximum of|maximum of|≤|as high as|as long as|as far as|as large as|as big as|no longer than|no greater than|no higher than|at the most|a ceiling of|ceiling of""",
    Qualifier.LESS_THAN: """less than|fewer than|under|below|lower than|just under|<|short of|just short of|south of|younger than|smaller than|shorter than|lighter than|slower than|just below|weaker than|colder than|shy of|just shy of|well under|well below|cheaper than""",
    Qualifier.EXACT: """exactly|precisely""",
}
_AFTER: Final = {
    Qualifier.AT_LEAST: """or more|or higher|or greater|or above|and above|or over|and over|or older|and older|and up|or longer|or better|+|plus|- plus|at least|or larger|at a minimum|at minimum|and counting|upwards""",
    Qualifier.UP_TO: """or less|or fewer|or lower|or under|and under|or below|or younger|and younger|at most|at the most|maximum|tops|max|or smaller""",
    Qualifier.ABOUT: """or so|or thereabouts|- odd|give or take|or thereabout""",
}


def _phrases(table: dict[Qualifier, str]) -> dict[tuple[str, ...], Qualifier]:
    rows = {}
    for qualifier, text in table.items():
        for phrase in text.replace("\n", " ").split("|"):
            rows[tuple(phrase.split())] = qualifier
    rows.pop((), None)
    return rows


BEFORE: Final = _phrases(_BEFORE)
AFTER: Final = _phrases(_AFTER)
LONGEST_BEFORE: Final = max(len(phrase) for phrase in BEFORE)
LONGEST_AFTER: Final = max(len(phrase) for phrase in AFTER)
BEFORE_WORDS: Final = frozenset(word for phrase in BEFORE for word in phrase)
BEFORE_ENDS: Final = frozenset(phrase[-1] for phrase in BEFORE)
AFTER_STARTS: Final = frozenset(phrase[0] for phrase in AFTER)

_UP: Final = """rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb climbs climbed
climbing gain gains gained gaining jump jumps jumped jumping surge surges surged surging soar soars soared soaring up advance advances advanced advancing
rally rallied rallies rallying expand expanded expands expanding accelerate accelerated accelerates leap leaps leapt leaped spike spikes spiked rocketed skyrocketed
rebounded rebounds rebound swelled swell swells balloon ballooned balloons raise raises raised raising hike hikes hiked hiking boost boosts boosted boosting add adds added adding
appreciated appreciates strengthened strengthens higher edged-up inched-up ticked-up improved improve improves widened widens quickened mounted"""
_DOWN: Final = """fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease decreases decreased
decreasing lose loses lost losing slide slides slid sliding slip slips slipped slipping plunge plunges plunged plunging plummet plummets plummeted
plummeting tumble tumbles tumbled tumbling sink sinks sank sunk sinking shed sheds shedding down dip dips dipped dipping shrink shrinks shrank shrunk shrinking
contract contracts contracted contracting slump slumps slumped slumping crash crashed crashes cut cuts cutting reduce reduces reduced reducing reduction slash slashes
slashed slashing lower lowered lowers ease eases eased easing retreat retreated retreats weaken weakened weakens depreciated
dive dived dives narrowed narrows narrow halved trim trims trimmed trimming nosedived cooled slowed slows tanked"""
TREND_WORDS: Final = dict.fromkeys(_UP.split(), Trend.UP) | dict.fromkeys(_DOWN.split(), Trend.DOWN)
"""Words that, right before an amount (or before "by" and an amount), make it a step up or down."""

TREND_NOUNS: Final = words("""
rise increase jump surge leap spike rebound hike boost raise fall drop decline decrease slide slip
plunge slump dip cut reduction contraction advance climb
""")
"""Nouns that do so before "of": "a rise of 3 %"."""
NOUN_TRENDS: Final = TREND_WORDS | {
    "growth": Trend.UP,
    "loss": Trend.DOWN,
    "contraction": Trend.DOWN,
    "cuts": Trend.DOWN,
}

MOVERS: Final = frozenset(TREND_WORDS) | words("""
go goes going went gone move moves moved moving shift shifted change changed changes changing bring brought take
took revised downgraded upgraded swing swung
""")
"""Verbs after which "from A to B" is a movement, not a spread."""

SPREADS: Final = words("""
scale scales score bands
range ranges ranged ranging vary varies varied varying anywhere anything run runs spanning span stretches
stretching
""")
"""Words before "from A to B" that make it a spread."""

STEP_FILLERS: Final = words(
    "by a an the another further just only modest mere whopping record staggering massive combined unprecedented similar extra additional total cumulative"
)
"""Words that may stand between a word of movement and its amount."""

OBJECT_VERBS: Final = words(
    "raise raises raised raising cut cuts cutting reduce reduces reduced reducing slash slashes slashed slashing lower lowers lowered boost boosts boosted boosting improve "
    "improves improved expand expands expanded expanding trim trims trimmed ease eased narrow swell advance advanced"
)
"""Verbs that move an object: the amount of the movement needs "by" ("raised £5m" moved nothing)."""

TRANSITIVE: Final = words(
    "add adds added adding lose loses lost losing shed sheds shedding gain gains gained gaining crash crashed crashes"
)
"""Verbs that say a movement of points, shares and money, but count when things follow: "lost 12 men"."""

LEVEL_LEADS: Final = frozenset({"to", "at"})

OTHER_OVERS: Final = words("hand handed handing hands turn turned turning take took all taken spread down")
"""Verbs whose "over" bounds nothing: "handed over 12 prisoners"."""

SET_UPS: Final = words(
    "set made make makes making put picked gave shut shot give given show showed showing comes came break broke broken"
)
"""Verbs whose "up" or "down" moves no figure."""

LONGER_OVERS: Final = words(
    "for been after lasted lasting took spent of is was in well just by to than are have had aged those and or"
)
"""Words before "over" and a length of time where it means "more than" rather than "during"."""
