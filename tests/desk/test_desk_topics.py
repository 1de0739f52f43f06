from bot.desk.topics import OTHER_NAME, OTHER_TOPIC, TOPICS, topic_name
from models.iptc import media_topics


def test_the_buttons_and_the_models_know_the_same_topics() -> None:
    assert dict(TOPICS) == {topic.code: topic.name for topic in media_topics()}


def test_an_operators_topic_is_called_as_the_operator_did_and_an_unknown_code_by_itself() -> None:
    assert topic_name("own:elections") == "elections"
    assert topic_name("medtop:99000000") == "medtop:99000000"
    assert topic_name(OTHER_TOPIC) == OTHER_NAME
