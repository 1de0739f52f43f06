"""Owns the short fixed answers: to what we do not know, cannot do, or do not have."""

from datetime import timedelta

from bot.desk.topics import topic_name
from bot.press.message import Message
from bot.press.text import TextBuilder, shortened
from bot.telegram.schedule import MAX_TIMES
from bot.telegram.summary import WindowRequest

_FURTHER = timedelta(days=7)
_MAX_ON_BUTTON = 30
_MAX_HOST = 60
STALE_BUTTON = "This has changed. Here is the new one."
NOT_READ_YET = "That post is still being read. Try again in a moment."
UNKNOWN_POST = "I don't have that post. I can open posts of the channels I follow, from when I began to follow them."
MODEL_AWAY = "I can't read a text just now. The news of your channels still come with /summary; please try again later."
NOTHING_TO_READ = (
    "I found no text to read there. Send /summary followed by a text, or as a reply to a message with one."
)
READING_TEXT = "Reading the text…"
LOOKING_THROUGH = "Looking through the news…"
DRAWING = "Drawing the chart…"
NO_PAGES = (
    "I open no pages here, only links to posts of the channels I follow (https://t.me/...). "
    "Send /summary followed by the text of the page."
)
PAGE_AWAY = "The page could not be fetched just now: its server did not answer as it should. Try again later."
NO_PAGE = "I found nothing to read on that page. Send /summary followed by its text."
_NO_PAGE_BECAUSE = {
    "url_refused": "I can't open that address. I open web pages: http:// or https://, without a password or a port.",
    "address_refused": "I can't open that address: it is not on the public internet.",
    "fetch_redirects": "I can't open that page: it leads from one address to the next without end.",
    "robots_refused": "That site does not want to be read by programs. Send /summary followed by the text of the page.",
    "page_gone": "There is no such page, or there is no longer.",
    "page_paywall": "That page is for subscribers. Send /summary followed by the text, where you have it.",
    "page_login": "That page asks for a login. Send /summary followed by the text, where you have it.",
    "page_consent": "That page asks for consent before it shows anything. Send /summary followed by its text.",
    "page_robot_check": "That site wants to know whether a person reads it. Send /summary followed by its text.",
    "page_video": "That is a video or a sound, which I can't read.",
    "page_pdf": "That is a PDF, which I can't read. Send /summary followed by its text.",
    "fetch_type": "That is not a page with a text. Send /summary followed by a text.",
}
"""By the code of a refusal; ``NO_PAGE`` for any other."""
BROKEN = "Something went wrong on my side with that. It is noted; please try again later."
ADMINISTRATORS_ONLY = "In a group only its administrators change my settings. /summary and /help are for everybody."
RIGHTS_UNKNOWN = "I could not find out from Telegram who the administrators are. Please try again in a moment."
EDITION_GONE = "I can't find that line of that edition any more. /summary makes a new edition now."
NO_EDITION_YET = "You have had no edition from me yet whose lines I could look up. /summary makes one now."
SERIES_GONE = "That figure is not followed any more. /figures shows the newest ones."
TELL_CHANGES = "Tell me when it changes"
FIGURE_FOLLOWED = "You will be told at once when this figure changes. Press again to stop."
FIGURE_LEFT = "Changes of this figure are not told at once any more."
ENOUGH_FIGURES = "You follow as many figures as I can keep for one chat. Press one of them to make room."
DEADLINE_GONE = "That date is no longer in the book. /deadlines shows those to come."
REMINDED = (
    "You will be reminded 30, 7 and 1 days before, at the hours of your digest, and told at once when it moves. "
    "Press again to stop."
)
REMINDED_OF_ALL = "You will be reminded of every date that matters in your topics, 30, 7 and 1 days before."
NOT_REMINDED = "No reminders of that one any more."
NOT_REMINDED_OF_ALL = "From now on you are reminded only of dates that you choose one by one."
ENOUGH_REMINDERS = "You follow as many dates as I can keep for one chat. Press one of them to make room."
NO_NEWS_YET = "No news has come yet: stories come with the posts of my channels."
NOTHING_LEFT_OUT = "Nothing was left out of your last edition."
ENOUGH_HOURS = f"At most {MAX_TIMES} editions a day. Take an hour away first."
TOO_MANY_WORDS = "That would be more than {most} words and phrases. Take some off first: /follow shows them."
UNKNOWN_LINK = "I don't know what that link was to open, so let us begin at the beginning."
LOOKED_FOR = (
    "I found nothing for what you typed. Fewer words may find it: /search harbour strike looks for stories, "
    "/figures troops norland for figures."
)
CHANNELS_IN_PRIVATE = "Send that to me in our private chat, where I can see who you are."
CHANNEL_CLOSED = (
    "I cannot post in @{name}. Make me an administrator of the channel with the right to post messages, then try again. "
    "Is the name right?"
)
KEPT = "Nothing was deleted."
LAST_DAY_STAYS = "One day has to stay. Add another first, or stop the digest with /unsubscribe."
LAST_HOUR_STAYS = "One hour has to stay. Add another first, or stop the digest with /unsubscribe."


def say(text: str) -> Message:
    """A fixed answer as a message."""
    return TextBuilder().plain(text).message()


def fetching(host: str) -> str:
    """The draft while a page is fetched."""
    return f"Fetching the page from {shortened(host, _MAX_HOST)}…"


def reading_page(host: str) -> str:
    """The draft while a page is read."""
    return f"Reading the page from {shortened(host, _MAX_HOST)}…"


def no_page(code: str) -> Message:
    """For a link to a page that was refused, by the code of the refusal."""
    return say(_NO_PAGE_BECAUSE.get(code, NO_PAGE))


def unknown_command(name: str, near: str | None) -> Message:
    """For a command that is not in the registry."""
    hint = f"Did you mean /{near}?" if near else "/help lists what I can do."
    return say(f"I don't know /{name}. {hint}")


def how_to_read() -> Message:
    """For words in a private chat that are no command."""
    return say("Send me a longer text and I will read it, or /summary for what happened. /help lists what I can do.")


def nothing_about(request: WindowRequest, near: str | None) -> Message:
    """For a /summary that looked for words and found none."""
    words = " ".join(request.words)
    where = f" under {'; '.join(sorted(map(topic_name, request.topics)))}" if request.topics else ""
    hint = f" Did you mean the topic '{near}'?" if near else ""
    further = "" if request.span and request.span >= _FURTHER else f" /summary 7d {words} looks further back."
    return say(f"Nothing about '{words}'{where} in that time.{hint}{further}")


def no_story(words: str) -> Message:
    """For a /search that found nothing."""
    return say(f"I have no story about “{words}”. Fewer words, or other ones, may find it.")


def nothing_to_share(words: str) -> str:
    """On the button above an empty list of inline results; a press on it leads to our private chat."""
    if not words:
        return "I have no news to share yet."
    return f"I have nothing about “{shortened(words, _MAX_ON_BUTTON)}”."


def no_deadlines(words: str) -> Message:
    """For a /deadlines that found nothing."""
    about = f" about “{words}”" if words else ""
    return say(f"I know of no date to come{about}.{' /deadlines shows all of them.' if words else ''}")
