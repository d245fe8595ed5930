"""Pages of practical knowledge, one template; a folder of several pages has an index."""

from collections.abc import Iterator

from macros.loading import Dataset
from macros.models import Article
from macros.models.articles import FOLDERS
from macros.pages.escaping import as_text
from macros.pages.page import LISTING, Page, render
from macros.tracing import Trace, serving, traces

#: What a resident needs before the day, and what helps one group or job.
PREPARE = ("first-aid", "kit", "family-plan", "shelter-guide", "after", "rumours", "law")
FOR_WHOM = ("audiences", "children", "checklists", "reporting", "risk-maps", "templates")
OVERVIEWS = (("prepare/index.md", "急救和准备", PREPARE), ("for/index.md", "给谁用", FOR_WHOM))
#: A page for children, for a job or for those who organise names in fewer words what the full one says: in a search that comes first.
BOOSTS = {"children": 0.7, "audiences": 0.75, "templates": 0.4}
#: Pages whose lists name things to keep, and what a reader marks at each; `…` is a text field.
STOCKED = ("household-kit", "go-bag", "car-kit", "for-whom")
#: The page on checking them, and the calendar file that is made from it (macros/feeds/kit_reminder.py).
CHECKING, REMINDER = "storage", "kit/check-twice-a-year.ics"
STOCK_MARKS = "有了 要买 数量… 到期…"
#: The page with the beat to press by.
BEAT = "cpr-aed"


def article_pages(dataset: Dataset) -> Iterator[Page]:
    found = traces(dataset)
    for folder, name in FOLDERS.items():
        articles = articles_in(dataset, folder)
        if articles:
            yield _index(folder, name, articles)
        for article in articles:
            yield _article_page(dataset, article, serving(found, article))


def folder_overviews(dataset: Dataset) -> Iterator[Page]:
    """One page a section of the site that gathers several folders."""
    for uri, title, folders in OVERVIEWS:
        yield render(
            uri,
            "folders.md.j2",
            "data/articles",
            title=title,
            description="、".join(FOLDERS[folder] for folder in folders),
            meta=LISTING,
            folders={folder: articles_in(dataset, folder) for folder in folders},
            names=FOLDERS,
            article_uri=article_uri,
        )


def articles_in(dataset: Dataset, folder: str) -> list[Article]:
    return [article for article in dataset.articles.values() if article.folder == folder]


def article_uri(article: Article) -> str:
    return f"{article.folder}/{article.id}.md"


def _index(folder: str, name: str, articles: list[Article]) -> Page:
    return render(
        f"{folder}/index.md",
        "articles.md.j2",
        "data/articles",
        title=name,
        description="；".join(article.lead for article in articles)[:150],
        articles=articles,
        article_uri=article_uri,
    )


def _article_page(dataset: Dataset, article: Article, served: list[Trace]) -> Page:
    related = [dataset.articles.get(page) or dataset.hazards[page] for page in article.related]
    cited = {line.cite.source for part in article.parts for line in part.lines if line.cite}
    return render(
        article_uri(article),
        "article.md.j2",
        f"data/articles/{article.id}.yml",
        title=article.title,
        description=article.lead,
        meta={"tags": [as_text(alias) for alias in article.aliases], "search": {"boost": BOOSTS.get(article.folder, 1)}, "scripts": _scripts(article)},
        article=article,
        related=[(page, article_uri(page) if isinstance(page, Article) else f"hazards/{page.id}.md") for page in related],
        has_sheet=_has_sheet(article),
        has_beat=article.id == BEAT,
        marks=STOCK_MARKS if article.id in STOCKED else "做到了",
        reminder=REMINDER if article.id in (*STOCKED, CHECKING) and CHECKING in dataset.articles else None,
        documents=dataset.documents,
        plans=dataset.plans,
        served=served,
        regions=dataset.regions,
        cited=sorted(cited),
    )


def _has_sheet(article: Article) -> bool:
    return any(part.kind in ("清单", "填写") for part in article.parts)


def _scripts(article: Article) -> list[str]:
    wanted = {"worksheet": _has_sheet(article), "kit-reminder": article.id in STOCKED, "metronome": article.id == BEAT}
    return [f"assets/javascripts/{name}.js" for name, needed in wanted.items() if needed]
