"""`yingji verify`: proof that the data says what the received texts say, both ways.

Every cited item must stand in its section as printed and claim the figure that stands there;
and every figure of a text must be carried by an item or left out for a listed reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.errors import DataFaults, Problem, field_name
from macros.loading import Dataset, Loaded
from macros.loading.yaml_file import read_text
from macros.models import Plan
from macros.verify.accounting import Account, account_for, left_out_spans
from macros.verify.figures import Figure
from macros.verify.proofs import ItemProof, Original, Proof, figures_of, prove_items
from macros.verify.texts import Span, lay_outline, squeeze, unlisted_headings


@dataclass(frozen=True)
class FileReport:
    """One plan, or the other files together: outcomes of items, faults in order, figures of the text."""

    name: str
    items: tuple[ItemProof, ...]
    problems: tuple[Problem, ...] = ()
    account: Account | None = None

    def count(self, outcome: str) -> int:
        return sum(item.outcome == outcome for item in self.items)

    @property
    def failed(self) -> bool:
        return bool(self.problems) or bool(self.account and self.account.unaccounted)


@dataclass(frozen=True)
class Report:
    files: tuple[FileReport, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether anything is unproved: a fault, or a figure that nothing accounts for."""
        return bool(self.problems) or any(file.failed for file in self.files)


def verify(dataset: Dataset, folder: Path) -> Report:
    """Hold every plan, and what other files cite of plans, against the texts in `folder`."""
    if not folder.is_dir():
        return Report((), (Problem(folder.as_posix(), 0, "", "没有这个文件夹,原文无从核对"),))
    originals: dict[str, Original | None] = {}
    faults: dict[str, list[Problem]] = {}
    for loaded in dataset.loaded_plans:
        originals[loaded.model.id], faults[loaded.model.id] = read_plan(loaded, folder)
    plans = (_plan(loaded, originals, faults[loaded.model.id]) for loaded in dataset.loaded_plans)
    return Report((*plans, _other_files(dataset, originals)))


def read_plan(loaded: Loaded[Plan], folder: Path) -> tuple[Original | None, list[Problem]]:
    """The plan's text with its outline; None where it has none or it cannot be read."""
    plan = loaded.model
    if plan.text is None:
        return None, []
    try:
        content = read_text(folder / plan.text.file, plan.text.file)
    except DataFaults as fault:
        rule = f"在 {folder.as_posix()} 里读不出原文:{fault.problems[0].rule}"
        return None, [loaded.problem(("text", "file"), rule, plan.text.file)]
    text, missing = lay_outline(content, plan.sections, plan.text.body_line)
    places = [place for place, _ in loaded.each("sections")]
    faults = [loaded.problem(places[i], rule, plan.sections[i].path) for i, rule in missing.items()]
    return Original(plan, text, figures_of(text)), faults


def _plan(
    loaded: Loaded[Plan], originals: Mapping[str, Original | None], faults: list[Problem]
) -> FileReport:
    items = tuple(prove_items(loaded, originals))
    problems = [*faults, *_problems(items)]
    original = originals[loaded.model.id]
    if original is None:
        return FileReport(loaded.model.id, items, tuple(sorted(problems)))
    # What the plan's own items quote of another plan stands in another text.
    proofs = [proof for proof in _proofs(items) if proof.plan == loaded.model.id]
    left_out, left_out_faults = left_out_spans(loaded, original)
    quoted = [proof.span for proof in proofs if proof.span] + [span for span, _ in left_out]
    problems += [*_twice(loaded, items), *left_out_faults, *_unlisted(original, quoted)]
    account = account_for(original, proofs, left_out)
    return FileReport(loaded.model.id, items, tuple(sorted(problems)), account)


def _other_files(dataset: Dataset, originals: Mapping[str, Original | None]) -> FileReport:
    others = (loaded for loaded in dataset.every_file if not isinstance(loaded.model, Plan))
    items = tuple(item for loaded in others for item in prove_items(loaded, originals))
    return FileReport("其他文件对规划的引用", items, tuple(sorted(_problems(items))))


def _problems(items: Iterable[ItemProof]) -> Iterator[Problem]:
    return (problem for item in items for problem in item.problems)


def _proofs(items: Iterable[ItemProof]) -> Iterator[Proof]:
    return (proof for item in items for proof in item.citations)


def _twice(loaded: Loaded[Plan], items: Iterable[ItemProof]) -> Iterator[Problem]:
    """A value is carried once: one printed figure proves one target or fact."""
    first: dict[Figure, ItemProof] = {}
    for item in items:
        for figure in (proof.figure for proof in item.citations if proof.figure):
            other = first.setdefault(figure, item)
            if other is not item:
                yield loaded.problem(
                    item.place,
                    f"与 {field_name(other.place)} 用的是原文里的同一个数,一个数只写一条",
                )


def _unlisted(original: Original, spans: list[Span]) -> Iterator[Problem]:
    """Lines that look like headings; one that an item or a left-out entry quotes is known to be none."""
    text, file = original.text, original.plan.text
    for at in unlisted_headings(text, file.body_line):
        if not any(span.holds(at, at + 1) for span in spans):
            line = squeeze(text.content[at : at + 24].split("\n")[0]).signs
            yield Problem(file.file, text.line(at), "", "这一行像标题,提纲(sections)里没有", line)


def print_report(report: Report) -> None:
    """Counts of each plan, then its faults and the figures without an account, one line each."""
    for problem in report.problems:
        print(problem)
    if report.problems:
        return
    for file in report.files:
        print(_summary(file))
        for line in (*file.problems, *_unaccounted(file)):
            print(f"  {line}")
    print("有不符之处。" if report.failed else "全部相符。")


def _summary(file: FileReport) -> str:
    items = f"{file.name}:证明 {file.count('proved')} 条,不符 {file.count('failed')} 条,无从核对 {file.count('unchecked')} 条"
    if file.account is None:
        return items
    account = file.account
    reasons = (
        "、".join(f"{reason} {count}" for reason, count in sorted(account.left_out.items())) or "无"
    )
    return (
        f"{items};原文的数 {account.total} 个:证明 {account.proved},引用 {account.quoted},"
        f"不取 {sum(account.left_out.values())}({reasons}),没有着落 {len(account.unaccounted)};另有标题序号 {account.headings} 个"
    )


def _unaccounted(file: FileReport) -> tuple[str, ...]:
    lines = file.account.unaccounted if file.account else ()
    return tuple(f"{line} 没有哪一条用到这个数,left_out 里也没有" for line in lines)
