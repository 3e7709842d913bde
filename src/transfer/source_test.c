/* source_test.c - the example folders of tests/data/import, read as each generator means
 * them. */
#include "base/date.h"
#include "base/folder_test.h"
#include "base/test.h"
#include "transfer/permalink.h"
#include "transfer/resolve.h"
#include "transfer/transfer_test.h"

struct folder {
	struct arena *arena;
	struct receipt receipt;
	struct tree tree;
	struct dialect dialect;
	struct source_context cx;
	struct source_doc **docs;
	size_t n;
};

static void folder_open(struct folder *fo, const char *name)
{
	struct fail f = FAIL_INIT;
	const char *path;
	size_t i;

	memset(fo, 0, sizeof *fo);
	fo->arena = arena_new(0);
	receipt_init(&fo->receipt);
	path = path_join(fo->arena, folder_test_source(fo->arena, "tests/data/import"),
			 str_of(name));
	assert_ok(tree_scan(fo->arena, path, false, &fo->receipt, &fo->tree, &f), &f);
	dialect_find(&fo->tree, &fo->receipt, &fo->dialect);
	fo->cx = (struct source_context){ &fo->tree, &fo->dialect, &fo->receipt, "Europe/Paris",
					   NULL };
	fo->docs = arena_array(fo->arena, fo->tree.n, sizeof *fo->docs);
	for (i = 0; i < fo->tree.n; i++) {
		struct source_doc *doc = ARENA_NEW(fo->arena, struct source_doc);

		if (fo->tree.files[i].kind != TREE_TEXT ||
		    !dialect_has(&fo->dialect, fo->tree.files[i].path) ||
		    !source_read(&fo->cx, fo->arena, fo->tree.files[i].path, NULL, doc) ||
		    doc->is_hidden)
			continue;
		permalink_make(&fo->cx, fo->arena, doc);
		fo->docs[fo->n++] = doc;
	}
	receipt_sort(&fo->receipt);
}

static void folder_close(struct folder *fo)
{
	tree_release(&fo->tree);
	receipt_release(&fo->receipt);
	arena_free(fo->arena);
}

static const struct source_doc *doc_at(const struct folder *fo, const char *path)
{
	size_t i;

	for (i = 0; i < fo->n; i++)
		if (str_eq(fo->docs[i]->path, str_of(path)))
			return fo->docs[i];
	fail_msg("no %s", path);
	return NULL;
}

static void assert_moved(const struct folder *fo, const char *path, const char *from,
			 const char *to)
{
	assert_str_eq(doc_at(fo, path)->old_address, str_of(from));
	assert_str_eq(doc_at(fo, path)->address, str_of(to));
}

static void assert_complaint(const struct folder *fo, const char *file, int line, const char *part)
{
	size_t i;

	for (i = 0; i < fo->receipt.n; i++) {
		const struct receipt_line *l = &fo->receipt.complaints[i];

		if (str_eq(l->file, str_of(file)) && l->line == line &&
		    str_find(l->text, str_of(part)) >= 0)
			return;
	}
	for (i = 0; i < fo->receipt.n; i++)
		print_error("%.*s:%d: %.*s\n", STR_ARG(fo->receipt.complaints[i].file),
			    fo->receipt.complaints[i].line,
			    STR_ARG(fo->receipt.complaints[i].text));
	fail_msg("no complaint at %s:%d", file, line);
}

static void assert_resolves(const struct folder *fo, const char *from, const char *url,
			    const char *target)
{
	CLEANUP(resolve_index_freep) struct resolve_index *ix =
		resolve_index_new(&fo->cx, fo->docs, fo->n);
	struct resolved r = resolve_url(ix, fo->arena, doc_at(fo, from), str_of(url));

	if (r.kind == RESOLVE_DOC)
		assert_str_eq(r.doc->path, str_of(target));
	else if (r.kind == RESOLVE_MEDIA)
		assert_str_eq(r.file->path, str_of(target));
	else
		assert_string_equal(r.kind == RESOLVE_MISSING ? "missing" : "elsewhere", target);
}

static bool has(struct source_list list, const char *what)
{
	size_t i;

	for (i = 0; i < list.n; i++)
		if (str_eq(list.p[i], str_of(what)))
			return true;
	return false;
}

static void a_hugo_site_is_understood(void **state)
{
	const struct source_doc *d;
	struct folder fo;

	(void)state;
	folder_open(&fo, "hugo");
	assert_int_equal(fo.dialect.kind, DIALECT_HUGO);
	d = doc_at(&fo, "content/posts/first-rain.md");
	assert_true(d->is_post);
	assert_str_eq(d->title, STR("First rain: a story"));
	assert_int_equal(d->date, 1709283600);
	assert_true(d->has_updated && has(d->tags, "Rain") && has(d->categories, "Weather"));
	assert_str_eq(d->cover, STR("/images/sky.png"));
	assert_str_eq(d->cover_alt, STR("A grey sky"));
	assert_str_eq(d->lang, STR("en"));
	assert_true(str_find(d->body, STR("![Sky](/images/sky.png \"The sky\")")) > 0);
	assert_true(str_find(d->body, STR("`{{< not a tag >}}`")) > 0);
	assert_true(str_find(d->body, STR("{{< figure src=\"code.png\" >}}")) > 0);
	assert_moved(&fo, "content/posts/first-rain.md", "/posts/first-rain/", "/first-rain/");
	d = doc_at(&fo, "content/posts/first-rain.fr.md");
	assert_str_eq(d->lang, STR("fr"));
	assert_str_eq(d->old_address, STR("/fr/posts/first-rain/"));
	assert_moved(&fo, "content/posts/walk/index.md", "/posts/walk/", "/walk/");
	assert_moved(&fo, "content/essays/On Trees.md", "/2023/06/trees/", "/trees/");
	assert_true(doc_at(&fo, "content/posts/secret.md")->is_draft);
	d = doc_at(&fo, "content/about.md");
	assert_true(!d->is_post && d->in_menu);
	assert_int_equal(d->menu_weight, 20);
	assert_str_eq(d->address, STR("/about/"));
	assert_complaint(&fo, "content/posts/walk/index.md", 10, "carousel");
	folder_close(&fo);
}

static void links_of_a_hugo_site_lead_where_hugo_led(void **state)
{
	struct folder fo;

	(void)state;
	folder_open(&fo, "hugo");
	assert_resolves(&fo, "content/posts/first-rain.md", "../walk/",
			"content/posts/walk/index.md");
	assert_resolves(&fo, "content/posts/first-rain.md", "@/posts/walk/index.md",
			"content/posts/walk/index.md");
	assert_resolves(&fo, "content/posts/first-rain.fr.md", "@/first-rain.md",
			"content/posts/first-rain.md");
	assert_resolves(&fo, "content/posts/first-rain.md", "/images/sky.png",
			"static/images/sky.png");
	assert_resolves(&fo, "content/posts/walk/index.md", "path.png",
			"content/posts/walk/path.png");
	assert_resolves(&fo, "content/posts/walk/index.md", "missing.png", "missing");
	assert_resolves(&fo, "content/about.md", "posts/first-rain.md#top",
			"content/posts/first-rain.md");
	assert_resolves(&fo, "content/about.md", "https://anna.example/posts/walk/",
			"content/posts/walk/index.md");
	assert_resolves(&fo, "content/about.md", "https://other.example/posts/walk/", "elsewhere");
	assert_resolves(&fo, "content/about.md", "../../../../etc/passwd.png", "missing");
	folder_close(&fo);
}

static void a_broken_head_is_told_with_its_line_and_spoils_nothing_else(void **state)
{
	struct folder fo;
	size_t i;
	bool told = false;

	(void)state;
	folder_open(&fo, "hugo");
	for (i = 0; i < fo.receipt.n; i++)
		told |= str_eq(fo.receipt.complaints[i].file, STR("content/broken.md")) &&
			fo.receipt.complaints[i].line >= 3;
	assert_true(told);
	folder_close(&fo);
}

static void a_jekyll_site_is_understood(void **state)
{
	const struct source_doc *d;
	struct folder fo;

	(void)state;
	folder_open(&fo, "jekyll");
	assert_int_equal(fo.dialect.kind, DIALECT_JEKYLL);
	d = doc_at(&fo, "_posts/2020-01-02-welcome.md");
	assert_true(d->is_post && has(d->categories, "general") && has(d->tags, "two"));
	assert_int_equal(date_of(d->date, 3600).day, 2);
	assert_true(has(d->aliases, "/hello.html"));
	assert_true(str_find(d->body, STR("[code](@/_posts/2020-02-03-code)")) > 0);
	assert_true(str_find(d->body, STR("[about](/about.html)")) > 0);
	assert_true(str_find(d->body, STR("![Logo](/assets/logo.png)\n")) > 0);
	assert_moved(&fo, "_posts/2020-01-02-welcome.md", "/news/general/2020/01/02/welcome.html",
		     "/welcome/");
	assert_resolves(&fo, "_posts/2020-01-02-welcome.md", "@/_posts/2020-02-03-code",
			"_posts/2020-02-03-code.markdown");
	assert_resolves(&fo, "_posts/2020-01-02-welcome.md", "/about.html", "about.md");
	assert_resolves(&fo, "_posts/2020-01-02-welcome.md", "/assets/logo.png", "assets/logo.png");
	d = doc_at(&fo, "_posts/2020-02-03-code.markdown");
	assert_true(str_starts(d->body, STR("```ruby\nputs \"{{ not a tag }}\"\n```\n")));
	assert_true(str_find(d->body, STR("\n{{ shown }}\n")) > 0);
	assert_true(doc_at(&fo, "_drafts/idea.md")->is_draft);
	assert_false(doc_at(&fo, "_recipes/soup.md")->is_post);
	assert_moved(&fo, "_recipes/soup.md", "/recipes/soup.html", "/recipes/soup/");
	assert_moved(&fo, "about.md", "/about.html", "/about/");
	assert_int_equal(fo.n, 5);
	folder_close(&fo);
}

static void a_zola_site_is_understood(void **state)
{
	const struct source_doc *d;
	struct folder fo;

	(void)state;
	folder_open(&fo, "zola");
	assert_int_equal(fo.dialect.kind, DIALECT_ZOLA);
	d = doc_at(&fo, "content/blog/2021-05-06-Hello World.md");
	assert_true(d->is_post && d->has_date && has(d->tags, "b"));
	assert_true(has(d->authors, "Clara"));
	assert_str_eq(d->cover, STR("pic.png"));
	assert_moved(&fo, "content/blog/2021-05-06-Hello World.md", "/blog/hello-world/",
		     "/hello-world/");
	assert_true(str_find(d->body, STR("<https://www.youtube.com/watch?v=abc123>")) > 0);
	assert_resolves(&fo, "content/blog/2021-05-06-Hello World.md", "@/blog/next/index.md#part",
			"content/blog/next/index.md");
	d = doc_at(&fo, "content/blog/next/index.de.md");
	assert_str_eq(d->lang, STR("de"));
	assert_str_eq(d->old_address, STR("/de/blog/next/"));
	assert_moved(&fo, "content/pages/imprint.md", "/imprint", "/imprint/");
	folder_close(&fo);
}

static void a_hexo_site_is_understood(void **state)
{
	const struct source_doc *d;
	struct folder fo;

	(void)state;
	folder_open(&fo, "hexo");
	assert_int_equal(fo.dialect.kind, DIALECT_HEXO);
	d = doc_at(&fo, "source/_posts/hello-hexo.md");
	assert_true(d->is_post && d->is_pinned && has(d->categories, "Games"));
	assert_moved(&fo, "source/_posts/hello-hexo.md", "/2019/07/08/hello-hexo/", "/hello-hexo/");
	assert_true(str_starts(d->body, STR("![A](photo.png \"A\")")) ||
		    str_starts(d->body, STR("![A photo](photo.png \"A photo\")")));
	assert_resolves(&fo, "source/_posts/hello-hexo.md", "photo.png",
			"source/_posts/hello-hexo/photo.png");
	assert_resolves(&fo, "source/_posts/hello-hexo.md", "@/_posts/second",
			"source/_posts/second.md");
	assert_true(doc_at(&fo, "source/_drafts/later.md")->is_draft);
	assert_true(str_starts(doc_at(&fo, "source/_posts/second.md")->body, STR("```js\n")));
	assert_moved(&fo, "source/about/index.md", "/about/", "/about/");
	folder_close(&fo);
}

static void a_plain_folder_is_understood(void **state)
{
	const struct source_doc *d;
	struct folder fo;

	(void)state;
	folder_open(&fo, "folder");
	assert_int_equal(fo.dialect.kind, DIALECT_FOLDER);
	d = doc_at(&fo, "2022-02-02-day.md");
	assert_true(d->is_post);
	assert_str_eq(d->title, STR("A day"));
	assert_str_eq(d->address, STR("/day/"));
	assert_resolves(&fo, "2022-02-02-day.md", "img/town%20picture.png", "img/town picture.png");
	assert_resolves(&fo, "2022-02-02-day.md", "town.md", "town.md");
	assert_false(doc_at(&fo, "town.md")->is_post);
	assert_true(doc_at(&fo, "notes/a.md")->is_post);
	assert_complaint(&fo, "town.md", 4, "unknown_thing");
	folder_close(&fo);
}

static void dates_are_read_in_many_shapes(void **state)
{
	int64_t t;

	(void)state;
	assert_true(source_date(STR("2024-03-01"), NULL, &t) && t == 1709251200);
	assert_true(source_date(STR("2024/3/1"), NULL, &t) && t == 1709251200);
	assert_true(source_date(STR("2024-3-1 10:00:00"), NULL, &t) && t == 1709287200);
	assert_true(source_date(STR("2024-03-01"), "Europe/Paris", &t) && t == 1709251200 - 3600);
	assert_true(source_date(STR("2024-03-01T00:00:00Z"), "Europe/Paris", &t)
		    && t == 1709251200);
	assert_true(source_date(STR("2019/7/8 9:10:11"), NULL, &t) && t == 1562577011);
	assert_false(source_date(STR("yesterday"), NULL, &t));
}

int source_tests(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hugo_site_is_understood),
		cmocka_unit_test(links_of_a_hugo_site_lead_where_hugo_led),
		cmocka_unit_test(a_broken_head_is_told_with_its_line_and_spoils_nothing_else),
		cmocka_unit_test(a_jekyll_site_is_understood),
		cmocka_unit_test(a_zola_site_is_understood),
		cmocka_unit_test(a_hexo_site_is_understood),
		cmocka_unit_test(a_plain_folder_is_understood),
		cmocka_unit_test(dates_are_read_in_many_shapes),
	};

	return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
