"""The words that tell what a key figure is: who counts as troops, what harms people, who speaks, what is planned."""

from __future__ import annotations

from typing import Final

Words = frozenset[str]


def word_set(text: str) -> Words:
    """The words of a text as a set."""
    return frozenset(text.split())


TROOPS: Final = word_set("""
    troop soldier personnel servicemember serviceman servicewoman member force peacekeeper marine sailor airman fighter reservist paratrooper
    conscript infantryman guardsman trooper commando mercenary combatant rebel guerrilla insurgent militant legionnaire
    recruit cadet officer brigade battalion gi adviser advisor boot helmet militiaman legionary ranger volunteer instructor
""")
"""Nouns of people under arms; the ones of ``UNSURE_TROOPS`` need a military word beside them."""

UNSURE_TROOPS: Final = {
    "member": word_set("service military uniformed armed forces"),
    "force": word_set("armed security strong coalition nato ground military"),
    "officer": word_set("military army naval intelligence"),
    "volunteer": word_set("military army foreign armed"),
    "recruit": word_set("military army new force"),
    "adviser": word_set("military american us u.s. army"),
    "advisor": word_set("military american us u.s. army"),
    "instructor": word_set("military army"),
    "boot": word_set("ground"),
    "helmet": word_set("blue un u.n."),
    "personnel": word_set(
        "military service american us u.s. support additional added other nato army navy force troops deployed armed russian foreign coalition"
    ),
    "ranger": word_set("army military"),
    "sailor": word_set("navy naval russian u.s. american"),
    "brigade": word_set(""),
    "battalion": word_set(""),
}

KILLED: Final = word_set("""
    killed kill kills killing dead died die dies dying death deaths fatality fatalities murder murdered murders murdering
    slain massacred massacre executed assassinated assassination drowned perished bodies body corpses corpse martyred
    beheaded slaughtered lynched hanged electrocuted burned-to-death suffocated killings murders assassinate murder
    casualties lives shot-dead gunned succumbed eliminated eliminating neutralised neutralized
""")
INJURED: Final = word_set("""
    injured injuring injures injure injury injuries wounded wounding wounds wound wounding hurt hurting maimed
    hospitalised hospitalized
""")
MISSING: Final = word_set("missing unaccounted disappeared vanished")
DISPLACED: Final = word_set("displaced displacing displaces uprooted homeless displacement")
CAPTURED: Final = word_set("""
    captured capturing captive hostage hostages kidnapped kidnapping abducted abducting abduction kidnap abduct abductions
    kidnappings kidnaps seized-hostage
""")

HARMED: Final = word_set("shot attacked ambushed victims stabbed bombed tortured assaulted")
"""Words that say that people were harmed, and not how."""

HARM_ACTIVE: Final = word_set("""
    killed kill kills killing murdered murder murdering massacred massacring executed executing assassinated shot slew slaughtered
    slaughtering injured injuring injures injure wounded wounding wounds wound hurt hurting hurts maimed claimed claiming claims
    kidnapped kidnapping kidnap captured capturing abducted abducting displaced displacing drowned drowning
    eliminated eliminating eliminate neutralised neutralized
""")
"""Verbs whose object, right after them, is the harmed."""

HARM_NOUNS: Final = word_set("""
    death deaths murder murders massacre killing killings assassination assassinations kidnapping kidnappings abduction
    slaying slayings execution executions bodies body corpses injuries lives disappearance displacement
    slaughter remains injury wounding woundings shooting kidnap detention
""")
"""Nouns whose "of" leads to the harmed: "the murder of six priests"."""

TOLL_NOUNS: Final = word_set("toll deaths fatalities casualties dead killed losses")
INTRANSITIVE: Final = word_set("died dies die dying drowned perished disappeared vanished succumbed")
BE_VERBS: Final = word_set(
    "is are was were be been being has have had remain remains remained left reported listed still feared confirmed believed thought presumed found also later all either may could might will would to"
)
PEOPLE: Final = word_set("""
    people person man woman child civilian resident passenger villager soldier peasant student policeman pedestrian driver
    worker victim police officer troop fighter migrant guard bystander other survivor crew tourist local national priest
    jesuit nun maid employee journalist youth boy girl baby infant inmate prisoner militant rebel guerrilla insurgent
    attacker gunman terrorist protester demonstrator member family life patient teacher farmer miner fan swimmer climber
    missionary aide colleague friend neighbour neighbor spokesman activist candidate secretary son daughter brother sister father mother parent cleric monk pope guest individual citizen inhabitant personnel sailor marine firefighter rescuer doctor nurse judge politician councillor
    leader mayor official diplomat foreigner israeli palestinian american russian ukrainian afghan iraqi syrian turk
    indian pakistani chinese japanese german briton colombian salvadoran peruvian mexican salvadorean reservist peacekeeper
    pilgrim worshipper commuter motorist cyclist spectator settler hostage refugee adult minor teenager relative servant
    labourer laborer bodyguard escort agent subversive extremist cook janitor lieutenant captain sergeant colonel
    detective cop conscript volunteer houthi houthis kurd haitian nepali filipino thai iranian
""")
"""Nouns of people: only they are killed, hurt or missing. Words that end like one count too."""

PEOPLE_ENDINGS: Final = ("man", "woman", "people", "child", "er", "or", "ist", "ian", "ee", "ant", "eer", "ess")
NOT_PEOPLE: Final = word_set("""
    helicopter tanker container bunker computer cruiser bomber launcher trailer freighter steamer trawler number quarter
    order river tower center centre plant motor tractor reactor matter paper letter meter server border shelter charter
    carrier lighter cluster sector factor door floor error vector harbor elevator generator missile-launcher tier
    restaurant elephant tree committee fee guarantee coffee process access business success address cooler cylinder
""")
"""Nouns that end like people and are none."""

AFFECTED: Final = word_set(
    "affected evacuated displaced rescued sheltered sheltering homeless stranded trapped detained arrested infected"
)

SPEECH: Final = word_set("""
    said says say saying told tells announced announces reported reports according estimated estimates estimate claimed
    claims claim added adds stated states warned warns confirmed confirms acknowledged put puts forecast forecasts predicted
    predicts expects expected declared insisted showed shows show wrote tweeted believes calculated counted recorded
    pledged promised asked sees projected projects disclosed revealed noted explained alleged alleges thinks believe appealed appeals wants want demands demand demanded offered offers
    offer expect see seek seeks requested requests aims pledges promises asks earmarked
""")
"""Verbs whose subject stands for the number."""

PLAIN_SPEECH: Final = word_set(
    "said says say told tells reported announced stated wrote tweeted added confirmed showed acknowledged disclosed declared explained noted warned"
)
"""Verbs of speaking that do not tell what is planned; the day beside them is the day somebody spoke."""

CLAIM_WORDS: Final = word_set(
    "claimed claims claim claiming alleged alleges allegedly purportedly reportedly unverified disputed unconfirmed"
)

PLANNED: Final = word_set("""
    will would plan plans planned planning aim aims aimed aiming target targets targeted intend intends propose proposes proposed expect
    expects expected forecast forecasts project projected projects projection pledge pledged pledges promise promised promises
    ask asked asks seek seeks sought want wants wanted goal order ordered orders could may might shall should due scheduled set hope hopes
    envisages foresees foreseen draft request requested requests appealed appeal offer offered offers demand demands demanded
    budgeted earmarked vow vowed predicted predict predicts anticipate anticipates anticipated likely future commit committed commits needs need needed
    proposal outlook estimate-for authorize authorises authorizes authorised authorized commitment agreed upcoming
""")
CEILING: Final = word_set("""
    limit limited limits cap capped caps ceiling maximum capacity threshold quota allowed permitted seats-up holds bars barred
    minimum floor restricted restricting restrict
""")
FORMER: Final = word_set("""
    former formerly previously earlier before ago previous peak peaked once used initially originally prior
    compared against versus unlike
""")
BREAKDOWN: Final = word_set(
    "including among of which whom includes included include particularly namely comprising comprise"
)
BACKGROUND: Final = word_set(
    "since ago record previous earlier history historic first founded annual yearly usually normally typically"
)

EVENTS: Final = word_set("""
    earthquake quake aftershock tsunami flood floods flooding landslide mudslide avalanche storm hurricane typhoon cyclone tornado wildfire
    wildfires fire blaze eruption volcano drought heatwave heat explosion blast bombing attack attacks raid raids shooting strike
    airstrike airstrikes strikes crash collision derailment collapse accident stampede crush ambush massacre clash clashes
    war fighting invasion siege protest protests riot riots unrest outbreak epidemic pandemic cholera ebola measles
    election elections referendum vote shutdown sinking shipwreck capsizing rains rain slide outage mission withdrawal drawdown
    deployment kidnapping assassination murder bomb shelling bombardment overdose overdoses virus disease flu malaria dengue polio
    covid coronavirus famine hunger poisoning storms fires violence uprising coup takeover hijacking siege blizzard sandstorm downpour monsoon
""")
"""Nouns of what news is about; one of them names the event in a label."""

SERVICES: Final = word_set(
    "official officials department chief brigade service services crew crews fighters truck engines"
)
"""Nouns behind "fire" or "disaster" that make of the event those who deal with it."""

HOLDS: Final = word_set("hold holds held carry carries seat seats seated accommodate accommodates sleeps")
"""Verbs whose number is a capacity."""

UNIT_NOUNS: Final = {
    "bpd": "barrel per day",
    "b/d": "barrel per day",
    "mph": "mile per hour",
    "kph": "kilometre per hour",
}
"""Counted nouns that are units of measure."""

FILLERS: Final = word_set("""
    about around some nearly almost roughly approximately more less fewer than at least most up to over under just only as
    many much well an estimated record further another other additional total combined no exactly barely
""")
"""Words that bound a number, or lead to it."""

ROSE: Final = word_set(
    "revised edged rose rise went go ticked climbed jumped shot moved crept inched back is was came picked"
)
"""Words after which "up to" is a movement and no bound."""

WEAK_SPEECH: Final = word_set(
    "recorded counted added shows showed sees see put estimated forecast expected asked wants want offered offer projected"
)
"""Verbs that may stand for a source, or for something else: a plain verb of speaking in the sentence wins over them."""

HARM_NAMES: Final = {
    "death": "killed",
    "fatality": "killed",
    "casualty": "killed",
    "injury": "injured",
    "killing": "killed",
}
"""Singular nouns that count the harmed themselves."""

EVENT_VERBS: Final = {
    "crashed": "crash",
    "capsized": "capsizing",
    "collapsed": "collapse",
    "exploded": "explosion",
    "erupted": "eruption",
    "derailed": "derailment",
    "collided": "collision",
    "sank": "sinking",
    "bombed": "bombing",
    "attacked": "attack",
    "shelled": "shelling",
    "flooded": "flood",
    "stormed": "raid",
    "raided": "raid",
}
"""Verbs of what news is about, with the nouns of the events."""

PHRASAL: Final = frozenset(
    (verb, "up")
    for verb in [
        "called",
        "calls",
        "call",
        "signed",
        "set",
        "made",
        "make",
        "picked",
        "took",
        "freed",
        "locked",
        "rounded",
        "put",
        "build",
        "built",
    ]
) | {("shot", "down"), ("shut", "down"), ("gunned", "down"), ("put", "down"), ("bring", "down"), ("brought", "down")}
"""Verbs whose "up" or "down" moves no number: "called up 60,000 reservists"."""
