"""The record sheet of a school: numbers a class, with sums that a spreadsheet works out. No names."""

import io
from datetime import datetime

import xlsxwriter

from macros.models import Stage

HEADER = ("班级", "应到人数", "实到人数", "上课日期", "参加演练人数", "疏散用时（秒，可不填）", "小测题数", "全班答对题次", "家庭任务回执份数")
ROWS = 40
#: Columns whose numbers are added up, by letter.
SUMMED = "BCEGHI"
_MOMENT = datetime(2024, 1, 1)


def record_sheet(stage: Stage) -> bytes:
    """An xlsx with a row a class, the sums below, and the share of pupils who took part."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{stage.title}记录表", "created": _MOMENT})
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    plain, share = book.add_format({"border": 1}), book.add_format({"border": 1, "num_format": "0%"})
    sheet = book.add_worksheet("记录")
    sheet.write_row(0, 0, HEADER, bold)
    sheet.set_column(0, len(HEADER) - 1, 14)
    sheet.set_row(0, 48)
    sheet.freeze_panes(1, 1)
    for row in range(1, ROWS + 1):
        sheet.write_row(row, 0, [""] * len(HEADER), plain)
    sheet.data_validation(1, 1, ROWS, 2, {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 10000, "error_message": "填 0 到 10000 的整数"})
    sheet.write(ROWS + 1, 0, "合计", bold)
    for letter in SUMMED:
        sheet.write_formula(f"{letter}{ROWS + 2}", f"=SUM({letter}2:{letter}{ROWS + 1})", bold, 0)
    sheet.write(ROWS + 2, 0, "到课率", bold)
    sheet.write_formula(f"B{ROWS + 3}", f'=IF(B{ROWS + 2}=0,"",C{ROWS + 2}/B{ROWS + 2})', share, "")
    sheet.print_area(0, 0, ROWS + 2, len(HEADER) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    book.close()
    return out.getvalue()
