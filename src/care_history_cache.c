/*
 * care_history_cache.c
 *		The rows of the history a question was asked about last.
 *
 * A query asks one large history about many ranges: a constant, a parameter
 * or a stored value joined to a list of months. The rows that were read for
 * the call before are kept with the function's call site and used again when
 * the value is the same: the same TOAST pointer, which is then not even
 * fetched, or the same bytes, which are compared ten times faster than read.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "utils/memutils.h"

#include "care_history.h"

/* Below this reading costs about as much as looking. */
#define WORTH_KEEPING 8192

typedef struct kept_history
{
	MemoryContext context;		/* of all below; reset for another value */
	bool		on_disk;		/* found by toast, else by the bytes of flat */
	struct varatt_external toast;
	care_history *flat;
	care_history_view view;
	size_t		largest;
} kept_history;

static kept_history *
kept_at(FunctionCallInfo fcinfo)
{
	kept_history *kept = (kept_history *) fcinfo->flinfo->fn_extra;

	if (kept == NULL)
	{
		kept = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(kept_history));
		kept->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "care history of a call", ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = kept;
	}
	return kept;
}

static bool
is_kept(const kept_history *kept, const struct varlena *value, bool on_disk, const struct varatt_external *toast)
{
	if (kept->view.rows == NULL || kept->on_disk != on_disk)
		return false;
	if (on_disk)
		return memcmp(&kept->toast, toast, sizeof(*toast)) == 0;
	return VARSIZE(kept->flat) == VARSIZE(value) && memcmp(kept->flat, value, VARSIZE(value)) == 0;
}

void
care_history_read_argument(FunctionCallInfo fcinfo, int arg, care_history_view *view, size_t *largest)
{
	Datum		d = PG_GETARG_DATUM(arg);
	struct varlena *value = (struct varlena *) DatumGetPointer(d);
	struct varatt_external toast = {0};
	bool		on_disk = VARATT_IS_EXTERNAL_ONDISK(value);
	kept_history *kept;
	MemoryContext caller;

	if (on_disk)
		VARATT_EXTERNAL_GET_POINTER(toast, value);
	if (!on_disk && !VARATT_IS_EXTERNAL_EXPANDED(value))
		value = PG_DETOAST_DATUM_PACKED(d);
	if (VARATT_IS_EXTERNAL_EXPANDED(value) || (!on_disk && VARSIZE_ANY(value) < WORTH_KEEPING))
	{
		care_history_read(PointerGetDatum(value), view);
		*largest = zr_history_largest(view->rows, view->n);
		return;
	}

	kept = kept_at(fcinfo);
	if (!is_kept(kept, value, on_disk, &toast))
	{
		kept->view.rows = NULL;
		MemoryContextReset(kept->context);
		caller = MemoryContextSwitchTo(kept->context);
		kept->flat = on_disk ? PG_DETOAST_DATUM(d) : palloc(VARSIZE(value));
		if (!on_disk)
			memcpy(kept->flat, value, VARSIZE(value));
		kept->on_disk = on_disk;
		kept->toast = toast;
		care_history_read(PointerGetDatum(kept->flat), view);
		kept->largest = zr_history_largest(view->rows, view->n);
		if (on_disk)
			pfree(kept->flat);
		kept->view = *view;
		MemoryContextSwitchTo(caller);
	}
	*view = kept->view;
	*largest = kept->largest;
}
