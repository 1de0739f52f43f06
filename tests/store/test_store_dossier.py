"""All that is kept of a chat can be handed over and taken away, whichever table comes to hold it."""

from datetime import timedelta

from store_samples import NOON, message, subscriber

from bot.desk.profile import Window
from bot.store import Kind, Lane, Store
from bot.store.dossier import tables_about_chats
from bot.store.tables import metadata

ANYBODY, SOMEBODY_ELSE = 1, 2
CONTENT = {"posts", "sources"}
"""Tables whose chats are channels that are read."""


def test_every_table_that_names_a_chat_is_known() -> None:
    named = {table.name for table in metadata.sorted_tables if {"chat_id", "chat_key"} & set(table.c.keys())}
    assert named - CONTENT == {*tables_about_chats(), "inbox"}


async def fill(store: Store, chat_id: int, update_id: int) -> None:
    async with store.begin() as tx:
        await tx.subscribers.save(subscriber(chat_id))
        await tx.inbox.add(update_id, chat_id, '{"text": "hello"}', NOON)
        await tx.inbox.done(update_id, NOON)
        await tx.reminders.everything(chat_id, NOON, NOON, wanted=True)
        await tx.editions.correct("article", "fact", [chat_id])


async def test_forgetting_one_leaves_the_other_and_the_number_of_the_update(store: Store) -> None:
    await fill(store, ANYBODY, 10)
    await fill(store, SOMEBODY_ELSE, 11)
    async with store.begin() as tx:
        await tx.inbox.add(12, ANYBODY, '{"text": "later"}', NOON)
        other = await tx.dossier.of(SOMEBODY_ELSE)
        assert {"subscribers", "inbox", "reminder_readers", "corrected"} <= set(await tx.dossier.of(ANYBODY))
        counts = await tx.dossier.forget(ANYBODY, NOON)
        assert {"subscribers": 1, "inbox": 1, "reminder_readers": 1, "corrected": 1}.items() <= counts.items()
        assert await tx.dossier.of(SOMEBODY_ELSE) == other
        (waiting,) = (await tx.dossier.of(ANYBODY))["inbox"]
        assert waiting["update_id"] == 12, "what is yet to be answered is left"
        assert not await tx.inbox.add(10, ANYBODY, "{}", NOON), "a repeated update is still known as one"


async def test_an_edition_that_nobody_else_got_goes_with_its_reader(store: Store) -> None:
    async with store.begin() as tx:
        own = await tx.editions.add("{}", "en|grain", Window(NOON, NOON), NOON)
        shared = await tx.editions.add("{}", "en", Window(NOON, NOON), NOON)
        for number, (chat, edition) in enumerate([(ANYBODY, own), (ANYBODY, shared), (SOMEBODY_ELSE, shared)]):
            await tx.outbox.put(
                message(number, chat_id=chat, lane=Lane.BROADCAST, kind=Kind.EDITION, edition_id=edition), NOON
            )
        await tx.dossier.forget(ANYBODY, NOON + timedelta(days=1))
        assert await tx.editions.get(own) is None
        assert await tx.editions.get(shared) is not None
