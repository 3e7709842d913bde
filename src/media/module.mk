# media: not built yet
