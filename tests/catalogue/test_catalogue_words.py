import pytest

from bot.catalogue import LANGUAGES, words_in
from bot.catalogue.extraction import Found, Unreadable, found_in
from bot.catalogue.names import TOPIC_NAMES
from bot.desk.topics import OTHER_NAME, TOPICS


def of(source: str) -> list[Found]:
    return list(found_in(source, "a.py"))


@pytest.mark.parametrize(
    ("tag", "language", "locale"),
    [
        ("de-AT", "de", "de_AT"),
        ("de-XX", "de", "de"),
        ("en-US", "en", "en_US"),
        ("es-419", "es", "es_419"),
        ("UK", "uk", "uk"),
        ("pt-br", "en", "en"),
        ("ar", "en", "en"),
        ("zh-hans", "en", "en"),
        ("", "en", "en"),
        (None, "en", "en"),
        ("😀", "en", "en"),
        ("de-" + "x" * 300, "de", "de"),
    ],
)
def test_a_language_is_told_by_its_tag_and_english_stands_in_for_what_we_do_not_speak(
    tag: str | None, language: str, locale: str
) -> None:
    words = words_in(tag)
    assert (words.language, str(words.locale)) == (language, locale)


def test_english_is_what_stands_in_the_code() -> None:
    words = words_in("en")
    assert words("Topics: {names}", names="{health}, 50%") == "Topics: {health}, 50%"
    assert words.plural("{count} story in {place}", "{count} stories in {place}", 1, place="it") == "1 story in it"
    assert words.plural("{count} story", "{count} stories", 12345) == "12,345 stories"
    assert words.within("month", "May") == "May"
    assert words("") == ""
    assert words("Braces {stay} where nothing is given") == "Braces {stay} where nothing is given"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_no_catalogue_has_is_said_in_english(language: str) -> None:
    words = words_in(language)
    assert words("Nobody translates this, {name}.", name="Ann") == "Nobody translates this, Ann."
    assert words.plural("{count} of no thing", "{count} of no things", 2) == "2 of no things"


def test_literals_are_found_however_deep_they_stand_and_whatever_the_words_hang_on() -> None:
    source = """
table = {"a": message("Marked")}
text.message(((lead(scene.words("Settings"), "settings"),), self._words.plural("{count} day", "{count} days", n)))
words("One" if single else "Other", name=words("Inside"))
words.within("month", "May")
words(CONSTANT)
other.plural("{count} left alone", "x", 1)
"""
    assert of(source) == [
        Found("Marked"),
        Found("Settings"),
        Found("{count} day", plural="{count} days"),
        Found("One"),
        Found("Other"),
        Found("Inside"),
        Found("May", context="month"),
    ]


def test_a_comment_above_a_text_goes_to_the_translators() -> None:
    source = """
# L10n: a button that
# ends a pause
words("Resume")
act(
    # L10n: the verb
    words("Save"),
)
# of no concern to them
words("Plain")
"""
    assert [found.comments for found in of(source)] == [("a button that ends a pause",), ("the verb",), ()]


@pytest.mark.parametrize("call", ['words(f"Hello {name}")', 'words("Hello " + name)', 'words.plural(one, "many", 2)'])
def test_a_text_put_together_before_it_is_worded_is_refused_with_its_place(call: str) -> None:
    with pytest.raises(Unreadable, match=r"a\.py:1"):
        of(call)


def test_every_topic_that_readers_may_choose_is_in_the_catalogue() -> None:
    assert set(TOPIC_NAMES) == {*TOPICS.values(), OTHER_NAME}
