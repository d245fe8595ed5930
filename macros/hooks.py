"""MkDocs events → our functions. The only importer of MkDocs; no rule or text lives here."""

import gc
import os
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from macros import searching
from macros.checks import checked
from macros.errors import DataFaults
from macros.feeds import all_files
from macros.models import Site
from macros.packs import packs
from macros.pages import all_pages, navigation, shelter_files
from macros.pages.escaping import as_text
from macros.vendor import served_files
from macros.vocabulary import region_names, terms

STYLES = "assets/stylesheets/site.css"
CACHE = ".cache"  # below the project, safe to delete: what one build leaves for the next


@event_priority(100)  # before the macros plugin reads the configuration, or authors see a traceback
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    root = Path(config.config_file_path).parent
    gc.disable()  # a build makes few cycles, and looking for them took a seventh of its time
    try:
        dataset = checked(root / "data")
    except DataFaults as faults:
        raise Abort(f"{faults}\n共 {len(faults.problems)} 处错误,网站没有改动。") from None
    config.extra["dataset"] = dataset
    config.extra["indexed"] = []
    _apply_settings(config, dataset.site)
    searching.teach(terms(dataset), root / CACHE)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    dataset, root = config.extra["dataset"], Path(config.config_file_path).parent
    for page in all_pages(dataset):
        files.append(_generated(config, page.uri, page.markdown, page.source))
    for uri, content in (*all_files(dataset, generated_at(), root / CACHE), *packs(dataset, root / CACHE), *shelter_files(dataset)):
        files.append(_generated(config, uri, content))
    for uri, path in served_files():
        files.append(File.generated(config, uri, abs_src_path=str(path)))
    _join_styles(files, config)
    config.nav = navigation(dataset)
    return files


def on_page_context(context: dict, page: Page, config: MkDocsConfig, nav: object) -> dict:
    """A printed page leads back to the site, where the publisher has set its address."""
    if config.site_url:
        context["qr"] = segno.make(page.canonical_url, micro=False).svg_inline(scale=3, light=None)
    return context


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """The theme's templates stay compiled from build to build."""
    env.bytecode_cache = FileSystemBytecodeCache(str(Path(config.config_file_path).parent / CACHE))
    return env


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Our index takes the page; Material's plugin, which would take it later, is told to leave it."""
    tags, boost = page.meta.get("tags", ()), page.meta.get("search", {}).get("boost", 1)
    config.extra["indexed"].append(searching.read_page(page.url, page.title, tags, boost, content))
    page.meta["search"] = {"exclude": True}


@event_priority(-100)  # after the search plugin has written its index
def on_post_build(config: MkDocsConfig) -> None:
    dataset = config.extra["dataset"]
    words = dataset.singles["synonyms"].model
    searching.write_index(Path(config.site_dir), config.extra["indexed"], words.fillers, words.groups, region_names(dataset))
    gc.enable()


def generated_at() -> datetime:
    """The build's moment, or SOURCE_DATE_EPOCH so that two builds are the same to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC).replace(microsecond=0)


def _join_styles(files: Files, config: MkDocsConfig) -> None:
    """A file a concern for us, one file for readers: on a slow network every request costs."""
    sheets = [files.src_uris[path] for path in config.extra_css]
    files.append(_generated(config, STYLES, "\n".join(sheet.content_string for sheet in sheets)))
    for sheet in sheets:
        files.remove(sheet)
    config.extra_css = [STYLES]


def _generated(config: MkDocsConfig, uri: str, text: str | bytes, source: str | None = None) -> File:
    file = File.generated(config, uri, content=text)
    file.edit_uri = source
    return file


def _apply_settings(config: MkDocsConfig, site: Site) -> None:
    """The publisher's settings; what is null is left out of every page by the theme's templates."""
    config.site_name = as_text(site.name)  # the theme prints it as it is
    config.site_url = site.site_url
    config.extra["site"] = site
    config.extra["version"] = version("yingji-xuetang")
    config.extra["built"] = generated_at().date().isoformat()
