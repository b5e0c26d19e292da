/*
 * client_set_growing_core.c
 *		An exact set of client keys while an aggregate of a small group adds to it.
 */
#include "client_set_growing_core.h"

#include <string.h>

#include "client_set_core.h"

void
zr_client_set_growing_begin(zr_client_set_growing *set, size_t size)
{
	memset(&set->version, 0, size - offsetof(zr_client_set_growing, version));
	set->version = ZR_CLIENT_SET_VERSION;
	set->form = ZR_CLIENT_SET_GROWING;
}

void
zr_client_set_growing_compact(zr_client_set_growing *set)
{
	uint64_t	scratch[ZR_CLIENT_SET_GROWING_MAX];
	uint64_t   *later = set->keys + set->sorted;
	size_t		n = set->n - set->sorted;

	if (n == 0)
		return;
	zr_sort_keys(later, scratch, n);
	n = zr_unique_keys(later, n);
	if (set->sorted > 0)
	{
		n = zr_merge_keys(set->keys, set->sorted, later, n, scratch);
		memcpy(set->keys, scratch, n * sizeof(uint64_t));
	}
	set->n = set->sorted = (uint32_t) n;
}

size_t
zr_client_set_growing_size(size_t n)
{
	for (size_t size = ZR_CLIENT_SET_GROWING_FIRST; size <= ZR_CLIENT_SET_GROWING_LARGEST; size *= 2)
		if (n <= zr_client_set_growing_room(size) / 4 * 3 + 1)
			return size;
	return 0;
}
