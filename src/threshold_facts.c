/*
 * threshold_facts.c
 *		Facts from a jsonb dossier, each looked up once per dossier.
 *
 * A dossier of a few kB is stored compressed or out of line. Detoasting it for
 * every rule is what makes rules in plain SQL slow, and converting a numeric
 * for every comparison comes second. So a function keeps the dossiers it has
 * seen, recognized by their bytes as they are stored (compared before
 * detoasting), and answers the facts it found before from memory. That works
 * in either order of a join of rules and dossiers.
 *
 * Names of facts are numbered in a hash table keyed by the hash that is stored
 * in the rule; a dossier holds its facts by that number. When the dossiers
 * outgrow KEPT_BYTES, all are forgotten.
 */
#include "postgres.h"

#include "access/detoast.h"
#include "common/hashfn.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "compat.h"
#include "threshold_facts.h"

#define INITIAL_SLOTS	64		/* a power of two */
#define MAX_NAMES		4096	/* then everything starts again */
#define BUCKETS			1024	/* a power of two */
#define KEPT_BYTES		(4 * 1024 * 1024)
#define MAX_DOSSIER		(1024 * 1024)	/* a larger one is not recognized again */

typedef struct fact_slot
{
	char	   *name;			/* NULL: free */
	uint32		len;
	uint32		hash;
	uint32		number;
} fact_slot;

typedef struct kept_dossier
{
	struct kept_dossier *next;	/* in the same bucket */
	struct varlena *raw;		/* the Datum as it came; NULL when it cannot be recognized */
	uint32		hash;			/* of raw */
	uint32		nfacts;			/* length of facts */
	Jsonb	   *jsonb;
	zr_fact   **facts;			/* by the number of the name; NULL: not asked yet */
} kept_dossier;

/* Invariant: every number in use is below used, and stays until all dossiers are forgotten. */
struct zr_dossier
{
	zr_fact_source source;		/* first, so that find gets us back */
	MemoryContext names;		/* slots and names */
	MemoryContext values;		/* buckets, dossiers and their facts */
	kept_dossier *current;		/* NULL when none */
	kept_dossier **buckets;
	fact_slot  *slots;
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

/* ---- Names ---- */

static void
grow_table(zr_dossier *d)
{
	fact_slot  *old = d->slots;
	uint32		n = d->nslots;

	d->slots = MemoryContextAllocZero(d->names, sizeof(fact_slot) * n * 2);
	d->nslots = n * 2;
	for (uint32 i = 0; i < n; i++)
		if (old[i].name != NULL)
		{
			uint32		at = old[i].hash & (d->nslots - 1);

			while (d->slots[at].name != NULL)
				at = (at + 1) & (d->nslots - 1);
			d->slots[at] = old[i];
		}
	pfree(old);
}

static uint32
number_of_name(zr_dossier *d, const zr_fact_name *fact)
{
	uint32		at;
	fact_slot  *s;
	char	   *name;

	for (at = fact->hash & (d->nslots - 1); (s = &d->slots[at])->name != NULL; at = (at + 1) & (d->nslots - 1))
		if (s->hash == fact->hash && s->len == fact->len && memcmp(s->name, fact->name, fact->len) == 0)
			return s->number;

	if (d->used >= d->nslots / 2)
	{
		grow_table(d);
		for (at = fact->hash & (d->nslots - 1); d->slots[at].name != NULL; at = (at + 1) & (d->nslots - 1))
			;
		s = &d->slots[at];
	}
	name = MemoryContextAlloc(d->names, fact->len);
	memcpy(name, fact->name, fact->len);
	s->len = fact->len;
	s->hash = fact->hash;
	s->number = d->used++;
	s->name = name;
	return s->number;
}

/* ---- Dossiers ---- */

static const zr_fact *
find_fact(zr_fact_source *source, const zr_fact_name *name)
{
	zr_dossier *d = (zr_dossier *) source;
	kept_dossier *k = d->current;
	uint32		number = number_of_name(d, name);
	MemoryContext old;
	zr_fact    *fact;

	if (number < k->nfacts && k->facts[number] != NULL)
		return k->facts[number];

	old = MemoryContextSwitchTo(d->values);
	if (number >= k->nfacts)
	{
		uint32		n = Max(number + 1, k->nfacts * 2);
		zr_fact   **facts = palloc0(sizeof(zr_fact *) * Max(n, 8));

		if (k->nfacts > 0)
			memcpy(facts, k->facts, sizeof(zr_fact *) * k->nfacts);
		k->facts = facts;
		k->nfacts = Max(n, 8);
	}
	fact = palloc0(sizeof(zr_fact));
	find_in_jsonb(k->jsonb, name->name, name->len, fact);
	k->facts[number] = fact;
	MemoryContextSwitchTo(old);
	return fact;
}

static size_t
clip_text(const char *s, size_t len, size_t limit)
{
	return pg_mbcliplen(s, (int) len, (int) limit);
}

static void
pause_query(void)
{
	CHECK_FOR_INTERRUPTS();
}

static void
forget_all(zr_dossier *d)
{
	d->current = NULL;
	MemoryContextReset(d->names);
	MemoryContextReset(d->values);
	d->buckets = MemoryContextAllocZero(d->values, sizeof(kept_dossier *) * BUCKETS);
	d->slots = MemoryContextAllocZero(d->names, sizeof(fact_slot) * INITIAL_SLOTS);
	d->nslots = INITIAL_SLOTS;
	d->used = 0;
}

zr_dossier *
zr_dossier_create(MemoryContext parent)
{
	zr_dossier *d = MemoryContextAllocZero(parent, sizeof(zr_dossier));

	d->source.find = find_fact;
	d->source.clip = clip_text;
	d->source.pause = pause_query;
	d->names = AllocSetContextCreate(parent, "zorgregio fact names", ALLOCSET_SMALL_SIZES);
	/* blocks small enough to be reused by malloc: a stream of dossiers fills and forgets them again and again */
	d->values = AllocSetContextCreate(parent, "zorgregio dossiers", 0, 16 * 1024, 64 * 1024);
	forget_all(d);
	return d;
}

static inline bool
is_same(const kept_dossier *k, const struct varlena *raw, Size size)
{
	return k->raw != NULL && VARSIZE_ANY(k->raw) == size && memcmp(k->raw, raw, size) == 0;
}

/*
 * A pointer to the same stored value is the same value, since nobody can
 * replace it under a running query. Pointers into memory are not: those are
 * never recognized.
 */
zr_fact_source *
zr_dossier_open(zr_dossier *d, Datum facts)
{
	struct varlena *raw = (struct varlena *) DatumGetPointer(facts);
	Size		size = VARSIZE_ANY(raw);
	bool		comparable = size <= MAX_DOSSIER &&
	(!VARATT_IS_EXTERNAL(raw) || VARATT_IS_EXTERNAL_ONDISK(raw));
	uint32		hash = 0;
	kept_dossier *k;
	MemoryContext old;

	if (d->current != NULL && comparable && is_same(d->current, raw, size))
		return &d->source;
	if (comparable)
	{
		hash = hash_bytes((const unsigned char *) raw, (int) size);
		for (k = d->buckets[hash & (BUCKETS - 1)]; k != NULL; k = k->next)
			if (k->hash == hash && is_same(k, raw, size))
			{
				d->current = k;
				return &d->source;
			}
	}

	d->current = NULL;
	if (d->used > MAX_NAMES || MemoryContextMemAllocated(d->values, false) > KEPT_BYTES)
		forget_all(d);
	old = MemoryContextSwitchTo(d->values);
	k = palloc0(sizeof(kept_dossier));
	if (comparable)
	{
		struct varlena *copy = palloc(size);

		memcpy(copy, raw, size);
		raw = copy;
	}
	k->jsonb = (Jsonb *) detoast_attr(raw);
	MemoryContextSwitchTo(old);
	if (comparable)
	{
		k->raw = raw;
		k->hash = hash;
		k->next = d->buckets[hash & (BUCKETS - 1)];
		d->buckets[hash & (BUCKETS - 1)] = k;
	}
	d->current = k;
	return &d->source;
}
