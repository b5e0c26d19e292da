/*
 * threshold_facts.h
 *		Facts from a jsonb dossier, each looked up once per dossier.
 */
#ifndef ZR_THRESHOLD_FACTS_H
#define ZR_THRESHOLD_FACTS_H

#include "postgres.h"

#include "threshold_core.h"

typedef struct zr_dossier zr_dossier;

/* lives in parent, normally a function's fn_mcxt */
extern zr_dossier *zr_dossier_create(MemoryContext parent);

/*
 * Makes facts (a jsonb Datum) the dossier to look in. What was detoasted and
 * found in a dossier of the same bytes before is used again. The source is
 * good until the next call.
 */
extern zr_fact_source *zr_dossier_open(zr_dossier *dossier, Datum facts);

#endif							/* ZR_THRESHOLD_FACTS_H */
