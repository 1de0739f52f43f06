"""Labels of counted things and people: what is counted, what was done to them, by whom, where."""

from __future__ import annotations

from typing import Final

from models.api import FigureKind
from models.figures.key_harm import is_people
from models.figures.key_kind import Sort
from models.figures.key_scene import is_name
from models.figures.key_topic import Topic
from models.figures.key_words import UNIT_NOUNS
from models.figures.label_clause import core_back, noun_back, subject_of, verb_before
from models.figures.label_links import linked
from models.figures.label_parts import (
    Part,
    Role,
    agent,
    done,
    extended,
    measured,
    named,
    noun_of,
    owned,
    part_of,
    plural,
    predicate,
    shared_tail,
    the,
    thing_text,
)
from models.figures.label_places import located
from models.figures.label_spot import Spot
from models.figures.label_table import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    HARD,
    HOLDING,
    MASSES,
    PREPOSITIONS,
    SITES,
    SPEECH,
)
from models.figures.label_tails import tail_of
from models.figures.label_verb_table import DOING, LEVEL_VERBS, MOVING, OWNING, SHIFTING
from models.figures.label_verbs import base_of, is_verb, undergone
from models.figures.plurals import is_plural
from models.tokens import Kind

_LONGEST_PREDICATE: Final = 9
_LONGEST: Final = 11
_BEING: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_LEVERS: Final = frozenset({"to", "at", "from", "by", "below", "above"})


def count_label(spot: Spot, sort: Sort, topic: Topic) -> str:
    """The label of a figure that counts things, people or troops."""
    noun = noun_of(spot, sort)
    part = part_of(spot)
    noun = noun if (sort.noun or "") not in UNIT_NOUNS else ""
    label = linked(spot, noun, part) or _by_role(spot, sort, noun, part)
    if not label:
        label = noun or plural(sort.noun or "")
        tail = spot.text(tail_of(spot, extended(spot)))
        label = f"{label} {tail}".strip()
    if sort.kind is FigureKind.TROOPS and not named(label) and " of " not in label:
        owner = agent(spot, part.verb, 2) if part.verb is not None else ""
        label = owned(owner, label) if owner[:1].isupper() else label
    return located(spot, label, topic)


def _by_role(spot: Spot, sort: Sort, noun: str, part: Part) -> str:
    if part.role is Role.SUBJECT:
        return _subject(spot, noun, inherited=sort.inherited)
    if part.role in {Role.OBJECT, Role.OWNED}:
        return _object(spot, sort, noun, part)
    if part.role is Role.BESIDE:
        return _beside(spot, noun, part)
    if part.role is Role.AFTER:
        return _after(spot, sort, noun, part)
    return _alone(spot, sort, noun, part)


def _subject(spot: Spot, noun: str, *, inherited: bool = False) -> str:
    """The counted with what is said of them: "people detained at protests", "attackers who came on motorcycles"."""
    noun = noun or plural(spot.place.quantity.noun or "")
    tail = tail_of(spot, extended(spot))
    counted = f"{noun} {spot.text(tail)}".strip()
    begin = predicate(spot)
    if not noun:
        return counted
    if begin is None:
        return _related(spot, counted, tail.stop)
    k, passive = _past_auxiliaries(spot, begin)
    said = _verb_phrase(spot, k)
    if passive or undergone(spot, k):
        bare = inherited and said and not is_verb(spot.place, k) and is_plural(said.split()[0])
        return said if bare else _suffered(noun, spot.text(tail), said)
    if spot.lower(begin) in {"will", "would"} and k == begin + 1:
        return f"{counted} to {said}" if said else counted
    said = _verb_phrase(spot, begin)
    if len(said.split()) < 2:
        lone = is_people(spot.place.quantity.noun or "") and said in DOING
        return f"{counted} who {said}" if lone else counted
    return f"{counted} {'who' if is_people(spot.place.quantity.noun or '') else 'that'} {said}"


def _suffered(noun: str, tail: str, said: str) -> str:
    """The counted with what was done to them, and then where: "hens killed at a farm", "miners trapped in a mine"."""
    words = said.split()
    if len(words) != 1 or not tail or not words[0].endswith(("ed", "t", "n")):
        return f"{noun} {tail} {said}".replace("  ", " ").strip()
    if tail.startswith("of "):
        site = bool(SITES & set(tail.split()[1:4]))
        return f"{noun} {said} at {tail.removeprefix('of ')}" if site else f"{noun} {tail} {said}"
    return f"{noun} {said} {tail}"


def _related(spot: Spot, counted: str, k: int) -> str:
    """The counted with the relative clause behind it, if that is short: "inmates who escaped"."""
    if spot.lower(k) not in {"who", "that"} or spot.pronoun(k + 1) or spot.lower(k + 1) in DETERMINERS:
        return counted
    said = _verb_phrase(spot, k + 1)
    whole = said and (len(said.split()) > 1 or spot.lower(k + 1) not in AUXILIARIES)
    return f"{counted} {spot.lower(k)} {said}" if whole else counted


def _past_auxiliaries(spot: Spot, k: int) -> tuple[int, bool]:
    """Where the verb itself begins behind "have been", and whether a form of "be" stands before it."""
    passive = False
    while spot.lower(k) in AUXILIARIES or spot.lower(k) in ADVERBS or spot.lower(k) == "to":
        following = spot.lower(k + 1)
        if spot.lower(k) == "to" and not is_verb(spot.place, k + 1) and following not in AUXILIARIES:
            break
        passive = spot.lower(k) in _BEING or (passive and spot.lower(k) in ADVERBS)
        k += 1
    return k, passive


def _verb_phrase(spot: Spot, begin: int) -> str:
    """A verb with what follows it, up to where the clause turns to something else."""
    k = begin
    while k < min(spot.place.last, begin + _LONGEST_PREDICATE):
        word = spot.lower(k)
        if (
            spot.sign(k)
            or word in HARD - {"including"}
            or (word in SPEECH and k > begin)
            or word in {"and", "or", "which", "who", "that"}
            or spot.timed(k)
            or spot.place.scene.tokens[k].kind is Kind.NUMBER
            or (k > begin and spot.numeral(k))
        ):
            break
        k += 1
    if k == begin + _LONGEST_PREDICATE and k < spot.place.last:
        cut = next((j for j in range(k - 1, begin + 1, -1) if spot.lower(j) in PREPOSITIONS), k)
        k = cut
    while k > begin and spot.lower(k - 1) in PREPOSITIONS | DETERMINERS | ADVERBS | AUXILIARIES | {"each", "out"}:
        k -= 1
    words = list(range(begin, k))
    doubled = [j for j in words[2:] if is_verb(spot.place, j) and spot.lower(j - 1) not in AUXILIARIES | {"to"}]
    if doubled and is_verb(spot.place, words[0]) and spot.lower(doubled[0] - 1) in {"there", "here"}:
        return ""
    return spot.text(words)


def _object(spot: Spot, sort: Sort, noun: str, part: Part) -> str:
    """The object of a verb: "jobs to be cut by Northmark Marine", "customers of Cordant"."""
    if part.verb is None:
        return ""
    base = base_of(spot.lower(part.verb))
    tail = tail_of(spot, extended(spot))
    if (not noun or sort.inherited) and base in LEVEL_VERBS:
        words = subject_of(spot, part.verb)
        return spot.text(_uncounted(spot, words)) if words is not None else ""
    if base in HOLDING and is_people(sort.noun or "people") and (not noun or sort.inherited):
        return f"capacity of {agent(spot, part.verb, 7)}"
    counted = noun or plural(sort.noun or "")
    behind = spot.text(tail)
    grown = base == "reach" and sort.kind is FigureKind.TROOPS  # a force that "will reach 2,400 soldiers"
    if base in OWNING or part.role is Role.OWNED or grown:
        owner = agent(spot, part.verb)
        phrase = f"{counted} {behind}".strip() if behind else counted
        return owned(owner, phrase) if not behind.startswith("of ") else phrase
    action = done(spot, part)
    if base == "be" or (base in LEVEL_VERBS and not action.startswith("to be")):
        return f"{counted} {behind}".strip()
    behind = behind or spot.text(shared_tail(spot))
    if behind.startswith("of "):
        counted, behind = f"{counted} {behind}", ""
    pieces = [counted, action, behind]
    label = " ".join(filter(None, pieces))
    by = agent(spot, part.verb)
    if by and action and len(label.split()) + len(by.split()) < _LONGEST:
        label = f"{label} by {the(by)}"
    return label


def _beside(spot: Spot, noun: str, part: Part) -> str:
    """Behind a form of "be": "there were 12 dams in the valley", "Among the dead were seven nurses"."""
    tail = spot.text(tail_of(spot, extended(spot)))
    if spot.lower(part.word - 1) == "there" or noun:
        return _subject(spot, noun) if predicate(spot) is None else f"{noun} {tail}".strip()
    words = subject_of(spot, part.word)
    return spot.text(words) if words is not None else tail


def _after(spot: Spot, sort: Sort, noun: str, part: Part) -> str:
    word = spot.lower(part.word)
    words = tail_of(spot, extended(spot))
    tail = spot.text(words)
    counted = _related(spot, f"{noun} {tail}".strip(), words.stop) if noun else tail
    if word in _LEVERS and (word not in {"from", "by"} or _moves(spot, part)):
        return _level(spot, sort, noun, part) or counted
    if word == "of" and (not noun or sort.inherited):
        before = core_back(spot, part.word - 1)
        text = spot.text(before) if before is not None else ""
        return (
            f"{text} {tail}".strip() if text and len(text.split()) + len(tail.split()) < _LONGEST else text or counted
        )
    if word == "of" and not tail and spot.lower(part.word + 1) in {"its", "their"}:
        owner = agent(spot, verb_before(spot, part.word - 1), 3)
        return owned(owner, noun) if owner[:1].isupper() else noun
    return counted


def _moves(spot: Spot, part: Part) -> bool:
    """Whether "from" or "by" before the number belongs to a movement."""
    verb = verb_before(spot, part.word - 1)
    moved = verb is not None and base_of(spot.lower(verb)) in MOVING | SHIFTING
    return moved or spot.place.quantity.trend is not None or spot.lower(part.word - 1) in {",", "up", "down"}


def _level(spot: Spot, sort: Sort, noun: str, part: Part) -> str:
    """What moved to the number, or stands at it: "confirmed cases of cholera", "Marovia's soldiers in the Ostra valley"."""
    words = measured(spot, part)
    if words is None:
        return ""
    words = _uncounted(spot, words)
    text = thing_text(spot, part, words)
    lows = text.lower().split()
    head = noun.rsplit(maxsplit=1)[-1] if noun else ""
    if not text or (not head and not lows):
        return text
    if sort.kind is FigureKind.TROOPS and not set(lows) & {head.lower(), sort.noun or ""}:
        return _massed(spot, words, noun or "troops", part)
    if sort.kind is FigureKind.TROOPS and set(lows) & MASSES:
        return _massed(spot, words, noun or "troops", part)
    if not noun or sort.inherited or head.lower() in lows:
        return text
    return f"{noun}, {text}" if len(lows) + len(noun.split()) <= _LONGEST else noun


def _massed(spot: Spot, words: range, noun: str, part: Part) -> str:
    """Troops told of by a mass noun: "U.S. troop presence in Iraq" gives "US troops in Iraq"."""
    scene = spot.place.scene
    split = next((k for k in words if spot.lower(k) in PREPOSITIONS), words.stop)
    owner = [k for k in range(words.start, split) if is_name(scene.tokens[k])]
    where = spot.text(range(split, words.stop)) if split < words.stop else ""
    if owner and spot.lower(owner[-1]).endswith(("'s", "’s")):
        counted = f"{spot.text(owner)} {noun}"
    elif owner:
        counted = noun if spot.text(owner) in noun else f"{spot.text(owner)} {noun}"
    else:
        verb = part.verb if part.verb is not None else verb_before(spot, part.word - 1)
        by = agent(spot, verb, 2) if verb is not None and verb < words.start else ""
        counted = owned(by, noun) if by[:1].isupper() else noun
    return f"{counted} {where}".strip()


def _uncounted(spot: Spot, words: range) -> range:
    """A phrase without "the number of" before it."""
    if len(words) > 2 and spot.lower(words[0]) in {"number", "total"} and spot.lower(words[1]) == "of":
        return words[2:]
    if len(words) > 3 and spot.lower(words[1]) in {"number", "total"} and spot.lower(words[2]) == "of":
        return words[3:]
    return words


def _alone(spot: Spot, sort: Sort, noun: str, part: Part) -> str:
    """Behind a noun: "construction 34,000", "the valley's three dams"."""
    tail = spot.text(tail_of(spot, extended(spot)))
    word = spot.lower(part.word)
    if word.endswith(("'s", "’s")) or word in DETERMINERS:
        owner = noun_back(spot, part.word) if word not in DETERMINERS else None
        counted = f"{spot.text(owner)} {noun}" if owner is not None and len(owner) <= 4 else noun
        return f"{counted} {tail}".strip()
    if word == "," and noun and not sort.inherited:
        return f"{noun} {tail}".strip()
    before = measured(spot, part)
    if before is None or len(before) > 5:
        return f"{noun} {tail}".strip()
    if spot.lower(before.start - 1) in PREPOSITIONS or spot.lower(before.start - 2) in PREPOSITIONS:
        return _subject(spot, noun, inherited=sort.inherited)
    text = spot.text(before)
    counted = noun or plural(sort.noun or "")
    return f"{counted}, {text}" if counted and counted not in text else text
