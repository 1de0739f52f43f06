"""Words that tell that a number beside them is no quantity: a name, a date, a clock time, a score."""

from __future__ import annotations

from typing import Final

from models.figures.wordlist import words

MONTHS: Final = words("""
january february march april may june july august september october november december jan jan. feb feb. mar mar.
apr apr. jun jun. jul jul. aug aug. sep sep. sept sept. oct oct. nov nov. dec dec.
""")
YEAR_LEADS: Final = (
    words("""
in since by of from until till before after during between through for to the early mid late around circa ca at
and or than fiscal year years calendar season
""")
    | MONTHS
)
"""Words after which four bare digits are a year."""

CLOCK_AFTER: Final = words("""
a.m. p.m. am pm a.m p.m o'clock o’clock gmt utc bst est edt et pt pst pdt cet cest ist hkt jst aest mst cst cdt
noon
""")

SEASON_AFTER: Final = words("""
season seasons election elections campaign edition model version review budget olympics vintage referendum
census
""")

DESIGNATORS: Final = words("""
resolution article section sections chapter channel route highway interstate flight room rooms page pages figure
table volume phase stage type level tier category cat class version windows apollo formula title clause
paragraph protocol amendment bill proposition prop measure ward zone area terminal gate runway reactor platform
block episode act scene verse line number numbers no no. nos nos. lap lot floor hole seed ranked rank unit bus
train exit junction pier bay apartment apt suite box studio radio station division league brigade regiment
battalion corps squadron fleet code rule regulation directive decree schedule annex appendix step opus symphony
iphone ipad galaxy pixel playstation xbox boeing airbus nasdaq dow ftse dax cac nikkei stoxx russell asx tsx
covid sars bbc itv bundesliga ligue serie group pool canal msci csi topix sensex nifty ibex planet psalm
under-21 agenda expo euro copa forbes fahrenheit peugeot mazda porsche ferrari audi bmw mercedes tesla
dreamliner artemis gemini soyuz falcon sputnik chandrayaan voyager pioneer mariner wta atp cop generation gen
model ps usb hdmi wifi rtx gtx ryzen snapdragon android ios macos district precinct sector pga zip year grade
size part round day week game districts routes channels chapters articles resolutions flights gates terminals
sectors war
""")
"""Words right before a bare number that make it part of a name."""

LOOSE_DESIGNATORS: Final = words("""
day week game round room rooms floor line area zone station league corps year size part number numbers page pages hole
platform terminal table sector sectors studio box block radio lap seed code rule regulation law flight level figure class
grade stage episode series season act scene bill measure set rank mark
""")
"""Those that, in lower case, may stand before a count: "that year 12 people died"."""

ALWAYS_NAMES: Final = words("""
radio sp iphone ipad galaxy pixel playstation xbox boeing airbus nasdaq dow ftse dax cac nikkei stoxx russell covid
covid19 apollo asx tsx topix nifty ibex csi peugeot mazda porsche ferrari resolution article section chapter
windows highway interstate flight formula fortune forbes soyuz android ios amendment no. nos. no route channel
catch sars artemis note forbes falcon
""")
"""Designators that stay so even with a noun after the number: "Boeing 737 planes", "No. 1 seeds"."""

INDEX_NAMES: Final = frozenset({"p", "s", "&", "msci", "500"})

SCORE_BEFORE: Final = words("""
win wins won winning beat beats beating lost lose loses losing drew draw draws drawn victory defeat defeated led
lead leads leading trail trailed trailing trails score scored scoreline aggregate tied tie up down ahead level
game games match at thrashed edged hammered crushed routed downed finished finish voted vote ruled ruling upset
past
""")
SCORE_AFTER: Final = words("""
win wins victory victories defeat defeats loss losses lead draw tie scoreline score vote ruling decision
majority split aggregate thrashing record rout triumph comeback overtime
""")
FORMATION_AFTER: Final = frozenset(["formation", "defense", "defence", "system"])

STREETS: Final = words("""
street st st. avenue ave ave. road rd rd. boulevard blvd blvd. lane drive dr. square place way court terrace
parkway highway wharf crescent close plaza
""")

ONE_NEVER: Final = words("no any every some another same other someone")
"""Words before "one" that always make it a pronoun."""

ONE_BEFORE: Final = words("""
this that which each the only wrong right next last one's first big little good bad new old
""")
"""Words before "one" that make it a pronoun unless a noun follows."""

ONE_AFTER: Final = words("""
another by day night morning afternoon evening hand thing else off way time up-and
""")
"""Words after "one" with which it is an idiom: "one day he will"."""

NUMBER_IDIOM_AFTER: Final = frozenset(["on", "off", "one-on"])
AGE_VERBS: Final = words("""
was is be turned turns turning aged age ages being were are
""")
PERSONS: Final = frozenset(["he", "she", "i", "who", "they"])
KINSHIP: Final = words("""
son daughter boy girl man woman child brother sister mother father wife husband
""")

NAME_OPENERS: Final = words("""
another nearly only just total estimated killing roughly approximately exactly
""")
"""Words in capitals at the start of a sentence after which a bare number is no name."""

PERSONAL_AFTER: Final = words("""
dead killed injured wounded missing people men women children percent million billion
""")
"""Words after a number that make it a count although a capitalised word stands before."""

WORD_NAMES: Final = words("""
year formula force day number phase group channel chapter part category article world war type act square stage bbc
radio one’s level game week round division league tier no
""")
"""Words before a number in words that make it a name: "Formula One", "day two"."""

TIED_TO_ONE: Final = words("day week month year hour minute third quarter fifth half person man woman bedroom member")
"""What "one" counts behind a hyphen: "one-day"; "one-off" and "one-sided" count nothing."""
