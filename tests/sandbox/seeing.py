"""What an eye would measure on a page, and what a bot would get of what is done in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import Bot, Update

if TYPE_CHECKING:
    from playwright.async_api import Page

ENOUGH_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, level AA."""

_FAINT = """least => {
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const scale = (text) => text.startsWith("color(") ? 255 : 1;
  const colour = (text) => { const [r, g, b, a = 1] = numbers(text.replace("srgb", "")); const k = scale(text); return [r * k, g * k, b * k, a]; };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const layer = colour(getComputedStyle(at).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    const node = walker.currentNode.parentElement;
    if (!text || !node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (node.closest(":disabled, .unseen, .skip, option, .spoiler:not(.shown)")) continue;
    const back = ground(node);
    const [one, two] = [light(over(colour(getComputedStyle(node).color), back)), light(back)].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (two + 0.05);
    if (ratio < least) found.push(`${ratio.toFixed(2)} ${node.tagName}.${node.className}: ${text.slice(0, 40)}`);
  }
  return found;
}"""


async def faint_texts(page: Page) -> list[str]:
    """The texts on a page whose contrast to what is behind them is not enough, each with its ratio."""
    found: list[str] = await page.evaluate(_FAINT, ENOUGH_CONTRAST)
    return found


async def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


async def update_with(bot: Bot, member: str) -> Update:
    """The bot's next update of a kind, such as ``callback_query``; those before it are confirmed."""
    offset = None
    while True:
        for update in await bot.get_updates(offset=offset, timeout=10):
            offset = update.update_id + 1
            if getattr(update, member) is not None:
                return update
