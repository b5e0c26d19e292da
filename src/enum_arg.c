/*
 * enum_arg.c
 *		Values of an SQL enum as numbers, and back.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_enum.h"
#include "utils/builtins.h"
#include "utils/syscache.h"

#include "enum_arg.h"

int
zr_enum_position(Oid value, const char *const *labels, int nlabels)
{
	HeapTuple	tuple = SearchSysCache1(ENUMOID, ObjectIdGetDatum(value));
	int			position = nlabels;

	if (HeapTupleIsValid(tuple))
	{
		const char *label = NameStr(((Form_pg_enum) GETSTRUCT(tuple))->enumlabel);

		for (position = 0; position < nlabels; position++)
			if (strcmp(labels[position], label) == 0)
				break;
		ReleaseSysCache(tuple);
	}
	if (position == nlabels)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid internal value for enum: %u", value)));
	return position;
}

Oid *
zr_enum_values(Oid type, const char *const *labels, int nlabels)
{
	Oid		   *values = palloc(nlabels * sizeof(Oid));

	for (int i = 0; i < nlabels; i++)
	{
		values[i] = GetSysCacheOid2(ENUMTYPOIDNAME, Anum_pg_enum_oid,
									ObjectIdGetDatum(type), CStringGetDatum(labels[i]));
		if (!OidIsValid(values[i]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("enum %s has no label \"%s\"", format_type_be(type), labels[i])));
	}
	return values;
}
