/*
 * detoast_cache.h
 *		Detoasted values kept per call site.
 *
 * A book or history that is the same in many rows (a parameter, the one row
 * of a join) comes to a function as the same few toasted bytes every time.
 * Fetching and decompressing them again costs far more than the look-up. A
 * function keeps a zr_detoast_slot per argument in its fn_extra:
 *
 *	state = zr_fn_state(fcinfo, sizeof(my_state));
 *	value = zr_detoast_cached(&state->slot, fcinfo->flinfo->fn_mcxt, PG_GETARG_DATUM(0));
 *
 * The key is the toasted bytes themselves: of a value on disk its 18-byte
 * pointer, which is unique as long as the value is visible to the query; of a
 * value compressed in its row the compressed bytes.
 */
#ifndef ZR_DETOAST_CACHE_H
#define ZR_DETOAST_CACHE_H

#include "compat.h"

/* a few, so that a join with some values in turn is served too */
#define ZR_DETOAST_ENTRIES	8
/* the newest value is kept whatever its size, the others only within this */
#define ZR_DETOAST_BYTES	(16 * 1024 * 1024)

typedef struct zr_detoast_entry
{
	struct varlena *key;
	struct varlena *value;
	Size		key_size;
	Size		size;			/* of key and value */
} zr_detoast_entry;

/* Valid when all zero. */
typedef struct zr_detoast_slot
{
	zr_detoast_entry entries[ZR_DETOAST_ENTRIES];
	int			recent;			/* found or stored last */
	Size		held;			/* sum of the sizes */
	struct varlena *unpacked;	/* copy of a value with a one-byte header */
} zr_detoast_slot;

/*
 * The value with a four-byte header, uncompressed and aligned. It is the
 * datum itself when that is so already; otherwise it belongs to the slot and
 * is valid until the next call with that slot. context must live as long as
 * the slot. A value that cannot be recognized again (an expanded object of a
 * type that the caller does not handle) is flattened in the current context.
 */
extern struct varlena *zr_detoast_cached(zr_detoast_slot *slot, MemoryContext context, Datum datum);

/* fn_extra of this call site: size bytes, zero at first. */
static inline void *
zr_fn_state(FunctionCallInfo fcinfo, Size size)
{
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, size);
	return fcinfo->flinfo->fn_extra;
}

#endif							/* ZR_DETOAST_CACHE_H */
