"""Instructions drawn at random for fresh eyes: do only the cited sources confirm them?

`python bench/draw.py` prints a Markdown table of 60 lines of data/hazards, the same for the same
seed; the seed is the current commit unless given (`--seed`), so that nobody chooses the draw.
`--all` draws from the articles, myths and warning signals too.
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from macros.checks import checked
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import Location
from macros.models import Citation

ROOT = Path(__file__).resolve().parent.parent


class Drawn(NamedTuple):
    """A statement, where it stands in the data, and where it is said to come from."""

    place: str
    text: str
    cite: Citation


def instructions(dataset: Dataset) -> Iterator[Drawn]:
    for loaded in dataset.loaded_hazards:
        for place, line in loaded.each("instructions"):
            words = [line.phase, line.setting, line.audience, line.text, line.reason and f"原因：{line.reason}"]
            yield _drawn(loaded, place, words, line.cite)


def other_statements(dataset: Dataset) -> Iterator[Drawn]:
    for loaded in dataset.loaded_hazards:
        for place, myth in loaded.each("myths"):
            yield _drawn(loaded, place, ["误区", myth.says, f"其实：{myth.truth}"], myth.cite)
    for loaded in dataset.loaded_articles:
        for (field, index), part in loaded.each("parts"):
            for number, line in enumerate(part.lines):
                if line.cite:
                    words = [part.heading, line.setting, line.audience, line.text, line.reason and f"原因：{line.reason}"]
                    yield _drawn(loaded, (field, index, "lines", number), words, line.cite)
    signals = dataset.singles["warnings"]
    for place, signal in signals.each("signals"):
        for level in signal.levels:
            yield _drawn(signals, place, [signal.level_name(level), level.threshold, *level.asks], signal.cite)


def _drawn(loaded: Loaded, place: Location, words: list[str | None], cite: Citation) -> Drawn:
    return Drawn(f"{loaded.file}:{loaded.tree.line(place)}", " · ".join(filter(None, words)), cite)


def commit() -> str:
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or sys.exit("这里不是 Git 仓库:请用 --seed 给出种子。")


def table(drawn: list[Drawn], dataset: Dataset) -> Iterator[str]:
    yield "| | 位置 | 内容 | 来源 | 在来源的哪里 | 证实？ |"
    yield "|---|---|---|---|---|---|"
    for number, (place, text, cite) in enumerate(drawn, start=1):
        document = dataset.document(cite)
        cells = [place, text, f"{cite.source}《{document.title}》{document.grade}", cite.at]
        yield f"| {number} | {' | '.join(cell.replace('|', '/') for cell in cells)} | |"


def main() -> None:
    sys.stdout.reconfigure(errors="replace")  # a console that cannot show Chinese must not crash
    parser = argparse.ArgumentParser(description="随机抽出若干条做法，供没有参与编写的人对照来源核实")
    parser.add_argument("--count", type=int, default=60, help="抽几条（默认 60）")
    parser.add_argument("--seed", help="种子（默认为当前提交的编号）")
    parser.add_argument("--all", action="store_true", help="文章、误区、预警信号也在内")
    options = parser.parse_args()
    dataset, seed = checked(ROOT / "data"), options.seed or commit()
    pool = [*instructions(dataset), *(other_statements(dataset) if options.all else ())]
    drawn = sorted(random.Random(seed).sample(pool, min(options.count, len(pool))))
    print(f"种子 {seed}，从 {len(pool)} 条中抽出 {len(drawn)} 条。\n")
    print("\n".join(table(drawn, dataset)))


if __name__ == "__main__":
    main()
