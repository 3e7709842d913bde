# transfer: not built yet
