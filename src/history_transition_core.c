/*
 * history_transition_core.c
 *		In-, through- and outflow between products.
 *
 * Within a person's episode [S, T) the periods of each product merge into
 * that product's episodes with the same gap. Then
 * - a start at S is inflow, an end at T is outflow;
 * - each other end, earliest first, is paired with the earliest start of
 *	 another product that lies at most greatest(gap, 0) days from it, before
 *	 or after, and is not paired yet: a transfer, on the day of that start;
 * - what remains is an addition or a reduction.
 * Pairs are found over the whole history and then counted when their day lies
 * in the range (starts a <= s < b, ends a < e <= b), so that the transitions
 * of the months do not depend on where a range begins.
 */
#include "history_query_core.h"

#include "history_person.h"

#define NO_PRODUCT 0

/* Events of one client: a day and a product code, sorted as numbers. */
static inline uint64_t
event(zr_day day, uint32_t code)
{
	return (uint64_t) day << ZR_PRODUCT_CODE_BITS | code;
}

static inline zr_day
event_day(uint64_t e)
{
	return (zr_day) (e >> ZR_PRODUCT_CODE_BITS);
}

static inline uint32_t
event_code(uint64_t e)
{
	return (uint32_t) e & (ZR_PRODUCTS_MAX - 1);
}

typedef struct transition_output
{
	const zr_query *q;
	const zr_division *periods; /* NULL: the range is one */
	uint64_t   *keys;
	size_t		n;
} transition_output;

/* The period of a day, placed in a key: the last whose first day is not after it. */
static inline uint64_t
key_period(const transition_output *out, zr_day day)
{
	uint32_t	low = 0,
				high;

	if (out->periods == NULL)
		return 0;
	for (high = out->periods->n; high - low > 1;)
	{
		uint32_t	mid = low + (high - low) / 2;

		if (out->periods->bounds[mid] <= day)
			low = mid;
		else
			high = mid;
	}
	return (uint64_t) low << ZR_TRANSITION_PERIOD;
}

static inline void
put_start(transition_output *out, zr_transition_kind kind, zr_day day, uint32_t from, uint32_t to)
{
	if (out->q->a <= day && day < out->q->b)
		out->keys[out->n++] = key_period(out, day) | zr_transition_key(kind, from, to);
}

static inline void
put_end(transition_output *out, zr_transition_kind kind, zr_day day, uint32_t from)
{
	if (out->q->a < day && day <= out->q->b)
		out->keys[out->n++] = key_period(out, day - 1) | zr_transition_key(kind, from, NO_PRODUCT);
}

/*
 * Pairs sorted ends with sorted starts. next is a list over the unpaired
 * starts: next[0] the first, next[k + 1] the one after start k, as index + 1.
 * An end passes over at most the starts of its own product that lie near it,
 * of which there is one, since its episodes are more than gap days apart.
 */
static void
pair(transition_output *out, const uint64_t *starts, size_t n_starts, const uint64_t *ends, size_t n_ends, uint64_t *next)
{
	int64_t		reach = out->q->gap > 0 ? out->q->gap : 0;

	for (size_t k = 0; k < n_starts; k++)
		next[k] = k + 1;
	next[n_starts] = 0;

	for (size_t k = 0; k < n_ends; k++)
	{
		int64_t		day = event_day(ends[k]);
		uint32_t	code = event_code(ends[k]);
		uint64_t	before = 0,
					at;

		/* starts too early for this end are too early for all later ones */
		while (next[0] != 0 && event_day(starts[next[0] - 1]) < day - reach)
		{
			uint64_t	start = starts[next[0] - 1];

			put_start(out, ZR_ADDITION, event_day(start), NO_PRODUCT, event_code(start) + 1);
			next[0] = next[next[0]];
		}
		at = next[0];
		while (at != 0 && event_code(starts[at - 1]) == code && event_day(starts[at - 1]) <= day + reach)
		{
			before = at;
			at = next[at];
		}
		if (at != 0 && event_day(starts[at - 1]) <= day + reach)
		{
			put_start(out, ZR_TRANSFER, event_day(starts[at - 1]), code + 1, event_code(starts[at - 1]) + 1);
			next[before] = next[at];
		}
		else
			put_end(out, ZR_REDUCTION, (zr_day) day, code + 1);
	}
	for (uint64_t at = next[0]; at != 0; at = next[at])
		put_start(out, ZR_ADDITION, event_day(starts[at - 1]), NO_PRODUCT, event_code(starts[at - 1]) + 1);
}

/* The episode that holds the day: the last that starts on or before it. */
static uint64_t
episode_of(const uint64_t *episodes, size_t n, zr_day day)
{
	size_t		low = 0,
				high = n;

	while (high - low > 1)
	{
		size_t		mid = low + (high - low) / 2;

		if (zr_span_start(episodes[mid]) <= day)
			low = mid;
		else
			high = mid;
	}
	return episodes[low];
}

static void
list_person(transition_output *out, const zr_pair *rows, size_t n, zr_person *person)
{
	const zr_query *q = out->q;
	uint64_t   *episodes = q->work + 2 * q->largest;
	uint64_t   *starts = q->work + 3 * q->largest;
	uint64_t   *ends = q->work + 4 * q->largest;
	uint64_t   *scratch = q->work + 5 * q->largest;
	uint64_t   *next = q->work + 6 * q->largest;
	size_t		n_episodes = 0,
				n_starts = 0,
				n_ends = 0;
	zr_day		s,
				e;

	while (zr_next_episode(person, q->gap, &s, &e))
		episodes[n_episodes++] = zr_row_value(0, s, e);

	for (size_t i = 0; i < n;)
	{
		uint32_t	code = zr_row_code(rows[i].value);
		uint64_t	episode;

		s = zr_span_start(rows[i].value);
		e = zr_span_end(rows[i].value);
		/* rows of one product do not overlap, so the last end is the latest */
		for (i++; i < n && zr_row_code(rows[i].value) == code &&
			 (int64_t) zr_span_start(rows[i].value) - e <= q->gap; i++)
			e = zr_span_end(rows[i].value);

		episode = episode_of(episodes, n_episodes, s);
		if (s == zr_span_start(episode))
			put_start(out, ZR_INFLOW, s, NO_PRODUCT, code + 1);
		else
			starts[n_starts++] = event(s, code);
		if (e == ZR_DAY_OPEN)
			continue;
		if (e == zr_span_end(episode))
			put_end(out, ZR_OUTFLOW, e, code + 1);
		else
			ends[n_ends++] = event(e, code);
	}
	zr_sort_keys(starts, scratch, n_starts);
	zr_sort_keys(ends, scratch, n_ends);
	pair(out, starts, n_starts, ends, n_ends, next);
}

size_t
zr_list_transitions(const zr_query *q, const zr_division *periods, size_t from, uint64_t *keys, uint64_t *clients, size_t *n_keys)
{
	transition_output out = {q, periods, keys, *n_keys};
	size_t		i = from;
	size_t		stop = zr_slice_end(q, from);

	while (i < q->n && i < stop)
	{
		zr_person	person;
		size_t		before = out.n;
		size_t		first = i;

		i = zr_person_at(q, i, &person);
		list_person(&out, q->rows + first, i - first, &person);
		/* clients are counted, not events */
		zr_sort_keys(keys + before, q->work, out.n - before);
		out.n = before + zr_unique_keys(keys + before, out.n - before);
		if (clients != NULL)
			for (size_t k = before; k < out.n; k++)
				clients[k] = q->rows[first].key;
	}
	*n_keys = out.n;
	return i;
}
