"""Measures what a page becomes on paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page

_POINT = 96 / 72
_LETTERS = """() => {
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const within = texts.currentNode.parentElement;
    if (texts.currentNode.data.trim() && within.getClientRects().length)
      found.push(parseFloat(getComputedStyle(within).fontSize));
  }
  return Math.min(...found);
}"""


def printed_pages(pdf: bytes) -> int:
    """Return how many pages a PDF of Chromium has."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def smallest_letters(tab: Page) -> float:
    """Return the size of the smallest letters that are shown, in points."""
    return round(float(tab.evaluate(_LETTERS)) / _POINT, 2)
