"""Word documents from a few kinds of paragraph, the same bytes on every build; nothing in them can run."""

from collections.abc import Iterable
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

from macros.archives import zipped

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: A paragraph that takes no room: a table must be followed by one, and one carries a page break.
_NO_HEIGHT = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
#: Twentieths of a point: room to write by hand.
_ROW_HEIGHT = 400
#: Between the margins of an A4 page, in twentieths of a point.
_TEXT_WIDTH = 11906 - 2 * 1134
_BORDERS = "<w:tblBorders>" + "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
) + "</w:tblBorders>"
#: Kind of paragraph → style, and indent in twentieths of a point.
_STYLES = {"题名": ("Title", 0), "标题": ("Heading1", 0), "正文": ("Normal", 0), "题": ("Question", 0), "选项": ("Normal", 480), "分页": ("Normal", 0)}


class Grid(NamedTuple):
    """A table with borders: a header row, rows of cells, and the share of the width that each column takes."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


class Paragraph(NamedTuple):
    """One paragraph; `分页` starts a new page."""

    kind: Literal["题名", "标题", "正文", "题", "选项", "分页"]
    text: str = ""


def docx(blocks: Iterable[Paragraph | Grid], title: str) -> bytes:
    """An A4 document; `title` is its property, not a heading."""
    body = "".join(_grid(block) if isinstance(block, Grid) else _paragraph(block) for block in blocks)
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(("officeDocument", _R, "word/document.xml"), ("metadata/core-properties", _PACKAGE + "/relationships", "docProps/core.xml")),
        "docProps/core.xml": _properties(title),
        "word/_rels/document.xml.rels": _relations(("styles", _R, "styles.xml")),
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{body}{page}</w:body></w:document>',
        "word/styles.xml": _styles(),
    }
    return zipped(parts)


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.kind == "分页":
        return f"<w:p><w:pPr><w:pageBreakBefore/>{_NO_HEIGHT}</w:pPr></w:p>"
    style, indent = _STYLES[paragraph.kind]
    shape = f'<w:pStyle w:val="{style}"/>' + (f'<w:ind w:left="{indent}"/>' if indent else "")
    return f'<w:p><w:pPr>{shape}</w:pPr><w:r><w:t xml:space="preserve">{escape(paragraph.text)}</w:t></w:r></w:p>'


def _grid(grid: Grid) -> str:
    """A header row repeats on every page; no row is cut in half. A table must be followed by a paragraph."""
    total = sum(grid.widths)
    widths = [share * _TEXT_WIDTH // total for share in grid.widths]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    header = _row(grid.header, widths, "<w:tblHeader/>")
    rows = "".join(_row(row, widths) for row in grid.rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/>{_BORDERS}<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{header}{rows}</w:tbl><w:p><w:pPr>{_NO_HEIGHT}</w:pPr></w:p>'


def _row(cells: tuple[str, ...], widths: list[int], shape: str = "") -> str:
    height = f'<w:trHeight w:val="{_ROW_HEIGHT}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{shape}</w:trPr>{''.join(map(_cell, cells, widths))}</w:tr>"


def _cell(text: str, width: int) -> str:
    """A cell's lines are paragraphs of their own."""
    paragraphs = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n"))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraphs}</w:tc>'


def _content_types() -> str:
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        "</Types>"
    )


def _relations(*relations: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{base}/{kind}" Target="{target}"/>'
        for number, (kind, base, target) in enumerate(relations, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _properties(title: str) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
    )


def _styles() -> str:
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="宋体"/>'
    plain = f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>'
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}">{plain}'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        + _style("Title", "Title", 32, '<w:spacing w:after="160"/>')
        + _style("Heading1", "heading 1", 26, '<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="0"/>')
        + _style("Question", "Question", 22, '<w:keepNext/><w:spacing w:before="160"/>')
        + "</w:styles>"
    )


def _style(identifier: str, name: str, size: int, shape: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr>{shape}</w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
    )
