from bot.desk.topics import OTHER_NAME, OTHER_TOPIC, TOPICS, topic_name
from models.iptc import media_topics


def test_the_buttons_and_the_models_know_the_same_topics() -> None:
    assert dict(TOPICS) == {topic.code: topic.name for topic in media_topics()}


def test_an_unknown_code_is_its_own_name() -> None:
    assert topic_name("own:elections") == "own:elections"
    assert topic_name(OTHER_TOPIC) == OTHER_NAME
