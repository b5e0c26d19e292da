/*
 * client_set_growing_template.h
 *		The functions of client_set_growing_core.c that depend on the slots.
 *
 * Includers define
 *	GR(name)	prefix of the functions
 *	GR_TYPE		type of a slot
 *	GR_SORT		its sort
 */

#define RECENT (ZR_GROWING_RECENT / sizeof(GR_TYPE))

static inline bool
GR(add) (zr_growing *set, size_t size, GR_TYPE key)
{
	GR_TYPE    *recent = (GR_TYPE *) set->slots;

	if (set->recent > 0 && recent[set->recent - 1] == key)
		return true;
	if (set->recent == RECENT)
	{
		if (set->n + 2 * RECENT > (size - ZR_GROWING_HEAD) / sizeof(GR_TYPE))
			return false;
		memcpy(recent + RECENT + set->n, recent, ZR_GROWING_RECENT);
		set->n += RECENT;
		set->recent = 0;
	}
	recent[set->recent++] = key;
	return true;
}

static inline void
GR(compact) (zr_growing *set, size_t size, GR_TYPE * later)
{
	GR_TYPE    *recent = (GR_TYPE *) set->slots;
	GR_TYPE    *others = recent + RECENT;
	size_t		room = (size - ZR_GROWING_FIRST) / sizeof(GR_TYPE);
	GR_TYPE    *both = later + size / sizeof(GR_TYPE);
	size_t		n = set->n - set->sorted,
				kept = 0,
				i = 0,
				j = 0;

	if (n == 0 && set->recent == 0)
		return;
	memcpy(later, others + set->sorted, n * sizeof(GR_TYPE));
	memcpy(later + n, recent, set->recent * sizeof(GR_TYPE));
	n += set->recent;
	GR_SORT(later, both, n);
	while (i < set->sorted || j < n)
	{
		GR_TYPE		next = j >= n || (i < set->sorted && others[i] < later[j]) ? others[i++] : later[j++];

		if (kept == 0 || both[kept - 1] != next)
			both[kept++] = next;
	}
	set->n = set->sorted = (uint32_t) (kept < room ? kept : room);
	set->recent = (uint8_t) (kept - set->n);
	memcpy(others, both, set->n * sizeof(GR_TYPE));
	memcpy(recent, both + set->n, set->recent * sizeof(GR_TYPE));
}

#undef RECENT
#undef GR
#undef GR_TYPE
#undef GR_SORT
