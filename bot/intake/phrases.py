"""The words of lines that are about a channel or a page rather than about the news."""

from __future__ import annotations

# A call to the reader begins with one of these ...
CALLS = (
    "join|subscribe|follow|sign up|signup|register|share|repost|forward|like|download|install|support|donate|boost|click|tap|"
    "visit|get|check out|see|find|watch|listen|read|turn on|enable|switch on|invite|send|contact|write to|email|message|tell|"
    "become|help|don['’]t miss|never miss|stay|keep up|comment|bookmark|scan|try|hit|press|continue|view|advertise"
)
# ... and has one of these for its object: a thing of the channel's own, a platform it is on, its people, this very text.
_SMALL = (
    "our|this|the|my|their|his|her|your|a|an|to|on|in|by|for|all|of|brand|new|official|verified|free|main|daily|weekly|public|private|"
    "second|backup|and|us|me"
)
OWN = (
    f"(?:(?:{_SMALL}) ){{0,5}}(?:\\w+ ){{0,3}}?(?:(?:telegram|whatsapp|viber|youtube|news) channels?|(?<!the )channels?|newsletters?|mailing list|podcasts?|"
    "(?:mobile |news )?apps?|push notifications?|notifications|alerts|inbox|group chat|chat group|bell icon|subscribe button|"
    "community|patreon|membership|subscription|hashtag)"
)
PLATFORM = (
    f"(?:(?:{_SMALL}) ){{0,4}}(?:our|on|us|via) (?:(?:{_SMALL}) ){{0,3}}(?:telegram|whatsapp|viber|signal|facebook|instagram|twitter|x|youtube|tiktok|linkedin|"
    "threads|bluesky|discord|bot|site|website|page|chat|group|feed|bio|link below|links? in (?:the )?(?:bio|comments?|description)|"
    "comments)"
)
US = (
    "(?:us|our (?:work|journalism|journalists|reporters|reporting|team|newsroom|coverage|mission|project|editors?|story|stories|"
    "updates?)|(?:this |it |us )?(?:with |to )?(?:your )?friends(?: and family)?)\\b"
)
THIS = (
    "(?:this|the|our|it|him|her|these|full|original|complete|whole|entire)(?: \\w+){0,2} (?:post|story|article|message|news|video|"
    "thread|link|report here|page|channel|petition|interview here)\\b"
)
HERE = "(?:here|below|the link|this link|our link|more|on|also|next|now|further|link in (?:the )?(?:bio|comments?|description))"

_MENU = """
    about ad ads advert advertise advertisement advertising all also and app apps at audio back bluesky boost bot breaking by channel channels chat click
    comment comments contact contacts continue copy discord discuss discussion donate donations download english event facebook feedback feed
    follow for forward forwarded from full group here home hotline in instagram invite join latest like line link linkedin links linktree live main map
    media menu message more news newsletter next now of official on online or our page partner partners patreon paypal photo photos picture
    pictures podcast post poll premium previous promo promoted quiz read reading reels related repost rss russian search see share shop signal site
    social source sources sponsor sponsored stream sub subscribe support tap telegram text the thread threads tiktok tip tips to top
    translation twitter ukrainian us via video videos view viber visit vk watch web webcast website whatsapp with write x you your youtube yt fb ig tg
    підписатися підписатись підписуйтесь канал чат надіслати новину сайт читати далі більше джерело відео фото
    подписаться подписывайтесь прислать новость читать далее источник видео наш на мы в
    suscríbete síguenos únete canal leer más fuente vídeo abonnez-vous rejoignez lire la suite abonnieren folgt uns weiterlesen quelle
    """
NAVIGATION = frozenset(_MENU.split())
"""The words of menus: a line of these and of links, handles or bars is a menu."""

REPORTING = (
    "said|says|saying|told|tells|announced|announces|reported|reports|according to|killed|wounded|injured|died|dead|arrested|signed|"
    "approved|voted|launched|struck|attacked|agreed|warned|warns|urged|urges|ordered|orders|confirmed|confirms|denied|denies|accused|"
    "accuses|seized|evacuated|sentenced|resigned|resigns|elected|ruled|rules|rose|fell|vows|vowed|demands?|demanded|pleads?|begs?|appeals?|insists?|fears?|hacked|kills?|will be|was|were|has|have been|had"
)
