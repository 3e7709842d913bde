# lang: not built yet
