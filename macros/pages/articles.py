"""Pages of practical knowledge, one template; a folder of several pages has an index."""

from collections.abc import Iterator

from macros.loading import Dataset
from macros.models import Article
from macros.models.articles import FOLDERS
from macros.pages.page import Page, render


def article_pages(dataset: Dataset) -> Iterator[Page]:
    for folder, name in FOLDERS.items():
        articles = articles_in(dataset, folder)
        if articles:
            yield _index(folder, name, articles)
        for article in articles:
            yield _article_page(dataset, article)


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


def _article_page(dataset: Dataset, article: Article) -> Page:
    related = [dataset.articles.get(page) or dataset.hazards[page] for page in article.related]
    cited = {line.cite.source for part in article.parts for line in part.lines if line.cite}
    return render(
        article_uri(article),
        "article.md.j2",
        f"data/articles/{article.id}.yml",
        title=article.title,
        description=article.lead,
        article=article,
        related=[(page, article_uri(page) if isinstance(page, Article) else f"hazards/{page.id}.md") for page in related],
        documents=dataset.documents,
        plans=dataset.plans,
        cited=sorted(cited),
    )
