"""The shelter directory at the size of a province: 100,000 invented rows in, pages out, the nearest five on a slow phone.

`bench/run.py` prints its `report`; alone: `python bench/shelters.py`.
"""

import gzip
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

ROWS = 100_000
DISTRICTS, STREETS, COMMUNITIES = 20, 12, 15
HEADER = ["场所名称", "区县", "街道", "社区", "详细地址", "经度", "纬度", "坐标系", "级别", "室内外", "避难时长", "状态", "总面积(㎡)", "有效面积", "可容纳人数",
          "避难种类", "无障碍", "设施", "责任单位", "值班电话", "核实日期", "数据来源", "联系人", "备注"]  # fmt: skip
#: (what, measured, limit, unit)
Figure = tuple[str, float, float, str]
MEGABYTE = 1024 if sys.platform != "darwin" else 1024 * 1024


def measure(rows: int = ROWS) -> Iterator[Figure]:
    """Each figure as soon as it is known."""
    with tempfile.TemporaryDirectory() as scratch:
        project = _project(Path(scratch) / "project")
        book = Path(scratch) / "list.xlsx"
        region = _region(project)
        _write(book, rows)
        seconds, memory = _run(project, "shelters", "import", str(book), "--region", region)
        yield f"导入 {rows} 行", seconds, 60, "秒"
        yield "导入的内存", memory, 1536, "MB"
        seconds, memory = _run(project, "build")
        with_list = seconds
        yield "生成全站的内存", memory, 4096, "MB"
        shutil.rmtree(project / "data" / "shelters")
        without, _ = _run(project, "build", "--out", str(project / "without"))
        yield f"生成 {rows} 处的页面", with_list - without, 60, "秒"
        yield from _nearest(project / "site", region)


def _project(target: Path) -> Path:
    """A project with the small data of the tests: what is measured is the list."""
    target.mkdir()
    for name in ("docs", "overrides", "macros"):
        shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "small_data", target / "data")
    shutil.copy(ROOT / "mkdocs.yml", target)
    (target / "quizzes").mkdir()
    if (ROOT / "node_modules").is_dir():
        (target / "node_modules").symlink_to(ROOT / "node_modules")
    return target


def _region(project: Path) -> str:
    return sorted((project / "data" / "regions").glob("*.yml"))[0].stem


def _write(path: Path, rows: int) -> None:
    from macros.workbooks import xlsx

    path.write_bytes(xlsx({"名录": [HEADER, *(_row(number) for number in range(rows))]}))


def _row(number: int) -> list[object]:
    """An invented shelter; streets lie together, as streets do."""
    dice = random.Random(number)
    district = number % DISTRICTS
    street, community = dice.randrange(STREETS), dice.randrange(COMMUNITIES)
    lon = 105 + district % 5 * 0.4 + street % 4 * 0.08 + dice.random() * 0.08
    lat = 22 + district // 5 * 0.4 + street // 4 * 0.1 + dice.random() * 0.1
    people = dice.randrange(100, 9000)
    place = [round(lon, 6), round(lat, 6), dice.choice(["WGS-84", "CGCS2000", "GCJ-02"])] if number % 10 else [None, None, None]
    return [
        f"第{number}号测试广场", f"测{'甲乙丙丁戊己庚辛壬癸'[district % 10]}{'东西'[district // 10]}区", f"第{street}街道", f"第{community}社区", f"测试路{number}号", *place,
        dice.choice(["县级", "街道级", "村级"]), dice.choice(["室内", "室外"]), dice.choice(["紧急", "短期", "长期"]), "已建成", people * 4, people * 2, f"约{people}人",
        "台风", dice.choice(["有", "无"]), "供水、供电、厕所", "测试街道办事处", "0777-1234567", "2026-05-01", "测试名录", "某人", "备注",
    ]  # fmt: skip


def _run(project: Path, *arguments: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one command, measured on it alone."""
    program = "import resource, sys; from macros.__main__ import main; code = main(sys.argv[1:]);" \
        "print(max(resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)), file=sys.stderr); sys.exit(code)"
    environment = {**os.environ, "PYTHONPATH": str(project), "PYTHONIOENCODING": "utf-8"}
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=project, env=environment, capture_output=True, encoding="utf-8")
    seconds = time.monotonic() - start
    if done.returncode:
        raise SystemExit(f"{arguments}\n{done.stdout[-800:]}\n{done.stderr[-2000:]}")
    return seconds, int(done.stderr.split()[-1]) / MEGABYTE


def _nearest(site: Path, region: str) -> Iterator[Figure]:
    """From a device's position to five lines on the page, at a quarter of this machine's speed."""
    from browser_setup import find_browser
    from playwright.sync_api import sync_playwright

    loaded: list[int] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        context = browser.new_context(geolocation={"longitude": 105.63, "latitude": 22.57}, permissions=["geolocation"])
        page = context.new_page()
        page.on("requestfinished", lambda request: loaded.append(_compressed(site, request.url)))
        page.goto((site / "shelters" / region / "index.html").as_uri())
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        yield "最近五处要载入", _after_tap(page, loaded) / 1024, 200, "KB"
        yield "找出最近五处", page.evaluate(AGAIN), 200, "毫秒"
        browser.close()


#: From the answer of the position service on: asking the device is not ours to hasten.
AGAIN = """() => new Promise(done => {
  const block = document.querySelector("[data-nearest]");
  navigator.geolocation.getCurrentPosition = answer => {
    const start = performance.now();
    block.addEventListener("nearest", () => done(performance.now() - start), {once: true});
    answer({coords: {longitude: 105.77, latitude: 22.31, accuracy: 10}});
  };
  block.querySelector("[data-here]").click();
})"""


def _after_tap(page, loaded: list[int]) -> int:
    loaded.clear()
    page.locator("[data-here]").click()
    page.locator("[data-nearest] ol li").first.wait_for()
    page.wait_for_timeout(300)
    return sum(loaded)


def _compressed(site: Path, url: str) -> int:
    path = site / url.removeprefix(site.as_uri() + "/").partition("?")[0]
    return len(gzip.compress(path.read_bytes())) if path.is_file() else 0


def report() -> bool:
    """Print each figure beside its bar; true where all are met."""
    met = True
    for what, measured, limit, unit in measure():
        met &= measured <= limit
        print(f"  {what}:{measured:.1f} {unit},要求 ≤ {limit} {unit}{'' if measured <= limit else ',超限'}", flush=True)
    return met


if __name__ == "__main__":
    sys.exit(not report())
