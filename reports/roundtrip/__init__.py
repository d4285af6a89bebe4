"""A plan or a result report as a workbook: taken home, filled in without a network, brought
back, compared with what is stored, and applied through the same guards as the pages."""
