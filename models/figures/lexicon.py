"""Word lists that stand in for a part-of-speech tagger around numbers."""

from __future__ import annotations

from typing import Final

from models.figures.wordlist import words

STOP: Final = words("""
http https www a about above across after again against ago ahead all almost along already also although always am amid among
amongst an and another any anybody anyone anything anywhere apiece apart are around as aside at away back be
because been before behind being below beneath beside besides between beyond both but by can cannot could
despite did do does doing done down due during each early earlier either else enough especially even ever every
everyone everything except far few fewer for forward from further had has have having he hence her here hers
herself him himself his how however i if in including inside instead into is it its itself just last late later
least less like many may me meanwhile might mine more moreover most mostly much must my myself near nearly
neither never nevertheless next no nobody nonetheless nor not nothing now nowhere of off often on once only onto
or other others otherwise ought our ours ourselves out outside over own per perhaps plus quite rather really
regarding respectively round same several shall she should since so some somebody someone something soon still
such than that the their theirs them themselves then there thereby therefore these they this those though
through throughout thus till to today together tomorrow tonight too toward towards under unless unlike until up
upon us usually versus very via vs was we were what whatever when whenever where whereas wherever whether which
whichever while who whoever whom whose why will with within without worth would yes yesterday yet you your yours
yourself didn’t didn't doesn't doesn’t don't don’t won't won’t isn't isn’t wasn't wasn’t weren't weren’t hasn't
haven't haven’t hadn't can't can’t couldn't couldn’t wouldn't wouldn’t shouldn't it's it’s that's that’s there's
there’s they're they’re he's he’s she's she’s i'm i’m we're we’re wasnt werent didnt dont doesnt cant couldnt
wouldnt hasnt havent hadnt thats theres whats monday tuesday wednesday thursday friday saturday sunday mondays
tuesdays wednesdays thursdays fridays saturdays sundays et etc eg ie amidst aboard atop alongside overall
nationwide worldwide statewide countrywide abroad overseas overnight elsewhere alone simultaneously combined
combining compared according concerning involving
""")
"""Function words: they end a noun phrase and never stand in a unit."""

VERBS: Final = words("""
says said say saying tells told reported reports reporting announced announces confirmed confirms warned warns
added adds claims claimed stated noted shows showed shown showing suggests suggested estimates estimated expects
expected became become becomes becoming began begin begins begun came come comes coming went go goes going gone
gets get got getting gave give gives given gives giving took take takes taken taking made make makes making left
leave leaves leaving leads led won win wins winning lost lose loses losing beat beats beating scored scores
scoring hit hits hitting kept keep keeps keeping held hold holds holding ran runs running rose rise rises risen
rising fell fall falls fallen falling grew grow grows grown growing dropped drop drops dropping climbed climbs
jumped jumps slid slides slipped slips soared soars surged surges plunged plunges sank sinks gained gains
remained remain remains remaining stood stand stands standing sat sits sitting stayed stays died die dies dying
killed kills killing wounded injured hurt arrested detained held captured destroyed damaged attacked attacks
struck strikes fled flee fleeing flees arrived arrive arrives arriving returned return returns entered enter
enters enrolled joined joins paid pay pays paying bought buy buys sold sell sells selling spent spend spends
spending cost costs costing built builds building used uses using use need needs needed needing want wants
wanted seek seeks sought seem seems seemed appear appears appeared think thinks thought know knows knew known
found find finds finding found see sees saw seen seeing hear heard look looks looked looking put puts set sets
setting let lets read reads wrote written writes called calls calling means mean meant brings bring brought
bringing carry carried carries carrying living live lives lived working worked works serving served serve
playing plays played follow follows followed following affected displaced evacuated rescued trapped infected
tested vaccinated released freed deployed stationed sent send sends sending based located situated scheduled
planned due set opened opens closed closes signed signs voted vote votes approved rejected passed passes elected
includes included include contains contained cover covers covered covering reach reached reaches reaching exceed
exceeds exceeded total totalled totaled totals totalling totaling averaged averaging average spread across
stretch stretched stretching ranging ranged range ranges raised raises raising issued launched fired fires
firing shot shoots survived survive survives attended attend fought fighting fights launched landed moved moving
moves crossed crossing supply supplied receive received receives receiving require required requires requiring
allow allows allowed help helped helps qualify qualified remained sought face faces faced facing lay lies lie
accounts accounted account wearing awaiting saying arguing demanding seeking owned owns own lasted lasting lasts
lived starred died drowned wounds injures injure injuring arrests seizes seized seize destroys destroy targets targeted targeting strikes striking shoot shooting hits warn claim blames blamed blame accuses accused urge urges urged vows vowed deploy deploys approve approves reject rejects test evacuate evacuates backs backed back backing earn earns earned earning charge charged charges sentenced jailed convicted stranded kidnapped abducted drown depending aged looking seeking containing carrying suffering belonging waiting hoping
trying aiming driving travelling traveling should would worked agreed agree agrees happened happens occurred
occurs
""")
"""Verb forms that end a noun phrase once it has a noun."""

NOT_PAST: Final = words("""
speed seed breed steed hundred thoroughbred infrared moped biped hatred kindred newlywed watershed bloodshed seabed
riverbed airbed daybed hotbed flatbed homestead
""")
"""Words in -ed that are no past forms."""

NOUN_MODIFIERS: Final = words("""
building working living fighting running winning standing fighting leading growing remaining missing wounded
injured killed captured displaced detained armed trained planned confirmed reported suspected estimated
registered licensed unarmed deployed enlisted retired elected evacuated infected vaccinated released used stolen
damaged destroyed abandoned average total record ranking range cover account set means works plays runs cost use
needs face help shot hurt lost known
""")
"""Participles and the like that may stand before the counted noun: "12 wounded soldiers"."""

IRREGULAR: Final = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "geese": "goose",
    "mice": "mouse",
    "oxen": "ox",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "leaves": "leaf",
    "wolves": "wolf",
    "thieves": "thief",
    "halves": "half",
    "shelves": "shelf",
    "calves": "calf",
    "loaves": "loaf",
    "movies": "movie",
    "cookies": "cookie",
    "zombies": "zombie",
    "rookies": "rookie",
    "selfies": "selfie",
    "ties": "tie",
    "dies": "die",
    "lies": "lie",
    "buses": "bus",
    "viruses": "virus",
    "bonuses": "bonus",
    "campuses": "campus",
    "gases": "gas",
    "crises": "crisis",
    "analyses": "analysis",
    "bases": "base",
    "diagnoses": "diagnosis",
    "hypotheses": "hypothesis",
    "oases": "oasis",
    "axes": "axis",
    "criteria": "criterion",
    "phenomena": "phenomenon",
    "bacteria": "bacterium",
    "larvae": "larva",
    "nuclei": "nucleus",
    "alumni": "alumnus",
    "fungi": "fungus",
    "cacti": "cactus",
    "quizzes": "quiz",
    "heroes": "hero",
    "potatoes": "potato",
    "tomatoes": "tomato",
    "torpedoes": "torpedo",
    "tornadoes": "tornado",
    "volcanoes": "volcano",
    "mosquitoes": "mosquito",
    "echoes": "echo",
    "vetoes": "veto",
    "embargoes": "embargo",
    "cargoes": "cargo",
    "mangoes": "mango",
    "shoes": "shoe",
    "toes": "toe",
    "canoes": "canoe",
    "people's": "people",
    **{
        word: word[:-1]
        for word in words("""
            iraqis israelis pakistanis saudis somalis yemenis emiratis kuwaitis bangladeshis azeris omanis qataris houthis nazis taxis
            skis alibis rabbis safaris tsunamis punjabis kashmiris gujaratis bengalis nepalis tutsis hutus gurus menus emus gnus ferraris afghanis bahrainis uzbekis
        """)
    },
}
"""Plurals that no rule makes singular; words ending in -men, -women and -children follow theirs."""

NO_PLURAL_S: Final = words("""
people men women children feet teeth geese mice oxen criteria phenomena bacteria larvae nuclei alumni fungi
cacti personnel police staff aircraft spacecraft hovercraft watercraft aircrew troops cattle sheep fish deer
bison salmon trout species series headquarters crossroads means offspring poultry livestock media data dead
wounded injured missing homeless casualties faithful elderly infantry cavalry militia clergy gentry youth folk
manpower crew ammunition shrapnel debris percent taliban hamas hezbollah mujahideen peshmerga hutu tutsi swiss
chinese japanese portuguese vietnamese lebanese sudanese congolese senegalese maltese nepalese burmese taiwanese
roma inuit maori sioux apache cherokee roughnecks
""")
"""Words that count as plural without an s."""

NOT_PLURAL: Final = words("""
specimen regimen abdomen acumen stamen bitumen cyclamen turkmen this his its is was has does us plus thus bus gas virus census campus bonus status focus crisis basis analysis
emphasis press business congress access process success progress express class glass mass pass cross loss boss
less across news physics politics economics mathematics athletics gymnastics logistics diabetes measles tennis
paris texas arkansas kansas illinois dallas vegas angeles orleans brussels athens wales reuters honduras cyprus
laos damascus tunis hamas sometimes always perhaps besides afterwards towards upwards downwards whereas
christmas gross express bias chris james thomas lewis charles davis jones williams harris nicholas marcus texas
atlas christmas yes plus alias canvas chaos covid sars mers
""")
"""Words in -s that are no plurals."""

PARTICIPLES: Final = words("""
killed hurt displaced arrested detained hospitalised hospitalized rescued captured evacuated trapped stranded kidnapped abducted
dead wounded injured missing homeless elderly faithful
""")
"""Words that are what is counted when no noun follows ("12 killed"), and else describe it ("12 wounded soldiers")."""

PERSONS: Final = words("""
people person man woman child boy girl soldier troop civilian worker officer policeman fighter militant rebel peasant passenger patient
student resident victim hostage prisoner protester demonstrator migrant refugee villager pilgrim miner farmer journalist doctor
nurse teacher tourist crew firefighter member employee guard gunman insurgent terrorist guerrilla palestinian israeli
ukrainian russian american british syrian iraqi afghan resident adult baby infant pupil schoolchild sailor pilot
marine peacekeeper policewoman official bystander driver pedestrian death casualty fatality injury dead
""")
"""Who can be killed or hurt: such a noun may be left out the second time ("killed 12 people and wounded 30")."""

CASUALTY_VERBS: Final = words("""
kill kills killed killing wound wounds wounded wounding injure injures injured injuring hurt hurts hurting displace displaced
displacing claim claimed claiming leaving left arrested detained
""")

ATTRIBUTIVE_PLURALS: Final = words("""
arms sports weapons sales services operations systems communications savings goods women men drugs jobs customs rights forces
affairs earnings sanctions veterans electronics securities futures bonds benefits narcotics explosives parts works games
electronics claims accounts courts contents fisheries police people aircraft media data personnel troops results events
""")
"""Plurals that may stand before another noun in the plural: "12 weapons systems"."""

COMPARATIVES: Final = words(
    "cheaper higher lower taller longer shorter bigger larger smaller better worse older younger faster slower wider deeper heavier lighter stronger weaker warmer cooler hotter colder closer richer poorer safer costlier clear adrift behind tall long wide deep high old thick strong apiece captive hostage fewer"
)
"""Adjectives that may stand alone after a measured number: "25k cheaper"."""

ADVERBS_KEPT: Final = words("""
family monthly weekly daily quarterly yearly hourly early friendly elderly deadly likely lonely costly only
italy july supply assembly ally rally reply fly anomaly butterfly belly jelly bully
""")
"""Words in -ly that are no adverbs of manner."""
