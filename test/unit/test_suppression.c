/*
 * test_suppression.c
 *		Suppression against a search through all tables that a reader may hold
 *		possible, and against a search for bridges.
 */
#include <stdbool.h>
#include <stdlib.h>

#include "check.h"
#include "suppression_core.h"

#define MAX_CELLS 400

typedef struct count_table
{
	int			rows;
	int			cols;
	int			layers;
	int64_t		below;
	int64_t		width;
	bool		proportional;
	int64_t		figures[3 * MAX_CELLS];
	bool		absent[MAX_CELLS];
	bool		hidden[MAX_CELLS];
	bool		whole;
} count_table;

static void
suppress(count_table *t)
{
	zr_suppression s = {0};
	zr_error	err;

	s.rows = t->rows;
	s.cols = t->cols;
	s.layers = t->layers;
	s.below = t->below;
	s.width = t->width;
	s.proportional = t->proportional;
	s.figures = t->figures;
	s.absent = t->absent;
	s.hidden = t->hidden;
	s.work = malloc(zr_suppression_work_size(s.rows, s.cols, s.layers));
	CHECK(zr_suppression_begin(&s, &err));
	while (zr_suppression_step(&s))
		;
	t->whole = s.whole;
	free(s.work);
}

static bool
is_total(const count_table *t, int cell)
{
	return cell / t->cols == t->rows - 1 || cell % t->cols == t->cols - 1;
}

/* The parts of a line and its total: 0 .. rows - 1 are rows, then columns. Returns false for a line that is no equation. */
static bool
line_sum(const count_table *t, const int64_t *figures, int line, int64_t *sum, int64_t *total, int64_t *largest)
{
	int			n = line < t->rows ? t->cols : t->rows,
				cell = 0,
				parts = 0;

	*sum = *largest = 0;
	for (int k = 0; k < n; k++)
	{
		cell = line < t->rows ? line * t->cols + k : k * t->cols + line - t->rows;
		if (t->absent[cell] || k == n - 1)
			continue;
		parts++;
		*sum += figures[cell];
		if (figures[cell] > *largest)
			*largest = figures[cell];
	}
	*total = figures[cell];
	return parts > 0 && !t->absent[cell];
}

static void
fill_totals(count_table *t, int layer, uint64_t *seed, int overlap)
{
	int64_t    *f = t->figures + layer * t->rows * t->cols,
				low = 0,
				high = INT64_MAX;

	/* the totals of rows and columns first; the grand total is bounded by both lines of totals */
	for (int line = 0; line < t->rows + t->cols; line++)
	{
		int64_t		sum,
					total,
					largest;
		int			cell = line < t->rows ? line * t->cols + t->cols - 1 : (t->rows - 1) * t->cols + line - t->rows;

		if (line == t->rows - 1 || line == t->rows + t->cols - 1)
			continue;
		line_sum(t, f, line, &sum, &total, &largest);
		f[cell] = sum;
		if (overlap > 0 && sum > largest)
			f[cell] -= (int64_t) (check_rand(seed) % (uint64_t) overlap) % (sum - largest + 1);
	}
	for (int line = t->rows - 1; line < t->rows + t->cols; line += t->cols)
	{
		int64_t		sum,
					total,
					largest;

		line_sum(t, f, line, &sum, &total, &largest);
		if (largest > low)
			low = largest;
		if (sum < high)
			high = sum;
	}
	f[t->rows * t->cols - 1] = high;
	if (overlap > 0 && high > low)
		f[t->rows * t->cols - 1] -= (int64_t) (check_rand(seed) % (uint64_t) overlap) % (high - low + 1);
}

/* ---- Bridges, by taking each hidden cell away ---- */

static bool
is_empty(const count_table *t, int cell)
{
	for (int layer = 0; layer < t->layers; layer++)
		if (t->figures[layer * t->rows * t->cols + cell] != 0)
			return false;
	return true;
}

static int
find_root(int *parent, int n)
{
	while (parent[n] != n)
		n = parent[n];
	return n;
}

/* to a reader who knows which cells are empty, or not: hidden cells that can be computed */
static int
count_bridges(const count_table *t, bool knows_empty)
{
	int			bridges = 0,
				ground = t->rows + t->cols;

	for (int without = 0; without < t->rows * t->cols; without++)
	{
		int			parent[100],
					node[100];

		if (!t->hidden[without] || (knows_empty && is_empty(t, without)))
			continue;
		for (int line = 0; line < ground; line++)
		{
			int64_t		a,
						b,
						c;

			node[line] = line_sum(t, t->figures, line, &a, &b, &c) ? line : ground;
		}
		for (int n = 0; n <= ground; n++)
			parent[n] = n;
		for (int cell = 0; cell < t->rows * t->cols; cell++)
			if (t->hidden[cell] && cell != without && !(knows_empty && is_empty(t, cell)))
				parent[find_root(parent, node[cell / t->cols])] = find_root(parent, node[t->rows + cell % t->cols]);
		bridges += find_root(parent, node[without / t->cols]) != find_root(parent, node[t->rows + without % t->cols]);
	}
	return bridges;
}

/*
 * All tables that a reader may hold possible: one who knows by how much each
 * total differs from its parts; and one who knows what holds for persons, that
 * a total is at most the sum and at least the largest of its parts. Either may
 * also know which cells are empty.
 */
typedef enum reader_kind
{
	KNOWS_DIFFERENCES, KNOWS_PERSONS
} reader_kind;

typedef struct table_search
{
	reader_kind who;
	bool		knows_empty;
	const count_table *t;
	const int64_t *truth;
	int			cell[MAX_CELLS];	/* hidden ones */
	int			n;
	int64_t		value[MAX_CELLS];
	int64_t		low[MAX_CELLS];
	int64_t		high[MAX_CELLS];
	int64_t		found;
} table_search;

static bool
possible(const table_search *s)
{
	for (int line = 0; line < s->t->rows + s->t->cols; line++)
	{
		int64_t		sum,
					total,
					largest,
					true_sum,
					true_total,
					true_largest;

		if (!line_sum(s->t, s->value, line, &sum, &total, &largest))
			continue;
		line_sum(s->t, s->truth, line, &true_sum, &true_total, &true_largest);
		if (s->who == KNOWS_DIFFERENCES)
		{
			if (sum - total != true_sum - true_total)
				return false;
		}
		else if ((true_sum >= true_total && sum < total) || (true_largest <= true_total && largest > total))
			return false;
	}
	return true;
}

static void
try_all(table_search *s, int k)
{
	if (k == s->n)
	{
		if (!possible(s))
			return;
		s->found++;
		for (int i = 0; i < s->n; i++)
		{
			int64_t		v = s->value[s->cell[i]];

			if (v < s->low[i])
				s->low[i] = v;
			if (v > s->high[i])
				s->high[i] = v;
		}
	}
	else
	{
		int64_t		truth = s->truth[s->cell[k]],
					from = truth < s->t->below ? 0 : s->t->below,
					to = truth < s->t->below ? s->t->below - 1 : truth + s->t->width + 1;

		if (from < truth - s->t->width - 1)
			from = truth - s->t->width - 1;
		if (s->knows_empty && truth == 0)
			to = 0;
		for (int64_t v = from; v <= to; v++)
		{
			s->value[s->cell[k]] = v;
			try_all(s, k + 1);
		}
		s->value[s->cell[k]] = truth;
	}
}

/* Random small tables; the search is over hidden cells, so few enough of them. */
static void
test_against_search(void)
{
	uint64_t	seed = 7;
	int			searched = 0,
				added = 0;

	for (int round = 0; round < 5000; round++)
	{
		count_table t = {0};
		table_search s = {0};
		int			cells,
					primary = 0;
		double		size = 1;

		t.rows = 2 + (int) (check_rand(&seed) % 3);
		t.cols = 2 + (int) (check_rand(&seed) % 3);
		t.layers = 1;
		t.below = 2 + (int64_t) (check_rand(&seed) % 3);
		t.width = 1 + (int64_t) (check_rand(&seed) % 2);
		cells = t.rows * t.cols;
		for (int cell = 0; cell < cells; cell++)
			if (!is_total(&t, cell))
			{
				t.figures[cell] = (int64_t) (check_rand(&seed) % 3) ? t.below + (int64_t) (check_rand(&seed) % 4) :
					(int64_t) (check_rand(&seed) % (uint64_t) t.below);
				t.absent[cell] = check_rand(&seed) % 12 == 0;
			}
		fill_totals(&t, 0, &seed, (int) (check_rand(&seed) % 4));
		for (int cell = 0; cell < cells; cell++)
			primary += !t.absent[cell] && t.figures[cell] < t.below;
		suppress(&t);
		for (int cell = 0; cell < cells; cell++)
			if (t.hidden[cell])
			{
				s.cell[s.n] = cell;
				s.n++;
				size *= (double) (t.figures[cell] < t.below ? t.below : 2 * t.width + 3);
			}
			else
				CHECK(t.absent[cell] || t.figures[cell] >= t.below);
		if (t.whole)
			continue;
		CHECK(count_bridges(&t, false) == 0 && count_bridges(&t, true) == 0);
		if (size > 100000)
			continue;
		searched++;
		added += s.n > primary;
		s.t = &t;
		s.truth = t.figures;
		memcpy(s.value, t.figures, sizeof(s.value));
		for (int reader = 0; reader < 4; reader++)
		{
			s.who = reader % 2 ? KNOWS_PERSONS : KNOWS_DIFFERENCES;
			s.knows_empty = reader / 2;
			for (int i = 0; i < s.n; i++)
			{
				s.low[i] = INT64_MAX;
				s.high[i] = INT64_MIN;
			}
			s.found = 0;
			try_all(&s, 0);
			CHECK(s.found > 0);
			for (int i = 0; i < s.n; i++)
			{
				int64_t		need = t.width;

				if (t.figures[s.cell[i]] < t.below && need > t.below - 1)
					need = t.below - 1;
				CHECK(s.high[i] - s.low[i] >= need || (s.knows_empty && t.figures[s.cell[i]] == 0));
			}
		}
	}
	CHECK(searched > 1500 && added > 500);
}

/* Larger tables of several layers: nothing but bridges can be searched for. */
static void
test_bridges(void)
{
	uint64_t	seed = 11;
	int			whole = 0;

	for (int round = 0; round < 300; round++)
	{
		static count_table t;
		int			primary = 0,
					hidden = 0;

		memset(&t, 0, sizeof(t));
		t.rows = 2 + (int) (check_rand(&seed) % 10);
		t.cols = 2 + (int) (check_rand(&seed) % 15);
		t.layers = 1 + (int) (check_rand(&seed) % 3);
		t.below = 10;
		t.width = 4;
		for (int layer = 0; layer < t.layers; layer++)
		{
			for (int cell = 0; cell < t.rows * t.cols; cell++)
				if (!is_total(&t, cell))
					t.figures[layer * t.rows * t.cols + cell] = (int64_t) (check_rand(&seed) % 300) / (1 + cell % t.cols);
			fill_totals(&t, layer, &seed, round % 2 ? 40 : 0);
		}
		for (int cell = 0; cell < t.rows * t.cols; cell++)
			for (int layer = 0; layer < t.layers; layer++)
				if (t.figures[layer * t.rows * t.cols + cell] < t.below)
				{
					primary++;
					break;
				}
		suppress(&t);
		for (int cell = 0; cell < t.rows * t.cols; cell++)
			hidden += t.hidden[cell];
		CHECK(hidden >= primary);
		if (t.whole)
		{
			whole++;
			CHECK(hidden == t.rows * t.cols);
		}
		else
			CHECK(count_bridges(&t, false) == 0 && count_bridges(&t, true) == 0);
	}
	CHECK(whole < 30);
}

/*
 * The pattern of a table in words: figures, - for no such cell, ! behind what is to be hidden anyway, a bar between
 * rows. Gives x for hidden and o for published.
 */
static const char *
pattern(const char *text, int64_t below, int64_t width, bool proportional)
{
	static count_table t;
	static char answer[2 * MAX_CELLS + 1];
	char	   *a = answer;
	int			cells = 0;

	memset(&t, 0, sizeof(t));
	t.rows = t.layers = 1;
	t.below = below;
	t.width = width;
	t.proportional = proportional;
	for (const char *p = text; *p; p++)
	{
		if (*p == '|')
			t.rows++;
		else if (*p == '-' && p[1] == ' ')
			t.absent[cells++] = true;
		else if (*p == '!')
			t.hidden[cells - 1] = true;
		else if (*p != ' ')
		{
			char	   *end;

			t.figures[cells++] = strtoll(p, &end, 10);
			p = end - 1;
		}
	}
	t.cols = cells / t.rows;
	suppress(&t);
	for (int cell = 0; cell < cells; cell++)
	{
		if (cell > 0 && cell % t.cols == 0)
			*a++ = ' ';
		*a++ = t.absent[cell] ? '-' : t.hidden[cell] ? 'x' : 'o';
	}
	*a = '\0';
	return answer;
}

static void
test_examples(void)
{
	/* one small cell takes the cheapest rectangle with it */
	CHECK(strcmp(pattern("7 40 50 97 | 60 30 70 160 | 80 90 20 190 | 147 160 140 447", 10, 4, false), "xxoo xxoo oooo oooo") == 0);
	/* nothing small, nothing hidden */
	CHECK(strcmp(pattern("10 10 | 10 10", 10, 4, false), "oo oo") == 0);
	/* threshold 0 hides nothing; threshold 1 zeros, of which there is nothing to know */
	CHECK(strcmp(pattern("0 1 1 | 0 1 1", 0, 4, false), "ooo ooo") == 0);
	CHECK(strcmp(pattern("0 1 1 | 0 1 1", 1, 4, false), "xoo xoo") == 0);
	/* two small cells that are both as large as they can be: 9 + 9 = 18 would tell */
	CHECK(strcmp(pattern("9 9 18 | 9 9 18", 10, 4, false), "xxx xxx") == 0);
	/* two that may trade places need no other */
	CHECK(strcmp(pattern("6 5 30 41 | 6 5 30 41", 10, 4, false), "xxoo xxoo") == 0);
	/* but the range of 1 and 0 is too small */
	CHECK(strcmp(pattern("1 0 30 31 | 1 0 30 31", 10, 4, false), "xxxo xxxo") == 0);
	/* without totals there is nothing to compute with */
	CHECK(strcmp(pattern("3 20 - | 20 20 - | - - - ", 10, 4, false), "xo- oo- ---") == 0);
	/* totals of columns only: a second cell in the column */
	CHECK(strcmp(pattern("3 20 - | 20 30 - | 25 40 - | 48 90 - ", 10, 4, false), "xo- xo- oo- oo-") == 0);
	/* a cell that does not exist is no help */
	CHECK(strcmp(pattern("3 40 43 | 50 - 50 | 53 40 93", 10, 4, false), "xxo o-o xxo") == 0);
	/* an empty cell is no cover: 37 - 30 tells the 7 to who knows that nothing is in the other */
	CHECK(strcmp(pattern("7 0 30 37 | 7 0 30 37", 10, 4, false), "xxxo xxxo") == 0);
	CHECK(strcmp(pattern("7 1 30 38 | 7 1 30 38", 10, 4, false), "xxoo xxoo") == 0);
	/* amounts: what is named; and then with a range of the amount itself, for which 1 is too small */
	CHECK(strcmp(pattern("5000! 1 9000 14001 | 1 1 1 3 | 9000 1 9000 18001 | 14001 3 18001 32005", 0, 1, false),
				 "xxoo xxoo oooo oooo") == 0);
	CHECK(strcmp(pattern("5000! 1 9000 14001 | 1 1 1 3 | 9000 1 9000 18001 | 14001 3 18001 32005", 0, 1, true),
				 "xoxo oooo xoxo oooo") == 0);
	/* a credit goes no lower, and is not small by itself */
	CHECK(strcmp(pattern("-50 100 50 | 70 80 150 | 20 180 200", 0, 1, false), "ooo ooo ooo") == 0);
	CHECK(strcmp(pattern("-50! 100 50 | 70 80 150 | 20 180 200", 0, 1, false), "xxo xxo ooo") == 0);
}

static void
test_limits(void)
{
	zr_suppression s = {0};
	zr_error	err = {0};
	int64_t		figures[4] = {ZR_SUPPRESSION_MAX_FIGURE, 0, ZR_SUPPRESSION_MAX_FIGURE, 0};
	bool		absent[4] = {0},
				hidden[4] = {0};
	int64_t		work[200];

	s.rows = s.cols = 2;
	s.layers = 1;
	s.figures = figures;
	s.absent = absent;
	s.hidden = hidden;
	s.width = s.below = ZR_SUPPRESSION_MAX_FIGURE;
	s.work = work;
	CHECK(zr_suppression_work_size(2, 2, 1) <= sizeof(work));
	CHECK(zr_suppression_begin(&s, &err));
	while (zr_suppression_step(&s))
		;
	figures[3] = ZR_SUPPRESSION_MAX_FIGURE + 1;
	CHECK(!zr_suppression_begin(&s, &err) && err.cls == ZR_RANGE);
	absent[3] = true;
	CHECK(zr_suppression_begin(&s, &err));
	figures[0] = -ZR_SUPPRESSION_MAX_FIGURE - 1;
	CHECK(!zr_suppression_begin(&s, &err) && err.cls == ZR_RANGE);
}

int
main(void)
{
	test_examples();
	test_limits();
	test_against_search();
	test_bridges();
	CHECK_DONE();
}
