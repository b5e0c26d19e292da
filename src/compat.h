/*
 * compat.h
 *		Every difference between the supported servers (15 to 18), in one place.
 *
 * No other file tests PG_VERSION_NUM.
 */
#ifndef ZR_COMPAT_H
#define ZR_COMPAT_H

#include "postgres.h"

#include "fmgr.h"

#if PG_VERSION_NUM < 150000 || PG_VERSION_NUM >= 190000
#error "zorgregio supports PostgreSQL 15 to 18"
#endif

#ifndef HAVE_INT128
#error "zorgregio needs a compiler with 128-bit integers"
#endif

/* 16 moved the varlena macros out of postgres.h */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* Soft errors exist from 16 on; before that an error in input is thrown. */
#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#else
#define ereturn(context, dummy_value, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
		return dummy_value; \
	} while (0)
#define SOFT_ERROR_OCCURRED(escontext) ((void) (escontext), false)
#endif

/* 16 gave range_serialize() a soft error context */
#if PG_VERSION_NUM >= 160000
#define zr_range_serialize(typcache, lower, upper, empty) range_serialize(typcache, lower, upper, empty, NULL)
#else
#define zr_range_serialize(typcache, lower, upper, empty) range_serialize(typcache, lower, upper, empty)
#endif

/* 16 can make a member of a role who may not take it */
#if PG_VERSION_NUM < 160000
#define member_can_set_role(member, role) is_member_of_role(member, role)
#endif

/* 18 writes it before the declaration only */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

/* 18 can name the module and its version */
#if PG_VERSION_NUM >= 180000
#define ZR_MODULE_MAGIC PG_MODULE_MAGIC_EXT(.name = "zorgregio", .version = ZR_VERSION)
#else
#define ZR_MODULE_MAGIC PG_MODULE_MAGIC
#endif

#endif							/* ZR_COMPAT_H */
