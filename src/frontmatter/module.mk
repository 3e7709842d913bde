# frontmatter: not built yet
