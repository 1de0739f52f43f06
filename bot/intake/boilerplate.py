"""Tells lines about a channel or a page (joining, sharing, credits, captions, bylines) from lines that carry news."""

from __future__ import annotations

import re

from bot.intake import phrases

_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b(?:t\.me|telegram\.me|youtu\.be|bit\.ly|goo\.gl|tinyurl\.com)/\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|news|tv|io|me|ua|uk|eu|us|gov|mil|int|de|fr)(?:/\S*)?(?=[\s,;|)]|$)",
    re.IGNORECASE,
)
_TAG = re.compile(r"[#@$][\w.]+")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REPORTING = re.compile(rf"\b(?:{phrases.REPORTING})\b", re.IGNORECASE)
_LEAD_IN = r"(?:please |also |and |to |or |now |just |you can |(?:do not|don['’]t) forget to |be sure to |make sure (?:to |you )|want (?:more|to \w+|\w+ news)[^.?!]{0,40}[?!] |(?:if you )?(?:like|enjoy)(?:d)? (?:this|our|the)[^.?!,]{0,40}[?!,] |(?:for|to (?:get|see|read)) (?:more|the latest|breaking|all|daily|live)[^.?!]{0,60}?,? )*"
_CALL = re.compile(
    rf"^{_LEAD_IN}(?:{phrases.CALLS})\b ?(?:(?:up |to |on |in |at |for |with |via |back )*(?:{phrases.US}|{phrases.THIS})"
    rf"|(?:{phrases.OWN}|{phrases.PLATFORM})\b|(?:to |on |for )*{phrases.HERE}(?: *[:>→»!.]|$| (?:on|at|in|about|from|to|for|here)\b))",
    re.IGNORECASE,
)
_PROMO = re.compile(
    r"""^(?:
      (?:read|see|learn|find\ out|watch)\ (?:more|also|next)\b\ *(?:$|[:.…>»→!|-]|(?:here|below|on|at|in|about)\b)
    | (?:(?:read|see|watch)\ )?(?:the\ )?full\ (?:story|article|text|video|report|interview)\b\ *(?:$|[:.…>»→!|-]|(?:here|below|on\ (?:our|the\ (?:site|website)))\b)
    | (?:related|related\ (?:stories|articles|news|posts|content)|see\ also|read\ also|also\ read|more\ on\ this|you\ may\ (?:also\ )?like|recommended|don['’]t\ miss|most\ read|trending)\ *(?:$|:)
    | (?:continue|keep)\ reading\b
    | (?:source|sources|via|link|links|original|credit|credits|h/t|hat\ tip)\ *[:\-–—|]\ *(?:[^\s.!?]+\s*){0,4}$
    | (?:tags?|keywords|filed\ under|category|categories|labels?)\ *[:\-–—|]\ *[^.!?]{0,80}$
    | (?:our|official|main|backup)\ (?:\w+\ ){0,3}(?:channel|chat|bot|group|website|site|twitter|instagram|facebook|youtube|tiktok|newsletter|app)\ *(?:$|[:@|–—-])
    | (?:this\ is\ )?the\ official\ (?:telegram\ )?(?:channel|account|page)\ of\b
    | (?:the\ )?(?:latest|breaking|daily|more|top|all\ the|live)\ (?:\w+\ ){0,3}(?:news|updates|stories|headlines|alerts|coverage)\ (?:\w+\ ){0,4}(?:on|at|in|via|from|to)\ (?:our|your|telegram|whatsapp|@|http|www|t\.me)
    | (?:for|get)\ (?:more(?!\ than)|the\ latest|all\ the|breaking|live|exclusive)\b[^.]{0,80}\b(?:visit|follow|subscribe|join|inbox|click|go\ to|download|check|our|see)\b
    | thank(?:s|\ you)\ for\ (?:reading|watching|your\ support|subscribing|following|being\ with\ us|joining)\b
    | (?:got|have|do\ you\ have)\ (?:a|any)?\ ?(?:news\ |story\ )?(?:tip|tips|story|photo|video|information|question|questions|feedback|comment|comments)\b[^?]{0,60}\?
    | (?:what\ do\ you\ think|let\ us\ know|your\ thoughts|share\ your\ (?:thoughts|views?|opinion|story|stories|photos?|comments?))\b
    | stay\ (?:informed|tuned|updated|connected|up\ to\ date|with\ us|safe\ and\ subscribe)\b
    | (?:advertisement|advertising|sponsored|promoted|promo|ad|partner\ content|paid\ (?:post|content))\W*$
    | (?:advertisement|advertising|ads?)\ *[:|–—-]\ *(?:$|@|\S+$)
    | (?:sponsored|presented|paid\ for|powered|brought\ to\ you)\ (?:content\ |post\ |message\ )?by\b[^.!?]{0,60}$
    | (?:sponsored|promoted|paid)\ (?:post|content|message)\b
    | (?:story|article)\ continues\ below\b
    | skip\ advertisement\b
    | (?:all\ rights\ reserved|copyright\ *(?:©|\(c\)|\d{4}|by\b|the\b|$)|©|\(c\)\ ?\d{4})
    | this\ (?:article|story|post|report|content|material)\ (?:was|is|has\ been|first|originally)\ (?:\w+\ ){0,3}(?:published|appeared|produced|posted|republished|translated|written|updated|sponsored|made\ possible|brought)\b
    | (?:reprinted|republished|reproduced|used)\ (?:here\ )?(?:with|by)\ permission\b
    | (?:follow|join|subscribe\ to)\ (?:[^\s.!?:]+\ ){0,5}[^\s.!?:]+(?:\ for\ more)?\ *[:–—>→👉-]?\ *(?:@\w+|(?:https?://)?(?:t|telegram)\.me/\S+)\W*$
    | (?:[^.!?]{1,60}[.!?]\ )?(?:subscribe|follow|join)(?:\ (?:now|here|today|us))?\W*$
    | (?:forwarded|reposted?|shared|translated)\ (?:from|by|via)\b[^.!?]{0,60}$
    | (?:support|help)\ (?:\w+\ )?(?:independent|free|honest|fearless|quality|our|the)\ (?:\w+\ ){0,2}(?:journalism|media|reporting|press|channel|work|team)\b
    | (?:we|our\ (?:team|newsroom|editors?|journalists))\ (?:are|is|also|rely|depend|need)\b[^.]{0,60}\b(?:telegram|your\ support|your\ help|donations|subscribers|readers\ like\ you|on\ (?:facebook|twitter|instagram|whatsapp|youtube))\b
    | (?:getty\ images|ap|afp|reuters|epa|handout|file|courtesy\ photo|stock\ image)\W*$
    | you(?:['’]re|\ are)\ receiving\ this\b
    | (?:breaking|just\ in|breaking\ news|live|update|updated|urgent|exclusive|watch|video|photos?|news|flash|alert|developing|opinion|analysis|explainer|newsletter|share|tweet|email|print|comments?)\W*$
    | comments?\ (?:are\ )?(?:closed|off|disabled)\b
    | (?:підпис(?:атис[ья]|уйтес[ья]|уйся)|подпи(?:саться|шись|шитесь|сывайтесь|сывайся)|приєдну(?:йтес[ья]|йся)|присоединя(?:йтесь|йся))
    | (?:читайте|читати|читать)\ (?:нас|далі|далее|також|также|більше|больше|повністю|полностью)
    | (?:надіслати\ новину|прислать\ новость)
    | (?:suscr[ií]bete|s[ií]guenos|[úu]nete|leer\ m[aá]s|abonnez|rejoignez|suivez-nous|lire\ (?:la\ suite|aussi)|abonniere|folg(?:t|en\ sie)\ uns|weiterlesen|mehr\ lesen)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_BYLINE = re.compile(
    r"""^\(?(?:
      (?:story|text|words|written|reported|reporting|additional\ reporting|writing|edited|editing|compiled|translation|translated|posted|author|correspondent)\ ?(?:by\b|:)\ [^.!?]{2,120}[.)]*$
    | [Bb](?:y|Y)\ (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)
      [^\W\d_a-z][\w.'’-]*(?:\ (?:al|de|van|von|bin|el|and|of|the|[^\W\d_a-z][\w.'’-]*),?){1,9}(?:\ ?[|,/–—-]\ ?[\w .'’]{2,40})?$
    )""",
    re.VERBOSE,
)
_BYLINE_WORDS = re.compile(
    r"^\(?(?:additional )?(?:reporting|writing|editing|written|edited|compiled|reported|translated)\b[^!?]{0,40}\bby\b[^!?]{2,160}$",
    re.IGNORECASE,
)
_MEDIUM = r"(?:photo(?:graph)?s?|images?|pictures?|pics?|screenshots?|screengrabs?|video|footage|illustration|graphic|infographic|map)"
_AGENCY_PHOTO = r"(?:(?:AP|AFP|EPA|UN|UPI|DVIDS|Reuters|Getty)\ (?:Photo|Images?|File)|Getty(?:\ Images)?|REUTERS|AFP|EPA|iStock|Shutterstock|Unsplash|Flickr)"
_CREDIT = re.compile(
    rf"""(?:
      \(\ ?(?:[^()\n]{{0,80}}\b)?{_MEDIUM}\b(?:\ (?:credit|courtesy|by|via|from|illustration|source|provided)\b|\ ?[:/]|\ ?\))[^()\n]{{0,120}}\)?
    | \(\ ?(?:AP|EPA|UN|UPI)\ (?:Photo|File)[^()\n]{{0,80}}\)
    | \(\ ?(?:credit|courtesy|source)\b[^()\n]{{0,80}}\)
    | (?:(?<=[.!?)”"])|^)\ ?(?:[\w.'’-]+\ ){{0,6}}{_MEDIUM}\ ?(?:by\ |credits?:?\ |courtesy(?:\ of)?\ |:\ |via\ |/|©)[^!?\n]{{2,80}}
    | (?:(?<=[.!?)”"])|^)\ ?(?:credits?|courtesy|handout)(?:\ of\ |:\ |/)[^.!?\n]{{2,60}}\.?
    | (?:(?<=[.!?)”"])|^)\ ?{_AGENCY_PHOTO}(?:/|\ via\ |\ /\ )[\w .,'’/-]{{2,60}}
    | (?:(?<=[.!?)”"])|^)\ ?[\w .'’-]{{2,40}}(?:/|\ via\ ){_AGENCY_PHOTO}(?:/[\w .'’-]{{2,40}})?
    )\s*\.?$""",
    re.IGNORECASE | re.VERBOSE,
)
_CAPTION_LEAD = re.compile(
    r"^(?:(?:FILE|File)(?: PHOTO| photo| -)? ?[-–—:]|(?:FILE PHOTO|File photo|Pictured|PICTURED|Photo|PHOTO|Image|IMAGE|Caption) ?: ?\S"
    r"|In this (?:[A-Z]\w+\.? \d[^.]{0,30}|undated |file |handout |aerial |satellite )(?:photo|image|picture|file)\b)"
)
_FRAGMENT = re.compile(r"[a-z][^@#/]*\.$")
"""The end of a sentence that was broken over lines."""
_MAX_PROMO_WORDS = 32
_MAX_PROMO_CHARS = 400
_MAX_MENU_CHARS = 2000
_MAX_CAPTION_WORDS = 70


def words(line: str) -> int:
    """How many words a line has."""
    return len(_WORD.findall(line))


def _is_navigation(line: str) -> bool:
    """Nothing but addresses, handles, hashtags and the words of menus."""
    bare = _TAG.sub(" ", _LINK.sub(" ", _MAIL.sub(" ", line)))
    left = [word.lower() for word in _WORD.findall(bare)]
    if not left:
        return bare != line or not any(char.isalnum() for char in line)
    marked = bare != line or any(sign in line for sign in "|•·→»👉")
    return (
        len(left) <= 12
        and marked
        and not any(char.isdigit() for char in bare)
        and all(word in phrases.NAVIGATION for word in left)
    )


def credit_start(line: str) -> int | None:
    """Where the credit at the end of a caption begins, or None where there is no credit."""
    match = _CREDIT.search(line[-400:])
    return None if match is None else match.start() + max(0, len(line) - 400)


def is_credit(line: str) -> bool:
    """Whether the line is the credit of a picture and nothing else."""
    start = credit_start(line)
    return start is not None and not _WORD.search(line[:start])


def is_caption(line: str) -> bool:
    """Whether the line describes a picture: it ends with the picture's credit or begins as captions do."""
    if words(line) > _MAX_CAPTION_WORDS:
        return False
    lead = _CAPTION_LEAD.match(line)
    return credit_start(line) is not None or (lead is not None and (lead.end() < len(line)))


def is_boilerplate(line: str) -> bool:
    """Whether the line speaks of the channel, the page or its makers and carries no news.

    A line that reports something (said, killed, according to ...) or is as long as a paragraph is news.
    """
    line = line.strip()
    if len(line) > _MAX_MENU_CHARS or _FRAGMENT.match(line):
        return False
    if _is_navigation(line) or is_credit(line):
        return True
    if len(line) > _MAX_PROMO_CHARS:
        return False
    return bool(_BYLINE.match(line) or _BYLINE_WORDS.match(line)) or _is_promotion(line)


def _is_promotion(line: str) -> bool:
    """A call to the reader or a phrase of the trade's furniture, with no report after it."""
    promo = _PROMO.match(line) or _CALL.match(line)
    if promo is None or words(line) > _MAX_PROMO_WORDS:
        return False
    return not _REPORTING.search(line[promo.end() :]) or bool(_TAG.search(line) or _LINK.search(line))
