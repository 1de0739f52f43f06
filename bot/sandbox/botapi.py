"""``/bot{TOKEN}/{method}`` over HTTP: reads the call, applies faults and flood limits, writes the log of sends."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.sandbox import methods
from bot.sandbox.account import BotAccount, Sent
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.refusal import JsonObject, Refusal, bad_request, forbidden, too_many_requests
from bot.sandbox.spec import load_spec
from bot.sandbox.wire import Upload, read_body
from bot.sandbox.world import World

MAX_BODY_BYTES = 60 * 2**20
SENDING = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
POLLS = frozenset({"getUpdates", "getMe"})
UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")


class Answer(Response):
    """A JSON answer, in ASCII so that even half a surrogate pair can be told."""

    media_type = "application/json"

    def __init__(self, body: JsonObject, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(json.dumps(body).encode(), status, headers)


class Dropped(Response):
    """No answer: promises a body and cuts the connection before it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Begin the answer and go away; the server then closes the connection."""
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"64")]})


async def answer(world: World, request: Request, *, strict: bool) -> Response:
    """Answer one call as Telegram would."""
    bot = world.bots.get(request.path_params["token"])
    if bot is None:
        return refuse(UNAUTHORIZED)
    method = _method_named(request.path_params["method"])
    if method is None:
        return refuse(NOT_FOUND)
    try:
        given: dict[str, object] = dict(request.query_params)
        given |= read_body(request.headers.get("content-type", ""), await read_all(request))
        params = load_spec().check(method, given, strict=strict)
    except Refusal as refusal:
        _log(world, method, {}, str(refusal.status), refused=refusal.description)
        return refuse(refusal)
    return await _perform(world, bot, method, params)


async def read_all(request: Request) -> bytes:
    """A request's body.

    Raises:
        Refusal: 413 for more than ``MAX_BODY_BYTES``, 400 where its sender is gone.
    """
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                raise Refusal(413, "Request Entity Too Large")
    except ClientDisconnect:
        raise bad_request("the request broke off") from None
    return bytes(body)


def _method_named(name: str) -> str | None:
    """The method by any spelling of its case, as Telegram takes it."""
    return next((method for method in methods.METHODS if method.lower() == name.lower()), None)


def refuse(refusal: Refusal) -> Answer:
    """The HTTP answer of a refusal."""
    retry = refusal.parameters.get("retry_after")
    return Answer(refusal.body(), refusal.status, {"Retry-After": str(retry)} if retry else None)


async def _perform(world: World, bot: BotAccount, method: str, params: JsonObject) -> Response:
    chat_id = params.get("chat_id")
    fault = world.faults.strike(method, chat_id)
    if fault is not None and not fault.after:
        early = await _strike(world, bot, fault)
        if early is not None:
            _log(world, method, params, str(early.status_code) if isinstance(early, Answer) else "dropped")
            return early
    try:
        if method in SENDING:
            _mind_the_flood(world, bot, chat_id)
        result = await methods.call(world, bot, method, params)
    except Refusal as refusal:
        _log(world, method, params, str(refusal.status), refused=refusal.description)
        return refuse(refusal)
    message_id = result.get("message_id") if isinstance(result, dict) else None
    late = await _strike(world, bot, fault) if fault is not None and fault.after else None
    _log(world, method, params, "applied" if late is None else "unanswered", message_id=message_id)
    return late or Answer({"ok": True, "result": result})


def _mind_the_flood(world: World, bot: BotAccount, chat_id: object) -> None:
    wait_s = world.flood.retry_after(bot.user.id, chat_id if isinstance(chat_id, int) else 0)
    if wait_s is not None:
        raise too_many_requests(wait_s)


async def _strike(world: World, bot: BotAccount, fault: Fault) -> Response | None:
    """What the bot gets instead of an answer; None where it only had to wait."""
    match fault.kind:
        case FaultKind.SLOW:
            await world.pause(fault.delay_s)
            return None
        case FaultKind.DROP:
            return Dropped()
        case FaultKind.FLOOD:
            world.flood.pause(bot.user.id, fault.retry_after_s)
            return refuse(too_many_requests(fault.retry_after_s))
        case FaultKind.SERVER_ERROR:
            return refuse(Refusal(502, "Bad Gateway"))
        case FaultKind.FORBIDDEN:
            return refuse(forbidden("user is deactivated"))
        case FaultKind.MIGRATE:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            return refuse(Refusal(400, text, migrate_to_chat_id=fault.to_chat_id))


def _log(
    world: World,
    method: str,
    params: JsonObject,
    outcome: str,
    *,
    message_id: int | None = None,
    refused: str = "",
) -> None:
    if method in POLLS:
        return
    sent = Sent(
        at_s=world.monotonic(),
        method=method,
        chat_id=params.get("chat_id"),
        message_id=message_id,
        outcome=outcome,
        params={name: value for name, value in params.items() if not isinstance(value, Upload)},
        refused=refused,
        files={name: len(value.data) for name, value in params.items() if isinstance(value, Upload)},
    )
    world.witness(sent)
    if method in SENDING:
        world.sends.append(sent)


async def download(world: World, request: Request) -> Response:
    """``/file/bot{TOKEN}/{path}``: the bytes of a file that getFile named."""
    if request.path_params["token"] not in world.bots:
        return refuse(UNAUTHORIZED)
    path = request.path_params["path"]
    for stored in world.files.values():
        if stored.path == path:
            return Response(stored.data, media_type="application/octet-stream")
    return refuse(NOT_FOUND)
