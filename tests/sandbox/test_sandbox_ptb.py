"""python-telegram-bot's own client accepts every answer of the sandbox."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    ChatMemberAdministrator,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    MessageOriginChannel,
)
from telegram.error import BadRequest, InvalidToken

from bot.sandbox.client import SandboxClient
from bot.sandbox.pictures import plain_png

READER = 1001
CHANNEL = -1_001_000_000_001
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])


@pytest.fixture(autouse=True)
async def started(people: SandboxClient) -> None:
    await people.say(READER, "/start")


async def test_a_conversation(people: SandboxClient, ptb: Bot) -> None:
    update = (await ptb.get_updates(timeout=5))[0]
    assert update.message is not None
    assert update.message.parse_entity(update.message.entities[0]) == "/start"
    sent = await ptb.send_message(
        READER,
        "𝔘 bold",
        entities=[MessageEntity("bold", 3, 4)],
        reply_markup=BUTTONS,
        reply_to_message_id=update.message.message_id,
    )
    assert sent.parse_entities() == {sent.entities[0]: "bold"}
    seen = await people.wait_for(READER, lambda message: message.from_bot)
    assert (seen.marked("bold"), seen.reply_to) == (("bold",), update.message.message_id)
    await people.press(READER, seen.message_id, "y")
    pressed = (await ptb.get_updates(offset=update.update_id + 1, timeout=5))[0].callback_query
    assert pressed is not None
    assert await pressed.answer("Noted", show_alert=True)
    await pressed.edit_message_text("plain")
    seen = await people.wait_for(READER, lambda message: message.text == "plain")
    assert (seen.message_id, seen.buttons) == (sent.message_id, ())
    assert await ptb.send_chat_action(READER, "typing")
    assert await sent.delete()


async def test_files_go_out_and_come_back(people: SandboxClient, ptb: Bot) -> None:
    picture = plain_png(640, 480)
    photo = await ptb.send_photo(READER, picture, caption="The quays", caption_entities=[MessageEntity("bold", 0, 3)])
    assert (photo.photo[-1].width, photo.photo[-1].height) == (640, 480)
    document = await ptb.send_document(READER, b"BEGIN:VCALENDAR", filename="deadlines.ics")
    assert document.document is not None
    assert (document.document.file_name, document.document.mime_type) == ("deadlines.ics", "text/calendar")
    for file_id, data in ((photo.photo[-1].file_id, picture), (document.document.file_id, b"BEGIN:VCALENDAR")):
        file = await ptb.get_file(file_id)
        assert bytes(await file.download_as_bytearray()) == data
    again = await ptb.send_photo(READER, photo.photo[-1].file_id)
    assert again.photo == photo.photo
    edited = await ptb.edit_message_caption(READER, photo.message_id, caption="The cranes")
    assert isinstance(edited, Message)
    assert edited.caption == "The cranes"
    seen = await people.chat(READER)
    assert [message.file_name for message in seen if message.from_bot] == ["photo", "deadlines.ics", "photo"]
    with pytest.raises(BadRequest, match="caption is too long"):
        await ptb.send_document(READER, b"x", filename="a.txt", caption="x" * 1025)


async def test_commands_and_descriptions_by_scope_and_language(people: SandboxClient, ptb: Bot) -> None:
    await ptb.set_my_commands([BotCommand("help", "What I can do")])
    await ptb.set_my_commands([BotCommand("hilfe", "Was ich kann")], language_code="de")
    await ptb.set_my_commands([BotCommand("summary", "Now")], scope=BotCommandScopeAllPrivateChats())
    assert [it.command for it in await ptb.get_my_commands()] == ["help"]
    assert [it.command for it in await ptb.get_my_commands(language_code="de")] == ["hilfe"]
    assert await ptb.get_my_commands(scope=BotCommandScopeChat(READER)) == ()
    assert (await people.state())["bot"]["commands"][0]["command"] == "summary"
    await ptb.delete_my_commands(scope=BotCommandScopeAllPrivateChats())
    assert (await people.state())["bot"]["commands"][0]["command"] == "help"
    with pytest.raises(BadRequest, match=r"(?i)bot_command_invalid"):
        await ptb.set_my_commands([BotCommand("Help!", "x")])
    await ptb.set_my_description("Reads the news")
    await ptb.set_my_short_description("News", language_code="de")
    await ptb.set_my_name("Desk")
    assert (await ptb.get_my_description()).description == "Reads the news"
    assert (await ptb.get_my_short_description("de")).short_description == "News"
    assert (await ptb.get_my_name()).name == (await ptb.get_me()).first_name == "Desk"


async def test_chats_and_their_members(ptb: Bot) -> None:
    channel = await ptb.get_chat("@sample_wire")
    assert (channel.id, channel.title, channel.type) == (CHANNEL, "Sample Wire", "channel")
    administrators = await ptb.get_chat_administrators(CHANNEL)
    assert [member.user.id for member in administrators] == [ptb.id]
    assert isinstance(await ptb.get_chat_member(CHANNEL, ptb.id), ChatMemberAdministrator)
    assert (await ptb.get_chat_member(CHANNEL, READER)).status == "left"
    assert await ptb.get_chat_member_count(CHANNEL) == 1
    sent = await ptb.send_message(READER, "Pinned")
    assert await ptb.pin_chat_message(READER, sent.message_id)
    assert (await ptb.get_chat(READER)).pinned_message == sent
    assert await ptb.unpin_chat_message(READER, sent.message_id)
    assert await ptb.leave_chat(CHANNEL)
    assert (await ptb.get_webhook_info()).url == ""


async def test_posts_albums_forwards_and_edits_of_a_channel(people: SandboxClient, ptb: Bot) -> None:
    then = datetime(2021, 7, 26, 9, 30, tzinfo=UTC)
    post = await people.post(CHANNEL, "Headline\n\nText", then)
    album = await people.post_album("@sample_wire", ["Caption", "", ""])
    await people.post("Sample Wire", "Passed on", forward_from="Other Wire")
    await people.edit_post(CHANNEL, post, "Headline, corrected")
    first, *pictures, forward, edit = (await ptb.get_updates(timeout=5))[1:]
    assert first.channel_post is not None
    assert (first.channel_post.text, first.channel_post.date) == ("Headline\n\nText", then)
    posts = [update.channel_post for update in pictures]
    assert [it.message_id for it in posts if it] == album
    assert len({it.media_group_id for it in posts if it}) == 1
    assert [it.caption for it in posts if it] == ["Caption", None, None]
    assert forward.channel_post is not None
    origin = forward.channel_post.forward_origin
    assert isinstance(origin, MessageOriginChannel)
    assert origin.chat.title == "Other Wire"
    assert edit.edited_channel_post is not None
    assert (edit.edited_channel_post.message_id, edit.edited_channel_post.text) == (post, "Headline, corrected")


async def test_a_group_in_privacy_mode_lets_commands_and_answers_through(people: SandboxClient, ptb: Bot) -> None:
    group = await people.add_group("Desk", [READER])
    await people.say(READER, "chatter", chat=group)
    await people.say(READER, "/summary@sitrep_sandbox_bot", chat=group)
    sent = await ptb.send_message(group, "An edition")
    await people.say(READER, "thanks", reply_to=sent.message_id, chat=group)
    heard = [update.message for update in (await ptb.get_updates(timeout=5))[1:]]
    assert [it.text for it in heard if it] == ["/summary@sitrep_sandbox_bot", "thanks"]


async def test_a_wrong_token_is_told_apart(ptb: Bot) -> None:
    with pytest.raises(InvalidToken):
        await Bot("1:WRONG", base_url=ptb.base_url.rsplit("/bot", 1)[0] + "/bot").get_me()
