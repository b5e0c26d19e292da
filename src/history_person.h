/*
 * history_person.h
 *		One client's periods and episodes, for the history_*_core.c files.
 */
#ifndef ZR_HISTORY_PERSON_H
#define ZR_HISTORY_PERSON_H

#include "history_query_core.h"

/* The periods of one client over all products, sorted by start; at is where the next episode starts. */
typedef struct zr_person
{
	const uint64_t *spans;
	size_t		n;
	size_t		at;
} zr_person;

static inline size_t
zr_slice_end(const zr_query *q, size_t from)
{
	return q->n - from > ZR_SLICE ? from + ZR_SLICE : q->n;
}

/* Reads the client whose rows start at i; returns where the next one starts. Uses work[0..2 * largest). */
static inline size_t
zr_person_at(const zr_query *q, size_t i, zr_person *person)
{
	const zr_pair *rows = q->rows;
	uint64_t	client = rows[i].key;
	uint32_t	first = zr_row_code(rows[i].value);
	size_t		n = 0;

	do
		q->work[n++] = rows[i++].value & ZR_SPAN_MASK;
	while (i < q->n && rows[i].key == client);
	/* rows of one product are in the order of their starts already */
	if (zr_row_code(rows[i - 1].value) != first)
		zr_sort_keys(q->work, q->work + q->largest, n);
	person->spans = q->work;
	person->n = n;
	person->at = 0;
	return i;
}

/* The next episode of the person, or false. */
static inline bool
zr_next_episode(zr_person *person, int64_t gap, zr_day *s, zr_day *e)
{
	size_t		at = person->at;
	zr_day		end;

	if (at >= person->n)
		return false;
	*s = zr_span_start(person->spans[at]);
	end = zr_span_end(person->spans[at]);
	for (at++; at < person->n; at++)
	{
		uint64_t	next = person->spans[at];

		if ((int64_t) zr_span_start(next) - end > gap)
			break;
		if (zr_span_end(next) > end)
			end = zr_span_end(next);
	}
	person->at = at;
	*e = end;
	return true;
}

#endif							/* ZR_HISTORY_PERSON_H */
