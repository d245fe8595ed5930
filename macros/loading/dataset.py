"""All of `data/`, read once into models; the only reader of the folder."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import get_args

from macros.errors import DataFaults, Problem
from macros.loading.csv_file import Table, read_table
from macros.loading.quiz_file import read_quiz_tree
from macros.loading.validation import Loaded, validate
from macros.loading.yaml_file import read_tree
from macros.models import (
    ActivityRecord,
    Article,
    CampaignList,
    Citation,
    ContactList,
    Document,
    DutyList,
    Glossary,
    Guide,
    Hazard,
    Instruction,
    Line,
    Plan,
    Quiz,
    Record,
    Region,
    Scenario,
    Shelter,
    SignalList,
    Site,
    SourceList,
    Stage,
    SynonymList,
    TopicList,
    Unit,
)
from macros.models.scenarios import Scene
from macros.models.schools import StageName

#: Files of one list each, and the model of the file.
SINGLE_FILES: dict[str, type[Record]] = {
    "site": Site,
    "sources": SourceList,
    "topics": TopicList,
    "hotlines": ContactList,
    "duties": DutyList,
    "campaigns": CampaignList,
    "glossary": Glossary,
    "warnings": SignalList,
    "synonyms": SynonymList,
}
#: Folders of one record a file, and the model of each file.
FOLDERS: dict[str, type[Record]] = {
    "regions": Region,
    "plans": Plan,
    "hazards": Hazard,
    "articles": Article,
    "drills": Guide,
    "schools": Stage,
    "scenarios": Scenario,
}


#: Stages of school from the youngest.
STAGE_ORDER = get_args(StageName)
#: Scenes as the plan lists them.
SCENE_ORDER = get_args(Scene)
#: Folders of lists, one row one record, and the model of a row.
TABLES: dict[str, type[Record]] = {"shelters": Shelter, "records": ActivityRecord, "units": Unit}


@dataclass(frozen=True, repr=False)  # the macros plugin writes out all it is given: 100,000 rows took it 15 seconds
class Dataset:
    """What `data/` says. Lists keep the order of file names; `singles` is keyed by file stem."""

    root: Path
    singles: dict[str, Loaded]
    loaded_regions: tuple[Loaded[Region], ...]
    loaded_plans: tuple[Loaded[Plan], ...]
    loaded_hazards: tuple[Loaded[Hazard], ...]
    loaded_articles: tuple[Loaded[Article], ...]
    loaded_guides: tuple[Loaded[Guide], ...] = ()
    loaded_stages: tuple[Loaded[Stage], ...] = ()
    loaded_scenarios: tuple[Loaded[Scenario], ...] = ()
    loaded_quizzes: tuple[Loaded[Quiz], ...] = ()
    shelter_tables: tuple[Table[Shelter], ...] = ()
    record_tables: tuple[Table[ActivityRecord], ...] = ()
    unit_tables: tuple[Table[Unit], ...] = ()

    @property
    def every_file(self) -> tuple[Loaded, ...]:
        pages = (self.loaded_hazards, self.loaded_articles, self.loaded_guides, self.loaded_stages, self.loaded_scenarios)
        folders = (self.loaded_regions, self.loaded_plans, *pages)
        return (*self.singles.values(), *(loaded for folder in folders for loaded in folder))

    @cached_property
    def site(self) -> Site:
        return self.singles["site"].model

    @cached_property
    def regions(self) -> dict[str, Region]:
        """Regions by code, from the largest to the smallest, in the order of codes."""
        models = (loaded.model for loaded in self.loaded_regions)
        shown = self.site.regions
        return {r.code: r for r in sorted(models, key=lambda r: r.code) if shown is None or r.slug in shown}

    @cached_property
    def plans(self) -> dict[str, Plan]:
        return {loaded.model.id: loaded.model for loaded in self.loaded_plans if loaded.model.region in self.regions}

    @cached_property
    def hazards(self) -> dict[str, Hazard]:
        return {loaded.model.id: loaded.model for loaded in self.loaded_hazards}

    @cached_property
    def articles(self) -> dict[str, Article]:
        return {loaded.model.id: loaded.model for loaded in self.loaded_articles}

    @cached_property
    def guides(self) -> dict[str, Guide]:
        return {loaded.model.id: loaded.model for loaded in self.loaded_guides}

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """Stages of school from the youngest."""
        found = (loaded.model for loaded in self.loaded_stages)
        return {stage.id: stage for stage in sorted(found, key=lambda stage: STAGE_ORDER.index(stage.stage))}

    @cached_property
    def scenarios(self) -> dict[str, Scenario]:
        """Exercises in the order in which the scenes are named."""
        found = (loaded.model for loaded in self.loaded_scenarios)
        return {one.id: one for one in sorted(found, key=lambda one: (SCENE_ORDER.index(one.scene), one.id))}

    def line(self, page: str, text: str) -> Instruction | Line | None:
        """The line that says `text` on a page of advice (`hazards/flood`, `first-aid/burns`), or None."""
        return self._lines.get((page, text))

    @cached_property
    def _lines(self) -> dict[tuple[str, str], Instruction | Line]:
        hazards = {(f"hazards/{one.id}", line.text): line for one in self.hazards.values() for line in one.instructions}
        articles = {(f"{one.folder}/{one.id}", line.text): line for one in self.articles.values() for part in one.parts for line in part.lines}
        return {**hazards, **articles}

    @cached_property
    def quizzes(self) -> dict[str, Quiz]:
        """The files of `quizzes/` as written; `macros.question_bank` adds what they take from each other."""
        return {loaded.model.id: loaded.model for loaded in self.loaded_quizzes}

    @cached_property
    def shelters(self) -> dict[str, tuple[Shelter, ...]]:
        """Region code → its shelters; a region without a list is not among them."""
        codes = {region.slug: region.code for region in self.regions.values()}
        tables = (table for table in self.shelter_tables if table.records and table.stem in codes)
        return {codes[table.stem]: table.records for table in tables}

    @cached_property
    def records(self) -> tuple[ActivityRecord, ...]:
        """What was done, the oldest first; empty until real records are imported."""
        rows = (record for table in self.record_tables for record in table.records)
        return tuple(sorted(rows, key=lambda record: (record.date, record.id)))

    @cached_property
    def units(self) -> dict[str, tuple[Unit, ...]]:
        """Region code → its registered units; empty where nobody registered any."""
        found: dict[str, list[Unit]] = {}
        for table in self.unit_tables:
            for unit in table.records:
                found.setdefault(unit.region, []).append(unit)
        return {code: tuple(units) for code, units in found.items()}

    def items(self, name: str, field: str | None = None) -> tuple:
        """The list that a single file holds (`sources`, `duties`, …)."""
        return getattr(self.singles[name].model, field or name)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every citable document by the id that citations use: sources, then plans."""
        plans = {plan.id: plan.source for plan in self.plans.values()}
        return {**{source.id: source for source in self.items("sources")}, **plans}

    def document(self, cite: Citation) -> Document:
        return self.documents[cite.source or ""]

    def plans_of(self, code: str) -> tuple[Plan, ...]:
        """A region's plans, the newest period first."""
        own = (plan for plan in self.plans.values() if plan.region == code)
        return tuple(sorted(own, key=lambda plan: plan.period.first, reverse=True))


def read_dataset(root: Path) -> tuple[Dataset | None, list[Problem]]:
    """Everything below `root` (the `data` folder) and every fault of its files."""
    problems: list[Problem] = []
    singles = {}
    for stem, model in SINGLE_FILES.items():
        loaded = _read(root / f"{stem}.yml", root, model, problems)
        if loaded:
            singles[stem] = loaded
    folders = {name: _read_folder(root / name, root, model, problems) for name, model in FOLDERS.items()}
    if len(singles) < len(SINGLE_FILES):
        return None, problems
    tables = {f"{name[:-1]}_tables": _read_tables(root / name, root, model, problems) for name, model in TABLES.items()}
    quizzes = _read_quizzes(root, problems)
    return Dataset(root, singles, *folders.values(), loaded_quizzes=quizzes, **tables), problems


def load(root: Path) -> Dataset:
    """The checked shape of `root`; DataFaults with every fault of its files."""
    dataset, problems = read_dataset(root)
    if problems or dataset is None:
        raise DataFaults(problems)
    return dataset


def _read(path: Path, root: Path, model: type[Record], problems: list[Problem]) -> Loaded | None:
    name = path.relative_to(root.parent).as_posix()
    loaded, found = validate(read_tree(path, name), model)
    problems.extend(found)
    return loaded


def _read_folder(folder: Path, root: Path, model: type[Record], problems: list[Problem]) -> tuple[Loaded, ...]:
    paths = sorted(folder.glob("*.y*ml"))
    loaded = (_read(path, root, model, problems) for path in paths)
    return tuple(item for item in loaded if item)


def _read_quizzes(root: Path, problems: list[Problem]) -> tuple[Loaded[Quiz], ...]:
    """Quizzes stand beside `data`: they are Markdown, and a teacher may edit nothing else."""
    found = []
    for path in sorted((root.parent / "quizzes").glob("*.md")):
        loaded, faults = validate(read_quiz_tree(path, f"quizzes/{path.name}"), Quiz)
        problems.extend(faults)
        found.append(loaded)
    return tuple(loaded for loaded in found if loaded)


def _read_tables(folder: Path, root: Path, model: type[Record], problems: list[Problem]) -> tuple[Table, ...]:
    """Every list of a folder. A list without a row is the same as none."""
    tables = []
    for path in sorted(folder.glob("*.csv")):
        table, found = read_table(path, path.relative_to(root.parent).as_posix(), model)
        problems.extend(found)
        tables.append(table)
    return tuple(tables)
