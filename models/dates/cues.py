"""The words that tie a date to the future, as data: prepositions, verbs and nouns of deadlines and of coming events."""

from __future__ import annotations

from types import MappingProxyType

from models.dates.tables import words

BEFORE_DATE: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    (tuple(words.split()), qualifier)
    for qualifier, group in (
        ("by", "by no later than|no later than|not later than|on or before|deadline is set for|deadline set for"),
        ("by", "deadline of|deadline for|deadline on|deadline is|deadline was|deadline at|deadline to|as late as"),
        ("until", "up until|up to"),
        ("before", "prior to"),
        ("by", "by"),
        ("until", "until|till|through|thru"),
        ("before", "before"),
    )
    for words in group.split("|")
)
"""Words right before a date that make it a deadline, with the qualifier they give; the first that fits wins."""

ENDING_VERBS = words(
    "expire expires expiring expired end ends ending lapse lapses lapse lapsing terminate terminates close closes closing "
    "conclude concludes sunset sunsets mature matures maturing due"
)
"""Verbs (and "due") whose date is a deadline when only "on", "in", "at" or nothing stands between."""

ENDING_PAIRS = frozenset(
    {("run", "out"), ("runs", "out"), ("running", "out"), ("ran", "out"), ("dries", "up"), ("is", "up"), ("are", "up")}
)

ACCOUNTED = words("year quarter month months period week half weeks years season term")
"""Nouns before "ending" and a date that make it the end of an account, not of a matter."""

DEBTS = words("debentures notes bonds securities debt note bond loans")
"""Nouns before "due" and a date."""

LENGTH_CUES = frozenset({"within"})
"""Words right before a length of time that make its end a deadline."""

GIVING = words("has have had gives give gave given giving gets get got allows allow allowed granted grants")
"""Verbs after which a length of time followed by "to" is what somebody has left."""

DEADLINE_NOUNS = words("deadline ultimatum extension reprieve moratorium waiver")
TRUCE_NOUNS = words("ceasefire cease-fire truce pause suspension curfew lockdown quarantine")

EVENT_NOUNS = words(
    "election elections vote votes voting referendum runoff primary primaries caucus ballot poll polls summit talks "
    "meeting hearing trial session conference negotiations inauguration launch ceremony games olympics final match "
    "tournament debate strike march rally protest visit trip decision ruling verdict sentencing deadline release "
    "premiere opening kickoff exercise exercises drill census budget report earnings flight liftoff landing funeral "
    "memorial handover transfer rollout race fight bout draft auction sale referendums parade convention congress "
    "midterms summits"
)
"""Nouns of things that are scheduled."""

GREAT_EVENTS = words(
    "election elections referendum referendums summit olympics games census tournament midterms runoff primaries",
)
"""Nouns of things that are known by their year alone."""

EVENT_VERBS = words(
    "meet meets begin begins start starts open opens resume resumes return returns vote votes hold holds host hosts "
    "convene convenes gather visit visits travel travels arrive arrives take takes go goes face faces play plays launch "
    "launches kick kicks announce announces release publish appear appears testify deliver debate reopen reopens "
    "resign retire step leave leaves depart receive deploy sign inaugurated sworn sentenced held discuss"
)

REPORTING = words(
    "said says say saying told tells added adds announced announces reported reports stated tweeted wrote noted "
    "according confirmed declared warned explained insisted reiterated"
)

AUXILIARIES = words(
    "will would shall must should may might could can has have had is are was were do does did won't can't cannot "
    "plans plan agreed agrees wants needs need hopes vowed vows pledged pledges promised promises expects intends "
    "aims faces face expires ends runs lapses opens begins starts meets leaves takes gives gave"
)
"""Words that show where a subject ends."""

ORDERING = words(
    "ordered asked asks told tells urged urges gave gives give given required requires instructed directed directs "
    "allowed allows"
)
"""Verbs whose object is the one who is bound."""

GERUNDS = MappingProxyType(
    {
        "withdrawing": "withdrawal of",
        "ending": "end of",
        "reducing": "reduction of",
        "completing": "completion of",
        "closing": "closure of",
        "evacuating": "evacuation of",
        "removing": "removal of",
        "releasing": "release of",
        "delivering": "delivery of",
        "paying": "payment of",
        "electing": "election of",
        "dismantling": "dismantling of",
        "deploying": "deployment of",
        "reopening": "reopening of",
        "destroying": "destruction of",
        "transferring": "transfer of",
        "returning": "return of",
    },
)
"""Nouns for the gerunds a phrase without a subject opens with ("before withdrawing all troops")."""

PRONOUNS = words("it he she they we i you him her them us me this that there these those who which")

DETERMINERS = words("the a an its their his her our another")

FORECASTS = words("projected projects projection forecast forecasts predicted predicts estimated estimates prediction")
"""Verbs of what is foreseen rather than due."""

GROWTH = words("grow rise reach exceed double triple shrink fall climb")
"""Verbs of what, years off, is foreseen rather than due."""

CHANGES = words("drop fall rise grow climb shrink decline increase decrease total reach see sees")
"""Verbs of what a number does: with a date they make a figure, not an event."""

DUE_EVENTS = GREAT_EVENTS | words("budget verdict ruling decision results statement figures data vote trial hearing")
"""Nouns that happen on the day they are due."""

ENDED_EVENTS = words(
    "tournament games cup championship summit conference festival talks session season election voting campaign",
)
"""Nouns whose end is an event, not a deadline."""

AGREEING = words("agreed agree agrees declared declares announced announces ordered imposed proposed accepted offered")
"""Verbs after which a truce or a curfew of some length begins."""

MOVED = words("moved postponed rescheduled delayed pushed adjourned deferred brought")
"""Verbs whose date is the new day of something."""

ENDINGS = words(
    "end ends ending expire expires withdraw withdrawal withdrawing leave leaving complete finish pull halt stop "
    "dismantle disarm pay submit file hand reduce cut close reopen sign ratify approve"
)
"""Verbs that make a sentence the better telling of a deadline."""

STOP_WORDS = words(
    "a an the of in on at to for by from and or with as is are be was were it its their his her they he she we i you "
    "our your this that these those will would has have had not no but than then there also more about into over "
    "said says say saying until before after within through end year month week day"
)

LEADING_JUNK = words(
    "and but or so that which then also however meanwhile ahead , ; : – — - while because although as still instead when if "
    "where now still"
)
