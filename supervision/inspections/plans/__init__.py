"""年度抽查计划 and 抽查任务: from the conditions to who was drawn and who goes there."""
