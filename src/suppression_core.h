/*
 * suppression_core.h
 *		Which cells of a table with totals must be hidden before it is published.
 *
 * The last row and the last column of a table are its totals, their meeting
 * point the grand total. Every line (a row or a column, the lines of totals
 * too) whose total is there is an equation that the reader knows. So the
 * cells are the arcs of a network whose nodes are the lines: what a reader
 * can still not rule out about hidden cells is a circulation over hidden
 * arcs, and a cell without a cycle of hidden arcs, a bridge, can be computed.
 *
 * A cell is hidden when its figure is below the threshold in some layer, or
 * the caller says so. Then others are hidden until every hidden figure can be
 * shifted along hidden arcs over a range of at least the width asked for,
 * while all that a reader may know still holds (see "Room" in the source).
 * That a cell is empty is often known, as that of a product nobody buys there:
 * so an empty cell gives room to empty cells only.
 * More hidden cells only give more room, so every cell is looked at once. The
 * cells to add are a path of least cost, where a figure costs itself and a
 * total double; ties go to the first in the table. The result depends on
 * nothing else. It is small, not the smallest: that problem is NP-hard.
 *
 * Layers are tables of the same cells that are published together and know
 * no equation between them; one pattern serves them all.
 */
#ifndef ZR_SUPPRESSION_CORE_H
#define ZR_SUPPRESSION_CORE_H

#include <stddef.h>
#include <stdint.h>

#include "error_core.h"

#define ZR_SUPPRESSION_MAX_LINES	1000	/* rows, and columns, totals included */
#define ZR_SUPPRESSION_MAX_CELLS	50000
#define ZR_SUPPRESSION_MAX_FIGURE	INT64_C(100000000000000)	/* numeric(14,2) in cents; sums of a line fit */

typedef struct zr_suppression
{
	/* set by the caller; arrays by row, then column, layer after layer */
	int			rows;			/* with totals */
	int			cols;
	int			layers;
	const int64_t *figures;
	const bool *absent;			/* one layer; no such cell, which everybody knows */
	bool	   *hidden;			/* one layer; in: to be hidden anyway, out: the pattern */
	int64_t		below;			/* figures below this are hidden; 0: none */
	int64_t		width;			/* range that must stay open for each hidden figure */
	bool		proportional;	/* and for the cells hidden from the start at least their own figure */
	void	   *work;			/* zr_suppression_work_size() bytes, aligned for int64_t */

	/* private */
	int64_t    *up;				/* how far a figure can go up, by layer */
	int64_t    *down;
	int64_t    *floor;			/* how far a total can go down to the largest of its parts, by layer */
	int64_t    *flow[2];		/* of the cell at hand: what the other cells take over when it goes up, and down */
	int64_t    *cost;			/* of hiding a cell */
	int64_t    *distance;		/* by node */
	int		   *via;			/* by node: the cell over which a path comes */
	int		   *node;			/* by line */
	int		   *queue;			/* hidden cells, in the order in which they are looked at */
	bool	   *reached;		/* by node */
	bool	   *empty;			/* of a cell: 0 in all layers, which a reader may know from elsewhere */
	bool	   *differs;		/* by layer and line: the total is not the sum of its parts */
	int			queued;
	int			done;
	int			sensitive;		/* the first so many of the queue were hidden from the start */
	bool		loose;			/* parts may be larger than their total */
	bool		whole;			/* the width is out of reach: all is hidden */
} zr_suppression;

extern size_t zr_suppression_work_size(int rows, int cols, int layers);

/* Checks the table and hides what is below the threshold; false: err says what is wrong. */
extern bool zr_suppression_begin(zr_suppression *s, zr_error *err);

/* Looks at one hidden cell and hides others when it needs them; false: all have been looked at. */
extern bool zr_suppression_step(zr_suppression *s);

#endif							/* ZR_SUPPRESSION_CORE_H */
