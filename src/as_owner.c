/*
 * as_owner.c
 *		What runs in the name of the owner of a region, with no way back to the rights of who asked.
 *
 * SET ROLE is such a way: code of the owner that is met on the way (a part of the monitor of his own, a view in the place of a
 * table, a trigger) could take the role of the session again, which may be a superuser's. So this does what REFRESH
 * MATERIALIZED VIEW does: another user in a restricted operation, and settings that go when it ends.
 */
#include "postgres.h"

#include "catalog/pg_namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/syscache.h"

#include "compat.h"

static Oid
owner_of(const char *region)
{
	HeapTuple	tuple = SearchSysCache1(NAMESPACENAME, CStringGetDatum(region));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("schema \"%s\" does not exist", region)));
	owner = ((Form_pg_namespace) GETSTRUCT(tuple))->nspowner;
	ReleaseSysCache(tuple);
	if (!member_can_set_role(GetUserId(), owner))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("must be owner of region \"%s\"", region)));
	return owner;
}

PG_FUNCTION_INFO_V1(as_owner);
Datum
as_owner(PG_FUNCTION_ARGS)
{
	Oid			owner = owner_of(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	char	   *statements = text_to_cstring(PG_GETARG_TEXT_PP(1));
	Oid			caller;
	int			context;
	int			settings;
	int			result;
	Datum		answer = (Datum) 0;
	bool		isnull = true;

	/* An error restores user and settings with the transaction that it ends. */
	GetUserIdAndSecContext(&caller, &context);
	SetUserIdAndSecContext(owner, context | SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
	settings = NewGUCNestLevel();

	SPI_connect();
	result = SPI_execute(statements, false, 0);
	if (result < 0)
		elog(ERROR, "SPI_execute failed: %s", SPI_result_code_string(result));
	if (result == SPI_OK_SELECT && SPI_processed == 1 && SPI_gettypeid(SPI_tuptable->tupdesc, 1) == JSONBOID)
	{
		answer = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
		if (!isnull)
			answer = SPI_datumTransfer(answer, false, -1);
	}
	SPI_finish();

	AtEOXact_GUC(false, settings);
	SetUserIdAndSecContext(caller, context);

	if (isnull)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(answer);
}
