"""Records in: result files from classes and drills → `data/records/<year>.csv`, a whole file or none of it."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from macros.errors import DataFaults, Problem
from macros.loading import Dataset
from macros.loading.csv_file import cell_text
from macros.loading.validation import rule_of
from macros.models import ActivityRecord
from macros.question_bank import all_quizzes

FIELDS = tuple(ActivityRecord.model_fields)
COMMENT = "# 已发生的演练、培训、宣教、调查，没有姓名；由 yingji records import 写入，计入 /targets/。改完运行 yingji check。"


def import_records(dataset: Dataset, paths: Iterable[Path], today: date) -> dict[Path, int]:
    """Add every row of `paths` to the data and say how many of each file.

    Raises DataFaults with a reason per row; nothing of any file is then written.
    Columns that a record has no field for are left out: free text never enters.
    """
    known = {record.id for record in dataset.records}
    versions = {f"quizzes/{quiz.id}": quiz.content_hash for quiz in all_quizzes(dataset)}
    versions |= {f"drills/{guide.id}": guide.content_hash for guide in dataset.guides.values()}
    judge = _Judge(frozenset(dataset.regions), versions, _pages(dataset), known, today)
    read = {path: tuple(judge.rows(path)) for path in paths}
    if judge.problems:
        raise DataFaults(judge.problems)
    _write(dataset, [record for records in read.values() for record in records])
    return {path: len(records) for path, records in read.items()}


def _pages(dataset: Dataset) -> frozenset[str]:
    """What else a campaign or survey can be about: pages, packs, campaign days."""
    hazards = (f"hazards/{hazard}" for hazard in dataset.hazards)
    articles = (f"{article.folder}/{article.id}" for article in dataset.articles.values())
    packs = (f"schools/{stage}" for stage in dataset.stages)
    days = (f"campaigns/{day.id}" for day in dataset.items("campaigns"))
    return frozenset({*hazards, *articles, *packs, *days, "hotlines/index", "warnings/index"})


class _Judge:
    """Reads rows and keeps the reason of each that is refused."""

    def __init__(self, regions: frozenset[str], versions: dict[str, str], pages: frozenset[str], known: set[str], today: date):
        self.regions, self.versions, self.pages, self.known, self.today = regions, versions, pages, known, today
        self.problems: list[Problem] = []

    def rows(self, path: Path) -> Iterator[ActivityRecord]:
        try:
            text = _text(path)
        except (OSError, UnicodeDecodeError):
            self.problems.append(Problem(path.name, 0, "", "读不了这个文件；应是 CSV（UTF-8 或 GB18030）"))
            return
        reader = csv.DictReader(io.StringIO(text, newline=""))
        missing = {"id", "date", "region", "activity", "item"} - set(reader.fieldnames or ())
        if missing:
            self.problems.append(Problem(path.name, 1, "", f"缺少这些列：{'、'.join(sorted(missing))}"))
            return
        for row in reader:
            record = self._record(path.name, reader.line_num, row)
            if record:
                self.known.add(record.id)
                yield record

    def _record(self, name: str, line: int, row: dict[str, str | None]) -> ActivityRecord | None:
        if None in row or None in row.values():
            self.problems.append(Problem(name, line, "", "列数不对，这一行可能被截断了"))
            return None
        try:
            record = ActivityRecord.model_validate({field: row[field] for field in FIELDS if row.get(field)})
        except ValidationError as fault:
            self.problems.extend(_problem(name, line, error) for error in fault.errors())
            return None
        reason = self._refused(record)
        if reason:
            self.problems.append(Problem(name, line, *reason))
            return None
        return record

    def _refused(self, record: ActivityRecord) -> tuple[str, str, str] | None:
        """(field, rule, value) of what is wrong with a row that is sound by itself."""
        if record.id in self.known:
            return "id", "这一条已经有了", record.id
        if record.region not in self.regions:
            return "region", "data/regions/ 里没有这个地区", record.region
        if record.date > self.today:
            return "date", "日期在将来", str(record.date)
        if record.item.startswith(("quizzes/", "drills/")) and record.item not in self.versions:
            return "item", "没有这个测验或演练指南", record.item
        if record.item not in self.versions and record.item not in self.pages:
            return "item", "没有这个页面", record.item
        version = self.versions.get(record.item)
        if version and record.hash != version:
            return "hash", f"内容是另一个版本，现在是 {version}", record.hash or ""
        return None


def _text(path: Path) -> str:
    """Excel saves as UTF-8 with a mark or as GB18030, whichever it was told."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _problem(name: str, line: int, error: dict) -> Problem:
    field = ".".join(str(part) for part in error["loc"][:1])
    return Problem(name, line, field, rule_of(error), error["input"] if isinstance(error["input"], str) else None)


def _write(dataset: Dataset, added: list[ActivityRecord]) -> None:
    years = {record.date.year for record in added}
    for year in years:
        rows = [record for record in (*dataset.records, *added) if record.date.year == year]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(FIELDS)
        for record in sorted(rows, key=lambda record: (record.date, record.id)):
            writer.writerow(cell_text(getattr(record, field)) for field in FIELDS)
        path = dataset.root / "records" / f"{year}.csv"
        path.parent.mkdir(exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(f"{COMMENT}\n{out.getvalue()}", encoding="utf-8", newline="\n")
        unfinished.replace(path)
