"""The list of measures (联合奖惩措施清单) in editions: what may follow an entry, in which matters, with what force."""
