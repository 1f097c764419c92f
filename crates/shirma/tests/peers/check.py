"""What aiogram and maxapi make of Shirma's side of the conversation.

Called by the example `peers` with a file that tells what our adapters read of each body, what the program sent, and
where our stand-ins listen. Three questions for each messenger: do both read the same in the same body; does the client's
own model accept each of our calls; can the client's own bot live with our stand-in. Prints a line a finding; exit 1 if any.
"""

import asyncio
import json
import sys
from urllib.parse import parse_qs

from aiogram import Bot as TelegramBot, methods
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup, Update
from maxapi import Bot as MaxBot
from maxapi.enums.update import UpdateType
from maxapi.methods.types.sended_message import SendedMessage
from maxapi.types.attachments import Attachments
from maxapi.types.updates import UpdateUnionAdapter
from pydantic import TypeAdapter

TELEGRAM_TEXT = 4096
CALLBACK_DATA = 64
MAX_TEXT = 4000
MAX_BUTTONS, MAX_ROWS = 210, 30


class Findings:
    def __init__(self):
        self.checked, self.wrong = 0, []

    def check(self, what, holds, why=""):
        self.checked += 1
        if not holds:
            self.wrong.append(f"{what}: {why}")

    def same(self, what, ours, theirs):
        self.check(what, ours == theirs, f"we say {str(ours)[:200]!r}, the client {str(theirs)[:200]!r}")

    def valid(self, what, judge):
        try:
            value = judge()
        except Exception as error:  # whatever the client's model objects to is a finding
            self.check(what, False, f"{type(error).__name__}: {error}")
            return None
        self.check(what, True)
        return value


def words(*parts):
    return " ".join(part for part in parts if part) or None


def digits(phone):
    return "".join(filter(str.isdigit, phone or ""))


# Telegram: what both read


def telegram_read(found, entry):
    name, body = f"telegram {entry['name']}", entry["body"]
    update = found.valid(name, lambda: Update.model_validate(body))
    if update is None or not entry["events"]:
        return
    ours, event = entry["events"][0], update.event
    if ours["kind"] == "group_message":
        # Nobody of a group is taken notice of, so there is nothing else to compare.
        found.check(f"{name} is of a group", event.chat.type != "private", event.chat.type)
        return
    found.same(f"{name} number of events", len(entry["events"]), 1)
    message = event.message if update.callback_query else event
    found.same(f"{name} chat", ours["chat_id"], str(message.chat.id))
    found.same(f"{name} sender", ours["sender_id"], str(event.from_user.id))
    found.same(f"{name} name", ours["sender_name"], words(event.from_user.first_name, event.from_user.last_name))
    if update.my_chat_member:
        kind = "bot_blocked" if event.new_chat_member.status == "kicked" else "subscribed"
        found.same(f"{name} kind", ours["kind"], kind)
        return
    found.same(f"{name} message", ours["message_id"], str(message.message_id))
    if update.callback_query:
        found.same(f"{name} press", ours["callback_id"], event.id)
        found.same(f"{name} payload", ours["button_payload"], event.data)
    elif message.contact:
        found.same(f"{name} phone", digits(ours["phone"]), digits(message.contact.phone_number))
    else:
        found.same(f"{name} text", ours["text"], message.text or message.caption)


# Telegram: what we send


def telegram_call(found, call):
    name = call["place"].rsplit("/", 1)[-1]
    body = call["body"] or {key: values[0] for key, values in parse_qs(call["query"]).items()}
    model = getattr(methods, name[0].upper() + name[1:], None)
    what = f"telegram {name}"
    found.check(what, model is not None, "the client knows no such method")
    if model is None:
        return
    unknown = set(body) - set(model.model_fields)
    found.check(f"{what} names", not unknown, f"the client knows no {sorted(unknown)}")
    if isinstance(body.get("allowed_updates"), str):
        body["allowed_updates"] = json.loads(body["allowed_updates"])
    markup = body.get("reply_markup")
    found.valid(f"{what} values", lambda: model.model_validate({**body, "reply_markup": None} if markup else body))
    if markup:
        kind = InlineKeyboardMarkup if "inline_keyboard" in markup else ReplyKeyboardMarkup
        keyboard = found.valid(f"{what} keyboard", lambda: kind.model_validate(markup))
        extra = keyboard and (set(markup) - set(kind.model_fields))
        found.check(f"{what} keyboard names", not extra, f"the client knows no {extra}")
        for button in sum(markup.get("inline_keyboard", []), []):
            data = button.get("callback_data", "")
            found.check(f"{what} button", len(data.encode()) <= CALLBACK_DATA, f"{data!r} is too long")
    if name == "sendMessage":
        found.check(f"{what} length", 0 < len(body["text"].encode("utf-16-le")) // 2 <= TELEGRAM_TEXT, "text length")


async def telegram_bot(found, url, count):
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with TelegramBot("7100000001:peer-token", session=session) as bot:
        found.check("telegram stand-in getMe", (await bot.get_me()).is_bot)
        updates = await bot.get_updates(timeout=1)
        found.same("telegram stand-in getUpdates", len(updates), count)
        later = await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
        found.same("telegram stand-in offset", later, [])
        sent = await bot.send_message(updates[0].message.chat.id, "Здравствуйте")
        found.same("telegram stand-in sendMessage", (sent.chat.id, sent.text), (updates[0].message.chat.id, "Здравствуйте"))
        found.check("telegram stand-in answerCallbackQuery", await bot.answer_callback_query("press-1"))
        found.check("telegram stand-in setWebhook", await bot.set_webhook("https://primer.example/hook"))
        found.check("telegram stand-in deleteWebhook", await bot.delete_webhook())


# MAX: what both read


def max_read(found, entry):
    name, body = f"max {entry['name']}", entry["body"]
    update = found.valid(name, lambda: UpdateUnionAdapter.validate_python(body))
    if update is None or not entry["events"]:
        return
    ours = entry["events"][0]
    found.same(f"{name} number of events", len(entry["events"]), 1)
    message = getattr(update, "message", None)
    if message is not None:
        found.same(f"{name} chat", ours["chat_id"], str(message.recipient.chat_id))
        found.same(f"{name} message", ours["message_id"], message.body.mid)
    elif hasattr(update, "message_id"):
        found.same(f"{name} message", ours["message_id"], update.message_id)
    elif getattr(update, "chat_id", None) is not None:
        found.same(f"{name} chat", ours["chat_id"], str(update.chat_id))
    callback = getattr(update, "callback", None)
    if callback is not None:
        found.same(f"{name} press", ours["callback_id"], callback.callback_id)
        found.same(f"{name} payload", ours["button_payload"], callback.payload)
    author = callback.user if callback else getattr(message, "sender", None) or getattr(update, "user", None)
    if author is not None:
        found.same(f"{name} sender", ours["sender_id"], str(author.user_id))
        found.same(f"{name} name", ours["sender_name"], words(author.first_name, author.last_name))
    if ours["kind"] in ("message", "message_edited"):
        found.same(f"{name} text", ours["text"], message.body.text or None)
    if ours["kind"] == "contact_shared":
        cards = [card for card in message.body.attachments if card.type == "contact"]
        vcf = next(line for line in cards[0].payload.vcf_info.splitlines() if line.startswith("TEL"))
        found.same(f"{name} phone", digits(ours["phone"]), digits(vcf.rsplit(":", 1)[-1]))


# MAX: what we send


def max_call(found, call):
    place = f"{call['method']} {call['place']}"
    what, body, query = f"max {place}", call["body"], parse_qs(call["query"])
    known = {"POST /messages", "POST /answers", "GET /updates", "GET /me", "GET /subscriptions", "POST /subscriptions",
             "DELETE /subscriptions"}
    found.check(what, place in known, "the client knows no such call")
    if place == "POST /messages":
        found.check(f"{what} place", query.keys() <= {"chat_id", "user_id", "disable_link_preview"}, call["query"])
        unknown = set(body) - {"text", "attachments", "link", "notify", "format"}
        found.check(f"{what} names", not unknown, f"the client knows no {sorted(unknown)}")
        found.check(f"{what} length", 0 < len(body["text"]) <= MAX_TEXT, "text length")
        for attachment in body.get("attachments", []):
            read = found.valid(f"{what} attachment", lambda: TypeAdapter(Attachments).validate_python(attachment))
            rows = attachment["payload"]["buttons"]
            found.check(f"{what} buttons", len(rows) <= MAX_ROWS and sum(map(len, rows)) <= MAX_BUTTONS, "too many")
            kept = read and read.payload.model_dump(mode="json", exclude_none=True)["buttons"]
            for ours, theirs in zip(sum(rows, []), sum(kept or [], [])):
                lost = {key for key, value in ours.items() if theirs.get(key) != value}
                found.check(f"{what} button", not lost, f"{ours} became {theirs}")
    if place == "POST /subscriptions":
        found.check(f"{what} names", set(body) <= {"url", "update_types", "secret"}, str(sorted(body)))
    types = body.get("update_types", []) if isinstance(body, dict) else []
    types += (query.get("types") or [""])[0].replace("%2C", ",").split(",") if "types" in query else []
    for kind in types:
        found.valid(f"{what} kind {kind}", lambda: UpdateType(kind))


async def max_bot(found, url, count):
    bot = MaxBot("peer-token", auto_requests=False)
    bot.set_api_url(url)
    try:
        found.check("max stand-in GET /me", (await bot.get_me()).is_bot)
        page = await bot.get_updates(timeout=1)
        found.same("max stand-in GET /updates", len(page["updates"]), count)
        for raw in page["updates"]:
            found.valid("max stand-in update", lambda: UpdateUnionAdapter.validate_python(raw))
        sent = await bot.send_message(chat_id=700, text="Здравствуйте")
        found.same("max stand-in POST /messages", sent.message.body.text, "Здравствуйте")
        found.check("max stand-in answer form", isinstance(sent, SendedMessage), type(sent).__name__)
        await bot.subscribe_webhook(url="https://primer.example/hook")
        await bot.get_subscriptions()
    finally:
        await bot.close_session()


async def with_bots(found, exchange):
    own = {name: sum(entry["name"].startswith("own") for entry in exchange[name]["read"]) for name in ("telegram", "max")}
    await telegram_bot(found, exchange["telegram"]["url"], own["telegram"])
    await max_bot(found, exchange["max"]["url"], own["max"])


def main(path):
    with open(path, encoding="utf-8") as file:
        exchange = json.load(file)
    found = Findings()
    for read, call, name in ((telegram_read, telegram_call, "telegram"), (max_read, max_call, "max")):
        for entry in exchange[name]["read"]:
            read(found, entry)
        for entry in exchange[name]["calls"]:
            call(found, entry)
        kinds = sorted({f"{entry['method']} {entry['place'].rsplit('/', 1)[-1]}" for entry in exchange[name]["calls"]})
        print(f"{name}: {len(exchange[name]['read'])} bodies read, {len(exchange[name]['calls'])} calls judged: {', '.join(kinds)}")
    asyncio.run(with_bots(found, exchange))
    for line in found.wrong:
        print(f"DIFFERS {line}")
    print(f"{found.checked - len(found.wrong)} passed, {len(found.wrong)} failed")
    return 1 if found.wrong or not found.checked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
