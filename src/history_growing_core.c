/*
 * history_growing_core.c
 *		Care periods while an aggregate of a small group adds to them.
 */
#include "history_growing_core.h"

size_t
zr_growing_history_size(size_t n)
{
	for (size_t size = ZR_GROWING_HISTORY_FIRST; size <= ZR_GROWING_HISTORY_LARGEST; size *= 2)
		if (n <= ZR_GROWING_ROWS || n + ZR_GROWING_ROWS <= zr_growing_history_room(size))
			return size;
	return 0;
}

void
zr_growing_history_begin(zr_growing_history *set, size_t size)
{
	memset((uint8_t *) set + sizeof(set->length_word), 0, size - sizeof(set->length_word));
	set->version = ZR_HISTORY_VERSION;
	set->form = ZR_HISTORY_GROWING;
}

void
zr_growing_history_enlarge(zr_growing_history *set, size_t size, const zr_growing_history *from, size_t from_size)
{
	uint8_t    *bytes = (uint8_t *) set;

	memcpy(bytes + sizeof(set->length_word), &from->version, from_size - sizeof(set->length_word));
	memset(bytes + from_size, 0, size - from_size);
}

bool
zr_growing_history_check(const zr_growing_history *set, size_t len)
{
	size_t		size = len + sizeof(set->length_word);

	if (size < ZR_GROWING_HISTORY_FIRST || size > ZR_GROWING_HISTORY_LARGEST || set->version != ZR_HISTORY_VERSION ||
		set->n_products > ZR_GROWING_PRODUCTS || set->recent > ZR_GROWING_ROWS ||
		set->n > zr_growing_history_room(size) - ZR_GROWING_ROWS ||
		set->n_products > zr_growing_history_count(set))
		return false;
	for (size_t i = 0; i < zr_growing_history_count(set); i++)
	{
		uint64_t	value = set->rows[i < set->n ? ZR_GROWING_ROWS + i : i - set->n].value;
		zr_care		period = {0, 0, zr_date_of(zr_span_start(value)), zr_date_of(zr_span_end(value))};

		if (zr_row_code(value) >= set->n_products || !zr_care_check(&period, NULL))
			return false;
	}
	return true;
}

void
zr_growing_history_rows(const zr_growing_history *set, zr_pair *rows)
{
	memcpy(rows, set->rows + ZR_GROWING_ROWS, set->n * sizeof(zr_pair));
	memcpy(rows + set->n, set->rows, set->recent * sizeof(zr_pair));
}
