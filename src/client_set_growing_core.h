/*
 * client_set_growing_core.h
 *		An exact set of client keys while an aggregate adds to it.
 *
 * Half a million groups have half a million states, and most of what a row
 * costs is to fetch its group's state from memory. So a state is one cache line
 * that never moves, which can be asked for before it is needed. A key is written
 * beside the few that came last, in that line; when their places are full they
 * are moved behind the others, in an array of its own. Nothing is searched or
 * shifted, and nothing is sorted until somebody wants the keys in order.
 * Repetitions are dropped whenever the array would outgrow a small multiple of
 * the different keys, so that memory follows the clients, not the rows.
 */
#ifndef ZR_CLIENT_SET_GROWING_CORE_H
#define ZR_CLIENT_SET_GROWING_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZR_GROWING_LINE		64	/* bytes of a state, and of a cache line */
#define ZR_GROWING_RECENT	32	/* bytes of it for recent keys */
#define ZR_GROWING_FIRST_BITS 5 /* the first room for others is 2^5 keys */
#define ZR_GROWING_CHECK_BITS 6 /* and 2^6 keys are the first to be looked through for repetitions */
#define ZR_GROWING_LAST_BITS 31

typedef enum zr_growing_order
{
	ZR_GROWING_AS_ADDED,
	ZR_GROWING_COMPACT,			/* no key twice */
	ZR_GROWING_SORTED			/* and ascending, the recent ones last */
} zr_growing_order;

/*
 * A narrow state keeps distances to base of four bytes, a wide one keys of eight
 * bytes, with base 0. The array others is the caller's memory, with room for
 * 2^room_bits of them, none at first; it always has room for the recent ones too.
 * A wide state has others.
 */
typedef struct zr_growing
{
	uint64_t	base;
	void	   *others;
	void	   *owner;			/* for the caller */
	uint32_t	n;				/* number of others */
	uint8_t		recent;			/* number of recent keys */
	uint8_t		room_bits;		/* 0: no room */
	uint8_t		check_bits;		/* a room of this size is looked through for repetitions before it grows */
	uint8_t		wide:1;
	uint8_t		order:2;		/* a zr_growing_order */
	union
	{
		uint32_t	narrow[ZR_GROWING_RECENT / sizeof(uint32_t)];
		uint64_t	wide[ZR_GROWING_RECENT / sizeof(uint64_t)];
	}			last;			/* the recent keys */
} zr_growing;

/* Makes a narrow state without keys, for keys like this one. */
extern void zr_growing_begin(zr_growing *set, uint64_t key);

/* Bytes of a key. */
static inline size_t
zr_growing_width(const zr_growing *set)
{
	return set->wide ? sizeof(uint64_t) : sizeof(uint32_t);
}

/* Most keys that are recent. */
static inline unsigned
zr_growing_most_recent(const zr_growing *set)
{
	return ZR_GROWING_RECENT / zr_growing_width(set);
}

/* Whether the state can hold the key. */
static inline bool
zr_growing_reaches(const zr_growing *set, uint64_t key)
{
	return set->wide || key - set->base <= UINT32_MAX;
}

/* Moves the recent keys behind the others; false when there is no room for them, and for as many to come. */
extern bool zr_growing_settle(zr_growing *set);

/* Adds a key that the state reaches; false when there is no room for it. */
static inline bool
zr_growing_add(zr_growing *set, uint64_t key)
{
	bool		again;			/* the client of the row before */

	if (set->recent == zr_growing_most_recent(set) && !zr_growing_settle(set))
		return false;
	if (set->wide)
	{
		again = set->recent > 0 && set->last.wide[set->recent - 1] == key;
		set->last.wide[set->recent] = key;
	}
	else
	{
		uint32_t	distance = (uint32_t) (key - set->base);

		again = set->recent > 0 && set->last.narrow[set->recent - 1] == distance;
		set->last.narrow[set->recent] = distance;
	}
	if (!again)
	{
		set->recent++;
		set->order = ZR_GROWING_AS_ADDED;
	}
	return true;
}

/* Gives a state more room; what it had is in the first bytes. */
static inline void
zr_growing_enlarge(zr_growing *set, void *others, int room_bits)
{
	set->others = others;
	set->room_bits = (uint8_t) room_bits;
}

/* Makes a narrow state wide, with new room; the keys it has fit there. */
extern void zr_growing_widen(zr_growing *set, uint64_t *others, int room_bits);

/* Most keys a state has, with repetitions; exactly that many after zr_growing_bring_to(). */
static inline size_t
zr_growing_count(const zr_growing *set)
{
	return (size_t) set->n + set->recent;
}

static inline uint64_t
zr_growing_key(const zr_growing *set, size_t i)
{
	const void *keys = i < set->n ? set->others : &set->last;

	i -= i < set->n ? 0 : set->n;
	return set->base + (set->wide ? ((const uint64_t *) keys)[i] : ((const uint32_t *) keys)[i]);
}

/* Bytes of scratch space for the next one. */
extern size_t zr_growing_scratch(const zr_growing *set);

/* Drops repetitions, and makes the keys ascend when that is wanted. */
extern void zr_growing_bring_to(zr_growing *set, zr_growing_order order, void *scratch);

/* Sets when to look for repetitions again, now that there are none. */
extern void zr_growing_plan_check(zr_growing *set);

#endif							/* ZR_CLIENT_SET_GROWING_CORE_H */
