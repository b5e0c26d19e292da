/*
 * suppression_core.c
 *		Primary and complementary suppression (onderdrukking) of a table.
 *
 * Lines are numbered rows first: line r is row r, line rows + c is column c.
 * A line without total, or with nothing but its total, is no equation; all
 * those share one node, the ground.
 */
#include "suppression_core.h"

#define UNBOUNDED		INT64_C(1000000000000000000)
/* a path costs the figures it hides, and then its cells: the shortest of the cheapest */
#define COST_UNIT		INT64_C(4096)
#define COST_MAX		(INT64_C(1) << 38)

enum
{
	GO_UP, GO_DOWN
};

size_t
zr_suppression_work_size(int rows, int cols, int layers)
{
	size_t		cells = (size_t) rows * cols,
				lines = (size_t) rows + cols;

	return cells * layers * 3 * sizeof(int64_t) + cells * 3 * sizeof(int64_t) + (lines + 1) * sizeof(int64_t) +
		(lines + 1) * 2 * sizeof(int) + cells * sizeof(int) + (lines + 1 + lines * layers + cells) * sizeof(bool);
}

static void
lay_out_work(zr_suppression *s)
{
	size_t		cells = (size_t) s->rows * s->cols,
				lines = (size_t) s->rows + s->cols;
	int64_t    *p = s->work;
	int		   *q;

	s->up = p;
	s->down = p + cells * s->layers;
	s->floor = p + cells * s->layers * 2;
	p += cells * s->layers * 3;
	s->flow[GO_UP] = p;
	s->flow[GO_DOWN] = p + cells;
	s->cost = p + cells * 2;
	s->distance = p + cells * 3;
	q = (int *) (s->distance + lines + 1);
	s->via = q;
	s->node = q + lines + 1;
	s->queue = q + (lines + 1) * 2;
	s->reached = (bool *) (s->queue + cells);
	s->differs = s->reached + lines + 1;
	s->empty = s->differs + lines * s->layers;
}

/* Threshold 0 hides nothing, also no credit. */
static bool
is_small(const zr_suppression *s, int64_t figure)
{
	return s->below > 0 && figure < s->below;
}

/* ---- Lines ---- */

static int
line_length(const zr_suppression *s, int line)
{
	return line < s->rows ? s->cols : s->rows;
}

/* The cell at a place of a line; the last place is the line's total. */
static int
line_cell(const zr_suppression *s, int line, int place)
{
	return line < s->rows ? line * s->cols + place : place * s->cols + (line - s->rows);
}

/*
 * A figure flows from its row to its column, a total the other way round:
 * then what comes into a line goes out of it.
 */
static void
cell_ends(const zr_suppression *s, int cell, int *tail, int *head)
{
	int			row = cell / s->cols,
				col = cell % s->cols;
	bool		turned = (row == s->rows - 1) != (col == s->cols - 1);

	*tail = s->node[turned ? s->rows + col : row];
	*head = s->node[turned ? row : s->rows + col];
}

static void
find_equations(zr_suppression *s)
{
	int			ground = s->rows + s->cols;

	for (int line = 0; line < ground; line++)
	{
		int			total = line_length(s, line) - 1;
		bool		has_parts = false;

		for (int place = 0; place < total; place++)
			has_parts = has_parts || !s->absent[line_cell(s, line, place)];
		s->node[line] = has_parts && !s->absent[line_cell(s, line, total)] ? line : ground;
	}
}

/* ---- Room ---- */

/*
 * How far each figure can go with all that a reader may know still true:
 *
 * - no figure is negative, and what is negative (credits) goes no lower;
 * - whether it is below the threshold or not, for every hidden figure;
 * - the difference between a total and the sum of its parts. Persons in two
 *   parts are counted once in the total, so a reader knows only that the
 *   total is at most the sum; to assume the exact difference is the worst
 *   case;
 * - no part of persons is larger than the total. Where the difference is 0
 *   that follows from the above. Otherwise a part stays below a total that is
 *   published, and a total above the largest part as it is. A part that
 *   grows larger than its hidden total takes the total along: that is never
 *   below the threshold, nor more than the sum of the parts, then.
 *
 * Where the last leaves a figure too little even with its totals hidden, as a
 * total that equals several parts, the room without it counts (loose).
 */
static void
set_room(zr_suppression *s, int layer)
{
	int			cells = s->rows * s->cols,
				lines = s->rows + s->cols;
	const int64_t *figures = s->figures + (size_t) layer * cells;
	int64_t    *up = s->up + (size_t) layer * cells,
			   *down = s->down + (size_t) layer * cells,
			   *floor = s->floor + (size_t) layer * cells;

	for (int cell = 0; cell < cells; cell++)
	{
		int64_t		figure = figures[cell];

		if (s->absent[cell])
			up[cell] = down[cell] = 0;
		else if (is_small(s, figure))
		{
			up[cell] = s->below - 1 - figure;
			down[cell] = figure > 0 ? figure : 0;
		}
		else
		{
			up[cell] = UNBOUNDED;
			down[cell] = figure > s->below ? figure - s->below : 0;
		}
		floor[cell] = down[cell];
	}
	for (int line = 0; line < lines; line++)
	{
		int			places = line_length(s, line) - 1,
					total = line_cell(s, line, places);
		int64_t		difference = -figures[total],
					largest = 0;

		s->differs[layer * lines + line] = false;
		if (s->node[line] != line)
			continue;
		for (int place = 0; place < places; place++)
		{
			int			part = line_cell(s, line, place);

			if (s->absent[part])
				continue;
			difference += figures[part];
			if (figures[part] > largest && figures[part] <= figures[total])
				largest = figures[part];
		}
		if (difference == 0)
			continue;
		s->differs[layer * lines + line] = true;
		if (floor[total] > figures[total] - largest)
			floor[total] = figures[total] - largest;
	}
}

static int64_t
room_up(const zr_suppression *s, int layer, int cell)
{
	int			cells = s->rows * s->cols,
				row = cell / s->cols,
				col = cell % s->cols;
	const int64_t *figures = s->figures + (size_t) layer * cells;
	const bool *differs = s->differs + (size_t) layer * (s->rows + s->cols);
	int			totals[3];
	bool		known[3];
	int64_t		up = s->up[(size_t) layer * cells + cell];

	if (s->loose)
		return up;
	totals[0] = row * s->cols + s->cols - 1;
	known[0] = differs[row];
	totals[1] = (s->rows - 1) * s->cols + col;
	known[1] = differs[s->rows + col];
	totals[2] = cells - 1;
	known[2] = known[0] || known[1] || differs[s->rows - 1] || differs[s->rows + s->cols - 1];
	for (int i = 0; i < 3; i++)
		if (known[i] && !s->hidden[totals[i]] && !s->absent[totals[i]] && totals[i] != cell &&
			figures[totals[i]] >= figures[cell] && up > figures[totals[i]] - figures[cell])
			up = figures[totals[i]] - figures[cell];
	return up;
}

static int64_t
room_down(const zr_suppression *s, int layer, int cell)
{
	size_t		i = (size_t) layer * s->rows * s->cols + cell;

	return s->loose ? s->down[i] : s->floor[i];
}

/* What must stay open for this figure; below the threshold no more than there is. */
static int64_t
needed(const zr_suppression *s, int layer, int position)
{
	int			cell = s->queue[position];
	int64_t		figure = s->figures[(size_t) layer * s->rows * s->cols + cell];

	if (is_small(s, figure) && s->width > s->below - 1)
		return s->below - 1;
	if (s->proportional && position < s->sensitive && figure > s->width)
		return figure;
	return s->width;
}

/* ---- Paths ---- */

/* Whether a figure has the range of its own that others may need; if not, it is not hidden for them. */
static bool
is_of_use(const zr_suppression *s, int layer, int cell)
{
	return room_up(s, layer, cell) >= s->width - room_down(s, layer, cell);
}

/* How far the flow can still grow through a cell, seen from its tail or from its head. */
static int64_t
residual(const zr_suppression *s, int layer, const int64_t *flow, int cell, bool forward)
{
	return forward ? room_up(s, layer, cell) - flow[cell] : room_down(s, layer, cell) + flow[cell];
}

static void
relax_line(zr_suppression *s, int layer, const int64_t *flow, int line, int without, int64_t least)
{
	int			from = s->node[line];

	for (int place = 0; place < line_length(s, line); place++)
	{
		int			cell = line_cell(s, line, place),
					tail,
					head,
					to;
		int64_t		distance;

		if (cell == without || s->absent[cell] || (s->empty[cell] && !s->empty[without]) ||
			(!s->hidden[cell] && (least == 0 || !is_of_use(s, layer, cell))))
			continue;
		cell_ends(s, cell, &tail, &head);
		to = tail == from ? head : tail;
		if (to == from || s->reached[to] || residual(s, layer, flow, cell, tail == from) < (least > 0 ? least : 1))
			continue;
		distance = s->distance[from] + (s->hidden[cell] ? 0 : s->cost[cell] * COST_UNIT) + 1;
		if (distance < s->distance[to])
		{
			s->distance[to] = distance;
			s->via[to] = cell;
		}
	}
}

/*
 * The cheapest path from one node to another, not over the cell at hand: over
 * cells that are hidden already (least 0), or over any that can take at least
 * so much. Returns its cost, UNBOUNDED: there is none.
 */
static int64_t
find_path(zr_suppression *s, int layer, const int64_t *flow, int from, int to, int without, int64_t least)
{
	int			ground = s->rows + s->cols;

	for (int n = 0; n <= ground; n++)
	{
		s->distance[n] = INT64_MAX;
		s->reached[n] = false;
	}
	s->distance[from] = 0;
	for (;;)
	{
		int			next = -1;

		for (int n = 0; n <= ground; n++)
			if (!s->reached[n] && s->distance[n] < INT64_MAX && (next < 0 || s->distance[n] < s->distance[next]))
				next = n;
		if (next < 0)
			return UNBOUNDED;
		s->reached[next] = true;
		if (next == to)
			return s->distance[to];
		if (next < ground)
			relax_line(s, layer, flow, next, without, least);
		else
			for (int line = 0; line < ground; line++)
				if (s->node[line] == ground)
					relax_line(s, layer, flow, line, without, least);
	}
}

static void
hide(zr_suppression *s, int cell)
{
	s->hidden[cell] = true;
	s->queue[s->queued++] = cell;
}

static void
unhide(zr_suppression *s, int queued)
{
	while (s->queued > queued)
		s->hidden[s->queue[--s->queued]] = false;
}

/* Sends what is wanted, or what the path can take, along the path that was found, and hides its cells. */
static int64_t
use_path(zr_suppression *s, int layer, int64_t *flow, int from, int to, int64_t wanted)
{
	for (int n = to; n != from;)
	{
		int			tail,
					head;

		cell_ends(s, s->via[n], &tail, &head);
		if (wanted > residual(s, layer, flow, s->via[n], head == n))
			wanted = residual(s, layer, flow, s->via[n], head == n);
		n = head == n ? tail : head;
	}
	for (int n = to; n != from;)
	{
		int			tail,
					head;

		cell_ends(s, s->via[n], &tail, &head);
		flow[s->via[n]] += head == n ? wanted : -wanted;
		if (!s->hidden[s->via[n]])
			hide(s, s->via[n]);
		n = head == n ? tail : head;
	}
	return wanted;
}

/*
 * Gives a hidden figure the range that it needs: by cells that are hidden
 * already, then by the cheapest others that can take all that is missing,
 * then by any. False: that cannot be done.
 */
static bool
find_room(zr_suppression *s, int layer, int position)
{
	enum
	{
		HIDDEN, ENOUGH, ANY
	}			stage;
	int			cells = s->rows * s->cols,
				cell = s->queue[position],
				end[2];
	int64_t		needs = needed(s, layer, position),
				own[2];

	own[GO_UP] = room_up(s, layer, cell);
	own[GO_DOWN] = room_down(s, layer, cell);
	/* what the figure gains comes out at its head and back in at its tail */
	cell_ends(s, cell, &end[GO_DOWN], &end[GO_UP]);
	if (end[GO_UP] == end[GO_DOWN])
		return own[GO_UP] >= needs - own[GO_DOWN];

	for (int i = 0; i < cells; i++)
		s->flow[GO_UP][i] = s->flow[GO_DOWN][i] = 0;
	stage = HIDDEN;
	while (needs > 0)
	{
		int64_t		cost[2] = {UNBOUNDED, UNBOUNDED},
					least[2],
					sent;
		int			way;

		for (way = GO_UP; way <= GO_DOWN; way++)
		{
			least[way] = stage == HIDDEN ? 0 : stage == ANY ? 1 : own[way] < needs ? own[way] : needs;
			if (own[way] > 0)
				cost[way] = find_path(s, layer, s->flow[way], end[way], end[1 - way], cell, least[way]);
		}
		if (cost[GO_UP] == UNBOUNDED && cost[GO_DOWN] == UNBOUNDED)
		{
			if (stage == ANY)
				return false;
			stage = stage == HIDDEN ? ENOUGH : ANY;
			continue;
		}
		way = cost[GO_UP] <= cost[GO_DOWN] ? GO_UP : GO_DOWN;
		if (way == GO_UP && own[GO_DOWN] > 0)
			/* the other search went over this one */
			find_path(s, layer, s->flow[way], end[way], end[1 - way], cell, least[way]);
		sent = use_path(s, layer, s->flow[way], end[way], end[1 - way], own[way] < needs ? own[way] : needs);
		own[way] -= sent;
		needs -= sent;
	}
	return true;
}

/* The same, if need be by hiding the totals that the figure may not exceed. */
static bool
make_room(zr_suppression *s, int layer, int position)
{
	int			before = s->queued,
				cell = s->queue[position],
				totals[3];

	totals[0] = cell - cell % s->cols + s->cols - 1;
	totals[1] = (s->rows - 1) * s->cols + cell % s->cols;
	totals[2] = s->rows * s->cols - 1;
	s->loose = false;
	for (int i = 0; i <= 3; i++)
	{
		int			mark = s->queued;

		if (find_room(s, layer, position))
			return true;
		/* what was hidden in vain */
		unhide(s, mark);
		if (i < 3 && !s->hidden[totals[i]] && !s->absent[totals[i]])
			hide(s, totals[i]);
	}
	unhide(s, before);
	s->loose = true;
	return find_room(s, layer, position);
}

/* ---- The whole table ---- */

static bool
check_table(const zr_suppression *s, zr_error *err)
{
	for (size_t i = 0; i < (size_t) s->layers * s->rows * s->cols; i++)
		if (!s->absent[i % ((size_t) s->rows * s->cols)] &&
			(s->figures[i] > ZR_SUPPRESSION_MAX_FIGURE || s->figures[i] < -ZR_SUPPRESSION_MAX_FIGURE))
			return zr_fail(err, ZR_RANGE, "Publish in larger units.",
						   "A figure is larger than 100000000000000, which is 1000000000000.00 euro in cents.");
	return true;
}

bool
zr_suppression_begin(zr_suppression *s, zr_error *err)
{
	int			cells = s->rows * s->cols;

	if (!check_table(s, err))
		return false;
	lay_out_work(s);
	find_equations(s);
	for (int layer = 0; layer < s->layers; layer++)
		set_room(s, layer);
	s->queued = s->done = 0;
	s->whole = false;
	for (int cell = 0; cell < cells; cell++)
	{
		bool		small = false;

		s->cost[cell] = 1;
		s->empty[cell] = true;
		for (int layer = 0; layer < s->layers; layer++)
		{
			int64_t		figure = s->figures[(size_t) layer * cells + cell];

			small = small || is_small(s, figure);
			s->empty[cell] = s->empty[cell] && figure == 0;
			if (!s->absent[cell] && figure > 0)
				s->cost[cell] += figure < COST_MAX ? figure : COST_MAX;
		}
		if (cell / s->cols == s->rows - 1)
			s->cost[cell] *= 2;
		if (cell % s->cols == s->cols - 1)
			s->cost[cell] *= 2;
		if (s->cost[cell] > COST_MAX)
			s->cost[cell] = COST_MAX;
		s->hidden[cell] = !s->absent[cell] && (small || s->hidden[cell]);
		if (s->hidden[cell])
			s->queue[s->queued++] = cell;
	}
	s->sensitive = s->queued;
	return true;
}

bool
zr_suppression_step(zr_suppression *s)
{
	if (s->done == s->queued)
		return false;
	for (int layer = 0; layer < s->layers && !s->whole; layer++)
		s->whole = !make_room(s, layer, s->done);
	s->done++;
	if (s->whole)
	{
		for (int cell = 0; cell < s->rows * s->cols; cell++)
			s->hidden[cell] = !s->absent[cell];
		s->done = s->queued;
	}
	return s->done < s->queued;
}
