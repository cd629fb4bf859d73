"""Rules of alerts, in three files: the cases, the rules that raise them, and how levels become firings and figures. Pure."""

ARTICLE = "哈政办规〔2020〕12号第8项"
