"""Countries with the adjectives and peoples that stand for them."""

from __future__ import annotations

from typing import Final

_ROWS: Final = """
Afghanistan|afghan afghans
Albania|albanian albanians
Algeria|algerian algerians
Angola|angolan angolans
Argentina|argentine argentines argentinian argentinians
Armenia|armenian armenians
Australia|australian australians
Austria|austrian austrians
Azerbaijan|azerbaijani azeri
Bahrain|bahraini
Bangladesh|bangladeshi bangladeshis
Belarus|belarusian belarusians
Belgium|belgian belgians
Bolivia|bolivian bolivians
Bosnia|bosnian bosnians
Brazil|brazilian brazilians
Britain|british britons uk u.k.
Bulgaria|bulgarian bulgarians
Burundi|burundian
Cambodia|cambodian cambodians
Cameroon|cameroonian
Canada|canadian canadians
Chad|chadian
Chile|chilean chileans
China|chinese
Colombia|colombian colombians
Congo|congolese
Croatia|croatian croats
Cuba|cuban cubans
Cyprus|cypriot
Denmark|danish danes
Ecuador|ecuadorian ecuadorean
Egypt|egyptian egyptians
El_Salvador|salvadoran salvadorean salvadorans
England|english
Eritrea|eritrean
Estonia|estonian
Ethiopia|ethiopian ethiopians
Finland|finnish finns
France|french
Gaza|gazan gazans
Georgia|georgian georgians
Germany|german germans
Ghana|ghanaian
Greece|greek greeks
Guatemala|guatemalan
Haiti|haitian haitians
Honduras|honduran
Hungary|hungarian hungarians
India|indian indians
Indonesia|indonesian indonesians
Iran|iranian iranians
Iraq|iraqi iraqis
Ireland|irish
Israel|israeli israelis
Italy|italian italians
Japan|japanese
Jordan|jordanian
Kazakhstan|kazakh
Kenya|kenyan kenyans
Kosovo|kosovar
Kuwait|kuwaiti
Kyrgyzstan|kyrgyz
Laos|laotian lao
Latvia|latvian
Lebanon|lebanese
Libya|libyan libyans
Lithuania|lithuanian lithuanians
Malaysia|malaysian
Mali|malian malians
Mexico|mexican mexicans
Moldova|moldovan
Mongolia|mongolian
Morocco|moroccan
Mozambique|mozambican
Myanmar|burmese
Nepal|nepalese nepali
Netherlands|dutch
New_Zealand|zealander zealanders
Nicaragua|nicaraguan
Niger|nigerien
Nigeria|nigerian nigerians
North_Korea|
Norway|norwegian norwegians
Pakistan|pakistani pakistanis
Panama|panamanian
Papua_New_Guinea|
Paraguay|paraguayan
Peru|peruvian peruvians
Philippines|philippine filipino filipinos
Poland|polish poles
Portugal|portuguese
Qatar|qatari
Romania|romanian romanians
Russia|russian russians
Rwanda|rwandan
Saudi_Arabia|saudi saudis
Senegal|senegalese
Serbia|serbian serbs
Singapore|singaporean
Slovakia|slovak slovaks
Slovenia|slovenian
Somalia|somali somalis
South_Africa|
South_Korea|
South_Sudan|
Spain|spanish spaniards
Sri_Lanka|lankan
Sudan|sudanese
Sweden|swedish swedes
Switzerland|swiss
Syria|syrian syrians
Taiwan|taiwanese
Tanzania|tanzanian
Thailand|thai thais
Tunisia|tunisian
Turkey|turkish turks
Uganda|ugandan ugandans
Ukraine|ukrainian ukrainians
Uruguay|uruguayan
Uzbekistan|uzbek
Venezuela|venezuelan venezuelans
Vietnam|vietnamese
Yemen|yemeni yemenis
Zambia|zambian
Zimbabwe|zimbabwean
US|u.s. america american americans
"""


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in _ROWS.strip().splitlines():
        name, words = row.split("|")
        spoken = name.replace("_", " ")
        if " " not in spoken:
            table[name.lower()] = spoken
        table |= dict.fromkeys(words.split(), spoken)
    return table


COUNTRIES: Final = _table()
"""A word of a country in lower case → the country's name; countries of two words are found by their first two."""

COUNTRY_NAMES: Final = frozenset(row.split("|")[0].replace("_", " ") for row in _ROWS.strip().splitlines())

ADJECTIVES: Final = {
    name: words.split()[0].capitalize()
    for name, words in (row.split("|") for row in _ROWS.strip().splitlines())
    if words and "_" not in name
} | {"US": "US", "Saudi Arabia": "Saudi"}
"""A country's name → its adjective, where that is one word."""

PAIRS: Final = {
    tuple(row.split("|")[0].lower().split("_"))[:2]: row.split("|")[0].replace("_", " ")
    for row in _ROWS.strip().splitlines()
    if "_" in row.split("|")[0]
} | {("united", "states"): "US", ("united", "kingdom"): "Britain"}
"""The first two words of a country's name in lower case → the name."""
