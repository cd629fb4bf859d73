"""An edition of the list of matters as a workbook: what its columns are, how it is written, read and compared with a draft."""
