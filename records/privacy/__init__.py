"""Numbers of persons that stand in clear where none may stand: looked for in the whole database, in stored files and logs."""
