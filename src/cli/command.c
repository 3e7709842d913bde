/* command.c - the table itself. Order is that of the help. */
#include "cli/command.h"

#include <stdint.h>
#include <string.h>

#include "base/attrs.h"

const struct command_option command_common[] = {
	{ "data", 'd', "DIR", .help = N_("The host's folder; HAMEAU_DATA stands for it.") },
	{ "json", 0, NULL, .help = N_("Answer in JSON.") },
	{ "yes", 'y', NULL, .help = N_("Do not ask.") },
	{ "help", 'h', NULL, .help = N_("Show this help.") },
	{ 0 },
};

bool command_has(const struct command *c, const struct command_option *common)
{
	if (strcmp(common->name, "data") == 0)
		return c->flags & (COMMAND_HOST | COMMAND_DATA);
	if (strcmp(common->name, "json") == 0)
		return c->flags & COMMAND_JSON;
	if (strcmp(common->name, "yes") == 0)
		return c->flags & COMMAND_ASKS;
	return true;
}

#define LANG_DIR { "dir", 0, "DIR", .help = N_("The folder of catalogs.") }

const struct command command_table[] = {
	{ .name = "init", .args = "DIR", .run = cmd_init,
	  .summary = N_("make a new host in a folder"),
	  .text = N_("The folder gets hameau.ini, in which every key is explained, and host.db."
		     " Sites are named NAME.DOMAIN; with localhost, the default, every browser"
		     " finds them without any set-up."),
	  .options = {
		{ "base", 0, "DOMAIN", .help = N_("The domain below which sites get their"
						  " names.") },
	  } },
	{ .name = "serve", .run = cmd_serve, .flags = COMMAND_DATA | COMMAND_LOCAL,
	  .summary = N_("serve the host's sites, in the foreground"),
	  .text = N_("Prints one line when it is ready. SIGHUP reads configuration, themes and"
		     " catalogs again; SIGTERM lets running requests end and stops."),
	  .options = {
		{ "listen", 'l', "ADDR:PORT", .many = true,
		  .help = N_("Where to listen, in place of [host] listen.") },
		{ "translate", 0, NULL,
		  .help = N_("For translators, on this machine only: pages show their messages and"
			     " take translations.") },
		{ "replace", 0, NULL,
		  .help = N_("Take the place of the server that runs, without losing a"
			     " connection.") },
	  } },
	{ .name = "site create", .args = "[NAME]", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_site_create, .summary = N_("make a new site"),
	  .text = N_("NAME is 2 to 63 letters, digits and hyphens, in any one script. Names that"
		     " look like another one are refused. With --from as many sites as the table"
		     " has lines are made, all checked before the first: its first line names the"
		     " columns, name and any settings, as name,title,lang,theme."),
	  .options = {
		{ "title", 't', "TITLE", .help = N_("What the site is called.") },
		{ "lang", 0, "LANG", .help = N_("Its language: en, fr, es, de, it, pt-BR...") },
		{ "theme", 0, "THEME", .help = N_("Its look.") },
		{ "set", 0, "KEY=VALUE", .help = N_("Any other setting."), .many = true },
		{ "from", 0, "FILE.csv", .help = N_("Make the sites of a table.") },
		{ "skip-existing", 0, NULL, .help = N_("With --from: leave alone what is there"
						       " already.") },
	  } },
	{ .name = "site list", .flags = COMMAND_HOST | COMMAND_JSON, .run = cmd_site_list,
	  .summary = N_("list the sites, by name"),
	  .options = {
		{ "after", 0, "NAME", .help = N_("Begin behind this name.") },
		{ "limit", 'n', "N", .help = N_("At most so many.") },
		{ "state", 0, "STATE", .help = N_("Only those that are active, suspended or"
						  " deleted.") },
		{ "names", 0, NULL, .help = N_("Names only, one a line.") },
	  } },
	{ .name = "site show", .args = "SITE", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_site_show, .summary = N_("show a site: state, addresses, settings") },
	{ .name = "site set", .args = "SITE KEY[=VALUE]...", .flags = COMMAND_HOST,
	  .run = cmd_site_set, .summary = N_("change settings of a site"),
	  .text = N_("Either KEY VALUE or any number of KEY=VALUE. An empty value goes back to the"
		     " default. Options of the theme are called option.NAME. See hameau help"
		     " settings.") },
	{ .name = "site words", .args = "SITE", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_site_words, .summary = N_("list what a site says in other words") },
	{ .name = "site word", .args = "SITE SENTENCE [WORDS]...", .flags = COMMAND_HOST,
	  .run = cmd_site_word, .summary = N_("let a site say something in other words"),
	  .text = N_("SENTENCE is the English one: hameau site word anna Tags Topics. A sentence"
		     " with a number takes one WORDS for each form that the language has."
		     " Without WORDS it is said as usual again. The words are kept as a PO file"
		     " in the site's folder, which may be edited instead."),
	  .options = {
		{ "lang", 0, "LANG", .help = N_("The language of the words; else the site's.") },
		{ "context", 0, "CONTEXT",
		  .help = N_("Only where the sentence has this context.") },
	  } },
	{ .name = "site rename", .args = "SITE NAME", .flags = COMMAND_HOST,
	  .run = cmd_site_rename, .summary = N_("give a site another name"),
	  .text = N_("Addresses with the old name go on as redirects.") },
	{ .name = "site suspend", .args = "SITE", .flags = COMMAND_HOST, .run = cmd_site_suspend,
	  .summary = N_("take a site off for a while"),
	  .text = N_("Its pages answer 503 with the reason, with --legal 451."),
	  .options = {
		{ "reason", 'r', "TEXT", .help = N_("What readers are told.") },
		{ "legal", 0, NULL, .help = N_("Unavailable for legal reasons: 451.") },
	  } },
	{ .name = "site resume", .args = "SITE", .flags = COMMAND_HOST, .run = cmd_site_resume,
	  .summary = N_("bring a suspended site back") },
	{ .name = "site delete", .args = "SITE", .flags = COMMAND_HOST | COMMAND_ASKS,
	  .run = cmd_site_delete, .summary = N_("delete a site; its pages answer 410"),
	  .text = N_("Nothing is removed yet: site undelete brings it back, site purge removes"
		     " it.") },
	{ .name = "site undelete", .args = "SITE", .flags = COMMAND_HOST, .run = cmd_site_undelete,
	  .summary = N_("bring a deleted site back") },
	{ .name = "site purge", .args = "SITE", .flags = COMMAND_HOST | COMMAND_ASKS,
	  .run = cmd_site_purge, .summary = N_("remove a deleted site for good"),
	  .text = N_("Its folder is removed and its names are free again."),
	  .options = {
		{ "early", 0, NULL, .help = N_("Before the days of [limits] undelete_days are"
					       " over.") },
	  } },
	{ .name = "site domain add", .args = "SITE DOMAIN", .flags = COMMAND_HOST,
	  .run = cmd_domain_add, .summary = N_("let a domain lead to a site"),
	  .options = {
		{ "canonical", 0, NULL, .help = N_("The address that the others redirect to.") },
	  } },
	{ .name = "site domain remove", .args = "SITE DOMAIN", .flags = COMMAND_HOST,
	  .run = cmd_domain_remove, .summary = N_("take a domain from a site") },
	{ .name = "import", .args = "SITE FOLDER", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_import, .summary = N_("bring a folder of Markdown into a site"),
	  .text = N_("Reads what Hugo, Jekyll, Zola and Hexo write. Run again, it takes what has"
		     " changed. What was changed on the site alone (hameau post) stays until its"
		     " file changes, too; then the file's is taken and the other one is kept."),
	  .options = {
		{ "dry-run", 'n', NULL,
		  .help = N_("Say what would be done, with file and line, and do nothing.") },
		{ "prune", 0, NULL,
		  .help = N_("Delete what an earlier import brought and the folder no longer"
			     " has.") },
	  } },
	{ .name = "site import", .args = "FOLDER", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_site_import,
	  .summary = N_("bring each folder in a folder into the site of its name"),
	  .text = N_("As import does, for many sites at once, on all cores."),
	  .options = {
		{ "create", 0, NULL, .help = N_("Make the sites that are not there yet.") },
	  } },
	{ .name = "watch", .args = "SITE FOLDER", .flags = COMMAND_HOST | COMMAND_LOCAL,
	  .run = cmd_watch, .summary = N_("keep a site like a folder, at every save"),
	  .text = N_("An error is told with file and line, and the old post stays.") },
	{ .name = "export", .args = "SITE DIR", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_export, .summary = N_("write a site as static files and as Markdown"),
	  .options = {
		{ "force", 0, NULL, .help = N_("Into a folder that is not empty.") },
	  } },
	{ .name = "post list", .args = "SITE", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_post_list, .summary = N_("list the texts of a site, newest first"),
	  .text = N_("Posts and pages, drafts and what is to come; 50 of them, unless --limit says"
		     " another number."),
	  .options = {
		{ "drafts", 0, NULL, .help = N_("Only drafts.") },
		{ "scheduled", 0, NULL, .help = N_("Only what is to come out.") },
		{ "pages", 0, NULL, .help = N_("Only pages.") },
		{ "deleted", 0, NULL, .help = N_("What can be brought back, by the day it was"
						 " deleted.") },
		{ "tag", 't', "TAG", .help = N_("Only texts with this tag.") },
		{ "after", 0, "ADDRESS", .help = N_("Begin behind this text.") },
		{ "limit", 'n', "N", .help = N_("At most so many.") },
		{ "addresses", 0, NULL, .help = N_("Addresses only, one a line.") },
	  } },
	{ .name = "post show", .args = "SITE ADDRESS", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_post_show, .summary = N_("print a text, its Markdown with its head"),
	  .text = N_("As export writes it: what is printed here and given to post save again leaves"
		     " the text as it was. --json tells its version, too, for post save --if."),
	  .options = {
		{ "deleted", 0, NULL, .help = N_("The text that was there before it was deleted or"
						 " replaced.") },
	  } },
	{ .name = "post save", .args = "SITE FILE", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_post_save, .summary = N_("save one text, new or not"),
	  .text = N_("FILE is Markdown with a head as import knows it, - is standard input. Its"
		     " address follows from its name or its head, as import has it; pictures beside"
		     " it come along. A file that was saved or imported before is the same text"
		     " again. A folder's import goes on with what was saved alone: see hameau"
		     " import. Nothing else of the folder is read, and pages that show the text"
		     " are new at once."),
	  .options = {
		{ "address", 'a', "ADDRESS",
		  .help = N_("Save it there, whatever its name and head say.") },
		{ "instead-of", 0, "ADDRESS",
		  .help = N_("It is a new version of this text, which may move.") },
		{ "if", 0, "VERSION", .help = N_("Only when the text of the site is still this"
						 " version.") },
		{ "draft", 0, NULL, .help = N_("As a draft that nobody sees.") },
		{ "publish", 0, NULL, .help = N_("No draft, and not later than now.") },
		{ "page", 0, NULL, .help = N_("As a page, not a post.") },
		{ "media", 0, "DIR", .help = N_("Where the pictures of a text from standard input"
						" lie.") },
		{ "dry-run", 'n', NULL,
		  .help = N_("Say what would be done, with file and line, and do nothing.") },
	  } },
	{ .name = "post edit", .args = "SITE [ADDRESS]",
	  .flags = COMMAND_DATA | COMMAND_LOCAL | COMMAND_JSON, .run = cmd_post_edit,
	  .summary = N_("write or change a text in your editor"),
	  .text = N_("Opens VISUAL or EDITOR; what it leaves behind is saved. Without ADDRESS it is"
		     " a new text. Where something is wrong it is told and the editor opens again;"
		     " what was typed is never thrown away. Pictures are looked for in the current"
		     " folder."),
	  .options = {
		{ "draft", 0, NULL, .help = N_("As a draft that nobody sees.") },
		{ "publish", 0, NULL, .help = N_("No draft, and not later than now.") },
	  } },
	{ .name = "post delete", .args = "SITE ADDRESS", .flags = COMMAND_HOST | COMMAND_ASKS,
	  .run = cmd_post_delete, .summary = N_("delete a text; its address answers 410"),
	  .text = N_("It is kept for 90 days: post undelete brings it back.") },
	{ .name = "post undelete", .args = "SITE ADDRESS", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_post_undelete, .summary = N_("bring a deleted text back") },
	{ .name = "theme list", .flags = COMMAND_HOST | COMMAND_JSON, .run = cmd_theme_list,
	  .summary = N_("list the themes of the host, and what is wrong with them"),
	  .options = {
		{ "sites", 0, NULL, .help = N_("Count the sites that wear each; looks into every"
					       " site.") },
		{ "names", 0, NULL, .help = N_("Names only, one a line.") },
	  } },
	{ .name = "theme show", .args = "THEME", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_theme_show,
	  .summary = N_("show a theme and what a site can choose in it") },
	{ .name = "theme new", .args = "ID [DIR]",
	  .flags = COMMAND_HOST | COMMAND_LOCAL | COMMAND_HOSTLESS, .run = cmd_theme_new,
	  .summary = N_("make a theme of your own, which begins as a copy of another"),
	  .options = {
		{ "from", 0, "THEME", .help = N_("What to begin with; plain, which has a comment at"
						 " every turn.") },
		{ "author", 0, "NAME", .help = N_("Who makes it.") },
	  } },
	{ .name = "theme serve", .args = "THEME",
	  .flags = COMMAND_HOST | COMMAND_LOCAL | COMMAND_HOSTLESS, .run = cmd_theme_serve,
	  .summary = N_("show a theme in the browser, and every change as it is saved"),
	  .text = N_("THEME is a folder or the id of a theme. A host is made in a temporary folder,"
		     " with sites in six languages that hold what a theme meets one day, and goes"
		     " away at the end. What is wrong in the theme is told in the page."),
	  .options = {
		{ "listen", 'l', "ADDR:PORT", .help = N_("Where to listen; 127.0.0.1:8008.") },
		{ "many", 0, "N", .help = N_("A site with so many posts more, such as 10000.") },
	  } },
	{ .name = "theme bench", .args = "THEME",
	  .flags = COMMAND_HOST | COMMAND_LOCAL | COMMAND_HOSTLESS | COMMAND_JSON,
	  .run = cmd_theme_bench, .summary = N_("measure how long each template takes"),
	  .text =
	  N_("With the texts of theme serve, usual ones and the worst. Steps are what a page"
		     " may have a million of."),
	  .options = {
		{ "runs", 'n', "N", .help = N_("Render each page so many times; 200.") },
	  } },
	{ .name = "theme install", .args = "FILE", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_theme_install,
	  .summary = N_("bring a theme into the host, from a .zip, a .tar.gz or a folder"),
	  .text = N_("The theme is proved first; one that does not work changes nothing. A version"
		     " that is there already is replaced in one step, and what sites chose or"
		     " changed stays theirs."),
	  .options = {
		{ "id", 0, "ID", .help = N_("What it is called here, in place of its folder's"
					    " name.") },
	  } },
	{ .name = "theme override", .args = "SITE [FILE]", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_theme_override,
	  .summary = N_("let a site have a file of its theme for itself"),
	  .text = N_("FILE is templates/NAME, sass/NAME or assets/NAME. It is copied into the"
		     " site's folder, to be changed there; the path is printed. What is changed"
		     " shows at once and outlives updates of the theme. One with a mistake is"
		     " told and the theme's own is used. Without FILE: what the site has, and what"
		     " is wrong with it."),
	  .options = {
		{ "remove", 0, NULL, .help = N_("Go back to the theme's file.") },
	  } },
	{ .name = "theme pack", .args = "THEME",
	  .flags = COMMAND_HOST | COMMAND_LOCAL | COMMAND_HOSTLESS, .run = cmd_theme_pack,
	  .summary = N_("make a .zip of a theme that theme install takes"),
	  .text = N_("THEME is a folder or the id of a theme of the host. The same files give the"
		     " same archive. Only a theme that loads is packed."),
	  .options = {
		{ "output", 'o', "FILE", .help = N_("Where to, in place of ID-VERSION.zip here.") },
	  } },
	{ .name = "cache show", .flags = COMMAND_HOST | COMMAND_JSON, .run = cmd_cache_show,
	  .summary = N_("tell what the caches hold") },
	{ .name = "cache clear", .args = "[SITE]", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_cache_clear, .summary = N_("forget finished pages, of one site or of all") },
	{ .name = "cache warm", .args = "[SITE]", .flags = COMMAND_HOST | COMMAND_JSON,
	  .run = cmd_cache_warm, .summary = N_("render every page now, of one site or of all"),
	  .text = N_("Pages are rendered when they are asked for; nobody has to do this."),
	  .options = {
		{ "files", 0, NULL,
		  .help = N_("As files too, in cache/pages, for another server to serve.") },
	  } },
	{ .name = "render markdown", .flags = COMMAND_LOCAL, .run = cmd_render_markdown,
	  .summary = N_("print standard input as the page of a post would show it"),
	  .options = {
		{ "raw", 0, NULL, .help = N_("Plain CommonMark, with its HTML.") },
		{ "lang", 0, "LANG", .help = N_("The language of the text.") },
	  } },
	{ .name = "render template", .flags = COMMAND_LOCAL, .run = cmd_render_template,
	  .summary = N_("print a template filled with data"),
	  .text = N_("Standard input is a JSON object {\"template\": ..., \"data\": ...,"
		     " \"partials\": ...}.") },
	{ .name = "theme check", .args = "[THEME]",
	  .flags = COMMAND_HOST | COMMAND_LOCAL | COMMAND_HOSTLESS | COMMAND_JSON,
	  .run = cmd_theme_check,
	  .summary = N_("look for what is wrong with a theme"),
	  .text = N_("THEME is a folder, an archive or the id of a theme of the host. Every page"
		     " is rendered with made-up values. The exit status is 1 when there is an"
		     " error."),
	  .options = {
		{ "strict", 0, NULL, .help = N_("Exit with 1 for warnings, too.") },
		{ "trusted", 0, NULL, .help = N_("As a theme that the operator trusts: scripts and"
						 " outside addresses are allowed.") },
		{ "list", 0, NULL, .help = N_("List the rules instead.") },
		{ "markdown", 0, NULL, .help = N_("With --list: as a page of Markdown.") },
	  } },
	{ .name = "theme context", .args = "PAGE [SITE]", .flags = COMMAND_HOST,
	  .run = cmd_theme_context, .summary = N_("print what a template is shown, as JSON"),
	  .text = N_("PAGE is a path of the site, with its query if it has one, or the name of a"
		     " template, for which the newest such page is taken. Without SITE it is the"
		     " host's front page.") },
	{ .name = "theme values", .args = "[TEMPLATE]", .flags = COMMAND_LOCAL | COMMAND_JSON,
	  .run = cmd_theme_values, .summary = N_("list what templates can show"),
	  .text = N_("With TEMPLATE only what that template has."),
	  .options = {
		{ "markdown", 0, NULL, .help = N_("As a page of Markdown.") },
	  } },
	{ .name = "lang new", .args = "LANG", .flags = COMMAND_LOCAL, .run = cmd_lang_new,
	  .summary = N_("begin a catalog for another language"),
	  .text = N_("Where no folder is named, it is lang below the current one, the current one"
		     " itself, or the one that the program reads."),
	  .options = {
		LANG_DIR,
		{ "plural", 0, "RULE", .help = N_("The language's Plural-Forms, where it is not"
						  " known here.") },
	  } },
	{ .name = "lang merge", .args = "[LANG]...", .flags = COMMAND_LOCAL,
	  .run = cmd_lang_merge, .summary = N_("bring catalogs up to what is to be translated"),
	  .text = N_("What is as it was keeps its lines. A sentence that has changed is fuzzy and"
		     " shows what it was; one that is gone is kept at the end."),
	  .options = { LANG_DIR } },
	{ .name = "lang check", .args = "[LANG]...", .flags = COMMAND_LOCAL | COMMAND_JSON,
	  .run = cmd_lang_check, .summary = N_("look for what is wrong with catalogs"),
	  .text = N_("Placeholders, plurals, markup, spaces and punctuation of the language, words"
		     " of the glossary; headings, names and links of long texts: each with file"
		     " and line, the rule, and what to do. The exit status is 1 where there is an"
		     " error or a warning."),
	  .options = {
		LANG_DIR,
		{ "advice", 'a', NULL, .help = N_("Show advice, too.") },
		{ "complete", 0, NULL, .help = N_("What is not translated is an error.") },
	  } },
	{ .name = "lang stats", .args = "[LANG]...", .flags = COMMAND_LOCAL | COMMAND_JSON,
	  .run = cmd_lang_stats, .summary = N_("tell how far catalogs are"),
	  .options = {
		LANG_DIR,
		{ "screens", 's', NULL, .help = N_("Screen by screen, too.") },
		{ "names", 0, NULL, .help = N_("Names only, one a line.") },
	  } },
	{ .name = "lang pseudo", .flags = COMMAND_LOCAL, .run = cmd_lang_pseudo,
	  .summary = N_("make a language that shows what is not translated"),
	  .text = N_("Every sentence gets accents, brackets and a third more length; what has no"
		     " brackets is in no catalog. A site speaks it with site set SITE lang qps."),
	  .options = {
		LANG_DIR,
		{ "to", 0, "DIR", .help = N_("Where to write it; usually where the others are.") },
	  } },
	{ .name = "lang extract", .args = "[FOLDER]", .flags = COMMAND_LOCAL,
	  .run = cmd_lang_extract, .summary = N_("collect what is to be translated"),
	  .text = N_("FOLDER is a theme, for which it writes lang/theme.pot, or the source of"
		     " Hameau."),
	  .options = {
		{ "check", 0, NULL, .help = N_("Write nothing; tell whether it is up to date.") },
	  } },
	{ .name = "doctor", .flags = COMMAND_HOST | COMMAND_JSON | COMMAND_LOCAL, .run = cmd_doctor,
	  .summary = N_("look for what is wrong with the host"),
	  .options = {
		{ "quick", 'q', NULL, .help = N_("Do not read the databases whole.") },
	  } },
	{ .name = "top", .flags = COMMAND_DATA | COMMAND_LOCAL | COMMAND_JSON, .run = cmd_top,
	  .summary = N_("show what the running server does, once a second"),
	  .text = N_("Requests, answers from memory, renderings, connections, and the sites that"
		     " cost the most. q ends it."),
	  .options = {
		{ "interval", 'i', "SECONDS", .help = N_("Seconds between two looks.") },
		{ "once", '1', NULL, .help = N_("Show one interval and end, for scripts.") },
	  } },
	{ .name = "stats", .flags = COMMAND_HOST | COMMAND_HIDDEN, .run = cmd_stats,
	  .summary = "print the server's counters as JSON, for hameau top" },
	{ .name = "help", .args = "[COMMAND]...", .run = cmd_help,
	  .summary = N_("explain a command"),
	  .text = N_("help config explains every key of hameau.ini, help settings what site set"
		     " can change."),
	  .options = {
		{ "man", 0, NULL, .help = N_("Print the man page.") },
		{ "completion", 0, "SHELL", .help = N_("Print completion for bash, zsh or fish.") },
		{ "manual", 0, NULL,
		  .help = N_("With config or settings: print the keys as Markdown.") },
	  } },
	{ 0 },
};

/* Do the words of name stand at the front of `words`? Gives their number, 0 for no. */
static size_t words_matched(const char *name, const char *const words[], size_t count)
{
	struct str rest = str_of(name), word;
	size_t n = 0;

	do {
		word = str_cut(rest, ' ', &rest);
		if (n == count || !str_eq(word, str_of(words[n])))
			return 0;
		n++;
	} while (rest.p);
	return n;
}

const struct command *command_find(const char *const words[], size_t count, size_t *used)
{
	const struct command *best = NULL;

	*used = 0;
	for (const struct command *c = command_table; c->name; c++) {
		size_t n = words_matched(c->name, words, count);

		if (n <= *used)
			continue;
		*used = n;
		best = c;
	}
	return best;
}

bool command_is_group(struct str name)
{
	for (const struct command *c = command_table; c->name; c++) {
		struct str one = str_of(c->name);

		if (one.n > name.n && str_starts(one, name) && one.p[name.n] == ' ')
			return true;
	}
	return false;
}

void command_arity(const struct command *c, size_t *min, size_t *max)
{
	struct str rest = str_of(c->args), word;

	*min = *max = 0;
	while (rest.n) {
		word = str_cut(rest, ' ', &rest);
		*min += !str_starts(word, STR("["));
		*max = str_ends(word, STR("...")) ? SIZE_MAX : *max + 1;
	}
}
