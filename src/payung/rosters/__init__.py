"""A workbook in; rows with verdicts out; a corrected workbook back."""
