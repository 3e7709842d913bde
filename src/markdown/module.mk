# markdown: not built yet
