# What is proved about the whole tree; stories and fuzzing have their own runs.
