"""What readers say of stories, and how an outlet's stories were found by all of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from bot.desk.voices import Share
from bot.store.codec import storable
from bot.store.sql import Repository
from bot.store.voice_tables import outlet_voices, voices

MAX_OUTLET = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one chat says of one story that it was told by an outlet."""

    chat_id: int
    story: int
    useful: bool
    outlet: str
    said_at: datetime


class Voices(Repository):
    """One row per chat and story; the last word counts. Counts by outlet are kept beside them, and outlive the chats."""

    async def say(self, voice: Voice) -> bool:
        """Keep what a known chat says; False where it had said so before."""
        mine = (voices.c.chat_id == voice.chat_id) & (voices.c.story == voice.story)
        before = (await self._connection.execute(select(voices.c.useful, voices.c.outlet).where(mine))).one_or_none()
        if before is not None and before.useful == voice.useful:
            return False
        outlet = storable(voice.outlet[:MAX_OUTLET])
        if before is not None:
            await self._count(before.outlet, useful=before.useful, by=-1)
        values = {"useful": voice.useful, "outlet": outlet, "said_at": voice.said_at}
        kept = self._insert(voices).values(chat_id=voice.chat_id, story=voice.story, **values)
        await self._connection.execute(kept.on_conflict_do_update(index_elements=["chat_id", "story"], set_=values))
        await self._count(outlet, useful=voice.useful, by=1)
        return True

    async def shares(self, outlets: Collection[str]) -> dict[str, Share]:
        """How the stories of these outlets were found; an outlet of which nobody spoke is left out."""
        wanted = sorted({storable(outlet[:MAX_OUTLET]) for outlet in outlets})
        query = select(outlet_voices).where(outlet_voices.c.outlet.in_(wanted))
        rows = await self._connection.execute(query)
        return {row.outlet: Share(useful=row.useful, useless=row.useless) for row in rows}

    async def _count(self, outlet: str, *, useful: bool, by: int) -> None:
        first = self._insert(outlet_voices).values(outlet=outlet, useful=0, useless=0)
        await self._connection.execute(first.on_conflict_do_nothing(index_elements=["outlet"]))
        column = outlet_voices.c.useful if useful else outlet_voices.c.useless
        changed = update(outlet_voices).where(outlet_voices.c.outlet == outlet).values({column: column + by})
        await self._connection.execute(changed)
