/*
 * history_query_core.c
 *		Counts over canonical rows: clients, flows, durations.
 */
#include "history_query_core.h"

#include "history_person.h"

size_t
zr_count_clients(const zr_query *q, size_t from, int64_t *clients)
{
	size_t		i = from;
	size_t		stop = zr_slice_end(q, from);

	while (i < q->n && i < stop)
	{
		uint64_t	client = q->rows[i].key;
		bool		in_care = false;

		for (; i < q->n && q->rows[i].key == client; i++)
			in_care |= zr_span_start(q->rows[i].value) < q->b && zr_span_end(q->rows[i].value) > q->a;
		*clients += in_care;
	}
	return i;
}

size_t
zr_count_flow(const zr_query *q, size_t from, zr_flow *flow)
{
	size_t		i = from;
	size_t		stop = zr_slice_end(q, from);

	while (i < q->n && i < stop)
	{
		zr_person	person;
		zr_day		s,
					e;

		i = zr_person_at(q, i, &person);
		while (zr_next_episode(&person, q->gap, &s, &e))
		{
			flow->stock_begin += s < q->a && e > q->a;
			flow->inflow += q->a <= s && s < q->b;
			flow->outflow += q->a < e && e <= q->b;
			flow->stock_end += s < q->b && e > q->b;
		}
	}
	return i;
}

void
zr_division_fill(zr_division *d)
{
	uint32_t	k = 0;

	if (d->table == NULL)
		return;
	for (zr_day day = d->bounds[0]; day < d->bounds[d->n]; day++)
	{
		while (k + 1 < d->n && d->bounds[k + 1] <= day)
			k++;
		d->table[day - d->bounds[0]] = k;
	}
}

/* The last part that starts on or before the day, which lies in [bounds[0], bounds[n]). */
static inline uint32_t
part_of(const zr_division *d, zr_day day)
{
	uint32_t	low = 0,
				high = d->n;

	if (d->table != NULL)
		return d->table[day - d->bounds[0]];
	while (high - low > 1)
	{
		uint32_t	mid = low + (high - low) / 2;

		if (d->bounds[mid] <= day)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* Counts a person once in parts first to last; *done is one past the last part counted so far. */
static inline void
count_parts(int64_t *differences, uint32_t first, uint32_t last, uint32_t *done)
{
	if (first < *done)
		first = *done;
	if (first > last)
		return;
	differences[first]++;
	differences[last + 1]--;
	*done = last + 1;
}

static void
count_person(const zr_query *q, zr_person *person, zr_flows *flows)
{
	uint32_t	last = flows->periods.n - 1;
	zr_day		first_year = flows->years.bounds[0];
	zr_day		last_year = flows->years.bounds[last];
	uint32_t	done = 0,
				done_12m = 0;
	zr_day		s,
				e;

	/* in care: the periods themselves, no gap is bridged; sorted by start, so parts do not go back */
	for (size_t k = 0; k < person->n; k++)
	{
		s = zr_span_start(person->spans[k]);
		e = zr_span_end(person->spans[k]);
		if (s >= q->b)
			break;
		if (e > q->a)
			count_parts(flows->clients,
						s <= q->a ? 0 : part_of(&flows->periods, s),
						e >= q->b ? last : part_of(&flows->periods, e - 1), &done);
		if (e > first_year)
			count_parts(flows->clients_12m,
						s <= q->a ? 0 : part_of(&flows->periods, s),
						e > last_year ? last : part_of(&flows->years, e - 1), &done_12m);
	}
	while (zr_next_episode(person, q->gap, &s, &e))
	{
		if (s >= q->b)
			break;
		if (s < q->a)
			flows->stock_begin += e > q->a;
		else
			flows->inflow[part_of(&flows->periods, s)]++;
		if (q->a < e && e <= q->b)
			flows->outflow[part_of(&flows->periods, e - 1)]++;
	}
}

size_t
zr_count_flows(const zr_query *q, size_t from, zr_flows *flows)
{
	size_t		i = from;
	size_t		stop = zr_slice_end(q, from);

	while (i < q->n && i < stop)
	{
		zr_person	person;

		i = zr_person_at(q, i, &person);
		count_person(q, &person, flows);
	}
	return i;
}

size_t
zr_count_flows_by_product(const zr_query *q, size_t from, zr_flows *flows)
{
	size_t		i = from;
	size_t		stop = zr_slice_end(q, from);

	while (i < q->n && i < stop)
	{
		uint64_t	client = q->rows[i].key;
		uint32_t	code = zr_row_code(q->rows[i].value);
		zr_person	person = {q->work, 0, 0};

		/* rows of one client and product follow each other, by start */
		do
			q->work[person.n++] = q->rows[i++].value & ZR_SPAN_MASK;
		while (i < q->n && q->rows[i].key == client && zr_row_code(q->rows[i].value) == code);
		count_person(q, &person, &flows[code]);
	}
	return i;
}

void
zr_finish_flows(zr_flows *flows)
{
	for (uint32_t k = 1; k < flows->periods.n; k++)
	{
		flows->clients[k] += flows->clients[k - 1];
		flows->clients_12m[k] += flows->clients_12m[k - 1];
	}
}

size_t
zr_list_durations(const zr_query *q, size_t from, zr_durations *d, uint64_t *lengths)
{
	size_t		i = from;
	size_t		stop = zr_slice_end(q, from);

	while (i < q->n && i < stop)
	{
		zr_person	person;
		zr_day		s,
					e;
		size_t		at = 0;

		i = zr_person_at(q, i, &person);
		while (zr_next_episode(&person, q->gap, &s, &e))
		{
			int64_t		care = 0;
			zr_day		covered = s;

			/* days of the union of the episode's periods */
			for (; at < person.at; at++)
			{
				zr_day		start = zr_span_start(person.spans[at]);
				zr_day		end = zr_span_end(person.spans[at]);

				if (start < covered)
					start = covered;
				if (end > start)
				{
					care += end - start;
					covered = end;
				}
			}
			d->running += s < q->b && e > q->b;
			if (q->a < e && e <= q->b)
			{
				d->days += e - s;
				d->days_in_care += care;
				lengths[d->ended++] = e - s;
			}
		}
	}
	return i;
}
