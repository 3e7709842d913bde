"""A Hugo theme that makes what Hameau makes of the same posts, as plainly as Hugo can.

In Hugo's favour: no gzip, no related posts, no JSON feed, no archive by month, no colours in
code. Lists show ten posts with title, date, tags and summary; posts have a table of contents and
their neighbours; home and every tag have RSS with whole texts; there is a sitemap.
"""
CONFIG = """baseURL = "https://blog.example/"
title = "Blog"
languageCode = "en"
paginate = 10
disableKinds = []
enableGitInfo = false
[taxonomies]
tag = "tags"
[permalinks]
posts = "/:slug/"
[services.rss]
limit = 20
[outputs]
home = ["HTML", "RSS"]
section = ["HTML"]
taxonomy = ["HTML"]
term = ["HTML", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.highlight]
codeFences = false
[frontmatter]
date = ["date", ":filename"]
"""

BASE = """<!doctype html>
<html lang="{{ site.LanguageCode }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ if .IsHome }}{{ site.Title }}{{ else }}{{ .Title }} – {{ site.Title }}{{ end }}</title>
<meta name="description" content="{{ .Description }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:url" content="{{ .Permalink }}">
<link rel="canonical" href="{{ .Permalink }}">
{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}" type="{{ .MediaType.Type }}" href="{{ .Permalink }}">
{{ end }}<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a><nav><a href="/tags/">Tags</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer>{{ site.Title }} · <a href="/index.xml">RSS</a></footer>
</body>
</html>
"""

SUMMARY = """<article class="h-entry">
<h2><a class="u-url p-name" href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p><time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "January 2, 2006" }}</time>
 · {{ .ReadingTime }} min{{ range .GetTerms "tags" }} · <a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</p>
<div class="p-summary">{{ with .Description }}{{ . }}{{ else }}{{ .Summary }}{{ end }}</div>
</article>
"""

LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $p := .Paginator }}{{ range $p.Pages }}{{ .Render "summary" }}{{ end }}
<nav>{{ with $p.Prev }}<a rel="prev" href="{{ .URL }}">Newer</a>{{ end }}
{{ with $p.Next }}<a rel="next" href="{{ .URL }}">Older</a>{{ end }}</nav>{{ end }}
"""

SINGLE = """{{ define "main" }}<article class="h-entry">
<h1 class="p-name">{{ .Title }}</h1>
<p><time class="dt-published" datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "January 2, 2006" }}</time>
 · {{ .ReadingTime }} min · {{ .WordCount }} words</p>
{{ .TableOfContents }}
<div class="e-content">{{ .Content }}</div>
<ul>{{ range .GetTerms "tags" }}<li><a class="p-category" rel="tag" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>
<nav>{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>{{ end }}
"""

TERMS = """{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ len .Pages }}</li>{{ end }}</ul>{{ end }}
"""

RSS = """{{ printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ site.Title }}</description>
{{ $pages := .RegularPages }}{{ if .IsHome }}{{ $pages = site.RegularPages }}{{ end }}{{ range first 20 $pages }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><guid>{{ .Permalink }}</guid>
<description>{{ .Content | html }}</description></item>
{{ end }}</channel></rss>
"""


def write(folder):
    layouts = {
        "config.toml": CONFIG,
        "layouts/_default/baseof.html": BASE,
        "layouts/_default/summary.html": SUMMARY,
        "layouts/_default/list.html": LIST,
        "layouts/index.html": LIST.replace(".Paginator", ".Paginate site.RegularPages"),
        "layouts/_default/single.html": SINGLE,
        "layouts/_default/terms.html": TERMS,
        "layouts/_default/rss.xml": RSS,
        "static/style.css": "body { max-width: 40rem; margin: auto; }\n",
    }
    for name, text in layouts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
