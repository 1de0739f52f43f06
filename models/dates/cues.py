"""The words that tie a date to the future, as data: prepositions, verbs and nouns of deadlines and of coming events."""

from __future__ import annotations

BEFORE_DATE: tuple[tuple[tuple[str, ...], str], ...] = (
    (("no", "later", "than"), "by"),
    (("not", "later", "than"), "by"),
    (("on", "or", "before"), "by"),
    (("by", "no", "later", "than"), "by"),
    (("as", "late", "as"), "by"),
    (("up", "until"), "until"),
    (("up", "to"), "until"),
    (("prior", "to"), "before"),
    (("ahead", "of"), "before"),
    (("deadline", "of"), "by"),
    (("deadline", "for"), "by"),
    (("deadline", "on"), "by"),
    (("deadline", "is"), "by"),
    (("deadline", "was"), "by"),
    (("deadline", "at"), "by"),
    (("deadline", "to"), "by"),
    (("deadline", "is", "set", "for"), "by"),
    (("deadline", "set", "for"), "by"),
    (("by",), "by"),
    (("until",), "until"),
    (("till",), "until"),
    (("before",), "before"),
    (("through",), "until"),
    (("thru",), "until"),
)
"""Words right before a date that make it a deadline, with the qualifier they give; the longest that fits wins."""

ENDING_VERBS = frozenset(
    "expire expires expiring expired end ends ending lapse lapses lapsing terminate terminates close closes closing "
    "conclude concludes sunset sunsets mature matures maturing due".split(),
)
"""Verbs (and "due") whose date is a deadline when only "on", "in", "at" or nothing stands between."""

ENDING_PAIRS = frozenset({("run", "out"), ("runs", "out"), ("running", "out"), ("ran", "out"), ("dries", "up")})

LENGTH_CUES = frozenset({"within"})
"""Words right before a length of time that make its end a deadline."""

GIVING = frozenset("has have had gives give gave given giving gets get got allows allow allowed granted grants".split())
"""Verbs after which a length of time followed by "to" is what somebody has left."""

DEADLINE_NOUNS = frozenset("deadline ultimatum extension reprieve moratorium waiver".split())
TRUCE_NOUNS = frozenset("ceasefire cease-fire truce pause suspension curfew lockdown quarantine".split())

EVENT_NOUNS = frozenset(
    "election elections vote votes voting referendum runoff primary primaries caucus ballot poll polls summit talks "
    "meeting hearing trial session conference negotiations inauguration launch ceremony games olympics final match "
    "tournament debate strike march rally protest visit trip decision ruling verdict sentencing deadline release "
    "premiere opening kickoff exercise exercises drill census budget report earnings flight liftoff landing funeral "
    "memorial handover transfer rollout race fight bout draft auction sale referendums parade convention congress "
    "midterms summits".split(),
)
"""Nouns of things that are scheduled."""

EVENT_VERBS = frozenset(
    "meet meets begin begins start starts open opens resume resumes return returns vote votes hold holds host hosts "
    "convene convenes gather visit visits travel travels arrive arrives take takes go goes face faces play plays launch "
    "launches kick kicks announce announces release publish appear appears testify deliver debate reopen reopens "
    "resign retire step leave leaves depart receive deploy sign inaugurated sworn sentenced held discuss".split(),
)

REPORTING = frozenset(
    "said says say saying told tells added adds announced announces reported reports stated tweeted wrote noted "
    "according confirmed declared warned explained insisted reiterated".split(),
)

PAST_MARKS = frozenset("had was were".split())
"""Before "by" or "until" and a date that has not passed, these tell of a plan ("was to end by"), not of the past."""

FUTURE_MARKS = frozenset(
    "will would shall must should may might could can 'll to scheduled slated set due expected planned plans plan "
    "upcoming deadline expires ends begins starts vow vows pledged promised agreed ordered aims target goal".split(),
)

CLAUSE_OPENERS = frozenset(
    "that but which while because although whether though who where when if since so and".split()
)

STOP_WORDS = frozenset(
    "a an the of in on at to for by from and or with as is are be was were it its their his her they he she we i you "
    "our your this that these those will would has have had not no but than then there also more about into over "
    "said says say until before after within through end year month week day".split(),
)

LEADING_JUNK = frozenset(
    "and but or so that which then also however meanwhile , ; : – — - while because although as still instead when if "
    "where".split(),
)
