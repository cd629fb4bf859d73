"""Files that want to hurt, made by code: each once through every door that takes a file, and good ones with random damage."""
