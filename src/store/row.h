/* row.h - the rows that a statement gives.
 *
 *	struct row *row = tx_run(tx, &POSTS, f, "i", board);
 *
 *	if (!row)
 *		return false;
 *	while (row_next(row))
 *		add(list, row_i64(row, 0), arena_str(a, row_str(row, 1)));
 *	return row_end(row, f);
 *
 * A row belongs to its transaction; whoever leaves early may forget row_end, the end
 * of the transaction does it. Columns count from 0.
 */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include "base/attrs.h"
#include "base/fail.h"
#include "base/str.h"

struct row;

bool row_next(struct row *row);			/* false: no more, or failed (row_end tells) */
MUST_CHECK bool row_end(struct row *row, struct fail *f); /* true: all was read without failure */

int64_t row_i64(struct row *row, int col);	/* NULL is 0 */
int row_int(struct row *row, int col);
bool row_bool(struct row *row, int col);
struct str row_str(struct row *row, int col);	/* lent until row_next/row_end; NULL is STR_NONE */

#endif
