/* md_words.h - how many words a text has, for the time it takes to read. */
#ifndef MARKDOWN_MD_WORDS_H
#define MARKDOWN_MD_WORDS_H

#include "base/str.h"

/* Runs of letters and digits; every Han character and kana is one. */
size_t md_words_count(struct str text);

#endif
