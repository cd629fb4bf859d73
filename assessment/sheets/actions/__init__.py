"""The verbs of the sheet: schemes, months, contests, adjustments, circulars. A room each."""
