"""The moments at which a worker can die over an import, in their order (`sabotage` makes it so)."""

MOMENTS = (
    "taken",  # the message is taken, nothing is done
    "held",  # the lock is held, the try not counted
    "begun",  # the try is counted
    "fresh",  # the staging table is made
    "staged",  # rows are staged, the checkpoint not committed
    "checkpoint",  # the first checkpoint is committed
    "read",  # the last one is
    "entered",  # the ledger has the rows, nothing is committed
    "closed",  # the batch is closed, nothing is committed
    "committed",  # everything is committed, the staging table is there
    "dropped",  # the table is gone, the lock held
    "ended",  # all is over, the message not acknowledged
)
