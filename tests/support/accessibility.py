"""What a page must offer everyone: axe-core's rules, and those of ours that it has none for."""

from typing import Any

import pytest
from selenium.webdriver.remote.webdriver import WebDriver

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.2 AA, and what axe-core calls best practice."""
TARGET = 44
"""Pixels that a target needs each way; a link inside a sentence needs none."""

_RUN = """
const [within, options, done] = arguments;
axe.run(within || document, options).then(result => done(result.violations));
"""
_SMALL_TARGETS = """
const wanted = arguments[0];
const inSentence = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline' &&
  [...e.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
return [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea')]
  .filter(e => e.checkVisibility() && !e.closest('.skip') && !inSentence(e))
  .map(e => [e, (e.closest('label') || e).getBoundingClientRect()])
  .filter(([e, box]) => box.height < wanted - 0.5 || box.width < wanted - 0.5)
  .map(([e, box]) => `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}×${Math.round(box.height)}`);
"""


def violations(browser: WebDriver, *, contrast: bool = True, within: str | None = None) -> list[str]:
    """Return what axe-core finds on the page that is open, a line each; ``contrast`` asks for 7:1 as well."""
    axe = pytest.importorskip("axe_selenium_python", reason="axe-core comes with Python 3.12 and newer")
    axe.Axe(browser).inject()
    rules = {"color-contrast-enhanced": {"enabled": contrast}, "target-size": {"enabled": True}}
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": STANDARDS}, "rules": rules}
    found = browser.execute_async_script(_RUN, within, options)
    return [f"{one['id']}: {node['html'][:160]} ({node['failureSummary']})" for one in found for node in one["nodes"]]


def small_targets(browser: WebDriver) -> list[str]:
    """Return the controls that a thumb would miss."""
    return list(browser.execute_script(_SMALL_TARGETS, TARGET))


def spills(browser: WebDriver) -> bool:
    """Return whether the page has to be moved sideways to be read."""
    script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth"
    return bool(browser.execute_script(script))


def prefer(browser: Any, scheme: str) -> None:
    """Have the browser ask for a light or a dark page."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
