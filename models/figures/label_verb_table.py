"""Verbs that labels are made with, as data: their nouns, their forms, what they do to what is counted."""

from __future__ import annotations

from typing import Final

from models.figures.key_words import word_set

NOMINAL: Final = {
    "lose": "loss of",
    "cost": "cost of",
    "spend": "spending of",
    "invest": "investment of",
    "borrow": "borrowing of",
    "earn": "earnings of",
    "offer": "offer of",
    "owe": "debt of",
}
"""What a verb with a sum of money is called in a label; the verb's subject follows."""

PASSIVES: Final = {"fine": "fine for", "sell": "price of", "value": "value of", "pay": "payment to"}
"""What a sum is to the subject of a passive."""

LEVEL_VERBS: Final = word_set("""
    reach hit stand be total average exceed number equal touch remain stay measure top cross near pass begin start settle close
    trade account amount come run weigh become number
""")
"""Verbs whose subject is itself what the number tells of: "inflation reached", "the toll stood at"."""

OWNING: Final = word_set("have own include contain house total possess comprise")
"""Verbs of having: the counted belong to the subject."""

UP: Final = word_set(
    "rise climb jump grow increase gain surge soar advance edge tick rebound swell double triple expand"
)
DOWN: Final = word_set(
    "fall drop decline slip slide plunge sink decrease shrink tumble dip slow contract ease lose drop"
)
MOVING: Final = UP | DOWN | {"go", "move", "come", "quicken", "accelerate", "recover", "widen", "narrow", "dwindle"}
"""Verbs by which their subject moves."""

SHIFTING: Final = word_set("""
    raise cut lower reduce increase lift boost trim slash bring put set revise push keep hold fix decrease expand scale take limit cap
    estimate drive slow
""")
"""Verbs by which their object is moved "to", "at" or "by" a number."""

UNDERGONE: Final = word_set("""
    culled trapped rescued brought saved freed vaccinated destroyed damaged detained arrested held charged jailed sentenced deployed
    sent evacuated stranded buried infected treated found closed shut cancelled canceled delayed sold built burned seized dismissed
    pulled counted registered confirmed killed lost hospitalised hospitalized flooded sunk downed intercepted approved flown laid
    handed displaced exchanged airlifted quarantined recalled
""")
"""Participles that headlines have without "were": what counts before them suffered it."""

DOING: Final = word_set("voted fled escaped protested marched returned surrendered volunteered attended")
"""Verbs that say enough of people by themselves: "people who voted"."""

IRREGULAR: Final = {
    form: base
    for base, forms in {
        "be": "is are was were been being am",
        "have": "has had having",
        "lose": "lost",
        "rise": "rose risen",
        "fall": "fell fallen",
        "grow": "grew grown",
        "spend": "spent",
        "sell": "sold",
        "buy": "bought",
        "build": "built",
        "send": "sent",
        "lend": "lent",
        "hold": "held",
        "keep": "kept",
        "win": "won winning",
        "take": "took taken",
        "give": "gave given",
        "make": "made",
        "pay": "paid",
        "say": "said",
        "tell": "told",
        "leave": "left",
        "find": "found",
        "stand": "stood",
        "sink": "sank sunk",
        "shrink": "shrank shrunk",
        "draw": "drew drawn",
        "drive": "drove driven",
        "begin": "began begun beginning",
        "come": "came",
        "become": "became",
        "go": "went gone goes",
        "get": "got gotten getting",
        "see": "saw seen",
        "run": "ran running",
        "bring": "brought",
        "seek": "sought",
        "fight": "fought",
        "catch": "caught",
        "know": "knew known",
        "withdraw": "withdrew withdrawn",
        "shoot": "shot",
        "steal": "stole stolen",
        "break": "broke broken",
        "speak": "spoke spoken",
        "write": "wrote written",
        "dig": "dug digging",
        "feed": "fed",
        "flee": "fled",
        "lay": "laid",
        "lead": "led",
        "meet": "met",
        "cut": "cutting",
        "put": "putting",
        "set": "setting",
        "let": "letting",
        "hit": "hitting",
        "shed": "shedding",
        "drop": "dropped dropping",
        "slip": "slipped slipping",
        "cap": "capped capping",
        "trim": "trimmed",
        "plan": "planned planning",
        "scrap": "scrapped scrapping",
        "ban": "banned",
        "free": "freed freeing",
        "dip": "dipped",
        "top": "topped topping",
        "swell": "swollen",
        "cost": "costing",
        "try": "tried tries",
        "carry": "carried carries",
        "bury": "buried buries",
        "supply": "supplied supplies",
        "burn": "burnt burned",
        "owe": "owed owes owing",
        "agree": "agreed agrees",
        "die": "died dies dying",
        "commit": "committed committing",
        "admit": "admitted admits",
        "train": "trained",
        "die out": "",
    }.items()
    for form in forms.split()
}
"""Forms of verbs that no rule brings back to their base."""

PARTICIPLES: Final = {
    "lose": "lost", "spend": "spent", "sell": "sold", "buy": "bought", "build": "built", "send": "sent", "lend": "lent",
    "hold": "held", "keep": "kept", "win": "won", "take": "taken", "give": "given", "make": "made", "pay": "paid",
    "leave": "left", "find": "found", "draw": "drawn", "drive": "driven", "begin": "begun", "see": "seen", "bring": "brought",
    "seek": "sought", "withdraw": "withdrawn", "shoot": "shot", "steal": "stolen", "break": "broken", "dig": "dug",
    "feed": "fed", "lay": "laid", "lead": "led", "cut": "cut", "put": "put", "set": "set", "let": "let", "shut": "shut", "hit": "hit",
    "shed": "shed", "drop": "dropped", "trim": "trimmed", "plan": "planned", "scrap": "scrapped", "ban": "banned",
    "get": "received", "cap": "capped", "catch": "caught", "carry": "carried", "bury": "buried", "supply": "supplied",
    "write": "written", "know": "known", "commit": "committed", "admit": "admitted", "agree": "agreed", "cost": "cost",
    "forecast": "forecast", "cast": "cast", "want": "wanted", "ask": "requested", "appeal": "requested", "demand": "demanded", "meet": "met", "train": "trained",
    "call": "called", "speak": "spoken", "free": "freed", "move": "moved", "run": "run", "top": "topped",
}  # fmt: skip
"""The past participles that no rule makes, and of "ask for" and "appeal for" what a label says of the thing asked for."""

MORE_VERBS: Final = word_set("""
    add adds added cut cuts shed sheds cancel cancels cancelled canceled destroy send station stations recapture recaptured
    release restore restored invest invested borrow borrows borrowed pledge pledges pledged fine fined aim aims raise
    increase increased reduce reduced lower lowered release releases double doubled triple tripled crash crashed
    vaccinate vaccinating receive detain detained repair repaired cast drew drawn draw fund funded speaks speak house houses
    quicken quickened advance advanced advances extend extended extends begun recorded record counted count infect poll polled
    polls cancelled hire hires hired employ employs employed export exported import imported produce produces produced
    generate generated owe owes owed resettle resettled admit admitted treat treated fix fixed freed free guard guarded
    decided decide demand demands demanded offer offers offered borrow lend lends train trains miss missed keep expel expelled
    deliver delivered delivers provide provided provides allocate allocated release loses aims lift lifted drive drove driven
    slow slowed fit burn burned burnt bury buried shut shuts grant granted donate donated donates lay laid lays strip
    withdraw withdraws withdrew withdrawn pull pulled pulls dismiss dismissed dismisses acquire acquired recall recalls recalled
    promise promised promises ask asked asks appeal appealed appeals revise revised put earmark earmarked halt halted
    smuggle smuggled intercept intercepted cross crossed drown trade traded trades last lasted hike hiked trim trimmed
    eliminate eliminated eliminates seize ban banned order ordered orders arrive watch watched watches win sign signs commit
    commits committed exchange exchanges exchanged drives leads follows trails weigh weighs weighed lodge filed file files collect collected slash slashed boost boosted sell store stored scrap scrapped
""")
"""Verb forms beside those of the lexicon."""

COMMON_VERBS: Final = word_set("""
    pledge promise discuss consider approve unveil propose foresee announce award affect treat house shelter evacuate rescue screen test deliver
    distribute collect inspect ship register issue print process export import mine harvest plant train hire recruit
    employ enlist enrol appoint elect nominate jail imprison convict charge question interview deport expel return repatriate
    relocate resettle transfer move launch fire deploy mobilise mobilize station dispatch rotate redeploy withdraw
    destroy damage demolish repair rebuild restore install replace convert ground divert delay cancel suspend close open reopen
    operate inject receive accept reject claim recover recall remove seize confiscate freeze donate grant allocate approve
    earmark budget invest repay refund compensate fine value sell recommend aim release vaccinate immunise recapture
    arrive depart gather attend visit watch join march protest vote guard protect patrol search treat admit discharge save
    produce generate supply store consume emit burn flood cover occupy own control lease rent attract handle serve guarantee
    crash identify confirm detect record count examine sample infect expect escape follow separate call ask demand double reach
    complete finish score miss reserve assign place use create support finance fund cause experience suffer provide achieve maintain craft outline trigger
""")
"""Regular verbs of the news."""

AMBIGUOUS: Final = word_set("""
    cut cuts rise rises fall falls drop drops gain gains vote votes cost costs report reports plan plans aim aims test tests strike
    strikes attack attacks fight fights shot hit hits run runs set sets help helps need needs use uses target targets hold lead leads
    account accounts claim claims face faces range ranges total totals average estimates estimate forecast forecasts charge charges
    show shows return returns start starts open close increase increases decrease decline declines jump jumps surge launch
    release damage record records offer offers demand demands order orders house houses double poll polls fire fires arrests
    wound wounds count counts station stations force work works supply shoot look fund train trains guard treat export import test award ship mine plant process place budget grant rent control cover protest march visit watch save
    exchange exchanges drives sample support use finance cause experience serve question place score miss search release claim delay patrol store screen
    flood ground value transfer freeze damage repair crash address supply fire interview print harvest recall return rotate issue
    awards tests exports imports ships mines plants processes places budgets grants rents controls covers protests marches visits
    searches delays patrols stores screens floods values transfers damages repairs crashes supplies fires interviews prints issues
    pay scores supports finances causes experiences services houses shelter shelters trains charges votes
    advance advances trade trades promise pledge pledges appeal appeals fine store fix free cast halt ban strip file files
    watch sign backing building being covered affected living means recall recalls grant left lay seeds slow last lower set
    planned average working fighting meeting holding scheduled based aged rates passes read lives known used found given
""")
"""Verb forms that are as often nouns or adjectives: only their neighbours tell."""
