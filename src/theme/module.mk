# theme: not built yet
