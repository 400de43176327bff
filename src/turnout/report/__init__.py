"""What people get to read: report.html, forecast.xlsx, empty workbooks, the files of a run."""

from turnout.report.background import Background
from turnout.report.page.html import write_report
from turnout.report.workbook.write import write_workbook

__all__ = ["Background", "write_report", "write_workbook"]
