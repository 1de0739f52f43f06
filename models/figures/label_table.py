"""The words that labels are cut and joined by, as data: what ends a phrase, what bounds a number, what a measure is of."""

from __future__ import annotations

from typing import Final

from models.figures.key_words import word_set
from models.figures.label_verb_table import NOMINAL

AUXILIARIES: Final = word_set(
    "is are was were be been being has have had having will would could may might can should must shall did does do"
)
ADVERBS: Final = word_set(
    "also still now not so far already since just even only currently jointly yet never long first again together once later then"
)
SPEECH: Final = word_set("""
    said says say told tells announced announces reported stated wrote confirmed warned added predicted predicts
    declared insisted acknowledged disclosed revealed noted explained alleged claimed claims believes believe thinks thought hinted
    according saying estimates estimated showed shows show
""")
"""Behind these words a clause of its own begins."""

HARD: Final = word_set(
    """that as while whereas when after before because although though but whose where if until unless since than despite so
    amid leaving making bringing saying including"""
)
"""Words at which a clause ends."""

RELATIVES: Final = word_set("which who that")
TIME_WORDS: Final = word_set(
    "day days week weeks month months year years night nights morning evening hour hours decade decades summer winter spring autumn quarter weekend today yesterday"
)
VIEWING: Final = word_set(
    "see expect forecast predict estimate project report announce show put calculate count measure record give speak"
)
"""Verbs whose subject tells of the figure, and does not own it."""

SAYING: Final = word_set("said says say told saying according believes thinks warned insisted")
HOLDING: Final = word_set("hold seat accommodate sleep")
DISTANCES: Final = {
    "kilometre": "distance",
    "metre": "distance",
    "mile": "distance",
    "foot": "height",
    "hectare": "area",
    "acre": "area",
    "square kilometre": "area",
    "tonne": "amount",
    "kilogram": "weight",
    "litre": "amount",
    "degree": "temperature",
}
"""What a measure is a measure of, where nothing better is told."""

ACRONYMS: Final = word_set("US UN UK EU IMF WHO EVG FBI CIA EPA WTO ECB")
ORDINALS: Final = word_set("first second third fourth fifth last next")
COMMON_OPENERS: Final = word_set(
    "rural food turnout lava cholera measles fire consumer health vaccination resale opposition average retail public private wholesale government police defence defense foreign industrial factory manufacturing rail road border fuel energy house home housing property bank interest mortgage school hospital medical military security local national regional state federal central annual monthly new other more many most several nearly fewer parts workers women men children voters aid emergency rescue disaster insurance insured economic core headline youth job jobless car vehicle passenger export import tax budget rents wages rain snow heavy peak inflation gold oil output sales unemployment power homelessness trade growth water rent wheat crude gas"
)
"""Nouns of the mass that often begin a sentence."""

PRONOUNS: Final = word_set(
    "it they he she we i you which who that this these those there another others one all both them him us some many much what most more less half none each"
)
DETERMINERS: Final = word_set("the a an its their his her our my your this these those some all any another such every")
PREPOSITIONS: Final = word_set(
    "in on at of for from to with by across near off into against among under over around within without between outside inside through along behind below above"
)
TAIL_STARTS: Final = word_set(
    "of in on for from at across near to against among along outside inside under with by between into"
)
TAIL_STOPS: Final = word_set("""
    during and or but that which who whom whose when where while as since until after before if because than although amid whether so
    about up down nearly roughly almost some more less at-least not also is are was were has have had will would could may
    might can should must be been due worth according compared including alone then yet still now
""")
BOUNDS: Final = tuple(
    tuple(words.split())
    for words in [
        "no fewer than",
        "no less than",
        "no more than",
        "as many as",
        "as much as",
        "a total of",
        "an average of",
        "an estimated",
        "a further",
        "a combined",
        "an additional",
        "another",
        "a record",
        "more than",
        "less than",
        "fewer than",
        "at least",
        "at most",
        "up to",
        "close to",
        "well over",
        "just over",
        "just under",
        "about",
        "around",
        "some",
        "nearly",
        "almost",
        "roughly",
        "approximately",
        "over",
        "under",
        "just",
        "only",
        "additional",
        "estimated",
        "total",
        "the",
        "all",
        "all of",
        "of about",
        "more",
        "between",
        "as few as",
        "as little as",
        "almost all of",
        "exactly",
        "barely",
        "what could be",
        "an extra",
        "the first",
        "the last",
        "the other",
        "other",
        "the remaining",
        "remaining",
        "a",
        "an",
        "in all",
        "record",
    ]
)
"""What may stand between a verb or a preposition and its number."""

NATURES: Final = word_set(
    "aid damage damages cash loans loan funding grants taxes debt assistance relief credit support revenue sales compensation fines savings bribes bonuses subsidies losses exports imports investment kickbacks fees tolls royalties orders benefits pensions donations pledges prizes cash goods"
)
"""What a sum is: "sent $2 million in aid"."""

SIZES: Final = {
    "high": "height", "tall": "height", "deep": "depth", "wide": "width", "long": "length", "thick": "thickness",
    "away": "distance",
}  # fmt: skip
"""What an adjective behind a measure asks for."""

STEP_NOUNS: Final = {
    "rise": "rise in", "increase": "increase in", "fall": "fall in", "drop": "drop in", "decline": "decline in",
    "growth": "growth of", "reduction": "reduction of", "decrease": "decrease in", "gain": "gain of", "loss": "loss of",
    "cut": "cut of", "jump": "jump in",
}  # fmt: skip
"""Nouns of movement before "of" and a number, with how the moved thing follows."""

VOTING: Final = word_set("vote votes election ballot ballots runoff polls referendum")
MASSES: Final = word_set(
    "presence footprint contingent garrison force forces deployment numbers strength mission pullout"
)
"""Nouns that stand for troops."""

MILITARY: Final = word_set("troop troops military soldiers armed")
SITES: Final = word_set(
    "farm camp plant prison hospital school mine base centre center station factory yard zoo port bakery"
)
"""Nouns that things happen at: what was done to "hens of a farm" was done at the farm."""

GRAMMAR: Final = (
    word_set("""
    share rise fall growth increase who money people be said by of in on the for set aside killed injured missing displaced captured
    harmed requested received dead distance price needed chance to that part payment time until length died held paid left wounded from
    at than fine payment cost to debt granted awarded lent saved given value weight demanded level expected against price amount total votes
""")
    | {word.split()[0] for word in NOMINAL.values()}
    | set(SIZES.values())
)
"""Words that a label may have and its text need not."""
