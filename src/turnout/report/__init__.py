"""What people get to read: the report, forecast.xlsx and empty workbooks."""

from turnout.report.background import Background
from turnout.report.workbook.write import write_workbook
from turnout.report.writing import write_report

__all__ = ["Background", "write_report", "write_workbook"]
