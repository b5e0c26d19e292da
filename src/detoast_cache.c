/*
 * detoast_cache.c
 *		Detoasted values kept per call site.
 */
#include "postgres.h"

#include "access/detoast.h"

#include "detoast_cache.h"

static void
forget(zr_detoast_slot *slot, zr_detoast_entry *entry)
{
	if (entry->key != NULL)
		pfree(entry->key);
	if (entry->value != NULL)
		pfree(entry->value);
	slot->held -= entry->size;
	memset(entry, 0, sizeof(*entry));
}

/* Takes the entry after the newest, the oldest while all are in use. */
static struct varlena *
fetch(zr_detoast_slot *slot, MemoryContext context, struct varlena *raw, Size key_size)
{
	int			number = (slot->recent + 1) % ZR_DETOAST_ENTRIES;
	zr_detoast_entry *entry = &slot->entries[number];
	MemoryContext caller;

	forget(slot, entry);
	caller = MemoryContextSwitchTo(context);
	entry->value = detoast_attr(raw);
	entry->key = palloc(key_size);
	MemoryContextSwitchTo(caller);
	memcpy(entry->key, raw, key_size);
	entry->key_size = key_size;
	entry->size = key_size + VARSIZE(entry->value);
	slot->held += entry->size;
	slot->recent = number;

	for (int i = 0; i < ZR_DETOAST_ENTRIES && slot->held > ZR_DETOAST_BYTES; i++)
		if (i != number)
			forget(slot, &slot->entries[i]);
	return entry->value;
}

struct varlena *
zr_detoast_cached(zr_detoast_slot *slot, MemoryContext context, Datum datum)
{
	struct varlena *raw = (struct varlena *) DatumGetPointer(datum);
	Size		key_size;

	if (VARATT_IS_4B_U(raw))
		return raw;
	/* the first byte of an external value passes for a short header */
	if (VARATT_IS_SHORT(raw) && !VARATT_IS_EXTERNAL(raw))
	{
		Size		size = VARSIZE_SHORT(raw) - VARHDRSZ_SHORT;

		if (slot->unpacked == NULL)
			slot->unpacked = MemoryContextAlloc(context, VARHDRSZ + VARATT_SHORT_MAX);
		SET_VARSIZE(slot->unpacked, VARHDRSZ + size);
		memcpy(VARDATA(slot->unpacked), VARDATA_SHORT(raw), size);
		return slot->unpacked;
	}
	if (VARATT_IS_EXTERNAL_ONDISK(raw))
		key_size = VARSIZE_EXTERNAL(raw);
	else if (VARATT_IS_COMPRESSED(raw))
		key_size = VARSIZE(raw);
	else
		return detoast_attr(raw);

	for (int i = 0; i < ZR_DETOAST_ENTRIES; i++)
	{
		int			number = (slot->recent + i) % ZR_DETOAST_ENTRIES;
		zr_detoast_entry *entry = &slot->entries[number];

		if (entry->key_size == key_size && memcmp(entry->key, raw, key_size) == 0)
		{
			slot->recent = number;
			return entry->value;
		}
	}
	return fetch(slot, context, raw, key_size);
}
