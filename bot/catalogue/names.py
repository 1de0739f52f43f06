"""Names that other rooms hold as data and that are shown as they stand there: ``words(name)`` words them."""

from bot.catalogue.words import message

TOPIC_NAMES = (
    # L10n: A topic of the IPTC Media Topics, whose vocabulary has names in many languages; lower case where nouns are.
    message("arts, culture, entertainment and media"),
    # L10n: An IPTC Media Topic.
    message("crime, law and justice"),
    # L10n: An IPTC Media Topic.
    message("disaster, accident and emergency incident"),
    # L10n: An IPTC Media Topic.
    message("economy, business and finance"),
    # L10n: An IPTC Media Topic.
    message("education"),
    # L10n: An IPTC Media Topic.
    message("environment"),
    # L10n: An IPTC Media Topic.
    message("health"),
    # L10n: An IPTC Media Topic: stories about people and curious events.
    message("human interest"),
    # L10n: An IPTC Media Topic: work, employment, unions.
    message("labour"),
    # L10n: An IPTC Media Topic.
    message("lifestyle and leisure"),
    # L10n: An IPTC Media Topic.
    message("politics"),
    # L10n: An IPTC Media Topic.
    message("religion"),
    # L10n: An IPTC Media Topic.
    message("science and technology"),
    # L10n: An IPTC Media Topic: population, communities, welfare, values.
    message("society"),
    # L10n: An IPTC Media Topic.
    message("sport"),
    # L10n: An IPTC Media Topic.
    message("conflict, war and peace"),
    # L10n: An IPTC Media Topic.
    message("weather"),
    # L10n: The section of stories under no topic.
    message("other news"),
)
"""Of the topics there are to choose from, as ``bot.desk.topics`` has them; operators' own topics have one name only."""
