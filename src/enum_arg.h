/*
 * enum_arg.h
 *		Values of an SQL enum as numbers, and back.
 */
#ifndef ZR_ENUM_ARG_H
#define ZR_ENUM_ARG_H

#include "compat.h"

/* The position of the enum value in labels; the arrays are in the order of the type's labels. */
extern int	zr_enum_position(Oid value, const char *const *labels, int nlabels);

/* The enum's values in the order of labels; palloc'd. */
extern Oid *zr_enum_values(Oid type, const char *const *labels, int nlabels);

#endif							/* ZR_ENUM_ARG_H */
