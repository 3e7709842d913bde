/* po_check_rules.c - the table of rules. Ids are never used for another rule.
 *
 * Spaces in French: no-break before a colon and inside « », narrow no-break before ; ! ?;
 * either is taken for the other.
 */
#include "translate/po_check.h"

#define NB "\\u00a0\\u202f"

const struct po_check_rule po_check_rules[] = {
	{ "LA001", PO_CHECK_ERROR, N_("the file cannot be read; mend this line"), NULL, NULL },
	{ "LA002", PO_CHECK_ERROR, N_("the header must say charset=UTF-8"), NULL, NULL },
	{ "LA003", PO_CHECK_ERROR, N_("the header needs a Plural-Forms that can be read"), NULL,
	  NULL },
	{ "LA004", PO_CHECK_WARNING, N_("Plural-Forms is not the one agreed on for the language"),
	  NULL, NULL },
	{ "LA005", PO_CHECK_ERROR, N_("Plural-Forms gives some number a form that is not there,"
				      " or one form to no number"),
	  NULL, NULL },
	{ "LA006", PO_CHECK_WARNING, N_("the header's Language is not that of the file's name"),
	  NULL, NULL },
	{ "LA010", PO_CHECK_ERROR, N_("a message is missing; run hameau lang merge"), NULL, NULL },
	{ "LA011", PO_CHECK_WARNING, N_("nothing asks for this message; run hameau lang merge"),
	  NULL, NULL },
	{ "LA012", PO_CHECK_ERROR, N_("not translated"), NULL, NULL },
	{ "LA013", PO_CHECK_ERROR, N_("fuzzy: compare it with the message, mend it, take the"
				      " mark away"), NULL, NULL },
	{ "LA014", PO_CHECK_ERROR, N_("the message is here a second time"), NULL, NULL },
	{ "LA015", PO_CHECK_ERROR, N_("there must be as many forms as Plural-Forms promises"),
	  NULL, NULL },
	{ "LA020", PO_CHECK_ERROR, N_("it must take the same arguments of printf as the"
				      " message"), NULL, NULL },
	{ "LA021", PO_CHECK_ERROR, N_("the names in braces must be those of the message; they are"
				      " not translated"), NULL, NULL },
	{ "LA030", PO_CHECK_ERROR, N_("the HTML tags are not those of the message"), NULL, NULL },
	{ "LA031", PO_CHECK_ERROR, N_("the Markdown signs (` ** links) are not those of the"
				      " message"), NULL, NULL },
	{ "LA032", PO_CHECK_WARNING, N_("a bracket is not closed, or not opened"), NULL, NULL },
	{ "LA033", PO_CHECK_WARNING, N_("there are no accelerators here: take & or _ away"), NULL,
	  NULL },
	{ "LA040", PO_CHECK_ERROR, N_("it must begin and end with the white space of the message"),
	  NULL, NULL },
	{ "LA041", PO_CHECK_ERROR, N_("it must end in the same punctuation as the message"), NULL,
	  NULL },
	{ "LA042", PO_CHECK_ERROR, N_("two spaces where the message has one"), NULL, NULL },
	{ "LA043", PO_CHECK_ERROR, N_("three dots where the sign … is meant"), NULL, NULL },
	{ "LA044", PO_CHECK_WARNING, N_("it must have as many lines as the message"), NULL, NULL },
	{ "LA050", PO_CHECK_ERROR, N_("no-break space missing before ; ! ? or a quote"),
	  "fr", "[^\\s" NB "(«;!?][;!?»](?=[\\s" NB "»)]|$)" },
	{ "LA051", PO_CHECK_ERROR, N_("ordinary space before ; : ! ? or a quote"), "fr",
	  " [;:!?»](?=\\s|$)" },
	{ "LA052", PO_CHECK_ERROR, N_("no-break space missing before a colon"), "fr",
	  "[^\\s" NB "]:(?= |$)" },
	{ "LA053", PO_CHECK_ERROR, N_("no-break space missing behind a quote"), "fr",
	  "«(?![" NB "])" },
	{ "LA054", PO_CHECK_ERROR, N_("straight apostrophe; write ’"), "fr de it",
	  "\\p{L}(?<!\\bE)'" },
	{ "LA055", PO_CHECK_ERROR, N_("straight quotes; write « »"), "fr", "\"" },
	{ "LA056", PO_CHECK_ERROR, N_("straight quotes; write «»"), "es it", "\"" },
	{ "LA057", PO_CHECK_ERROR, N_("straight quotes; write „“"), "de", "\"" },
	{ "LA058", PO_CHECK_ERROR, N_("no space inside «»"), "es it", "« | »" },
	{ "LA059", PO_CHECK_ERROR, N_("¿ missing"), "es", "^[^¿]*\\?" },
	{ "LA060", PO_CHECK_ERROR, N_("¡ missing"), "es", "^[^¡]*!(?=\\s|$)" },
	{ "LA061", PO_CHECK_ERROR, N_("spelling before 1996"), "de", "\\b[Dd]aß\\b|\\bmuß\\b" },
	{ "LA062", PO_CHECK_ERROR, N_("write È, not E'"), "it", "\\bE'" },
	{ "LA063", PO_CHECK_ERROR, N_("acute accent: perché"), "it",
	  "\\b\\w*(?:ch|finch|poich|affinch)è\\b(?<!cioè)" },
	{ "LA064", PO_CHECK_ERROR, N_("the quotes are „ and “, not „ and ”"), "de", "„[^“]*”" },
	{ "LA080", PO_CHECK_ERROR, N_("the glossary has another word for this"), NULL, NULL },
	{ "LA081", PO_CHECK_ADVICE, N_("the glossary's word for a term of the message is not"
				       " here"), NULL, NULL },
	{ "LA090", PO_CHECK_ADVICE, N_("the same as in English; is that meant?"), NULL, NULL },
	{ "LA091", PO_CHECK_ADVICE, N_("much longer than the message; look whether it fits"), NULL,
	  NULL },
	/* Long texts: text_check.h. */
	{ "LA100", PO_CHECK_ERROR, N_("the text cannot be used; mend this line"), NULL, NULL },
	{ "LA101", PO_CHECK_ERROR, N_("a text is missing; begin with a copy of the English one"),
	  NULL, NULL },
	{ "LA102", PO_CHECK_ERROR, N_("the headings are not those of the English text, level by"
				      " level"), NULL, NULL },
	{ "LA103", PO_CHECK_ERROR, N_("the names in braces must be those of the English text"),
	  NULL, NULL },
	{ "LA104", PO_CHECK_ERROR, N_("a bracket or a link is not closed, or not opened"), NULL,
	  NULL },
	{ "LA105", PO_CHECK_ERROR, N_("links must lead where those of the English text do"), NULL,
	  NULL },
	{ "LA106", PO_CHECK_ERROR, N_("marked as fuzzy: write it in this language, take the mark"
				      " away"), NULL, NULL },
	{ "LA107", PO_CHECK_WARNING, N_("nothing shows a text of this name"), NULL, NULL },
	{ NULL, PO_CHECK_ERROR, NULL, NULL, NULL },
};

const char *po_check_level_name(enum po_check_level level)
{
	static const char *const names[] = { N_("error"), N_("warning"), N_("advice") };

	return names[level];
}
