# feeds: not built yet
