/*
 * client_set_growing_core.c
 *		An exact set of client keys while an aggregate of a small group adds to it.
 */
#include "client_set_growing_core.h"

#include <string.h>

#include "client_set_core.h"

#define GR(name) narrow_##name
#define GR_TYPE uint32_t
#define GR_SORT(a, scratch, n) zr_sort_narrow(a, scratch, n)
#include "client_set_growing_template.h"

#define GR(name) wide_##name
#define GR_TYPE uint64_t
#define GR_SORT(a, scratch, n) zr_sort_keys(a, scratch, n)
#include "client_set_growing_template.h"

size_t
zr_growing_size(size_t n, bool wide)
{
	for (size_t size = ZR_GROWING_FIRST; size <= ZR_GROWING_LARGEST; size *= 2)
		if (n <= (size - ZR_GROWING_HEAD) / (wide ? sizeof(uint64_t) : sizeof(uint32_t)) / 4 * 3 + 1)
			return size;
	return 0;
}

void
zr_growing_begin(zr_growing *set, size_t size, uint64_t min, uint64_t max)
{
	memset((uint8_t *) set + sizeof(set->length_word), 0, size - sizeof(set->length_word));
	set->version = ZR_CLIENT_SET_VERSION;
	set->form = ZR_CLIENT_SET_GROWING;
	if (zr_growing_is_wide(min, max))
		set->wide = 1;
	else
	{
		/* in the middle of what slots can hold, which lies between the smallest and the largest key */
		uint64_t	below = (UINT32_MAX - (max - min)) / 2;
		uint64_t	largest = UINT64_MAX - UINT32_MAX;

		set->base = min < below ? 0 : min - below > largest ? largest : min - below;
	}
}

bool
zr_growing_add(zr_growing *set, size_t size, uint64_t key)
{
	if (set->wide)
		return wide_add(set, size, key);
	return key - set->base <= UINT32_MAX && narrow_add(set, size, (uint32_t) (key - set->base));
}

void
zr_growing_compact(zr_growing *set, size_t size, void *scratch)
{
	if (set->wide)
		wide_compact(set, size, scratch);
	else
		narrow_compact(set, size, scratch);
}

bool
zr_growing_keys(const uint8_t *data, size_t len, uint64_t *keys, size_t *n)
{
	zr_growing	set;
	size_t		head = ZR_GROWING_HEAD - sizeof(set.length_word);
	size_t		width,
				first;
	const uint8_t *slots = data + head;

	if (len < head)
		return false;
	memcpy((char *) &set + sizeof(set.length_word), data, head);
	width = set.wide ? sizeof(uint64_t) : sizeof(uint32_t);
	first = ZR_GROWING_RECENT / width;
	if (set.wide > 1 || set.recent > first || len < head + ZR_GROWING_RECENT || len > ZR_GROWING_LARGEST ||
		set.n > (len - head - ZR_GROWING_RECENT) / width)
		return false;
	*n = zr_growing_count(&set);
	for (size_t i = 0; i < *n; i++)
	{
		size_t		at = i < set.n ? first + i : i - set.n;
		uint32_t	distance;

		if (set.wide)
			memcpy(&keys[i], slots + at * width, width);
		else
		{
			memcpy(&distance, slots + at * width, width);
			keys[i] = set.base + distance;
		}
	}
	return true;
}
