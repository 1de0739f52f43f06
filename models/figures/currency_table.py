"""The money of the world as a table: code, unit name, the nouns and the symbols it is written with."""

from __future__ import annotations

from typing import Final, NamedTuple


class Currency(NamedTuple):
    """An ISO 4217 code and the name a figure's unit carries ("dollar" for the US dollar and any bare one)."""

    code: str
    name: str


# code | name | nouns that stand for it alone, plural or singular | symbols before or after the number
_ROWS: Final = """
USD|dollar|dollar dollars dlr dlrs buck bucks greenbacks|$ US$ $US U$S
EUR|euro|euro euros|€ EUR€
GBP|pound sterling|sterling stg quid|£ GB£ UK£ £STG PS
JPY|japanese yen|yen|¥ JP¥ Y= ￥
CNY|chinese yuan|yuan renminbi|RMB CN¥ RMB¥ CNH
AUD|australian dollar||A$ AU$ $A AUD$ $AUD
CAD|canadian dollar||C$ CA$ Can$ Cdn$ CAD$ CDN$ $CAD
NZD|new zealand dollar||NZ$ $NZ NZD$
HKD|hong kong dollar||HK$ HKD$ $HK
SGD|singaporean dollar||S$ SG$ SGD$
TWD|taiwan dollar||NT$ TW$
BBD|barbadian dollar||Bds$ BBD$
JMD|jamaican dollar||J$ JM$
TTD|trinidad and tobago dollar||TT$
FJD|fijian dollar||FJ$
NAD|namibian dollar||N$
BND|brunei dollar||B$
ZWL|zimbabwean dollar||Z$ ZW$
INR|indian rupee|rupee rupees|₹ Rs Rs. INR₹
PKR|pakistani rupee||PKRs
LKR|sri lankan rupee||LKRs SLRs
NPR|nepalese rupee||NRs
MYR|malaysian ringgit|ringgit ringgits|RM
ZAR|south african rand|rand rands|R
ILS|shekel|shekel shekels|₪ NIS
HRK|croatian kuna|kuna kunas|kn
CHF|swiss franc|franc francs|SFr Sfr Fr.
XAF|central african franc||FCFA
XOF|west african franc||CFA
RUB|russian rouble|rouble roubles ruble rubles|₽
UAH|ukrainian hryvnia|hryvnia hryvnias hryvnya hryvnyas|₴
BYN|belarusian rouble||Br
TRY|turkish lira|lira liras|₺ TL
LBP|lebanese pound||LL
SYP|syrian pound||S£
EGP|egyptian pound||E£ EGP£ LE
KRW|south korean won||₩
KPW|north korean won||
PHP|philippine peso||₱ Php PhP P
MXN|mexican peso|peso pesos|MX$ Mex$ MXN$
ARS|argentine peso||AR$
CLP|chilean peso||CLP$
COP|colombian peso||COL$
UYU|uruguayan peso||
DOP|dominican peso||RD$
CUP|cuban peso||
BRL|brazilian real|reais reals|R$ BRL$
IDR|indonesian rupiah|rupiah rupiahs|Rp Rp.
THB|thai baht|baht bahts|฿
VND|vietnamese dong|dong dongs|₫
SAR|saudi riyal|riyal riyals|SR
QAR|qatari riyal||QR
OMR|omani rial||
YER|yemeni rial||
IRR|iranian rial|rial rials toman tomans|
AED|uae dirham|dirham dirhams|Dh Dhs Dhs. Dh.
MAD|moroccan dirham||
KWD|kuwaiti dinar||KD
IQD|iraqi dinar|dinar dinars|ID
JOD|jordanian dinar||JD
BHD|bahraini dinar||BD
RSD|serbian dinar||
DZD|algerian dinar||DA
TND|tunisian dinar||
LYD|libyan dinar||
SEK|swedish krona|krona kronor|SKr
NOK|norwegian krone|kroner|NKr
DKK|danish krone|krone|DKr kr kr.
ISK|icelandic krona||IKr
CZK|czech koruna|koruna korunas koruny|Kč
PLN|polish zloty|zloty zlotys zlotych|zł
HUF|hungarian forint|forint forints|Ft
RON|romanian leu|lei leu|
BGN|bulgarian lev|leva|
NGN|nigerian naira|naira nairas|₦ N
GHS|ghanaian cedi|cedi cedis|GH₵ GHS₵ ₵ GH¢ GH₡
KES|kenyan shilling|shilling shillings|KSh Ksh KSh. Sh Sh. Shs
UGX|ugandan shilling||USh UShs
TZS|tanzanian shilling||TSh TShs
SOS|somali shilling||
ETB|ethiopian birr|birr|
ZMW|zambian kwacha|kwacha kwachas|ZK
MWK|malawian kwacha||MK
BWP|botswana pula|pula pulas|
MZN|mozambican metical|meticais metical|MT
AOA|angolan kwanza|kwanza kwanzas|Kz
RWF|rwandan franc||
CDF|congolese franc||
SDG|sudanese pound||
SSP|south sudanese pound||
BDT|bangladeshi taka|taka takas|Tk Tk. ৳
MMK|myanmar kyat|kyat kyats|
KHR|cambodian riel|riel riels|
LAK|lao kip||
MNT|mongolian tugrik|tugrik tugriks|₮
KZT|kazakh tenge|tenge|₸
UZS|uzbek som|soms|
KGS|kyrgyz som||
AZN|azerbaijani manat|manat manats|₼
GEL|georgian lari|lari laris|₾
AMD|armenian dram||֏
ESP|spanish peseta|peseta pesetas|
ITL|italian lira|lire|
DEM|german mark|deutschmark deutschmarks|DM
AFN|afghani|afghani afghanis|
PEN|peruvian sol|soles|S/.
BOB|bolivian boliviano|bolivianos boliviano|
VES|venezuelan bolivar|bolivar bolivars bolivares|
PYG|paraguayan guarani|guaranis|
GTQ|guatemalan quetzal|quetzal quetzals quetzales|
HNL|honduran lempira|lempira lempiras|
CRC|costa rican colon|colones|₡
BTC|bitcoin|bitcoin bitcoins|₿ BTC
ETH|ether|ether|
"""

# noun that several countries share | country word in front of it | code
_ADJECTIVES: Final = """
dollar|us u.s. american united-states:USD australian aussie:AUD canadian:CAD new-zealand kiwi:NZD hong-kong:HKD singapore singaporean:SGD taiwan taiwanese new-taiwan:TWD jamaican:JMD barbadian barbados:BBD fijian fiji:FJD namibian:NAD zimbabwean zimbabwe:ZWL brunei:BND
pound|british uk english:GBP egyptian:EGP syrian:SYP lebanese:LBP sudanese:SDG south-sudanese:SSP
rupee|indian:INR pakistani pakistan:PKR sri-lankan:LKR nepali nepalese:NPR
peso|mexican:MXN philippine:PHP argentine argentinian argentinean:ARS chilean:CLP colombian:COP uruguayan:UYU dominican:DOP cuban:CUP
won|korean south-korean:KRW north-korean:KPW
real|brazilian:BRL
franc|swiss:CHF cfa west-african:XOF central-african:XAF rwandan:RWF congolese:CDF
lira|turkish:TRY lebanese:LBP syrian:SYP
riyal|saudi:SAR qatari:QAR omani:OMR yemeni:YER
rial|iranian:IRR omani:OMR yemeni:YER
dinar|kuwaiti:KWD iraqi:IQD jordanian:JOD bahraini:BHD serbian:RSD algerian:DZD tunisian:TND libyan:LYD
dirham|uae emirati:AED moroccan:MAD
krona|swedish:SEK icelandic:ISK
kronor|swedish:SEK
krone|norwegian:NOK danish:DKK
kroner|norwegian:NOK danish:DKK
crown|swedish:SEK norwegian:NOK danish:DKK czech:CZK icelandic:ISK
koruna|czech:CZK
shilling|kenyan:KES ugandan:UGX tanzanian:TZS somali:SOS
rouble|russian:RUB belarusian belarussian:BYN
ruble|russian:RUB belarusian belarussian:BYN
kwacha|zambian:ZMW malawian:MWK
yen|japanese:JPY
yuan|chinese:CNY
euro|
ringgit|malaysian:MYR
rand|south-african:ZAR
shekel|israeli new-israeli:ILS
baht|thai:THB
rupiah|indonesian:IDR
zloty|polish:PLN
forint|hungarian:HUF
hryvnia|ukrainian:UAH
naira|nigerian:NGN
taka|bangladeshi:BDT
dong|vietnamese:VND
som|uzbek:UZS kyrgyz:KGS
kip|lao laotian:LAK
lev|bulgarian:BGN
sol|peruvian:PEN
dram|armenian:AMD
"""

SUBUNITS: Final = {
    "cent": "cent",
    "cents": "cent",
    "cts": "cent",
    "penny": "penny",
    "pennies": "penny",
    "pence": "penny",
    "sen": "sen",
    "paise": "paisa",
    "kopecks": "kopeck",
    "kopeks": "kopeck",
    "centavos": "centavo",
}
"""Parts of a currency whose country the number does not tell."""


def _rows() -> list[list[str]]:
    return [line.split("|") for line in _ROWS.strip().splitlines()]


def _by_adjective() -> dict[tuple[str, ...], Currency]:
    table = {}
    for line in _ADJECTIVES.strip().splitlines():
        noun, groups = line.split("|")
        waiting: list[str] = []
        for word in groups.split():
            adjective, colon, code = word.partition(":")
            waiting.append(adjective)
            if colon:
                for each in waiting:
                    first = tuple(each.split("-"))
                    table[(*first, noun)] = table[(*first, noun + "s")] = BY_CODE[code]
                waiting = []
    return table


BY_CODE: Final = {row[0]: Currency(row[0], row[1]) for row in _rows()}
BY_NOUN: Final = {noun: BY_CODE[row[0]] for row in _rows() for noun in row[2].split()}
BY_SYMBOL: Final = {symbol: BY_CODE[row[0]] for row in _rows() for symbol in row[3].split()}
BY_PHRASE: Final = _by_adjective()
"""Lower-case words of a currency's name with its country in front: ("hong", "kong", "dollars")."""

PHRASE_STARTS: Final = frozenset(words[0] for words in BY_PHRASE)
LONGEST_PHRASE: Final = max(len(words) for words in BY_PHRASE)
