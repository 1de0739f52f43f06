"""The words that keep figures apart: spans of time, stages of a plan, parts of a whole, kinds of event."""

from __future__ import annotations

from typing import Final

SPANS: Final = {
    "day": "past 24 hours, last 24 hours, overnight, in a day, in one day, in a single day, daily, per day, alone,"
    " new cases, new infections, new deaths",
    "week": "last week, past week, past seven days, weekly, in a week, this week",
    "month": "from the previous month, from a month earlier, month on month, month-on-month, monthly, in a month",
    "quarter": "from the previous three months, from the previous quarter, from the first quarter, quarter on quarter,"
    " quarter-on-quarter, from the second quarter, from the third quarter, from the fourth quarter",
    "half": "first half, second half, half-year, half year, six months, first six months",
    "year": "annual, annually, year on year, year-on-year, from a year earlier, a year ago, 12 months, yearly",
    "total": "since, so far, total, in all, cumulative, altogether, overall, bringing, to date",
}
"""Over which span of time something is counted, and the phrases that say so."""

RATES: Final = frozenset({"month", "quarter", "year"})
"""Spans of comparison: "up 0.4 % from the previous month"."""

USUAL_RATE: Final = {"inflation": "year", "consumer price": "year"}
"""What is meant where no span of comparison is named."""

FLOWS: Final = frozenset({"crossed", "landed", "entered"})
"""What is counted by the day where a day is named and no total."""

STAGES: Final = {
    "asked": "ask asked request requested requests seek seeks sought propose proposed proposes demand demanded bid",
    "approved": "approve approved approves pass passed adopt adopted allocate allocated grant granted signed",
    "pledged": "pledge pledged pledges pledging promise promised committed raised",
    "lent": "lend lends lent loan loans",
    "paid": "pay paid disburse disbursed spent delivered transferred",
    "launched": "launch launched fired sent",
    "downed": "downed intercepted destroyed shot neutralised neutralized",
    "held": "hold holding holds held captive kidnapped abducted seized",
    "freed": "free freed released release rescued",
    "aboard": "aboard carrying carried board",
    "arrested": "arrest arrested arrests detained detain",
    "burned": "burn burned burnt scorched ravaged",
    "cut": "cut cuts shed lay laid axe axed slash",
    "hired": "hire hired recruit recruited created",
    "planned": "forecast forecasts expects expected projected planned plans target",
    "allowed": "allows allowed mandate authorised authorized ceiling cap",
    "vaccinated": "vaccinated inoculated immunised immunized",
    "infected": "infected infections caught contracted",
    "profit": "profit earnings income",
    "revenue": "revenue sales turnover",
    "loss": "loss losses deficit",
    "moved": "evacuated evacuees evacuation",
    "stranded": "stranded trapped cut-off",
    "homeless": "homeless displaced",
}
"""What is done with the counted thing; of two figures that name different ones neither repeats the other."""

STRONG_STAGES: Final = frozenset({"asked", "allowed", "pledged", "profit", "revenue"})
"""What keeps a figure apart even from one that names no stage."""

STAGES_ALIKE: Final = frozenset({frozenset({"cut", "planned"}), frozenset({"moved", "homeless"})})

PARTS: Final = {
    "child": "child children boy boys girl girls pupil pupils baby babies minor minors schoolchildren",
    "woman": "woman women female",
    "man": "men male",
    "civilian": "civilian civilians",
    "soldier": "soldier soldiers troops serviceman servicemen marine marines",
    "police": "policeman policemen police officer officers policewoman",
    "militant": "militant militants fighter fighters gunman gunmen insurgent insurgents rebel rebels terrorist terrorists",
    "foreign": "foreign foreigner foreigners external tourist tourists",
    "rescuer": "rescuer rescuers firefighter firefighters medic medics",
    "journalist": "journalist journalists reporter reporters",
    "contractor": "contractor contractors mercenary mercenaries",
    "core": "core underlying",
    "youth": "youth young youths",
    "food": "food",
    "energy": "energy fuel",
    "producer": "producer wholesale factory-gate",
    "service": "services",
    "net": "net",
    "first-dose": "dose doses",
    "full": "fully",
    "abroad": "abroad overseas",
    "serious": "seriously critically serious critical intensive",
    "new": "new newly additional further more",
    "base": "base bases",
    "reserve": "reserve reserves reservist reservists",
    "body": "body bodies",
}
"""Parts of a whole, and wholes of a part: a figure of one is none of the other."""

WHOLES: Final = {
    "nationwide": r"\bnationwide\b|\bcountrywide\b|\b(?:across|throughout) the country\b|\bnationally\b",
    "worldwide": r"\bworldwide\b|\bglobally\b|\baround the world\b|\bacross the world\b",
    "first round": r"\bfirst round\b",
    "second round": r"(?<!\ba )\bsecond round\b|(?<!\ba )\brun-?off\b",
    "poll": r"\b(?:a|the|opinion|new|latest) (?:polls?|survey)\b|\bpollsters?\b",
    "against": r"\bvot\w+ against\b",
    "another": r"\b(?:another|(?:a )?second|(?:a )?separate|(?:a )?new|(?:a )?further) (?:air)?(?:strikes?|attacks?|raids?|explosions?|blasts?)\b",
}
"""Phrases beside a figure that say of what whole it is."""

OTHER_MATTERS: Final = frozenset({"poll", "against", "another"})
"""Parts that are no part of the same: a poll and a result, votes for and against, another strike."""

ROUNDS: Final = frozenset({"first round", "second round"})
"""Parts that keep figures apart only where both are named: mostly there is but one."""

PARTS_OF_LABELS_ONLY: Final = frozenset({"net", "new", "service", "energy", "base", "abroad"})

STEPS: Final = frozenset(["growth", "rise", "increase", "drop", "fall", "decline"])
"""Words of labels of figures that say how far something moved."""

EVENTS: Final = {
    "quake": "earthquake quake tremor aftershock",
    "flood": "flood floods flooding",
    "storm": "storm typhoon hurricane cyclone tornado",
    "fire": "fire wildfire blaze fires wildfires",
    "shelling": "shelling bombardment artillery",
    "strike": "airstrike airstrikes strike strikes bombing",
    "drone": "drone drones",
    "raid": "raid",
    "crash": "crash collision derailment pile-up",
    "sinking": "capsizing capsized sinking sank shipwreck",
    "blast": "explosion blast",
    "collapse": "collapse collapsed landslide avalanche",
    "landmine": "landmine mine-clearing",
    "shooting": "shooting",
    "battle": "battle",
    "stampede": "stampede crush",
    "famine": "famine drought",
}
"""Kinds of event that have victims."""

SINGLE_EVENTS: Final = frozenset({"quake", "flood", "storm", "crash", "sinking", "collapse", "stampede", "famine"})
"""Events that a thread has one of: whoever counts their victims counts the same ones, whatever places are named."""

GROWING_STAGES: Final = frozenset({"burned", "vaccinated", "infected"})
"""What is counted from the beginning on, although nobody says so."""

ADMITTED_WHERE_TOLD: Final = frozenset({"civilian"})
"""Parts that may be the whole where a toll is told to have risen."""

DISPUTES: Final = (
    r"\b(?:accus|disput|contradict|contest|reject)(?:es|s|ed|ing)?\b",
    r"\bleav(?:es|ing)? out\b|\bleft out\b|\bunder-?count",
    r"\bthan (?:the )?official(?:s|ly)?\b|\bofficial (?:count|figure|number|toll)\b",
)
"""How a report says that it does not believe the number told before."""

_ONE_OFF_WORDS: Final = """
    turnout seat crowd spectator magnitude protest protester marched passenger won poll exit aboard vote ballot
    """
ONE_OFF: Final = frozenset(_ONE_OFF_WORDS.split())
"""Words of things that happen once: an election, a match, a quake. A later one is another."""

FIXED: Final = frozenset({"magnitude", "aboard", "turnout", "crowd", "spectator", "passenger", "exit"})
"""Words of things that do not grow while they are reported."""

FIXED_UNITS: Final = frozenset({"vote"})
"""Units of what is counted once: a later number is another ballot's."""

_MOVEMENT_WORDS: Final = """
    rise rises rose risen climb climbs climbed reach reached grow grows grew grown jump jumped jumps fall falls
    fell fallen drop dropped drops slow slowed now still bringing brings passed increased increase decreased cut
    raised raising raises lowered topped taking takes surpassed exceeded updated latest already soared mounted swelled
    """
MOVEMENT: Final = frozenset(_MOVEMENT_WORDS.split())
"""Words that say that a number has moved, or is the latest of several."""

CORRECTION: Final = (
    r"\bcorrect(?:s|ed|ing|ion)\b(?! facilit)",
    r"\bearlier (?:version|post|report)\b",
    r"\b(?:not|instead of|rather than)\b[^.;]{0,40}\bas (?:previously|earlier|we|initially|first|was)\b",
    r"\bwe (?:earlier|previously|wrongly|mistakenly)\b",
    r"\b(?:earlier|previously|initially|wrongly|mistakenly) (?:reported|stated|gave|said|published|announced)\b",
    r"\bwrong (?:figure|number)\b",
    r"\brevis(?:ed|es|ing)\b",
    r"\bcounted twice\b",
    r"\bmisstated\b",
)
"""How a text says that a number told before was wrong."""

_GENERIC_WORDS: Final = """
    people person kill killed dead death toll injured wounded missing number percent share rate money cost price
    amount figure level area case about least report reported record recorded count rise risen growth fall
    increase decrease city town province region country strong more government million billion thousand several
    another annual cumulative final total since far latest was were been being has have had its their which who while when after near around some told
    official
    """
GENERIC: Final = frozenset(_GENERIC_WORDS.split())
"""Words of labels that do not tell one thing from another."""

ALIASES: Final = (
    (r"\bUnited States\b|\bU\.S\.(?!\w)|\bAmerican?\b|\bUSA\b|\bUS\b", "Usa"),
    (r"\bUnited Kingdom\b|\bU\.K\.(?!\w)|\bBritain\b|\bBritish\b", "UK"),
    (r"\bUnited Nations\b|\bU\.N\.(?!\w)", "UN"),
    (r"\bEuropean Union\b|\bE\.U\.(?!\w)", "EU"),
    (r"\bgross domestic product\b|\bGross domestic product\b", "economy"),
    (r"\bGDP\b", "economy"),
    (
        r"\b(?:[Rr]ise|[Ii]ncrease) in consumer prices?\b|\b[Cc]onsumer price inflation\b|\b[Cc]onsumer prices?\b|\b[Aa]nnual inflation\b|\binflation rate\b",
        "inflation",
    ),
    (r"\b(?:had|have|having|forced) to leave their homes?\b|\b(?:brought|taken) to safety\b", "evacuated"),
    (r"\bair strikes?\b", "airstrike"),
    (r"\bpassed (?=[$€£\d])", "topped "),
    (r"\bon strike\b|\bwalked out\b", "walkout"),
)
"""Names and words that are written in several ways, and the one in which they are compared."""

UNITS: Final = {
    "soldier": "troop", "personnel": "troop", "service member": "troop", "serviceman": "troop", "peacekeeper": "troop",
    "force": "troop", "marine": "troop", "service-member": "troop", "servicemember": "troop",
    "person": "people", "case": "people", "patient": "people", "spectator": "people",
    "passenger": "people", "worker": "people", "employee": "people",
    "refugee": "people", "migrant": "people", "resident": "people", "evacuee": "people",
    "protester": "people", "demonstrator": "people",
    "euro": "EUR", "dollar": "USD",
}  # fmt: skip
"""Units that count the same, and the one in which they are compared."""

COMMON_UNITS: Final = frozenset({"", "people", "percent", "percentage point"})
"""Units in which many things are counted: they do not tell what is."""
