"""Owns the short fixed answers: to what we do not know, cannot do, or do not have."""

from datetime import timedelta

from bot.catalogue import Words, message
from bot.desk.topics import topic_name
from bot.press.message import Message
from bot.press.text import TextBuilder, shortened
from bot.telegram.help_words import HELP_LISTS
from bot.telegram.schedule import MAX_TIMES
from bot.telegram.summary import WindowRequest
from bot.telegram.usage import Said

_FURTHER = timedelta(days=7)
_MAX_ON_BUTTON = 30
_MAX_HOST = 60
STALE_BUTTON = message("This has changed. Here is the new one.")
NOT_READ_YET = message("That post is still being read. Try again in a moment.")
UNKNOWN_POST = message(
    "I don't have that post. I can open posts of the channels I follow, from when I began to follow them."
)
MODEL_AWAY = message(
    "I can't read a text just now. The news of your channels still come with /summary; please try again later."
)
NOTHING_TO_READ = message(
    "I found no text to read there. Send /summary followed by a text, or as a reply to a message with one."
)
READING_TEXT = message("Reading the text…")
LOOKING_THROUGH = message("Looking through the news…")
DRAWING = message("Drawing the chart…")
NO_PAGES = message(
    "I open no pages here, only links to posts of the channels I follow (https://t.me/...). "
    "Send /summary followed by the text of the page."
)
PAGE_AWAY = message("The page could not be fetched just now: its server did not answer as it should. Try again later.")
NO_PAGE = message("I found nothing to read on that page. Send /summary followed by its text.")
_NO_PAGE_BECAUSE = {
    "url_refused": message(
        "I can't open that address. I open web pages: http:// or https://, without a password or a port."
    ),
    "address_refused": message("I can't open that address: it is not on the public internet."),
    "fetch_redirects": message("I can't open that page: it leads from one address to the next without end."),
    "robots_refused": message(
        "That site does not want to be read by programs. Send /summary followed by the text of the page."
    ),
    "page_gone": message("There is no such page, or there is no longer."),
    "page_paywall": message("That page is for subscribers. Send /summary followed by the text, where you have it."),
    "page_login": message("That page asks for a login. Send /summary followed by the text, where you have it."),
    "page_consent": message("That page asks for consent before it shows anything. Send /summary followed by its text."),
    "page_robot_check": message(
        "That site wants to know whether a person reads it. Send /summary followed by its text."
    ),
    "page_video": message("That is a video or a sound, which I can't read."),
    "page_pdf_scan": message(
        "That PDF holds pictures of text, which I can't read. Send /summary followed by its text."
    ),
    "page_pdf_locked": message("That PDF asks for a password. Send /summary followed by its text."),
    "fetch_type": message("That is not a page with a text. Send /summary followed by a text."),
}
"""By the code of a refusal; ``NO_PAGE`` for any other."""
BROKEN = message("Something went wrong on my side with that. It is noted; please try again later.")
ADMINISTRATORS_ONLY = message(
    "In a group only its administrators change my settings. /summary and /help are for everybody."
)
RIGHTS_UNKNOWN = message("I could not find out from Telegram who the administrators are. Please try again in a moment.")
EDITION_GONE = message("I can't find that line of that edition any more. /summary makes a new edition now.")
NO_EDITION_YET = message("You have had no edition from me yet whose lines I could look up. /summary makes one now.")
SERIES_GONE = message("That figure is not followed any more. /figures shows the newest ones.")
TELL_CHANGES = message("Tell me when it changes")
FIGURE_FOLLOWED = message("You will be told at once when this figure changes. Press again to stop.")
FIGURE_LEFT = message("Changes of this figure are not told at once any more.")
ENOUGH_FIGURES = message("You follow as many figures as I can keep for one chat. Press one of them to make room.")
DEADLINE_GONE = message("That date is no longer in the book. /deadlines shows those to come.")
REMINDED = message(
    "You will be reminded 30, 7 and 1 days before, at the hours of your digest, and told at once when it moves. "
    "Press again to stop."
)
REMINDED_OF_ALL = message("You will be reminded of every date that matters in your topics, 30, 7 and 1 days before.")
NOT_REMINDED = message("No reminders of that one any more.")
NOT_REMINDED_OF_ALL = message("From now on you are reminded only of dates that you choose one by one.")
ENOUGH_REMINDERS = message("You follow as many dates as I can keep for one chat. Press one of them to make room.")
NO_NEWS_YET = message("No news has come yet: stories come with the posts of my channels.")
NOTHING_LEFT_OUT = message("Nothing was left out of your last edition.")
UNKNOWN_LINK = message("I don't know what that link was to open, so let us begin at the beginning.")
LOOKED_FOR = message(
    "I found nothing for what you typed. Fewer words may find it: /search harbour strike looks for stories, "
    "/figures troops norland for figures."
)
CHANNELS_IN_PRIVATE = message("Send that to me in our private chat, where I can see who you are.")
CHANNEL_CLOSED = message(
    "I cannot post in @{name}. Make me an administrator of the channel with the right to post messages, then try again. "
    "Is the name right?"
)
KEPT = message("Nothing was deleted.")
LAST_DAY_STAYS = message("One day has to stay. Add another first, or stop the digest with /unsubscribe.")
LAST_HOUR_STAYS = message("One hour has to stay. Add another first, or stop the digest with /unsubscribe.")


def enough_hours(words: Words) -> str:
    """For an hour more than a day may have."""
    return words.plural(
        "At most {count} edition a day. Take an hour away first.",
        "At most {count} editions a day. Take an hour away first.",
        MAX_TIMES,
    )


def too_many_words(most: int) -> Said:
    """For words beyond those that a chat may follow or mute."""
    return lambda words: words.plural(
        "That would be more than {count} word or phrase. Take some off first: /follow shows them.",
        "That would be more than {count} words and phrases. Take some off first: /follow shows them.",
        most,
    )


def say(text: str) -> Message:
    """A fixed answer as a message."""
    return TextBuilder().plain(text).message()


def fetching(words: Words, host: str) -> str:
    """The draft while a page is fetched."""
    return words("Fetching the page from {host}…", host=shortened(host, _MAX_HOST))


def reading_page(words: Words, host: str) -> str:
    """The draft while a page is read."""
    return words("Reading the page from {host}…", host=shortened(host, _MAX_HOST))


def no_page(words: Words, code: str) -> Message:
    """For a link to a page that was refused, by the code of the refusal."""
    return say(words(_NO_PAGE_BECAUSE.get(code, NO_PAGE)))


def unknown_command(words: Words, name: str, near: str | None) -> Message:
    """For a command that is not in the registry."""
    hint = words("Did you mean {name}?", name=f"/{near}") if near else words(HELP_LISTS)
    said = words("I don't know /{name}.", name=name)
    return say(f"{said} {hint}")


def how_to_read(words: Words) -> Message:
    """For words in a private chat that are no command."""
    told = words("Send me a longer text and I will read it, or /summary for what happened.")
    return say(f"{told} {words(HELP_LISTS)}")


def nothing_about(words: Words, request: WindowRequest, near: str | None) -> Message:
    """For a /summary that looked for words and found none."""
    wanted = " ".join(request.words)
    said = [_nothing(words, wanted, "; ".join(sorted(words(topic_name(code)) for code in request.topics)))]
    if near:
        said.append(words("Did you mean the topic '{name}'?", name=words(topic_name(near))))
    if not request.span or request.span < _FURTHER:
        said.append(words("{command} looks further back.", command=f"/summary 7d {wanted}"))
    return say(" ".join(said))


def _nothing(words: Words, wanted: str, topics: str) -> str:
    if topics:
        return words("Nothing about '{words}' under {topics} in that time.", words=wanted, topics=topics)
    return words("Nothing about '{words}' in that time.", words=wanted)


def no_story(words: Words, wanted: str) -> Message:
    """For a /search that found nothing."""
    return say(words("I have no story about “{words}”. Fewer words, or other ones, may find it.", words=wanted))


def nothing_to_share(words: Words, wanted: str) -> str:
    """On the button above an empty list of inline results; a press on it leads to our private chat."""
    if not wanted:
        return words("I have no news to share yet.")
    return words("I have nothing about “{wanted}”.", wanted=shortened(wanted, _MAX_ON_BUTTON))


def no_deadlines(words: Words, wanted: str) -> Message:
    """For a /deadlines that found nothing."""
    if not wanted:
        return say(words("I know of no date to come."))
    return say(words("I know of no date to come about “{words}”. /deadlines shows all of them.", words=wanted))
