/*
 * client_set_growing_template.h
 *		The functions of client_set_growing_core.c that depend on the width of a key.
 *
 * Includers define
 *	GR(name)	prefix of the functions
 *	GR_TYPE		type of a key
 *	GR_SORT		its sort
 */

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
GR(bring_to) (zr_growing *set, zr_growing_order order, void *scratch)
{
	bool		has_room = set->room_bits > 0;
	GR_TYPE    *keys = has_room ? set->others : (void *) &set->last;
	size_t		most = has_room ? ((size_t) 1 << set->room_bits) - zr_growing_most_recent(set) : 0;
	size_t		n = zr_growing_count(set);

	if (n == 0)
		return;
	if (has_room)
		memcpy(keys + set->n, &set->last, set->recent * sizeof(GR_TYPE));
	if (order == ZR_GROWING_SORTED || n > HASH_MAX)
	{
		n = GR(sort) (keys, n, scratch);
		order = ZR_GROWING_SORTED;
	}
	else
		n = GR(drop_repeated) (keys, n, scratch, table_bits(n));
	set->n = (uint32_t) (n < most ? n : most);
	set->recent = (uint8_t) (n - set->n);
	if (has_room)
		memcpy(&set->last, keys + set->n, set->recent * sizeof(GR_TYPE));
	set->order = order;
}

#undef GR
#undef GR_TYPE
#undef GR_SORT
