"""The `yingji` command: one sub-command a job, each a function of this file's table."""

import argparse
import gc
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from macros.errors import DataFaults

if TYPE_CHECKING:
    from macros.loading import Dataset

ROOT = Path.cwd()


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Faults in data go to stderr, one line each; the exit code is then 1."""
    _speak_any_console()
    options = _parser().parse_args(arguments)
    try:
        return options.run(options) or 0
    except DataFaults as faults:
        print(faults, file=sys.stderr)
        print(f"共 {len(faults.problems)} 处错误,没有改动任何已有的文件。", file=sys.stderr)
        return 1


def _speak_any_console() -> None:
    """A GBK console has no ✓ or ⚠; a missing sign must not end the run."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="yingji", description="应急学堂:把应急预案和规划变成人人用得上的网站")
    commands = parser.add_subparsers(required=True, metavar="命令", title="命令")
    for name, (run, describe, add_options) in COMMANDS.items():
        command = commands.add_parser(name, help=describe, description=describe)
        add_options(command)
        command.set_defaults(run=run)
    return parser


def _checked(data: Path) -> "Dataset":
    """Imported late: a build checks in a process of its own, and would otherwise load the models twice."""
    from macros.checks import checked

    return checked(data)


def _check(options: argparse.Namespace) -> int:
    dataset = _checked(options.data)
    if options.stale:
        return _list_stale(dataset)
    print(f"数据无误:{len(dataset.regions)} 个地区,{len(dataset.plans)} 份规划,{len(dataset.hazards)} 个灾种。")
    return 0


def _list_stale(dataset: "Dataset") -> int:
    from macros.checks.freshness import stale

    due = sorted(stale(dataset, date.today()))
    print("\n".join(map(str, due)) or "没有过期未复查的页面。")
    return 1 if due else 0


def _schemas(options: argparse.Namespace) -> None:
    from macros.schemas import write_editor_schemas

    for path in write_editor_schemas(options.data / "schemas"):
        print(path)


def _verify(options: argparse.Namespace) -> int:
    from macros.verify import print_report, verify

    report = verify(_checked(options.data), options.sources)
    print_report(report)
    return 1 if report.failed else 0


def _build(options: argparse.Namespace) -> int:
    from macros.building import build

    return build(ROOT, options.out)


def _serve(options: argparse.Namespace) -> int:
    from macros.building import serve

    return serve(ROOT, options.address)


def _init(options: argparse.Namespace) -> None:
    from macros.starting import start_region

    for path in start_region(options.data, options.code, options.name, options.slug):
        print(f"已新建 {path}")
    print("下一步:照文件里的注释填写,再运行 yingji check。")


def _export(options: argparse.Namespace) -> None:
    from macros.export import export_zip

    print(f"已写好 {export_zip(options.site, options.out)}")


def _shelters(options: argparse.Namespace) -> None:
    from macros.importing.command import import_list, report_folder, save
    from macros.importing.summary import summary

    gc.disable()  # 100,000 rows make no cycles, and looking for them takes a fifth of the time
    out = report_folder(options.data, options.file, options.out)
    done = import_list(options.data, options.file, options.region, options.mapping, options.remove_gone)
    print("\n".join(summary(done, options.dry_run)))
    if options.dry_run:
        print("这是试运行,没有写任何文件。")
        return
    for path in save(options.data, done, out):
        print(f"已写好 {path}")


def _report(options: argparse.Namespace) -> int:
    from macros.coverage import coverage, coverage_json

    dataset = _checked(options.data)
    text, whole = coverage(dataset)
    print(coverage_json(dataset) if options.json else text)
    return 0 if whole else 1


def _drills(options: argparse.Namespace) -> None:
    from macros.drill_report import due_report

    print(due_report(_checked(options.data)))


def _records(options: argparse.Namespace) -> None:
    from macros.recording import import_records

    for path, count in import_records(_checked(options.data), options.files, date.today()).items():
        print(f"{path.name}：录入 {count} 条")


def _test(options: argparse.Namespace) -> int:
    from macros.building import run_python

    return run_python(ROOT, "tests/browser_setup.py") or run_python(ROOT, "-m", "pytest", "--numprocesses", "auto", *options.pytest)


def _bench(_: argparse.Namespace) -> int:
    from macros.building import run_python

    return run_python(ROOT, "bench/run.py")


def _no_options(_: argparse.ArgumentParser) -> None:
    """The command has none."""


def _test_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("pytest", nargs="*", help="交给 pytest 的参数")


def _data_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", type=Path, default=ROOT / "data", help="数据文件夹(默认 data)")


def _verify_options(command: argparse.ArgumentParser) -> None:
    _data_option(command)
    command.add_argument("--sources", type=Path, required=True, help="规划原文所在的文件夹")


def _check_options(command: argparse.ArgumentParser) -> None:
    _data_option(command)
    command.add_argument("--stale", action="store_true", help="列出过了复查期的页面")


def _build_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, default=ROOT / "site", help="网站写到哪里(默认 site)")


def _serve_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--address", default="127.0.0.1:8000", help="地址和端口(默认 127.0.0.1:8000)")


def _init_options(command: argparse.ArgumentParser) -> None:
    _data_option(command)
    command.add_argument("--code", required=True, help="六位行政区划代码(GB/T 2260)")
    command.add_argument("--name", required=True, help="地名,例:灵山县")
    command.add_argument("--slug", help="网址里用的英文名,例:lingshan(默认 r 加代码)")


def _shelters_options(command: argparse.ArgumentParser) -> None:
    _data_option(command)
    command.add_argument("action", choices=["import"], help="import:把一份避难场所表录入 data/shelters/")
    command.add_argument("file", type=Path, help="xlsx、csv、tsv 或 GeoJSON 文件")
    command.add_argument("--region", required=True, help="地区的英文名或行政区划代码")
    command.add_argument("--mapping", type=Path, help="对照文件:哪一列是哪一项(默认用上次存下的)")
    command.add_argument("--dry-run", action="store_true", help="只列出会有哪些变化,什么也不写")
    command.add_argument("--remove-gone", action="store_true", help="这份表里没有的旧记录一并删去(默认保留)")
    command.add_argument("--out", type=Path, help="两份核对表写到哪里(默认在原文件旁边;不能在项目里)")


def _report_options(command: argparse.ArgumentParser) -> None:
    _data_option(command)
    command.add_argument("about", choices=["coverage"], help="coverage：每项培训类指标由什么服务、还缺什么")
    command.add_argument("--json", action="store_true", help="给程序读的 JSON")


def _drills_options(command: argparse.ArgumentParser) -> None:
    _data_option(command)
    command.add_argument("action", choices=["due"], help="due：各类单位该做哪些演练、多久一次、依据哪一条，登记的单位下次到哪天")


def _records_options(command: argparse.ArgumentParser) -> None:
    _data_option(command)
    command.add_argument("action", choices=["import"], help="import：录入成绩汇总、演练记录等 CSV")
    command.add_argument("files", type=Path, nargs="+", help="CSV 文件")


def _export_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("form", choices=["zip"], help="zip:解压后双击打开的整站")
    command.add_argument("--site", type=Path, default=ROOT / "site", help="生成好的网站(默认 site)")
    command.add_argument("--out", type=Path, default=ROOT / "dist", help="写到哪个文件夹(默认 dist)")


Command = tuple[Callable[[argparse.Namespace], int | None], str, Callable[[argparse.ArgumentParser], None]]
COMMANDS: dict[str, Command] = {
    "check": (_check, "检查全部数据，一次列出所有错误", _check_options),
    "verify": (_verify, "逐条对照规划原文,证明数据与原文一致", _verify_options),
    "build": (_build, "检查数据并生成网站", _build_options),
    "serve": (_serve, "在本机预览网站,改了数据自动更新", _serve_options),
    "init": (_init, "为一个新地区新建数据文件", _init_options),
    "export": (_export, "把生成好的网站做成离线版", _export_options),
    "shelters": (_shelters, "录入避难场所表", _shelters_options),
    "report": (_report, "报告规划指标由什么服务、还缺什么", _report_options),
    "records": (_records, "录入演练、培训、宣教、调查的记录", _records_options),
    "drills": (_drills, "列出该做的演练", _drills_options),
    "test": (_test, "运行全部测试，含真实浏览器（先装 requirements/test.txt）", _test_options),
    "bench": (_bench, "测量生成速度与内存", _no_options),
    "schemas": (_schemas, "由数据模型生成编辑器用的 JSON Schema", _data_option),
}

if __name__ == "__main__":
    sys.exit(main())
