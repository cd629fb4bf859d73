"""An edition as a workbook: what its columns are (`columns`), how it is written, read, compared with a draft (`plan`) and taken.

    WORKBOOK = Workbook(LISTS, columns=(text("batch", "批次"), choice("kind", "种类", LABELS, required=True), …), code="事项编码", title="事项名称")

The first two columns are the code and the name of what an entry speaks of; the others are fields of the entry.
"""
