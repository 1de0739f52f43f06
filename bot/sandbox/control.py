"""The control API under ``/sandbox/api/``: what people do in the sandbox, for its page, the tests and the demo."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from datetime import timedelta

from starlette.requests import Request

from bot.sandbox.account import BotAccount
from bot.sandbox.arguments import REQUIRED, Arguments
from bot.sandbox.botapi import Answer, read_all, refuse
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.inline import ask_inline, choose_inline
from bot.sandbox.model import Chat, StoredFile, User, unix
from bot.sandbox.pictures import plain_png
from bot.sandbox.profile import menu
from bot.sandbox.refusal import JsonObject, Refusal, bad_request
from bot.sandbox.wire import read_body
from bot.sandbox.world import World

MAX_WAIT_S = 50.0


def add_user(world: World, args: Arguments) -> JsonObject:
    """A new person."""
    user = world.add_user(
        args.get("name", str),
        username=args.get("username", str, None),
        language=args.get("language", str, "en"),
        started=args.get("started", bool, default=False),
    )
    return user.to_json()


def add_channel(world: World, args: Arguments) -> JsonObject:
    """A new channel."""
    status = args.get("bot_status", str, "administrator")
    return world.add_channel(
        args.get("title", str), username=args.get("username", str, None), bot_status=status
    ).to_json()


def add_group(world: World, args: Arguments) -> JsonObject:
    """A new group; ``basic`` ones can migrate."""
    chat = world.add_group(
        args.get("title", str),
        [world.users[number] for number in args.get("users", list, []) if number in world.users],
        bot_status=args.get("bot_status", str, "member"),
        basic=args.get("basic", bool, default=False),
    )
    return chat.to_json()


def post(world: World, args: Arguments) -> JsonObject:
    """A post in a channel: a text, a photo or a document with a caption, an album (one caption each), a forward."""
    chat, date = args.chat("channel"), args.when("date")
    origin = _origin(world, args)
    captions = args.get("album", list, [])
    if captions:
        album = f"album-{chat.last_message_id + 1}"
        posts = [
            world.post(chat, str(caption), date=date, photo=plain_png(), album=album, origin=origin)
            for caption in captions
        ]
        return {"message_ids": [message.message_id for message in posts], "message_id": posts[0].message_id}
    photo, document = args.blob("photo"), _document(world, args)
    has_media = photo is not None or document is not None
    text = args.get("text", str, "" if has_media else REQUIRED)
    if not text.strip() and not has_media:
        raise bad_request("message text is empty")
    entities = args.get("entities", list, [])
    message = world.post(chat, text, date=date, entities=entities, photo=photo, document=document, origin=origin)
    return {"message_id": message.message_id, "message_ids": [message.message_id]}


def _document(world: World, args: Arguments) -> StoredFile | None:
    data = args.blob("document")
    if data is None:
        return None
    name = args.get("file_name", str)
    return world.store_file(data, name, mimetypes.guess_type(name)[0] or "application/octet-stream")


def _origin(world: World, args: Arguments) -> JsonObject | None:
    title = args.get("forward_from", str, None)
    if title is None:
        return None
    source = Chat(id=-1_009_999_999_999, type="channel", title=title, username=args.get("forward_username", str, None))
    date = args.when("forward_date") or args.when("date") or world.clock()
    return {"type": "channel", "chat": source.to_json(), "message_id": 1, "date": unix(date)}


def edit_post(world: World, args: Arguments) -> JsonObject:
    """A changed post."""
    return world.edit_post(args.chat("channel"), args.get("message_id", int), args.get("text", str)).to_json()


def say(world: World, args: Arguments) -> JsonObject:
    """What a person writes to the bot or in a group."""
    text = args.get("text", str)
    if not text.strip():
        raise bad_request("message text is empty")
    message = world.say(
        args.user(),
        text,
        chat=args.room(),
        reply_to=args.get("reply_to", int, None),
        date=args.when("date"),
        origin=_origin(world, args),
    )
    return message.to_json()


def edit_said(world: World, args: Arguments) -> JsonObject:
    """A person changes what they wrote."""
    return world.edit_said(args.user(), args.get("message_id", int), args.get("text", str)).to_json()


def press(world: World, args: Arguments) -> JsonObject:
    """A press of an inline button, by its text or data."""
    query_id = world.press(args.user(), args.get("message_id", int), args.get("button", str), chat=args.room())
    return {"query_id": query_id}


def inline(world: World, args: Arguments) -> JsonObject:
    """A person types the bot's name and words in a message."""
    query_id = ask_inline(world, args.user(), args.get("query", str), args.get("offset", str, ""))
    return {"query_id": query_id}


def choose(world: World, args: Arguments) -> JsonObject:
    """A person sends one of the results that the bot offered."""
    query_id, result_id = args.get("query_id", str), args.get("result_id", str)
    return choose_inline(world, args.user(), query_id, result_id, args.room()).to_json()


def block(world: World, args: Arguments) -> JsonObject:
    """A person blocks the bot."""
    world.block(args.user())
    return {}


def unblock(world: World, args: Arguments) -> JsonObject:
    """A person lets the bot write again."""
    world.unblock(args.user())
    return {}


def set_bot_status(world: World, args: Arguments) -> JsonObject:
    """Somebody promotes the bot or puts it out."""
    world.set_bot_status(args.chat("chat"), args.get("status", str), args.user())
    return {}


def migrate(world: World, args: Arguments) -> JsonObject:
    """A basic group becomes a supergroup."""
    return world.migrate(args.chat("chat")).to_json()


def advance(world: World, args: Arguments) -> JsonObject:
    """The clock wound forward: to a time, or by hours."""
    if world.advance_to is None:
        raise bad_request("this sandbox keeps real time")
    moment = args.when("to") or world.clock() + timedelta(hours=args.get("hours", float))
    world.advance_to(moment)
    world.changes.add("clock", 0, {"now": world.clock().isoformat()})
    return {"now": world.clock().isoformat()}


def play(world: World, args: Arguments) -> JsonObject:
    """A programme begun anew, or ended."""
    if world.backstage is None:
        raise bad_request("nobody is behind this sandbox to play anything")
    world.backstage.play(args.get("programme", str))
    return world.backstage.programme


def add_fault(world: World, args: Arguments) -> JsonObject:
    """A fault to come (see ``faults.Fault``)."""
    try:
        kind = FaultKind(args.get("kind", str))
    except ValueError:
        raise bad_request(f'"kind" must be one of {", ".join(FaultKind)}') from None
    world.faults.add(
        Fault(
            kind=kind,
            method=args.get("method", str, "*"),
            chat_id=args.get("chat_id", int, None),
            times=args.get("times", int, None),
            rate=args.get("rate", float, 1.0),
            after=args.get("after", bool, default=False),
            delay_s=args.get("delay_s", float, 0.0),
            retry_after_s=args.get("retry_after_s", int, 1),
            to_chat_id=args.get("to_chat_id", int, 0),
        )
    )
    return {}


def clear_faults(world: World, _args: Arguments) -> JsonObject:
    """All faults gone."""
    world.faults.clear()
    return {}


Action = Callable[[World, Arguments], JsonObject]
ACTIONS: dict[str, Action] = {
    action.__name__: action
    for action in (
        add_user,
        add_channel,
        add_group,
        post,
        edit_post,
        say,
        edit_said,
        press,
        inline,
        choose,
        block,
        unblock,
        set_bot_status,
        migrate,
        advance,
        play,
        add_fault,
        clear_faults,
    )
}


async def act(world: World, request: Request) -> Answer:
    """``POST /sandbox/api/{action}`` with a JSON object."""
    action = ACTIONS.get(request.path_params["action"])
    if action is None:
        return refuse(Refusal(404, "no such action"))
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        return refuse(Refusal(415, "the control API takes application/json"))
    try:
        given = read_body(content_type, await read_all(request))
        return Answer({"ok": True, "result": action(world, Arguments(world, given))})
    except Refusal as refusal:
        return refuse(refusal)


async def state(world: World, _request: Request) -> Answer:
    """``GET /sandbox/api/state``: who and what there is, without messages, and the number of the last change."""
    bot = world.bot
    people = [user for user in world.users.values() if not user.is_bot]
    result = {
        "seq": world.changes.seq,
        "now": world.clock().isoformat(),
        "can_advance": world.advance_to is not None,
        "bot": bot.user.to_json()
        | {"description": bot.texts.get(("description", ""), ""), "commands": menu(bot, None)},
        "users": [_person(bot, user) for user in people],
        "chats": [chat.to_json() | {"last": _last(chat)} for chat in world.chats.values()],
        "pending_updates": len(bot.updates),
        "programme": world.backstage.programme if world.backstage else None,
    }
    return Answer({"ok": True, "result": result})


def _person(bot: BotAccount, user: User) -> JsonObject:
    more: JsonObject = {"blocked": user.id in bot.blocked_by, "last": _last(bot.dialogues.get(user.id))}
    return user.to_json() | more | {"commands": menu(bot, user.id, user.language)}


def _last(chat: Chat | None) -> JsonObject | None:
    return next(reversed(chat.messages.values())).to_json(replies=False) if chat and chat.messages else None


async def pulse(world: World, _request: Request) -> Answer:
    """``GET /sandbox/api/pulse``: whether a bot asks for its updates, and how many it has not confirmed."""
    updates = world.bot.updates
    return Answer({"ok": True, "result": {"listening": updates.is_asked_for, "pending_updates": len(updates)}})


async def reading(world: World, request: Request) -> Answer:
    """``GET /sandbox/api/reading?chat=ID&message=N``: how the bot has read a post, where somebody can say so."""
    if world.backstage is None:
        return refuse(Refusal(404, "nobody is behind this sandbox to say how a post was read"))
    try:
        chat_id, message_id = _number(request, "chat", 0), _number(request, "message", 0)
    except Refusal as refusal:
        return refuse(refusal)
    return Answer({"ok": True, "result": await world.backstage.reading(chat_id, message_id)})


async def messages(world: World, request: Request) -> Answer:
    """``GET /sandbox/api/messages?chat=ID``: a chat's messages (a person's id: their dialogue) and the last change."""
    try:
        chat_id = _number(request, "chat", 0)
    except Refusal as refusal:
        return refuse(refusal)
    chat = world.bot.dialogues.get(chat_id) or world.chats.get(chat_id)
    found = [message.to_json() for message in chat.messages.values()] if chat else []
    result = {"seq": world.changes.seq, "messages": found, "pinned": chat.pinned if chat else []}
    return Answer({"ok": True, "result": result})


async def changes(world: World, request: Request) -> Answer:
    """``GET /sandbox/api/changes?since=N[&chat=ID][&timeout=S]``: by long polling; ``reset`` where N is too old."""
    try:
        since, timeout_s = _number(request, "since", 0), min(float(_number(request, "timeout", 25)), MAX_WAIT_S)
        chat_id = _number(request, "chat", 0) or None
    except Refusal as refusal:
        return refuse(refusal)
    found = await world.changes.since(since, timeout_s, chat_id)
    result = {
        "seq": found[-1].seq if found else world.changes.seq,
        "reset": found is None,
        "changes": [change.to_json() for change in found or []],
    }
    return Answer({"ok": True, "result": result})


async def sends(world: World, request: Request) -> Answer:
    """``GET /sandbox/api/sends?since=N``: the log of sends from its N-th entry on."""
    try:
        since = _number(request, "since", 0)
    except Refusal as refusal:
        return refuse(refusal)
    log = [sent.to_json() for sent in world.sends[since:]]
    return Answer({"ok": True, "result": {"next": len(world.sends), "sends": log}})


def _number(request: Request, name: str, default: int) -> int:
    text = request.query_params.get(name, str(default))
    if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
        raise bad_request(f'"{name}" must be a whole number')
    return int(text)
