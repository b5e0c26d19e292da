/*
 * cost_build_up.h
 *		SQL type cost_build_up: its steps, and the amounts that follow from them.
 *
 * Stored form: varlena with the canonical text (see cost_build_up_core.h), so
 * equal build-ups have equal bytes. The first byte is always a brace; another
 * first byte is free for a later form.
 */
#ifndef ZR_COST_BUILD_UP_H
#define ZR_COST_BUILD_UP_H

#include "compat.h"

#include "cost_build_up_core.h"
#include "rational.h"

typedef struct zr_build_up
{
	int			n;
	zr_build_up_step steps[ZR_BUILD_UP_MAX_STEPS];
} zr_build_up;

/* Palloc'd; the steps point into the detoasted value. */
extern zr_build_up *zr_build_up_open(Datum datum);

/* The value of these steps. */
extern Datum zr_build_up_make(const zr_build_up *build_up);

/* Running totals after each step, exactly. */
extern zr_rational *zr_build_up_totals(const zr_build_up *build_up);

/*
 * What is wrong with step (the one after the n earlier ones), as DETAIL and
 * HINT; labels are listed in full.
 */
extern void zr_build_up_explain(const zr_build_up_step *earlier, int n, const zr_build_up_step *step,
								zr_step_status status, const zr_error *err, char **detail, char **hint);

#endif							/* ZR_COST_BUILD_UP_H */
