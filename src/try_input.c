/*
 * try_input.c
 *		Text as a value of any type, or NULL where it is none.
 *
 * Soft errors would do on newer servers, but only for types whose input functions know them. A subtransaction does for
 * all types on all servers, at about the cost of the input itself.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/resowner.h"

typedef struct try_input_cache
{
	Oid			type;
	Oid			typioparam;
	FmgrInfo	input;
}			try_input_cache;

/* Says this error that the text is no value? Anything else, such as a cancelled query, is not ours to forgive. */
static bool
is_bad_text(int sqlerrcode)
{
	int			category = ERRCODE_TO_CATEGORY(sqlerrcode);

	return category == ERRCODE_DATA_EXCEPTION || category == ERRCODE_INTEGRITY_CONSTRAINT_VIOLATION ||
		category == ERRCODE_PROGRAM_LIMIT_EXCEEDED;
}

/*
 * Not STRICT: the second argument is a NULL that only tells the type.
 */
PG_FUNCTION_INFO_V1(try_input);
Datum
try_input(PG_FUNCTION_ARGS)
{
	Oid			type = get_fn_expr_argtype(fcinfo->flinfo, 1);
	try_input_cache *cache = fcinfo->flinfo->fn_extra;
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	char	   *str;
	volatile bool valid = true;
	volatile Datum result = (Datum) 0;

	if (!OidIsValid(type))
		ereport(ERROR,
				(errcode(ERRCODE_INDETERMINATE_DATATYPE),
				 errmsg("could not determine the type to read the text as"),
				 errhint("Give a value or a NULL of the type, such as NULL::date.")));
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (cache == NULL || cache->type != type)
	{
		Oid			function;

		cache = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(try_input_cache));
		getTypeInputInfo(type, &function, &cache->typioparam);
		fmgr_info_cxt(function, &cache->input, fcinfo->flinfo->fn_mcxt);
		cache->type = type;
		fcinfo->flinfo->fn_extra = cache;
	}
	str = text_to_cstring(PG_GETARG_TEXT_PP(0));

	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		result = InputFunctionCall(&cache->input, str, cache->typioparam, -1);
		ReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
		if (!is_bad_text(error->sqlerrcode))
			ReThrowError(error);
		FreeErrorData(error);
		valid = false;
	}
	PG_END_TRY();
	pfree(str);
	if (!valid)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(result);
}
