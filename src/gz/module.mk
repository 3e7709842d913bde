# gz: not built yet
