/*
 * client_set.h
 *		An exact set of client keys: the value.
 */
#ifndef ZR_CLIENT_SET_H
#define ZR_CLIENT_SET_H

#include "compat.h"

#include "client_set_core.h"

/* The bytes of client_set_core.h behind a length word. */
typedef struct varlena client_set;

/* The keys of a value, ascending; freshly allocated. */
extern const uint64_t *client_set_keys(Datum d, size_t *n);

/* Bytes of the value of ascending keys without repetition; an error when they are too many for one. */
extern Size client_set_flat_size(const uint64_t *keys, size_t n);

/* The value. */
extern Datum client_set_from_sorted(const uint64_t *keys, size_t n);

/* The SQL function. */
extern Datum client_set_cardinality(PG_FUNCTION_ARGS);

#endif							/* ZR_CLIENT_SET_H */
