"""Questions in a real JupyterLab: by keyboard, saved by the kernel, read without one, never lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from kit import keyboard as keys
from kit import lab as lab_kit
from playwright.sync_api import Browser, Page, expect

ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
EXAM = ("t-single", "t-numeric", "t-code", "t-survey")
pytestmark = [pytest.mark.browser, pytest.mark.journey]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("lab")
    lab_kit.notebook(made / "practice.ipynb", [(name, "practice") for name in keys.ANSWERS])
    lab_kit.notebook(made / "exam.ipynb", [(name, "exam") for name in EXAM])
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with lab_kit.lab(folder) as served:
        yield served


def opened(browser: Browser, address: str, name: str, *, scheme: str = "light") -> Page:
    sheet = browser.new_context(
        viewport={"width": 1100, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]  # "light" or "dark"
    ).new_page()
    sheet.goto(address.format(name))
    sheet.wait_for_selector(".jp-Notebook", timeout=60_000)
    return sheet


def run(sheet: Page, count: int) -> None:
    sheet.wait_for_timeout(4000)  # a kernel that is still starting loses the cells that it is given
    sheet.get_by_text("Bắt đầu bài học", exact=True).click()
    expect(sheet.locator(".bc-question")).to_have_count(count, timeout=60_000)


def save(sheet: Page) -> None:
    sheet.locator("h1").click()
    sheet.keyboard.press("Control+s")
    sheet.wait_for_timeout(2000)


def kernels(address: str) -> list[str]:
    with urlopen(address.replace("/doc/tree/{}", "/api/kernels")) as answer:
        return [one["id"] for one in json.load(answer)]


def stop_kernels(address: str) -> None:
    for kernel in kernels(address):
        urlopen(Request(address.replace("/doc/tree/{}", f"/api/kernels/{kernel}"), method="DELETE")).close()


def kept(folder: Path, mode: str) -> dict[str, dict[str, object]]:
    answers = json.loads((folder / "kept" / mode / "answers.json").read_text(encoding="utf-8"))["answers"]
    assert isinstance(answers, dict)
    return answers


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_type_by_keyboard_and_axe_finds_nothing(browser: Browser, address: str, folder: Path, scheme: str) -> None:
    sheet = opened(browser, address, "practice.ipynb", scheme=scheme)
    run(sheet, len(keys.ANSWERS))
    if scheme == "dark":
        sheet.wait_for_selector("body[data-jp-theme-light='false']", state="attached")
    expect(sheet.locator(".bc-standin:visible")).to_have_count(0)
    for name, answer in keys.ANSWERS.items():
        if scheme == "light":
            keys.start(sheet, name)
            answer(sheet)
    assert keys.axe_findings(sheet, ".bc-question") == []
    ARTEFACTS.mkdir(exist_ok=True)
    for n, name in enumerate(keys.ANSWERS):
        keys.root(sheet, name).screenshot(path=ARTEFACTS / f"lab-{scheme}-{n}-{name}.png")
    assert kept(folder, "practice")["t-ordering"]["answer"] == ["dung", "lui", "bao"]
    sheet.context.close()
    stop_kernels(address)


def test_saved_read_without_a_kernel_and_restored(browser: Browser, address: str, folder: Path) -> None:
    sheet = opened(browser, address, "exam.ipynb")
    run(sheet, len(EXAM))
    numeric = keys.root(sheet, "t-numeric")
    numeric.locator("input").fill("12,5")
    expect(numeric.locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert kept(folder, "exam")["t-numeric"]["answer"] == "12,5"
    save(sheet)
    sheet.context.close()
    notebook = (folder / "exam.ipynb").read_text(encoding="utf-8")
    for secret in ("keys", "CANARY", "Hàng đang chờ", "application/vnd.jupyter.widget-state"):
        assert secret not in notebook
    stop_kernels(address)

    again = opened(browser, address, "exam.ipynb")
    again.wait_for_timeout(5000)
    expect(again.locator(".bc-standin:visible")).to_have_count(len(EXAM))
    for noise in ("Error displaying widget", "Loading widget"):
        assert noise not in again.locator(".jp-Notebook").inner_text()
    again.screenshot(path=ARTEFACTS / "lab-standin.png")
    run(again, len(EXAM))
    expect(keys.root(again, "t-numeric").locator("input")).to_have_value("12,5")
    expect(keys.root(again, "t-numeric").locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    again.context.close()
    stop_kernels(address)


def test_an_answer_to_a_dead_kernel_is_kept_said_and_sent_later(browser: Browser, address: str, folder: Path) -> None:
    sheet = opened(browser, address, "exam.ipynb")
    run(sheet, len(EXAM))
    stop_kernels(address)
    sheet.wait_for_timeout(1500)
    numeric = keys.root(sheet, "t-numeric")
    numeric.locator("input").fill("77")
    expect(numeric.locator(".bc-saved")).to_contain_text("Chưa lưu được", timeout=8000)
    expect(numeric.locator(".bc-saved")).to_contain_text("được giữ trong trình duyệt này")
    numeric.screenshot(path=ARTEFACTS / "lab-not-saved.png")
    assert kept(folder, "exam")["t-numeric"]["answer"] != "77"
    sheet.goto("about:blank")
    sheet.goto(address.format("exam.ipynb"))
    sheet.wait_for_selector(".jp-Notebook", timeout=60_000)
    run(sheet, len(EXAM))
    expect(keys.root(sheet, "t-numeric").locator("input")).to_have_value("77")
    expect(keys.root(sheet, "t-numeric").locator(".bc-saved")).to_contain_text("Đã lưu lúc")
    assert kept(folder, "exam")["t-numeric"]["answer"] == "77"
    sheet.context.close()
    stop_kernels(address)
