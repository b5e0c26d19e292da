/*
 * threshold_facts.c
 *		Facts from a jsonb dossier, each looked up once per dossier.
 *
 * A dossier of a few kB is stored compressed or out of line. Detoasting it for
 * every rule is what makes rules in plain SQL slow, and converting a numeric
 * for every comparison comes second. So a function keeps the last dossier:
 * while the next call brings the same bytes (compared before detoasting), the
 * facts found so far are answered from a hash table keyed by the hash that is
 * stored in the rule.
 *
 * The table's names stay from one dossier to the next, since rules ask for the
 * same facts; their values belong to one dossier and are marked with its number.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "compat.h"
#include "threshold_facts.h"

#define INITIAL_SLOTS	64		/* a power of two */
#define MAX_NAMES		4096	/* then the table starts again */
#define MAX_KEPT_BYTES	(1024 * 1024)	/* a longer dossier is not recognized again */

/* Facts are allocated one by one, so that their addresses stay when the table grows. */
typedef struct entry
{
	uint64		dossier;		/* whose value this is */
	zr_fact		fact;
	uint32		len;
	char		name[FLEXIBLE_ARRAY_MEMBER];
} entry;

typedef struct slot
{
	uint32		hash;
	entry	   *entry;			/* NULL: free */
} slot;

struct zr_dossier
{
	zr_fact_source source;		/* first, so that find gets us back */
	MemoryContext names;		/* slots and names */
	MemoryContext values;		/* of the current dossier; reset for the next one */
	struct varlena *raw;		/* the Datum as it came, NULL when it cannot be recognized */
	Jsonb	   *jsonb;
	uint64		number;			/* of dossiers so far */
	slot	   *slots;
	uint32		nslots;
	uint32		used;
};

/* ---- One fact ---- */

static void
fact_from_jsonb(JsonbValue *v, zr_fact *fact, bool with_elements)
{
	fact->count = 0;
	fact->elements = NULL;
	switch (v->type)
	{
		case jbvNull:
			fact->kind = ZR_FACT_NULL;
			return;
		case jbvBool:
			fact->kind = ZR_FACT_BOOLEAN;
			fact->boolean = v->val.boolean;
			return;
		case jbvString:
			zr_fact_set_string(fact, v->val.string.val, v->val.string.len);
			return;
		case jbvNumeric:
			{
				char	   *digits = DatumGetCString(DirectFunctionCall1(numeric_out,
																	   NumericGetDatum(v->val.numeric)));
				size_t		len = strlen(digits);

				zr_fact_set_number(fact, digits, len, palloc(len + 1));
				return;
			}
		default:
			break;
	}
	fact->kind = ZR_FACT_OBJECT;
	if (v->type == jbvBinary && JsonContainerIsArray(v->val.binary.data))
	{
		JsonbContainer *array = v->val.binary.data;

		fact->kind = ZR_FACT_ARRAY;
		fact->count = JsonContainerSize(array);
		if (with_elements && fact->count > 0)
		{
			JsonbIterator *it = JsonbIteratorInit(array);
			JsonbIteratorToken token;
			JsonbValue	element;
			zr_fact    *elements = MemoryContextAllocHuge(CurrentMemoryContext,
														  sizeof(zr_fact) * (Size) fact->count);
			uint32		n = 0;

			while ((token = JsonbIteratorNext(&it, &element, true)) != WJB_DONE)
			{
				CHECK_FOR_INTERRUPTS();
				if (token == WJB_ELEM && n < fact->count)
					fact_from_jsonb(&element, &elements[n++], false);
			}
			fact->elements = elements;
			fact->count = n;
		}
	}
}

/* a.b.c: key c of the object at key b of the object at key a */
static void
find_in_jsonb(Jsonb *jsonb, const char *name, uint32 len, zr_fact *fact)
{
	JsonbContainer *container = &jsonb->root;
	const char *end = name + len;

	fact->kind = ZR_FACT_MISSING;
	for (;;)
	{
		const char *dot = memchr(name, '.', end - name);
		JsonbValue	key;
		JsonbValue *value;

		if (!JsonContainerIsObject(container))
			return;
		key.type = jbvString;
		key.val.string.val = unconstify(char *, name);
		key.val.string.len = (int) ((dot ? dot : end) - name);
		value = findJsonbValueFromContainer(container, JB_FOBJECT, &key);
		if (value == NULL)
			return;
		if (dot == NULL)
		{
			fact_from_jsonb(value, fact, true);
			return;
		}
		if (value->type != jbvBinary)
			return;
		container = value->val.binary.data;
		name = dot + 1;
	}
}

/* ---- The table ---- */

static void
start_table(zr_dossier *d)
{
	MemoryContextReset(d->names);
	d->nslots = INITIAL_SLOTS;
	d->used = 0;
	d->slots = MemoryContextAllocZero(d->names, sizeof(slot) * INITIAL_SLOTS);
}

static void
grow_table(zr_dossier *d)
{
	slot	   *old = d->slots;
	uint32		n = d->nslots;

	d->slots = MemoryContextAllocZero(d->names, sizeof(slot) * n * 2);
	d->nslots = n * 2;
	for (uint32 i = 0; i < n; i++)
		if (old[i].entry != NULL)
		{
			uint32		at = old[i].hash & (d->nslots - 1);

			while (d->slots[at].entry != NULL)
				at = (at + 1) & (d->nslots - 1);
			d->slots[at] = old[i];
		}
	pfree(old);
}

static entry *
add_entry(zr_dossier *d, const zr_fact_name *fact)
{
	entry	   *e = MemoryContextAllocZero(d->names, offsetof(entry, name) + fact->len);
	uint32		at;

	memcpy(e->name, fact->name, fact->len);
	e->len = fact->len;
	if (d->used >= d->nslots / 2)
		grow_table(d);
	at = fact->hash & (d->nslots - 1);
	while (d->slots[at].entry != NULL)
		at = (at + 1) & (d->nslots - 1);
	d->slots[at].hash = fact->hash;
	d->slots[at].entry = e;
	d->used++;
	return e;
}

static const zr_fact *
find_fact(zr_fact_source *source, const zr_fact_name *fact)
{
	zr_dossier *d = (zr_dossier *) source;
	uint32		at = fact->hash & (d->nslots - 1);
	entry	   *e;
	MemoryContext old;

	for (; (e = d->slots[at].entry) != NULL; at = (at + 1) & (d->nslots - 1))
	{
		if (d->slots[at].hash == fact->hash && e->len == fact->len &&
			memcmp(e->name, fact->name, fact->len) == 0)
			break;
	}
	if (e != NULL && e->dossier == d->number)
		return &e->fact;

	if (e == NULL)
		e = add_entry(d, fact);
	old = MemoryContextSwitchTo(d->values);
	find_in_jsonb(d->jsonb, e->name, e->len, &e->fact);
	MemoryContextSwitchTo(old);
	e->dossier = d->number;
	return &e->fact;
}

static size_t
clip_text(const char *s, size_t len, size_t limit)
{
	return pg_mbcliplen(s, (int) len, (int) limit);
}

zr_dossier *
zr_dossier_create(MemoryContext parent)
{
	zr_dossier *d = MemoryContextAllocZero(parent, sizeof(zr_dossier));

	d->source.find = find_fact;
	d->source.clip = clip_text;
	d->names = AllocSetContextCreate(parent, "zorgregio fact names", ALLOCSET_SMALL_SIZES);
	d->values = AllocSetContextCreate(parent, "zorgregio dossier", ALLOCSET_DEFAULT_SIZES);
	start_table(d);
	return d;
}

zr_fact_source *
zr_dossier_open(zr_dossier *d, Datum facts)
{
	struct varlena *raw = (struct varlena *) DatumGetPointer(facts);
	Size		size = VARSIZE_ANY(raw);
	bool		comparable = size <= MAX_KEPT_BYTES &&
		(!VARATT_IS_EXTERNAL(raw) || VARATT_IS_EXTERNAL_ONDISK(raw));
	MemoryContext old;

	/* A pointer to the same stored value is the same value: nobody can replace it under a running query. */
	if (comparable && d->raw != NULL && VARSIZE_ANY(d->raw) == size && memcmp(d->raw, raw, size) == 0)
		return &d->source;

	d->raw = NULL;
	d->number++;
	MemoryContextReset(d->values);
	if (d->used > MAX_NAMES)
		start_table(d);
	old = MemoryContextSwitchTo(d->values);
	if (comparable)
	{
		struct varlena *copy = palloc(size);

		memcpy(copy, raw, size);
		raw = copy;
	}
	d->jsonb = (Jsonb *) detoast_attr(raw);
	MemoryContextSwitchTo(old);
	if (comparable)
		d->raw = raw;
	return &d->source;
}
