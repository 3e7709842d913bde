# content: not built yet
