"""`yingji shelters import`: one list in, `data/shelters/` and two reports out, or nothing at all."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.checks import checked
from macros.errors import DataFaults, Problem
from macros.importing.cells import hazards as hazard_reader
from macros.importing.headers import Header, find_header
from macros.importing.identities import Identity, assign, recognised, without_repeats
from macros.importing.mapping import EVERYTHING_PUBLIC, Mapping, mapping_text, read_mapping
from macros.importing.merging import Merged, drop_far_places, merge
from macros.importing.reports import write_reports
from macros.importing.rows import Draft, Rejected, read_rows, rules_for
from macros.importing.sheets import Sheet, is_blank, read_sheets, refused
from macros.loading import Dataset
from macros.loading.csv_file import cell_text
from macros.models import Hazard, Region, Shelter
from macros.models.shelters import FIELD_NAMES

HEAD = "# {name}的应急避难场所,由 yingji shelters import 写成,生成 /shelters/{slug}/。改完运行 yingji check。\n"
ID_FIELDS = ("id", "name", "district", "address")


@dataclass(frozen=True)
class Import:
    """What one run was asked for and what came of it."""

    file: Path
    region: Region
    sheets: list[Sheet]
    headers: dict[str, Header]
    mapping: Mapping
    merged: Merged
    rows: int
    hazards: dict[str, Hazard]


def import_list(data: Path, file: Path, region: str, mapping: Path | None = None, remove_gone: bool = False) -> Import:
    """Read `file` and work out what it changes; nothing is written yet. DataFaults where it cannot be read."""
    dataset = checked(data)
    place = _region(dataset, region)
    saved = _paths(data, place)["mapping"]
    chosen = read_mapping(mapping or saved) if mapping or saved.is_file() else Mapping()
    sheets = _wanted(file, read_sheets(file), chosen)
    headers = {s.name: h for s in sheets if not s.hidden and (h := find_header(s.rows, chosen.columns))}
    if not headers:
        raise refused(file, "没有找到表头:要有一行写着“名称”和另外至少一项(如“地址”“可容纳人数”)")
    _public_column(file, headers, chosen, saved)
    outcomes = list(without_repeats(_read(sheets, headers, dataset, chosen)))
    drafts = [outcome for outcome in outcomes if isinstance(outcome, Draft)]
    drop_far_places(drafts, chosen.box)
    old = {shelter.id: shelter for shelter in dataset.shelters.get(place.code, ())}
    ids = assign(drafts, _identities(data, place, old), place.code)
    merged = merge(old, drafts, ids, remove_gone)
    merged.rejected += [outcome for outcome in outcomes if isinstance(outcome, Rejected)]
    _withdraw(merged, data, place, old)
    return Import(file, place, sheets, headers, chosen, merged, len(outcomes), dataset.hazards)


def report_folder(data: Path, file: Path, chosen: Path | None) -> Path:
    """Where the reports go: never inside the project, which is public in Git."""
    out = chosen or file.parent / f"{file.stem}-import"
    if out.resolve().is_relative_to(data.resolve().parent):
        raise DataFaults([Problem("--out", 0, "", "核对表里可能有不公开的内容,不能写在项目里;请用 --out 指定别处的文件夹", str(out))])
    return out


def save(data: Path, done: Import, out: Path) -> list[Path]:
    """Write the list, the id map, the mapping and the reports; each file whole or not at all."""
    paths = _paths(data, done.region)
    merged = done.merged
    records = sorted(merged.records.values(), key=lambda shelter: shelter.id)
    columns = [column for header in done.headers.values() for column in header.columns.values()]
    first_rows = {name: header.last for name, header in done.headers.items()}
    written = write_reports(out, done.file.stem, merged, done.sheets, first_rows, done.hazards)
    texts = {
        paths["list"]: HEAD.format(name=done.region.name, slug=done.region.slug) + list_text(records),
        paths["ids"]: _ids_text(data, done.region, records, {shelter.id for shelter in merged.withdrawn}),
        paths["mapping"]: mapping_text(done.mapping, columns),
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    return [*texts, *written]


def list_text(records: list[Shelter]) -> str:
    """The rows of `data/shelters/<region>.csv`, the header first."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Shelter.model_fields)
    writer.writerows([cell_text(getattr(record, name)) for name in Shelter.model_fields] for record in records)
    return out.getvalue()


def _region(dataset: Dataset, wanted: str) -> Region:
    for region in dataset.regions.values():
        if wanted in (region.slug, region.code, region.name, region.short_name):
            return region
    known = "、".join(region.slug for region in dataset.regions.values())
    raise DataFaults([Problem("--region", 0, "", f"没有这个地区;可以写:{known}", wanted)])


def _paths(data: Path, region: Region) -> dict[str, Path]:
    folder = data / "shelters"
    return {
        "list": folder / f"{region.slug}.csv",
        "ids": folder / "ids" / f"{region.slug}.csv",
        "mapping": folder / "mappings" / f"{region.slug}.csv",
    }


def _wanted(file: Path, sheets: list[Sheet], mapping: Mapping) -> list[Sheet]:
    chosen = mapping.settings.get("@工作表")
    kept = [sheet for sheet in sheets if not chosen or sheet.name == chosen]
    if not kept:
        raise refused(file, f"没有名为“{chosen}”的工作表")
    return kept


def _public_column(file: Path, headers: dict[str, Header], mapping: Mapping, saved: Path) -> None:
    """Without the column that said what is not for the public, an import would publish it after all."""
    before = read_mapping(saved).columns.values() if saved.is_file() else ()
    has_now = all(_is_our_own(header) for header in headers.values()) or any(header.has("public") for header in headers.values())
    if "public" in before and not has_now and mapping.settings.get("@公开") != EVERYTHING_PUBLIC:
        rule = f"上次的表有“是否公开”一列,这次没有,不能判断哪些不公开;确实全部公开,就在对照文件里写 @公开,{EVERYTHING_PUBLIC}"
        raise refused(file, rule)


def _is_our_own(header: Header) -> bool:
    """A workbook that this site gave out holds only what is public."""
    return {column.label for column in header.columns.values()} >= set(FIELD_NAMES.values())


def _read(sheets: list[Sheet], headers: dict[str, Header], dataset: Dataset, mapping: Mapping) -> Iterator[Draft | Rejected]:
    names = {name: hazard.id for hazard in dataset.hazards.values() for name in (hazard.id, hazard.name, *hazard.aliases)}
    rules = rules_for(hazard_reader(names), mapping.datum, mapping.fixed)
    for sheet in sheets:
        if sheet.name in headers:
            yield from read_rows(sheet, headers[sheet.name], rules)
            continue
        reason = "隐藏的工作表,没有录入" if sheet.hidden else "这张工作表没有能认出的表头"
        rows = ((number, cells) for number, cells in enumerate(sheet.rows, start=1) if not is_blank(cells))
        yield from (Rejected(sheet.name, number, reason, cells) for number, cells in rows)


def _identities(data: Path, region: Region, old: dict[str, Shelter]) -> list[Identity]:
    """Every id ever issued, with what its shelter is called now, or was when it was last listed."""
    path = _paths(data, region)["ids"]
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))) if path.is_file() else ()
    known = {row["id"]: Identity(*(row[name] for name in ID_FIELDS)) for row in rows}
    return list({**known, **{own: Identity(own, s.name, s.district or "", s.address or "") for own, s in old.items()}}.values())


def _ids_text(data: Path, region: Region, records: list[Shelter], withdrawn: set[str]) -> str:
    """A withdrawn shelter keeps its id, never its name: the map is as public as the list."""
    known = {entry.id: entry for entry in _identities(data, region, {record.id: record for record in records})}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ID_FIELDS)
    blank = {own: Identity(own, "", "", "") for own in withdrawn}
    writer.writerows([getattr(entry, name) for name in ID_FIELDS] for _, entry in sorted({**known, **blank}.items()))
    return out.getvalue()


def _withdraw(merged: Merged, data: Path, region: Region, old: dict[str, Shelter]) -> None:
    """A row marked as not for the public takes what is already published with it."""
    drafts = [row.draft for row in merged.rejected if row.draft and row.draft.values.get("name")]
    for own in recognised(drafts, _identities(data, region, old)).values():
        if own in merged.records:
            merged.withdrawn.append(merged.records.pop(own))
            merged.gone = [shelter for shelter in merged.gone if shelter.id != own]
