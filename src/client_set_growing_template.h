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
GR(add) (zr_growing *set, GR_TYPE key)
{
	GR_TYPE    *recent = (GR_TYPE *) set->slots;

	if (set->recent > 0 && recent[set->recent - 1] == key)
		return true;
	if (set->recent == RECENT)
	{
		/* room for these, and for those to come */
		if (set->n + 2 * RECENT > (size_t) 1 << set->room_bits)
			return false;
		memcpy((GR_TYPE *) set->others + set->n, recent, ZR_GROWING_RECENT);
		set->n += RECENT;
		set->distinct = false;
		set->recent = 0;
	}
	recent[set->recent++] = key;
	return true;
}

/* Keeps the first of each key, with a table of 2^bits keys, at most half full. */
static size_t
GR(drop_repeated) (GR_TYPE * keys, size_t n, GR_TYPE * table, int bits)
{
	size_t		size = (size_t) 1 << bits;
	size_t		kept = 1;
	GR_TYPE		first = keys[0];

	/* a free place has the first key, which so is everywhere and needs no place */
	for (size_t i = 0; i < size; i++)
		table[i] = first;
	for (size_t i = 1; i < n; i++)
	{
		GR_TYPE		key = keys[i];
		size_t		at = (size_t) ((key * HASH_FACTOR) >> (64 - bits));

		while (table[at] != key && table[at] != first)
			at = (at + 1) & (size - 1);
		/* which of both it is, is hard to predict: no branch */
		keys[kept] = key;
		kept += table[at] != key;
		table[at] = key;
	}
	return kept;
}

static size_t
GR(sort) (GR_TYPE * keys, size_t n, GR_TYPE * scratch)
{
	size_t		kept = 1;

	GR_SORT(keys, scratch, n);
	for (size_t i = 1; i < n; i++)
		if (keys[i] != keys[kept - 1])
			keys[kept++] = keys[i];
	return kept;
}

/* Keys stay, or become again, recent ones when the others would have no room for the next. */
static void
GR(normalize) (zr_growing *set, void *scratch, bool sort)
{
	bool		has_room = set->room_bits > 0;
	GR_TYPE    *keys = has_room ? set->others : (void *) set->slots;
	size_t		most = has_room ? ((size_t) 1 << set->room_bits) - RECENT : 0;
	size_t		n = zr_growing_count(set);

	if (n == 0)
		return;
	if (has_room)
		memcpy(keys + set->n, set->slots, set->recent * sizeof(GR_TYPE));
	if (sort || n > HASH_MAX)
		n = GR(sort) (keys, n, scratch);
	else
		n = GR(drop_repeated) (keys, n, scratch, table_bits(n));
	set->n = (uint32_t) (n < most ? n : most);
	set->recent = (uint8_t) (n - set->n);
	if (has_room)
		memcpy(set->slots, keys + set->n, set->recent * sizeof(GR_TYPE));
	set->distinct = true;
}

#undef RECENT
#undef GR
#undef GR_TYPE
#undef GR_SORT
