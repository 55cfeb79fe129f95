"""A real browser for the pages."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--lang=vi",
    "--force-device-scale-factor=1",
)  # fmt: skip


@contextmanager
def running_chromium(*flags: str) -> Iterator[Chrome]:
    """Run Chromium without a window; skip where it or its driver is not installed."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("Chromium and chromedriver are not installed: pages were not tried in a browser")
    with tempfile.TemporaryDirectory(prefix="curriculum-chromium-") as profile:
        options = ChromeOptions()
        options.binary_location = chromium
        for flag in (*_FLAGS, *flags, f"--user-data-dir={Path(profile) / 'profile'}"):
            options.add_argument(flag)
        browser = Chrome(options=options, service=Service(driver))
        try:
            yield browser
        finally:
            browser.quit()
